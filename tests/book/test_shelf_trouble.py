"""What goes wrong with one of several small books harms no other, and is made good later."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from ntm_analysis.batch.apart import WorkerDiedError, apart
from ntm_analysis.batch.card import read_cards
from ntm_analysis.book import shelf_build, volume
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.sealed import SEALS
from ntm_analysis.book.shelf import plan
from ntm_analysis.book.shelf_build import build_shelf
from ntm_analysis.book.volume import Job
from ntm_analysis.problems import DataErrors
from tests.book.page import broken_links
from tests.book.shelf_project import (
    IDS,
    SEVEN,
    build,
    in_this_process,
    write_report,
    write_shelf,
)


def test_a_book_that_fails_leaves_the_others_alone(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN)
    build(project, IDS)
    before = (tmp_path / "_book/ha-nam/phu-ly/index.html").read_bytes()
    write_report(tmp_path, SEVEN[3], "xem @tbl-khong-co")
    write_report(tmp_path, SEVEN[6], "một câu khác")
    result = build(project, IDS)
    assert result.made == 1
    assert list(result.failed) == ["ha-nam/phu-ly"]
    assert "@tbl-khong-co" in result.failed["ha-nam/phu-ly"]
    assert (tmp_path / "_book/ha-nam/phu-ly/index.html").read_bytes() == before
    assert broken_links(tmp_path / "_book") == []
    write_report(tmp_path, SEVEN[3])
    assert build(project, IDS).failed == {}


def test_an_error_that_nobody_foresaw_leaves_the_others_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_shelf(tmp_path, SEVEN)

    def failing_once(function: object, job: Job, *more: object) -> str:
        if job.volume.slug == "ha-nam/phu-ly":
            raise KeyError("x")
        return apart(function, job, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(shelf_build, "apart", failing_once)
    result = build(project, IDS)
    assert result.failed == {"ha-nam/phu-ly": "KeyError: 'x'"}
    assert result.made == 4
    assert broken_links(tmp_path / "_book") == []


def test_a_language_file_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN)
    (tmp_path / "book/lang-vi.yml").write_text("a: [", encoding="utf-8")
    with pytest.raises(DataErrors) as caught:
        build(project, IDS)
    assert [problem.file for problem in caught.value.problems] == ["book/lang-vi.yml"]


def test_a_language_file_of_one_book_fails_that_book(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN)
    report = tmp_path / "reports/dinh-xa-2024/dinh-xa-2024.ipynb"
    text = report.read_text(encoding="utf-8").replace("lang: vi", "lang: en")
    report.write_text(text, encoding="utf-8")
    (tmp_path / "book/lang-en.yml").write_text("a: [", encoding="utf-8")
    result = build(project, IDS)
    assert list(result.failed) == ["ha-nam/phu-ly"]
    assert "book/lang-en.yml" in result.failed["ha-nam/phu-ly"]


def test_interrupted_and_gone_on_with(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN)

    def interrupted(_stage: str, done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    volumes = plan(read_cards(project, IDS), "district", "vi")
    with pytest.raises(KeyboardInterrupt):
        build_shelf(
            project, volumes, {}, [], ["html"], "builtin", "vi", jobs=1, on_progress=interrupted
        )
    rest = build(project, IDS)
    assert rest.made + rest.unchanged == 5
    assert rest.unchanged >= 2
    assert not list((tmp_path / "reports").glob(".book-*"))


def start_and_wait(job: Path, _pandocs: int) -> str:
    """Stand for the making of a book that takes long."""
    with (job / "started").open("a", encoding="utf-8") as started:
        started.write("once\n")
    time.sleep(20)
    return ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_what_was_interrupted_does_not_start_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [tmp_path / name for name in ("a", "b", "c")]
    for job in jobs:
        job.mkdir()

    def interrupt() -> None:
        while not all((job / "started").exists() for job in jobs[:2]):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(shelf_build, "make_volume", start_and_wait)
    # Where the tests run in a shell's background, interruptions would be ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    interrupting = threading.Thread(target=interrupt)
    interrupting.start()
    with pytest.raises(KeyboardInterrupt):
        list(shelf_build._each(jobs, 2))  # type: ignore[arg-type]
    signal.signal(signal.SIGINT, before)
    interrupting.join()
    started = [job / "started" for job in jobs if (job / "started").exists()]
    assert [path.read_text(encoding="utf-8") for path in started] == ["once\n", "once\n"]


@pytest.mark.parametrize(("times", "failed"), [(1, 0), (2, 1)])
def test_a_maker_that_dies_is_tried_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, failed: int
) -> None:
    project = write_shelf(tmp_path, SEVEN)
    died: list[str] = []

    def dying(function: object, job: Job, *more: object) -> str:
        if job.volume.slug == "ha-nam/phu-ly" and len(died) < times:
            died.append(job.volume.slug)
            raise WorkerDiedError(-9)
        return apart(function, job, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(shelf_build, "apart", dying)
    result = build(project, IDS)
    assert len(died) == times
    assert len(result.failed) == failed
    assert result.made == 5 - failed
    assert broken_links(tmp_path / "_book") == []
    assert build(project, IDS).made == failed


def test_a_report_without_a_card_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_LANG", "en")
    project = write_shelf(tmp_path, SEVEN)
    (tmp_path / "reports/dinh-xa-2024/card.json").unlink()
    (tmp_path / "reports/tan-lap-2026/card.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DataErrors) as caught:
        read_cards(project, IDS)
    assert [p.file for p in caught.value.problems] == [
        "reports/dinh-xa-2024/card.json",
        "reports/tan-lap-2026/card.json",
    ]
    assert "ntm run --force dinh-xa-2024" in caught.value.problems[0].wanted


@pytest.mark.parametrize("record", ["[]", '{"made": ["x"]}', '{"stale": 1}', '{"printed": []}'])
def test_a_spoilt_record_counts_as_none(tmp_path: Path, record: str) -> None:
    project = write_shelf(tmp_path, [SEVEN[3]])
    build(project, [IDS[3]])
    for path in (tmp_path / "reports" / SEALS).rglob("*.json"):
        path.write_text(record, encoding="utf-8")
    (tmp_path / "_book/site/made.json").write_text('{"files": 1}', encoding="utf-8")
    result = build(project, [IDS[3]])
    assert (result.made, result.failed) == (1, {})
    assert build(project, [IDS[3]]).unchanged == 1


def failing(*_: object, **__: object) -> None:
    raise BookError("a file is open")


def test_a_book_that_cannot_be_put_in_place_leaves_no_files_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_shelf(tmp_path, SEVEN[:3])
    build(project, IDS[:3])
    own = tmp_path / "_book/ha-nam/thanh-liem/scan.pdf"
    own.write_text("mine", encoding="utf-8")
    write_report(tmp_path, SEVEN[0], "một câu khác")
    with monkeypatch.context() as patch:
        in_this_process(patch)
        patch.setattr(volume, "publish", failing)
        assert list(build(project, IDS[:3]).failed) == ["ha-nam/thanh-liem"]
    assert build(project, IDS[:2]).failed == {}
    assert not list((tmp_path / "_book").rglob("thanh-ha-2024.html"))
    assert own.is_file()


def test_an_index_that_cannot_be_put_in_place_leaves_no_files_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_shelf(tmp_path, SEVEN)
    in_this_process(monkeypatch)
    merge = shelf_build.merge

    def half(*args: Any) -> None:
        merge(*args)
        failing()

    with monkeypatch.context() as patch:
        patch.setattr(shelf_build, "merge", half)
        with pytest.raises(BookError):
            build(project, IDS)
    assert (tmp_path / "_book/thanh-hoa/index.html").is_file()
    build(project, IDS[:5])
    assert not (tmp_path / "_book/thanh-hoa").exists()
