"""Quarto's side, with a stand-in program: what is called, and what becomes of the result."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.book import BookError, build_book, quarto
from tests.book.project import write_project
from tests.book.stand_in import install

STAND_IN = """\
#!{python}
import os, pathlib, sys
{docx}
args = sys.argv[1:]
with open("calls.txt", "a", encoding="utf-8") as calls:
    calls.write(" ".join(args[:-1]) + " NTM_BOOK=" + os.environ.get("NTM_BOOK", "") + "\\n")
if os.path.exists("fail"):
    print("log line")
    print("\\x1b[91mERROR: something broke\\n\\nStack trace:\\n    at x\\x1b[39m", file=sys.stderr)
    sys.exit(1)
if os.path.exists("warn"):
    print("WARN: something is odd", file=sys.stderr)
out = pathlib.Path(args[args.index("--output-dir") + 1])
out.mkdir(parents=True)
made = args[args.index("--to") + 1] if "--to" in args else "all"
names = dict(html=["index.html"], typst=["sach-thu.pdf"], docx=["sach-thu.docx"])
for name in names.get(made, sum(names.values(), [])):
    if name.endswith("docx"):
        docx(out / name)
    else:
        (out / name).write_text("quarto /Type /Pages /Count 7")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    install(tmp_path, monkeypatch, STAND_IN)
    return write_project(tmp_path / "project")


def calls(project: Path) -> list[str]:
    return (project / "calls.txt").read_text(encoding="utf-8").splitlines()


def test_auto_takes_quarto_and_renders_all_formats_at_once(project: Path) -> None:
    result = build_book(project)
    assert result.renderer == "quarto"
    assert [p.name for p in result.files] == ["index.html", "sach-thu.pdf", "sach-thu.docx"]
    assert calls(project) == ["render --output-dir NTM_BOOK=1"]
    assert result.pdf_pages == 7


def test_single_formats_keep_the_others(project: Path) -> None:
    book = project / "_book"
    book.mkdir()
    (book / "sach-thu.docx").write_text("old", encoding="utf-8")
    (book / "index.html").write_text("old", encoding="utf-8")
    build_book(project, ("pdf",), renderer="quarto")
    assert calls(project) == ["render --to typst --output-dir NTM_BOOK=1"]
    files = [path for path in book.iterdir() if path.is_file()]
    assert {p.name: p.read_text(encoding="utf-8").split()[0] for p in files} == {
        "index.html": "old",
        "sach-thu.docx": "old",
        "sach-thu.pdf": "quarto",
    }


def test_two_formats_are_rendered_apart(project: Path) -> None:
    build_book(project, ("html", "docx"), renderer="quarto")
    assert [line.split(" --output-dir")[0] for line in calls(project)] == [
        "render --to html",
        "render --to docx",
    ]


def test_failure_says_why_and_keeps_the_log(project: Path) -> None:
    (project / "fail").touch()
    with pytest.raises(BookError, match="something broke"):
        build_book(project, renderer="quarto")
    assert "log line" in (project / "reports/book.log").read_text(encoding="utf-8")
    assert not (project / "_book").exists()


LOG = """\
\x1b[33m[WARNING] Could not convert image 58429b100303.svg: no rsvg-convert\x1b[39m
  a line that goes on
[WARNING] Could not convert image d4f3a39f5d34.svg: no rsvg-convert
WARNING (/usr/share/quarto/filters/main.lua:3230) unable to resolve crossref @tbl-x
\x1b[33m(W) unknown font "Foo"\x1b[39m
warning: layout did not converge within 5 attempts
[typst]: Compiling index.typ
"""


def test_warnings_are_passed_on_each_kind_once() -> None:
    assert quarto.warnings_in(LOG) == [
        "Could not convert image 58429b100303.svg: no rsvg-convert (×2)",
        "unable to resolve crossref @tbl-x",
        'unknown font "Foo"',
        "layout did not converge within 5 attempts",
    ]


def test_letters_that_no_font_has_are_told_of_where_a_pdf_is_made(project: Path) -> None:
    with (project / "book/thuat-ngu.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write("\n\U000f1234\n")  # for its owner's use: no machine has it
    assert build_book(project).boxed == {"book/thuat-ngu.qmd": "\U000f1234"}
    assert build_book(project, ("html",)).boxed == {}


def test_warnings_come_with_the_book(project: Path) -> None:
    (project / "warn").touch()
    assert build_book(project).warnings == ["something is odd"]
    (project / "warn").unlink()
    assert build_book(project).warnings == []


def test_without_quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    project = write_project(tmp_path / "project")
    with pytest.raises(BookError, match="Quarto was not found"):
        build_book(project, renderer="quarto")
    assert build_book(project, ("html",)).renderer == "builtin"
