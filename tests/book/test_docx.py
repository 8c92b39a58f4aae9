from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from ntm_analysis.book import BookError, build_book, pandoc
from ntm_analysis.book.docx import contents_filled
from tests.book.project import write_project


@pytest.fixture(scope="module")
def document(rendered: Path) -> Document:
    return docx.Document(str(rendered / "_book/sach-thu.docx"))


def styled(document: Document, style: str) -> list[str]:
    return [" ".join(p.text.split()) for p in document.paragraphs if p.style.name == style]


def test_headings(document: Document) -> None:
    assert styled(document, "Heading 1") == [
        "Lời nói đầu",
        "Chương 1 Cách tính",
        "Các xã",
        "Chương 2 Xã Liêm Cần – năm 2024",
        "Phụ lục A Thuật ngữ",
    ]
    assert styled(document, "Heading 2")[0] == "1.1 Biên độ"


def test_captions_and_references(document: Document) -> None:
    assert styled(document, "Table Caption")[-1] == "Bảng 2.1: Kết quả của xã"
    assert styled(document, "Image Caption") == ["Hình 2.1: Tỷ lệ so với ngưỡng"]
    names = {b.get(qn("w:name")) for b in document.element.body.iter(qn("w:bookmarkStart"))}
    links = {
        "".join(t.text or "" for t in link.iter(qn("w:t"))): link.get(qn("w:anchor"))
        for link in document.element.body.iter(qn("w:hyperlink"))
    }
    assert links["bảng của xã"] == "tbl-mau-ket-qua"
    assert {anchor for anchor in links.values() if anchor} <= names


def test_captions_are_numbered_by_fields_that_references_follow(document: Document) -> None:
    codes = [(e.text or "").split() for e in document.element.body.iter(qn("w:instrText"))]
    assert [c[1] for c in codes if c[0] == "SEQ"] == ["Bảng", "Bảng", "Hình"]
    places = [code[1] for code in codes if code[0] == "REF"]
    assert len(places) == 4  # one of them twice
    shown = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name in {"Table Caption", "Image Caption"}:
            for start in paragraph._p.iter(qn("w:bookmarkStart")):
                inside, text = False, ""
                for element in paragraph._p.iter():
                    inside = inside or element is start
                    if element.tag == qn("w:bookmarkEnd") and element.get(qn("w:id")) == start.get(
                        qn("w:id")
                    ):
                        break
                    text += (element.text or "") if inside and element.tag == qn("w:t") else ""
                shown[start.get(qn("w:name"))] = text
    assert [shown[place] for place in places] == [
        "Bảng\u00a02.1",
        "1.1",
        "Bảng\u00a02.1",
        "Hình\u00a02.1",
    ]


def test_pictures_are_png_with_alternative_text(rendered: Path, document: Document) -> None:
    described = [e.get("descr") for e in document.element.body.iter(qn("wp:docPr"))]
    assert described == ["Hỏa táng 25%, vượt ngưỡng."]
    with zipfile.ZipFile(rendered / "_book/sach-thu.docx") as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert [Path(name).suffix for name in media] == [".png"]
        assert archive.read(media[0]).startswith(b"\x89PNG")


def test_picture_keeps_its_size(document: Document) -> None:
    assert document.inline_shapes[0].width.pt == pytest.approx(360, abs=1)


def test_callouts_are_shaded_paragraphs(document: Document) -> None:
    assert styled(document, "Callout Warning") == [
        "Lưu ý · Chỉ vừa đủ",
        "Thêm một hộ thì kết quả thay đổi.",
        "– điều thứ nhất",
    ]
    shade = document.styles["Callout Warning"].element.pPr.find(qn("w:shd"))
    assert shade.get(qn("w:fill")) == "FFF7E6"


def test_synthetic_communes_say_so(document: Document) -> None:
    part, chapter = styled(document, "Synthetic")
    assert part.startswith("Các xã trong phần này không có thật")
    assert chapter.startswith("Số liệu giả định")


def test_tables(document: Document) -> None:
    table = document.tables[-1]
    assert table.style.name == "Table"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:cantSplit")) is not None
    assert table.cell(1, 3).text == "●\u00a0Đạt"
    assert table.cell(1, 1).paragraphs[0].style.name == "Table Text"


def test_contents_are_written_out(document: Document) -> None:
    paragraphs = [Paragraph(p, document) for p in document.element.body.iter(qn("w:p"))]
    entries = [p.text.strip() for p in paragraphs if p.style.name == "toc 1"]
    assert entries[1] == "Chương 1 Cách tính"
    assert len(entries) == 5
    instructions = [e.text or "" for e in document.element.body.iter(qn("w:instrText"))]
    assert any(text.startswith("TOC") for text in instructions)


def test_no_contents_no_change() -> None:
    assert contents_filled("<w:document/>") == "<w:document/>"


def test_page(document: Document) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(m.mm) for m in margins] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml


def test_language_and_title(document: Document) -> None:
    assert document.core_properties.title == "Sách thử <nghiệm>"
    assert document.core_properties.language == "vi"


def test_missing_template(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "book/reference.docx").unlink()
    with pytest.raises(BookError, match=r"book/reference\.docx"):
        build_book(project, ("docx",), renderer="builtin")


def test_styles_that_change_meanwhile_are_for_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path)
    run = pandoc.run

    def changed(args: list[str], *more: Any, **options: Any) -> str:
        if "docx" in args:
            (project / "book/reference.docx").write_bytes(b"half of")
        return run(args, *more, **options)

    monkeypatch.setattr(pandoc, "run", changed)
    (made,) = build_book(project, ("docx",), "builtin").files
    assert "Heading 1" in {p.style.name for p in docx.Document(str(made)).paragraphs}
