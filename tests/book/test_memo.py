"""Only what changed is rendered again, and it comes out as if all had been."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_analysis.book import build_book, memo, pandoc, pdf
from ntm_analysis.book.memo import FOLDER, Memo, key_of
from ntm_analysis.book.typesetting import Typeset
from tests.book.project import METHODS, RESULT, markdown_output, notebook, write_project

COMMUNE = "reports/mau/mau.ipynb"


@pytest.fixture
def rendered_now(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The chapters and files that pandoc and typst worked on."""
    names: list[str] = []
    run, compiled = pandoc.run, pdf.compile_pdf

    def told(args: list[str], text: str, chapter: str, **more: object) -> str:
        names.append(chapter)
        return run(args, text, chapter, **more)  # type: ignore[arg-type]

    def told_of_pdf(*args: object, **more: object) -> Typeset:
        names.append("pdf")
        return compiled(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(pandoc, "run", told)
    monkeypatch.setattr(pdf, "compile_pdf", told_of_pdf)
    yield names


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_nothing_changed_and_nothing_is_rendered(tmp_path: Path, rendered_now: list[str]) -> None:
    project = write_project(tmp_path)
    build_book(project, renderer="builtin")
    before = content(project / "_book")
    assert set(rendered_now) >= {COMMUNE, "index.qmd", "pdf", "sach-thu.docx"}
    rendered_now.clear()
    build_book(project, renderer="builtin")
    assert rendered_now == []
    assert content(project / "_book") == before


def test_one_chapter_changed(tmp_path: Path, rendered_now: list[str]) -> None:
    project = write_project(tmp_path / "kept")
    build_book(project, renderer="builtin")
    text = notebook(markdown_output(RESULT.replace("hỏa táng đạt 25%", "hỏa táng đạt 26%")))
    (project / COMMUNE).write_text(text, encoding="utf-8")
    rendered_now.clear()
    build_book(project, renderer="builtin")
    assert set(rendered_now) == {COMMUNE, "pdf", "sach-thu.docx"}
    fresh = write_project(tmp_path / "fresh", **{COMMUNE: text})
    build_book(fresh, renderer="builtin")
    assert content(project / "_book") == content(fresh / "_book")


def test_a_new_number_reaches_those_who_refer_to_it(
    tmp_path: Path, rendered_now: list[str]
) -> None:
    project = write_project(tmp_path)
    build_book(project, ["html"], renderer="builtin")
    more = METHODS.replace("## Biên độ {", "## Trước đó {#sec-truoc}\n\n## Biên độ {")
    (project / "book/cach-tinh.qmd").write_text(more, encoding="utf-8")
    rendered_now.clear()
    build_book(project, ["html"], renderer="builtin")
    assert set(rendered_now) == {"book/cach-tinh.qmd", COMMUNE}  # not the preface, not the glossary
    page = (project / "_book" / COMMUNE).with_suffix(".html").read_text(encoding="utf-8")
    assert "Mục\u00a01.2</a>" in page


def test_what_was_kept_and_is_spoilt_is_made_again(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    build_book(project, renderer="builtin")
    before = content(project / "_book")
    for path in (project / "reports" / FOLDER).rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    build_book(project, renderer="builtin")
    assert content(project / "_book") == before


def test_the_least_used_goes_first(tmp_path: Path) -> None:
    kept = Memo(tmp_path)
    keys = [key_of((str(number),)) for number in range(3)]
    for key in keys:
        kept.bytes(key, lambda: random.Random(0).randbytes(1000))
    old, used, new = keys
    for age, key in enumerate((new, used, old), start=1):
        path = next(tmp_path.rglob(key[2:]))
        stamp = path.stat().st_mtime - 100 * age
        os.utime(path, (stamp, stamp))
    kept.bytes(old, lambda: b"made again")  # used now
    kept.prune(2500)
    assert [kept.has(key) for key in keys] == [True, False, True]


def test_parts_do_not_run_together() -> None:
    assert key_of(("ab", "c")) != key_of(("a", "bc"))


@pytest.mark.parametrize("file", ["spelling.py", "tables/__init__.py", "book/assets/book.css"])
def test_whatever_decides_what_is_written_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    package = tmp_path / "package"
    for part in ("book/assets", "tables"):
        (package / part).mkdir(parents=True)
    (package / file).write_text("before", encoding="utf-8")
    monkeypatch.setattr(memo.resources, "files", lambda _name: package)
    found = set()
    for text in ("before", "after"):
        (package / file).write_text(text, encoding="utf-8")
        found.add(memo.renderer_digest.__wrapped__())
    assert len(found) == 2
