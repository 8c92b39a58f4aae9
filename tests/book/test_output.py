from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_analysis.book import BookError, build_book
from ntm_analysis.book.output import publish, workshop
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


def test_old_book_comes_back_when_the_new_one_cannot_be_put_in_place(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", "index.html")
    with pytest.raises(BookError, match="old"):
        publish(tmp_path / "missing", old, ["html"])
    assert content(old)["index.html"] == "old"


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


def test_failed_build_leaves_the_book_as_it_was(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "index.qmd").write_text("# A\n\n@tbl-khong-co\n", encoding="utf-8")
    old = folder(tmp_path / "_book", "index.html")
    with pytest.raises(BookError, match="@tbl-khong-co"):
        build_book(project, renderer="builtin")
    assert content(old) == {"index.html": "_book"}
    assert not list((tmp_path / "reports").glob(".book-*"))
