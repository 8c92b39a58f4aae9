"""Reading reports in .txt, .docx and .pdf."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from docx import Document

from ntm_analysis.audit import audit_file, read_report
from ntm_analysis.problems import DataErrors

TEXT = "Xã Hòa Lâm\nCó 1.432/1.569 hộ dùng nước máy, đạt 91,27%.\nCó 12/10 thôn.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_bytes(unicodedata.normalize("NFD", TEXT).encode(encoding))
    rows = audit_file(path)
    assert [(row.line, row.page, row.verdict) for row in rows] == [
        (2, None, "agrees"),
        (3, None, "disagrees"),
    ]
    assert all(unicodedata.is_normalized("NFC", row.quote) for row in rows)


def test_unreadable_encoding_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes(b"dong 1\ndong hai\nx\xe3 B\xb7\n")
    with pytest.raises(DataErrors) as caught:
        read_report(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row) == (path.as_posix(), 3)
    assert "UTF-8" in problem.wanted


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("thieu.txt", None),
        ("trong.txt", b""),
        ("trang.txt", b"  \n \n"),
        ("bang.xlsx", b"x"),
        ("khong-duoi", b"x"),
        ("hong.docx", b"not a zip"),
        ("hong.pdf", b"%PDF-1.4 nothing"),
        ("trong.docx", b""),
    ],
)
def test_bad_files_are_problems(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataErrors) as caught:
        read_report(path)
    (problem,) = caught.value.problems
    assert problem.problem
    assert problem.wanted


def test_a_folder_is_no_report(tmp_path: Path) -> None:
    folder = tmp_path / "thu-muc.txt"
    folder.mkdir()
    with pytest.raises(DataErrors):
        read_report(folder)


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    document = Document()
    document.add_heading("Báo cáo xã Phú Thạnh", 1)
    document.add_paragraph("Đường thôn: 9,6/9,8 km, đạt 97,96%.")
    table = document.add_table(rows=3, cols=4)
    rows = [
        ("Nội dung", "Yêu cầu", "Kết quả", "Đánh giá"),
        ("Tỷ lệ hộ dùng nước sạch", "≥65%", "63,2%", "Đạt"),
        ("Tỷ lệ hộ có hố xí", "≥90%", "94,1% (800/850 hộ)", "Đạt"),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Sau bảng: hòa giải 17/18 vụ việc, đạt 95%.")
    fraction = document.add_table(rows=2, cols=2)
    fraction.cell(0, 0).text = "(21-8)"
    fraction.cell(1, 0).text = "(1820 -8)"
    fraction.cell(0, 1).merge(fraction.cell(1, 1)).text = "x 100% = 0,75%"
    path = tmp_path / "bao-cao.docx"
    document.save(str(path))
    return path


def test_docx_is_read_in_order_with_its_tables(docx: Path) -> None:
    texts = [line.text for line in read_report(docx)]
    assert texts[3] == "Tỷ lệ hộ dùng nước sạch | ≥65% | 63,2% | Đạt"
    assert texts[5].startswith("Sau bảng")
    assert texts[6:] == ["(21-8) | x 100% = 0,75%", "(1820 -8)"]


def test_docx_is_audited(docx: Path) -> None:
    rows = [(row.check, row.stated, row.verdict) for row in audit_file(docx)]
    assert rows == [
        ("ratio", "97,96%", "agrees"),
        ("threshold", "63,2%", "disagrees"),
        ("ratio", "94,1%", "agrees"),
        ("threshold", "94,1%", "agrees"),
        ("ratio", "95%", "disagrees"),
        ("fraction", "0,75%", "disagrees"),
    ]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    import typst

    source = tmp_path / "bao-cao.typ"
    source.write_text(
        '#set page(width: 12cm, height: 8cm)\n#set text(font: "Liberation Serif", size: 11pt)\n'
        "Báo cáo xã Tân Mỹ. Trong năm 2024, toàn xã đã vận động nhân dân cứng hóa được nhiều tuyến "
        "đường, kết quả đã cứng hóa 12,5/15,6 km đường trục chính nội đồng, góp phần vận chuyển "
        "hàng hóa thuận tiện quanh năm, đạt 80,1%.\n#pagebreak()\n"
        "Tỷ lệ hộ dùng nước máy là 95,27% (1.432/1.569 hộ).\n",
        encoding="utf-8",
    )
    fonts = Path(__file__).parents[2] / "ntm_analysis" / "fonts"
    path = tmp_path / "bao-cao.pdf"
    typst.compile(str(source), output=str(path), font_paths=[str(fonts)])
    return path


def test_pdf_is_audited_page_by_page(pdf: Path) -> None:
    rows = [(row.page, row.check, row.stated, row.verdict) for row in audit_file(pdf)]
    assert rows == [(1, "ratio", "80,1%", "agrees"), (2, "ratio", "95,27%", "disagrees")]


def test_a_scan_is_told_from_a_text(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    path = tmp_path / "quet.pdf"
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(path)
    with pytest.raises(DataErrors, match="OCR"):
        read_report(path)
