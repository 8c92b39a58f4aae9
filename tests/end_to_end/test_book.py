"""The real book of Liêm Cần 2024, as a reader gets it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import docx
import pypdf
import pytest

from tests.end_to_end.conftest import Built, ntm
from tests.end_to_end.pages import Page, broken, outside, pages

pytestmark = pytest.mark.book

NUMBERS = ("98", "72,403", "0,97%", "86,01%", "96,05%", "94,98%", "95,18%", "2.696", "2.751")
"""What the report must print: from the figures of the commune."""


@pytest.fixture(scope="module")
def results(built: Built) -> list[dict[str, str]]:
    path = built.root / "reports" / "liem-can-2024" / "results.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def chapter(built: Built) -> Page:
    return Page(built.chapter)


def _pdf_text(book: Path) -> str:
    (path,) = book.glob("*.pdf")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def test_the_command_says_where_the_book_lies(built: Built) -> None:
    assert built.printed.rstrip().endswith("_book/index.html")
    assert "builtin" in built.printed


def test_all_indicators_stand_in_the_chapter(chapter: Page, results: list[dict[str, str]]) -> None:
    assert len(results) == 74
    for row in results:
        assert row["indicator"] in chapter.ids
        assert row["name"].split(" (seed")[0][:40] in chapter.text


def test_the_chapter_prints_the_numbers(chapter: Page) -> None:
    for number in NUMBERS:
        assert number in chapter.text


def test_no_reference_is_left_open(built: Built) -> None:
    for page in pages(built.book):
        assert not re.search(r"@(tbl|fig|sec)-|\?\?|\bNone\b|\bnan\b", page.text), page.path


def test_no_link_or_picture_is_broken(built: Built) -> None:
    every = {page.path.resolve(): page for page in pages(built.book)}
    assert len(every) >= 5
    for page in every.values():
        assert not list(broken(page, every)), page.path


def test_identifiers_are_unique_on_a_page(built: Built) -> None:
    for page in pages(built.book):
        assert len(page.ids) == len(set(page.ids)), page.path


def test_nothing_comes_from_outside(built: Built) -> None:
    assert not [address for page in pages(built.book) for address in outside(page)]


def test_every_picture_says_what_it_shows(chapter: Page) -> None:
    charts = [alt for alt in chapter.alts if alt]
    assert len(charts) >= 15
    assert any("74" in alt or "Đạt: 63" in alt for alt in charts)


def test_the_pdf_holds_the_same_numbers(built: Built, results: list[dict[str, str]]) -> None:
    text = _pdf_text(built.book)
    for number in NUMBERS:
        assert number in text
    for row in results:
        assert f"{row['indicator']}." in text
    assert not re.search(r"@(tbl|fig|sec)-|\?\?", text)


def test_the_pdf_has_bookmarks_and_embedded_fonts(built: Built) -> None:
    (path,) = built.book.glob("*.pdf")
    reader = pypdf.PdfReader(path)
    titles = str(reader.outline)
    assert "Liêm Cần" in titles
    assert "Thuật ngữ" in titles
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in reader.pages
        for font in (page["/Resources"].get("/Font") or {}).values()
    }
    assert any("Liberation" in font for font in fonts)


def test_the_docx_opens_and_holds_the_tables(built: Built) -> None:
    (path,) = built.book.glob("*.docx")
    document = docx.Document(str(path))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"17.8", "96,05%", "94,98%"} <= cells
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Liêm Cần" in text
    assert len(document.inline_shapes) >= 15


def test_a_second_build_runs_nothing_again(built: Built) -> None:
    done = ntm(built.root, "run")
    assert done.returncode == 0, done.stderr
    assert "4 không thay đổi" in done.stdout


@pytest.mark.quarto
def test_quarto_makes_the_same_book(built_by_quarto: Built, results: list[dict[str, str]]) -> None:
    assert "quarto" in built_by_quarto.printed
    page = Page(built_by_quarto.chapter)
    text = _pdf_text(built_by_quarto.book)
    for number in NUMBERS:
        assert number in page.text
        assert number in text
    for row in results:
        assert row["indicator"] in page.ids
    assert "?@" not in page.text
    for every in pages(built_by_quarto.book):
        assert not outside(every), every.path
