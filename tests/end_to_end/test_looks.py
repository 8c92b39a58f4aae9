"""The real book as an eye sees it, by the built-in renderer and, where it is there, by Quarto."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests.end_to_end.conftest import Built
from tests.support.looks import off_the_paper, out_of_cells, overprinted
from tests.support.phone import too_wide
from tests.support.print_rules import half_empty, headings_last, heads_alone, leaves_of
from tests.support.word_document import faults

pytestmark = pytest.mark.book
LEFT, RIGHT = 30 / 25.4 * 72, 15 / 25.4 * 72
RENDERERS = ["built", pytest.param("built_by_quarto", marks=pytest.mark.quarto)]


@pytest.fixture(params=RENDERERS)
def book(request: pytest.FixtureRequest) -> Path:
    built: Built = request.getfixturevalue(request.param)
    return built.book


def test_no_word_is_printed_over_another(book: Path) -> None:
    assert overprinted(book / "bao-cao-ntm.pdf") == []


def test_nothing_leaves_the_margins(book: Path) -> None:
    assert off_the_paper(book / "bao-cao-ntm.pdf", LEFT, RIGHT) == []


def test_no_word_leaves_its_cell(book: Path) -> None:
    assert out_of_cells(book / "bao-cao-ntm.pdf") == []


def test_the_rules_of_print_are_kept(book: Path) -> None:
    pdf = book / "bao-cao-ntm.pdf"
    leaves = leaves_of(pdf)
    assert len(leaves) > 1000
    assert headings_last(leaves) == []
    assert heads_alone(leaves) == []
    assert half_empty(pdf, leaves) == []


def test_the_word_document_is_sound(book: Path) -> None:
    assert faults(book / "bao-cao-ntm.docx") == []


@pytest.mark.browser
def test_nothing_is_wider_than_a_phone(book: Path, chromium: Browser) -> None:
    pages = [path for path in sorted(book.rglob("*.html")) if "site_libs" not in path.parts]
    page = chromium.new_page()
    assert too_wide(page, pages) == []
    page.close()


@pytest.mark.quarto
def test_both_renderers_print_the_same_labels(built: Built, built_by_quarto: Built) -> None:
    ours, theirs = (_labels(one.book / "bao-cao-ntm.pdf") for one in (built, built_by_quarto))
    assert {"Chương 1", "Phụ lục A", "Bảng 1:", "Bảng 1.1:", "Hình 2.1:"} <= ours
    assert theirs == ours


def _labels(pdf: Path) -> set[str]:
    """Return the labels of chapters, tables and figures, as they stand at the head of lines."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    found = set()
    for line in "\n".join(texts).splitlines():
        words = line.replace("\u00a0", " ").split()
        for kind in ("Chương", "Phụ lục", "Bảng", "Hình"):
            size = len(kind.split())
            if " ".join(words[:size]) == kind and len(words) > size:
                whole = kind in ("Chương", "Phụ lục") and len(words) == size + 1
                if whole or words[size].endswith(":"):
                    found.add(" ".join(words[: size + 1]))
    return found
