from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest

from ntm_analysis.book import BookError, build_book
from ntm_analysis.book.pdf import count_pages
from tests.book.project import GLOSSARY, write_project

MM = 72 / 25.4


@pytest.fixture(scope="module")
def pdf(rendered: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(rendered / "_book/sach-thu.pdf")


def text(pdf: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def bookmarks(items: list[Any]) -> list[str]:
    titles: list[str] = []
    for item in items:
        titles += bookmarks(item) if isinstance(item, list) else [str(item.title)]
    return titles


def test_words_numbers_and_captions(pdf: pypdf.PdfReader) -> None:
    found = text(pdf)
    for words in (
        "hỏa táng đạt 25%",
        "Bảng 2.1: Kết quả của xã",
        "Hình 2.1: Tỷ lệ so với ngưỡng",
        "Lưu ý · Chỉ vừa đủ",
        "Chưa có số liệu",
        "9. Nhà",
        "<script>alert(1)</script>",
        "Số liệu giả định",
    ):
        assert words in found


def test_bookmarks(pdf: pypdf.PdfReader) -> None:
    assert bookmarks(pdf.outline) == [
        "Lời nói đầu",
        "Chương 1. Cách tính",
        "1.1 Biên độ",
        "Không số",
        "1.1.1 Biên độ riêng",
        "English",
        "Các xã",
        "Chương 2. Xã Liêm Cần – năm 2024",
        "2.1 Kết quả",
        "Phụ lục A. Thuật ngữ",
    ]


def test_page_numbers_are_on_all_pages_but_the_first(pdf: pypdf.PdfReader) -> None:
    tops = [page.extract_text().split("\n")[0].split()[0] for page in pdf.pages]
    assert tops[1:] == [str(n) for n in range(2, len(pdf.pages) + 1)]
    assert tops[0] != "1"


def test_pages_about_made_up_communes_say_so_and_no_others(pdf: pypdf.PdfReader) -> None:
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    first = next(n for n, page in enumerate(pages) if "Chương 2 Xã Liêm Cần" in page)
    after = next(n for n, page in enumerate(pages) if "Phụ lục A Thuật ngữ" in page)
    marked = [n for n, page in enumerate(pages) if page.startswith(f"{n + 1} Xã giả định")]
    assert marked == list(range(first, after))


def test_a_part_has_a_page_that_says_what_it_is(pdf: pypdf.PdfReader) -> None:
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    opening = [page for page in pages if "Các xã trong phần này không có thật" in page]
    assert len(opening) == 1 and "Các xã Các xã trong phần này" in opening[0]


def test_page_size(pdf: pypdf.PdfReader) -> None:
    box = pdf.pages[0].mediabox
    assert float(box.width) == pytest.approx(210 * MM, abs=0.1)
    assert float(box.height) == pytest.approx(297 * MM, abs=0.1)


def test_only_embedded_fonts(pdf: pypdf.PdfReader) -> None:
    fonts = set()
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            fonts.add(str(descriptor["/FontName"]).split("+")[-1])
    assert {"LiberationSerif", "LiberationSerif-Bold"} <= fonts


def test_accessible(pdf: pypdf.PdfReader) -> None:
    root = pdf.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "pdfuaid:part" in metadata
    assert root["/Lang"] == "vi"  # type: ignore[index]


def test_references_are_links(pdf: pypdf.PdfReader) -> None:
    assert any("/Annots" in page for page in pdf.pages[2:])


def test_alternative_text(rendered: Path) -> None:
    raw = (rendered / "_book/sach-thu.pdf").read_bytes()
    assert "Hỏa táng 25%, vượt ngưỡng.".encode("utf-16-be") in raw or b"/Alt" in raw


def test_pages_are_counted(rendered: Path, pdf: pypdf.PdfReader) -> None:
    raw = (rendered / "_book/sach-thu.pdf").read_bytes()
    assert count_pages(raw) == len(pdf.pages) > 5
    assert count_pages(b"no pdf") == 0


def test_same_bytes_each_time(rendered: Path, tmp_path: Path) -> None:
    again = build_book(write_project(tmp_path), ("pdf", "docx"), renderer="builtin")
    for path in again.files:
        assert path.read_bytes() == (rendered / "_book" / path.name).read_bytes()


def test_time_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1732579200")
    result = build_book(write_project(tmp_path), ("pdf", "docx"), renderer="builtin")
    metadata = pypdf.PdfReader(result.files[0]).metadata
    assert metadata is not None
    assert str(metadata["/CreationDate"]).startswith("D:20241126")
    with zipfile.ZipFile(result.files[1]) as archive:
        assert b"2024-11-26T00:00:00Z" in archive.read("docProps/core.xml")


def test_what_typst_cannot_show_does_not_stop_the_book(tmp_path: Path) -> None:
    """A letter in no font of ours fails PDF/UA, not the PDF."""
    project = write_project(tmp_path, **{"book/thuat-ngu.qmd": GLOSSARY + "\n漢 \U0001f600 漢\n"})
    for _ in range(2):  # the second one is as it was kept
        result = build_book(project, ("pdf",), renderer="builtin")
        assert result.pdf_pages
        assert result.boxed == {"Thuật ngữ": "漢\U0001f600"}


def test_failure_is_told_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntm_analysis.book.pdf._main", lambda _book: "#nonsense()")
    with pytest.raises(BookError, match="Typst"):
        build_book(write_project(tmp_path), ("pdf",), renderer="builtin")
    assert "nonsense" in (tmp_path / "reports/book.log").read_text(encoding="utf-8")
    assert not (tmp_path / "_book").exists()
