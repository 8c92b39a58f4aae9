from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_analysis.book import BookError, build_book, output
from ntm_analysis.book.output import merge, publish, workshop
from tests.book.project import write_project


def folder(path: Path, *names: str) -> Path:
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(f"{path.name} {name}", encoding="utf-8")
    return path


def content(path: Path) -> dict[str, str]:
    return {
        p.relative_to(path).as_posix(): p.read_text(encoding="utf-8").split()[0]
        for p in path.rglob("*")
        if p.is_file()
    }


def test_formats_not_made_are_kept(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", "index.html", "a/b.html", "x.pdf", "x.docx")
    publish(folder(tmp_path / "new", "x.pdf"), old, ["pdf"])
    assert content(old) == {"index.html": "old", "a/b.html": "old", "x.pdf": "new", "x.docx": "old"}


def test_stale_pages_go(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", "index.html", "gone.html", "x.pdf")
    publish(folder(tmp_path / "new", "index.html"), old, ["html"])
    assert content(old) == {"index.html": "new", "x.pdf": "old"}


def test_first_book(tmp_path: Path) -> None:
    publish(folder(tmp_path / "new", "index.html"), tmp_path / "book", ["html"])
    assert content(tmp_path / "book") == {"index.html": "new"}


def own_things(site: Path) -> list[Path]:
    """Make what people and programs have in a site besides files."""
    elsewhere = folder(site.parent / "elsewhere", "x.txt")
    (site / "link").symlink_to(elsewhere)
    (site / "broken").symlink_to("nowhere")
    (site / ".git/refs/tags").mkdir(parents=True)
    return [site / "link", site / "broken", site / ".git/refs/tags"]


def assert_there(things: list[Path]) -> None:
    assert [path.is_symlink() for path in things] == [True, True, False]
    assert (things[0] / "x.txt").is_file()
    assert things[2].is_dir()


@pytest.mark.skipif(os.name != "posix", reason="links need a right elsewhere")
def test_links_and_empty_folders_stay_in_a_book(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", "index.html", "gone/x.html")
    own = own_things(old)
    ours = publish(
        folder(tmp_path / "new", "index.html"), old, ["html"], {"index.html", "gone/x.html"}
    )
    assert ours == {"index.html"}
    assert_there(own)
    assert not (old / "gone").exists()


@pytest.mark.skipif(os.name != "posix", reason="links need a right elsewhere")
def test_links_and_empty_folders_stay_beside_an_index(tmp_path: Path) -> None:
    site = folder(tmp_path / "site", "index.html", "gone/a/x.html", "gone/b/x.html", "p/d/x.html")
    own = own_things(site)
    known = {"index.html", "gone/a/x.html", "gone/b/x.html", "p/d/x.html"}
    merge(folder(tmp_path / "new", "index.html"), site, ["html"], ["p/d"], known)
    assert_there(own)
    assert not (site / "gone").exists()
    assert (site / "p/d/x.html").is_file()


def test_old_book_comes_back_when_the_new_one_cannot_be_put_in_place(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", "index.html")
    with pytest.raises(BookError, match="old"):
        publish(tmp_path / "missing", old, ["html"])
    assert content(old)["index.html"] == "old"


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Give what makes something happen after the old book was moved away."""

    def happens(then: Callable[[], None]) -> None:
        replace = Path.replace

        def replaced(path: Path, target: Path) -> Path:
            done = replace(path, target)
            if target.name.endswith("-old"):
                then()
            return done

        monkeypatch.setattr(Path, "replace", replaced)

    return happens


def test_old_book_comes_back_after_an_interruption(
    tmp_path: Path, between: Callable[[Callable[[], None]], None]
) -> None:
    old = folder(tmp_path / "old", "index.html")

    def interrupt() -> None:
        raise KeyboardInterrupt

    between(interrupt)
    with pytest.raises(KeyboardInterrupt), workshop(tmp_path) as place:
        publish(folder(place / "new", "index.html"), old, ["html"])
    assert content(old) == {"index.html": "old"}


@pytest.mark.skipif(os.name != "posix", reason="processes are not asked for elsewhere")
def test_old_book_comes_back_after_its_maker_was_killed(
    tmp_path: Path, between: Callable[[Callable[[], None]], None]
) -> None:
    old = folder(tmp_path / "a" / "book", "index.html")
    between(lambda: os.kill(os.getpid(), signal.SIGKILL))

    def killed() -> None:
        with workshop(tmp_path) as place:
            publish(folder(place / "site" / "a" / "book", "index.html"), old, ["html"])

    maker = multiprocessing.get_context("fork").Process(target=killed)
    maker.start()
    maker.join()
    assert not old.exists()
    with workshop(tmp_path):
        assert content(old) == {"index.html": "book"}
    assert list((tmp_path / "reports").iterdir()) == []


@pytest.mark.parametrize("posix", [os.name == "posix", False])
def test_two_who_publish_at_once_do_so_one_after_the_other(
    tmp_path: Path,
    between: Callable[[Callable[[], None]], None],
    monkeypatch: pytest.MonkeyPatch,
    posix: bool,
) -> None:
    monkeypatch.setattr(output, "_POSIX", posix)
    site = folder(tmp_path / "site", "index.html", "CNAME")

    def put(name: str) -> None:
        publish(folder(tmp_path / name, "index.html"), site, ["html"], {"index.html"})

    other = threading.Thread(target=put, args=("second",))

    def start_other() -> None:
        if other.ident is None:
            other.start()
            other.join(0.5)

    between(start_other)
    put("first")
    other.join()
    assert content(site) == {"index.html": "second", "CNAME": "site"}


@pytest.mark.skipif(os.name != "posix", reason="processes are not asked for elsewhere")
def test_a_workshop_of_no_possible_maker_is_cleared(tmp_path: Path) -> None:
    folder(tmp_path / "reports" / f".book-{10**30}-x", "a.html")
    with workshop(tmp_path) as mine:
        assert list((tmp_path / "reports").iterdir()) == [mine]


def test_workshop_is_cleared(tmp_path: Path) -> None:
    with workshop(tmp_path) as place:
        (place / "x").write_text("x", encoding="utf-8")
    assert list((tmp_path / "reports").iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="processes are not asked for elsewhere")
def test_what_killed_makers_left_is_cleared(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    folder(reports / f".book-{done.pid}-x", "a.html")
    with workshop(tmp_path) as mine, workshop(tmp_path) as other:
        assert sorted(path.name for path in reports.iterdir()) == sorted([mine.name, other.name])


def test_where_no_process_may_be_asked_for_a_lock_tells_who_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "_POSIX", False)
    left = folder(tmp_path / "reports" / ".book-1-x", "a.html", output.ALIVE)
    just_made = folder(tmp_path / "reports" / ".book-2-x", "a.html")
    with workshop(tmp_path) as mine, workshop(tmp_path) as other:
        assert mine.is_dir() and other.is_dir() and just_made.is_dir()
        assert not left.exists()
    assert not mine.exists() and not other.exists()


def test_failed_build_leaves_the_book_as_it_was(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "index.qmd").write_text("# A\n\n@tbl-khong-co\n", encoding="utf-8")
    old = folder(tmp_path / "_book", "index.html")
    with pytest.raises(BookError, match="@tbl-khong-co"):
        build_book(project, renderer="builtin")
    assert content(old) == {"index.html": "_book"}
    assert not list((tmp_path / "reports").glob(".book-*"))
