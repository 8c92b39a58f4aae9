"""Kinds of documents, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.documents import read_document
from ntm_analysis.documents.legacy import decoded, legacy_font, legacy_text
from ntm_analysis.problems import DataErrors

FONTS = Path(__file__).parents[2] / "ntm_analysis" / "fonts"


def problem(path: Path) -> str:
    with pytest.raises(DataErrors) as caught:
        read_document(path)
    (found,) = caught.value.problems
    return f"{found.problem} {found.wanted}"


@pytest.mark.parametrize("name", ["bao-cao.doc", "bao-cao.rtf", "bao-cao.docx"])
def test_an_old_word_file_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    assert ".docx" in problem(path)


def test_a_locked_word_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "khoa.docx"
    package = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + package)
    assert "mật khẩu" in problem(path)


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("bi-mat")
    path = tmp_path / "khoa.pdf"
    writer.write(path)
    assert "mật khẩu" in problem(path)


@pytest.mark.parametrize(
    "text",
    [
        "Tæng sè hé d©n toµn x· lµ 1.240 hé, trong ®ã hé nghÌo 20 hé, ®¹t 95,5% kÕ ho¹ch.",
        "Toång soá hoä daân toaøn xaõ laø 1.240 hoä, trong ñoù hoä ngheøo 20 hoä, ñaït 95,5%.",
    ],
)
def test_an_old_encoding_without_fonts_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cu.txt"
    path.write_text(text * 2, encoding="utf-8")
    assert "Unicode" in problem(path)


@pytest.mark.parametrize(
    "text",
    [
        "Tổng số hộ dân toàn xã là 1.240 hộ, trong đó hộ nghèo 20 hộ, đạt 95,5% kế hoạch.",
        "Xã có 9 thôn, 1.240 hộ. " * 9,
        "toi chi co so lieu khong dau, dat 95% " * 9,
        "© 2024 các tác giả",
    ],
)
def test_proper_text_is_no_old_encoding(text: str) -> None:
    assert legacy_text(text) is None


def test_every_letter_of_the_old_tables() -> None:
    letters = "aăâeêioôơuưy"
    marks = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
    import unicodedata

    from ntm_analysis.documents import legacy

    wanted = {unicodedata.normalize("NFC", letter + mark) for letter in letters for mark in marks}
    wanted -= set("aeiouy")
    assert wanted <= set(legacy._TCVN3.values())
    vni = {
        decoded(base + mark, "VNI")
        for base in ("a", "e", "i", "o", "u", "y", "ô", "ö")
        for mark in ("", *legacy._VNI_MARKS)
    } | {decoded(sign, "VNI") for sign in legacy._VNI_SINGLE}
    assert wanted <= vni


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (".VnTime", "TCVN3"),
        (".VnArialH", "TCVN3"),
        ("ABCDEF+.VnTime,Bold", "TCVN3"),
        ("VNI-Times", "VNI"),
        ("ABCDEF+VNI-Helve", "VNI"),
        ("Times New Roman", None),
        ("VNtimes new roman", None),
        ("Vineta", None),
        (None, None),
    ],
)
def test_fonts(name: str | None, wanted: str | None) -> None:
    assert legacy_font(name) == wanted


def typeset(folder: Path, source: str) -> Path:
    import typst

    (folder / "nguon.typ").write_text(
        '#set page(width: 16cm, height: 9cm)\n#set text(font: "Liberation Serif", size: 11pt)\n'
        + source,
        encoding="utf-8",
    )
    path = folder / "van-ban.pdf"
    typst.compile(str(folder / "nguon.typ"), output=str(path), font_paths=[str(FONTS)])
    return path


def test_tables_of_a_pdf_go_on_over_pages(tmp_path: Path) -> None:
    head = "table.cell(rowspan: 2)[Thôn], table.cell(colspan: 2)[Số hộ], [Tổng số], [Đạt chuẩn],"
    rows = "".join(f"[Thôn {n}], [{100 + n}], [{90 + n}]," for n in range(1, 18))
    source = f"Kết quả theo thôn:\n\n#table(columns: (4cm, 4cm, 4cm), {head} {rows})\nHết bảng."
    document = read_document(typeset(tmp_path, source))
    (table,) = document.tables()
    assert {row.page for row in table} == {1, 2}
    assert [row.row for row in table] == list(range(19))
    assert table[0].text == "Thôn | Số hộ"
    assert [(cell.column, cell.columns) for cell in table[0].cells] == [(0, 1), (1, 2)]
    assert [cell.text for cell in table[-1].cells] == ["Thôn 17", "117", "107"]
    assert document.blocks[0].text == "Kết quả theo thôn:"
    assert document.blocks[-1].text == "Hết bảng."


def test_tables_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "bang.txt"
    path.write_text("Đầu\n| A | B |\n|---|---|\n| 1 |  |\n| 2 | 3 |\nCuối\n", encoding="utf-8")
    document = read_document(path)
    (table,) = document.tables()
    assert [[cell.text for cell in row.cells] for row in table] == [
        ["A", "B"],
        ["1", ""],
        ["2", "3"],
    ]


def test_sheets_are_tables(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "bang.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Số liệu")
        sheet.write_row(0, 0, ["Thôn", "Số hộ", "Tỷ lệ"])
        sheet.write_row(1, 0, ["Thượng", 120, 95.5])
    document = read_document(path)
    assert [block.text for block in document.blocks] == [
        "Số liệu",
        "Thôn | Số hộ | Tỷ lệ",
        "Thượng | 120 | 95,5",
    ]
