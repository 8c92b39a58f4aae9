"""The English book, made as docs/how-to/make-an-english-book.md says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book.page import broken_links, read
from tests.end_to_end.conftest import copy_project, ntm

WORDS = re.compile(
    r"\b(?:của|không|được|những|các|là|với|và|theo|này|chỉ tiêu|tiêu chí|ngưỡng|biên độ)\b", re.I
)
"""Words that Vietnamese sentences can hardly do without."""


@pytest.fixture(scope="module")
def book(repository: Path, once_per_run: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    def make(folder: Path) -> None:
        copy_project(repository, folder)
        shutil.copy(folder / "book/en/plan.yml", folder / "_quarto.yml")
        shutil.copy(folder / "book/en/index.qmd", folder / "index.qmd")
        for params in (folder / "params").glob("*.yaml"):
            text, changes = re.subn(r"(?m)^lang: vi$", "lang: en", params.read_text("utf-8"))
            assert changes == 1
            params.write_text(text, encoding="utf-8")
        done = ntm(folder, "build", "--renderer", "builtin")
        assert done.returncode == 0, done.stdout + done.stderr

    return once_per_run("english-book", make) / "_book"


def test_it_is_whole(book: Path) -> None:
    assert broken_links(book) == []
    assert {"ntm-report.pdf", "ntm-report.docx"} <= {path.name for path in book.iterdir()}
    pages = {path.relative_to(book).as_posix() for path in book.rglob("*.html")}
    assert {"index.html", "book/en/methods.html", "book/en/glossary.html"} <= pages
    assert len(pages) == 7
    for page in pages:
        assert '<html lang="en"' in (book / page).read_text(encoding="utf-8")


def test_its_sentences_are_english(book: Path) -> None:
    for path in book.rglob("*.html"):
        for tag in ("p", "li", "td", "th", "dd", "figcaption", "h1", "h2", "h3", "h4", "summary"):
            for found in read(path).find(tag):
                quoted = "glossary" in path.name or "rulebook" in path.name or '"' in found.text
                if not quoted and "“" not in found.text:
                    assert not WORDS.search(found.text), (path.name, found.text)


def test_its_verdicts_and_numbers_are_english(book: Path) -> None:
    marks = [e.text for e in read(book / "index.html").find("th") if e.find("span")]
    assert marks == [
        "Met",
        "Met, unproven",
        "Met, disputed",
        "Not met",
        "Pending",
        "No data",
        "Not applicable",
    ]
    text = "".join(e.text for e in read(book / "book/en/methods.html").find("td"))
    assert "2,696 of 2,751 houses98.0007" in text


def test_both_languages_say_the_same(repository: Path) -> None:
    """The same sections, tables, formulas and terms, and the same plan but for words and files."""

    def ids(name: str) -> list[str]:
        return re.findall(r"\{#([\w-]+)", (repository / name).read_text(encoding="utf-8"))

    def formulas(name: str) -> list[str]:
        text = (repository / name).read_text(encoding="utf-8")
        return re.findall(r"(?s)\$\$.*?\$\$", text)

    for vi, en in (("index", "preface"), ("methods", "methods"), ("glossary", "glossary")):
        assert ids(f"book/{vi}.qmd") == ids(f"book/en/{en}.qmd")
        assert formulas(f"book/{vi}.qmd") == formulas(f"book/en/{en}.qmd")

    def terms(name: str, pattern: str) -> set[tuple[str, str]]:
        text = (repository / name).read_text(encoding="utf-8")
        return {(a.lower(), b.lower()) for a, b in re.findall(pattern, text)}

    theirs = terms("book/en/glossary.qmd", r'(?m)^(.+) \(\[(.+)\]\{lang="vi"\}\)$')
    ours = terms("book/glossary.qmd", r'(?m)^(.+) \(\[(.+)\]\{lang="en"\}\)$')
    assert {(vi, en) for en, vi in theirs} == ours
    names = [en for en, _ in sorted(theirs)]
    text = (repository / "book/en/glossary.qmd").read_text(encoding="utf-8").lower()
    assert [text.index(f"\n{name} (") for name in names] == sorted(
        text.index(f"\n{name} (") for name in names
    )

    words = ("lang:", "language:", "title:", "subtitle:", "author:", "description:", "output-file:")

    def plan(name: str) -> list[str]:
        lines = (repository / name).read_text(encoding="utf-8").replace("book/en/", "book/")
        return [
            line
            for line in lines.splitlines()
            if not line.startswith("#") and not line.strip().startswith(words)
        ]

    assert plan("book/en/plan.yml") == plan("_quarto.yml")
