"""Word files: whatever shows is read, whatever wraps it."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as Package
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ntm_analysis.documents import Document, read_document

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def made(folder: Path, *elements: str) -> Document:
    """Return what is read of a file whose body holds these elements."""
    package = Package()
    body = package.element.body
    for element in elements:
        head, _, rest = element.partition(">")
        closed = head.endswith("/")
        head = head.removesuffix("/")
        body.insert(len(body) - 1, parse_xml(f"{head} {NAMESPACES}{'/' if closed else ''}>{rest}"))
    path = folder / "van-ban.docx"
    package.save(str(path))
    return read_document(path)


def texts(document: Document) -> list[str]:
    return [block.words for block in document.blocks]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


RAISED = "<w:vertAlign w:val='superscript'/>"
BOX = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>".format(run("Trong khung"))


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        (f"{run('2.6')}<w:ins w:id='1'>{run('5')}</w:ins>{run('0/2.692 hộ')}", "2.650/2.692 hộ"),
        (
            f"{run('Có ')}<w:del w:id='1'><w:r><w:delText>12</w:delText></w:r></w:del>{run('9')}",
            "Có 9",
        ),
        (
            f"<w:moveFrom w:id='1'>{run('cũ')}</w:moveFrom>"
            f"<w:moveTo w:id='2'>{run('mới')}</w:moveTo>",
            "mới",
        ),
        (
            f"{run('Dài ')}<w:smartTag w:element='metricconverter'>{run('8,5 km')}</w:smartTag>",
            "Dài 8,5 km",
        ),
        (f"<w:smartTag><w:smartTag>{run('12')}</w:smartTag>{run(' ha')}</w:smartTag>", "12 ha"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('95,5%')}</w:sdtContent></w:sdt>", "95,5%"),
        (f"<w:fldSimple w:instr=' = 1+2 '>{run('3')}</w:fldSimple>{run(' thôn')}", "3 thôn"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
            "<w:r><w:instrText>=2*3</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('6')}"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "6",
        ),
        (f"<w:hyperlink>{run('xem 7/8')}</w:hyperlink>", "xem 7/8"),
        (f"{run('a')}<w:r><w:br/></w:r>{run('b')}", "a\nb"),
        (f"{run('a')}<w:r><w:noBreakHyphen/></w:r>{run('b')}", "a-b"),
        (run("450 m") + run("2", RAISED), "450 m²"),
        (run("2.692") + run("1", RAISED) + run(" hộ"), "2.692¹ hộ"),
        (f"{run('thấy')}{run(' ẩn', '<w:vanish/>')}", "thấy"),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>" + run("95%"), "≥95%"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>33-14</m:t></m:r></m:num><m:den><m:r><m:t>2692-14</m:t>"
            "</m:r></m:den></m:f><m:r><m:t> x 100% = 0,71%</m:t></m:r></m:oMath>",
            "(33-14)/(2692-14) x 100% = 0,71%",
        ),
        (
            "<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>9</m:t></m:r></m:num><m:den><m:r><m:t>12"
            "</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>",
            "9/12",
        ),
    ],
)
def test_what_wraps_words_loses_none(tmp_path: Path, paragraph: str, wanted: str) -> None:
    assert texts(made(tmp_path, f"<w:p>{paragraph}</w:p>")) == [wanted]


def test_a_text_box_follows_its_paragraph_once(tmp_path: Path) -> None:
    modern = f"<wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp>"
    drawing = (
        "<mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing>{modern}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    document = made(tmp_path, f"<w:p>{run('Ngoài')}<w:r>{drawing}</w:r></w:p>")
    assert [(block.text, block.part) for block in document.blocks] == [
        ("Ngoài", "body"),
        ("Trong khung", "text_box"),
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on(tmp_path: Path) -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{run('Có 9/12 ')}</w:p>"
    assert texts(made(tmp_path, first, f"<w:p>{run('thôn')}</w:p>")) == ["Có 9/12 thôn"]


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    deleted = "<w:del w:id='1'><w:r><w:delText>1</w:delText></w:r></w:del>"
    document = made(tmp_path, f"<w:p>{run('x')}{deleted}{run('ẩn', '<w:vanish/>')}</w:p>")
    assert [(each.key, each.count) for each in document.remarks] == [("deleted", 1), ("hidden", 1)]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def test_cells_know_their_columns(tmp_path: Path) -> None:
    begun, wide = "<w:vMerge w:val='restart'/>", "<w:gridSpan w:val='2'/>"
    controlled = f"<w:sdt><w:sdtContent>{cell('120')}</w:sdtContent></w:sdt>"
    rows = (
        f"<w:tr>{cell('Thôn', begun)}{cell('Số hộ', wide)}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('Tổng')}{cell('Đạt')}</w:tr>"
        f"<w:ins w:id='4'><w:tr>{cell('Thượng')}{controlled}{cell('96')}</w:tr></w:ins>"
        f"<w:tr><w:trPr><w:del w:id='5'/></w:trPr>{cell('Bỏ')}{cell('1')}{cell('2')}</w:tr>"
    )
    document = made(tmp_path, f"<w:tbl><w:tblPr/>{rows}</w:tbl>")
    assert texts(document) == ["Thôn | Số hộ", "Tổng | Đạt", "Thượng | 120 | 96"]
    (table,) = document.tables()
    grid = [[(each.column, each.columns, each.rows) for each in row.cells] for row in table]
    assert grid == [
        [(0, 1, 2), (1, 2, 1)],
        [(0, 1, 0), (1, 1, 1), (2, 1, 1)],
        [(0, 1, 1), (1, 1, 1), (2, 1, 1)],
    ]


def test_a_table_in_a_cell_is_read_after_its_row(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tblPr/><w:tr>{cell('trong')}{cell('5/6')}</w:tr></w:tbl><w:p/>"
    row = f"<w:tr>{cell('ngoài')}<w:tc><w:tcPr/>{inner}</w:tc></w:tr><w:tr>{cell('sau')}</w:tr>"
    document = made(tmp_path, f"<w:tbl><w:tblPr/>{row}</w:tbl>")
    assert texts(document) == ["ngoài", "trong | 5/6", "sau"]
    assert [block.table for block in document.blocks] == [1, 2, 1]


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


TOTAL = "Tổng số hộ dân toàn xã là 1.240 hộ, đạt 95,5%"
ROADS = "đường giao thông nông thôn được cứng hóa; Đơn vị; kỹ; nghỉ"


@pytest.mark.parametrize(
    ("name", "stored", "wanted"),
    [
        (".VnTime", "Tæng sè hé d©n toµn x· lµ 1.240 hé, ®¹t 95,5%", TOTAL),
        (".VnTimeH", "b¸o c¸o x©y dùng n«ng th«n míi", "BÁO CÁO XÂY DỰNG NÔNG THÔN MỚI"),
        ("VNI-Times", "Toång soá hoä daân toaøn xaõ laø 1.240 hoä, ñaït 95,5%", TOTAL),
        (
            "VNI-Times",
            "ñöôøng giao thoâng noâng thoân ñöôïc cöùng hoùa; Ñôn vò; kyõ; nghæ",
            ROADS,
        ),
        ("Times New Roman", "Tæng ®", "Tæng ®"),
    ],
)
def test_old_encodings_by_their_fonts(tmp_path: Path, name: str, stored: str, wanted: str) -> None:
    document = made(tmp_path, f"<w:p>{run(stored, font(name))}</w:p>")
    assert texts(document) == [wanted]
    assert bool(document.remarks) == (stored != wanted)


def test_letters_of_two_signs_may_be_of_two_runs(tmp_path: Path) -> None:
    old = font("VNI-Times")
    document = made(tmp_path, f"<w:p>{run('xa', old)}{run('õ Ta', old)}{run('ân', old)}</w:p>")
    assert texts(document) == ["xã Tân"]


def test_a_style_may_name_the_font(tmp_path: Path) -> None:
    package = Package()
    package.styles["Normal"].font.name = ".VnTime"
    package.add_paragraph("hé nghÌo")
    path = tmp_path / "cu.docx"
    package.save(str(path))
    assert texts(read_document(path)) == ["hộ nghèo"]


def test_headings_and_automatic_numbers(tmp_path: Path) -> None:
    package = Package()
    package.add_heading("Kết quả", 2)
    for text in ("một", "hai"):
        package.add_paragraph(text, style="List Number")
    package.add_paragraph("ba", style="List Bullet")
    path = tmp_path / "so.docx"
    package.save(str(path))
    document = read_document(path)
    assert [(block.level, block.words) for block in document.blocks] == [
        (2, "Kết quả"),
        (None, "1. một"),
        (None, "2. hai"),
        (None, "- ba"),
    ]


def test_footnotes_follow_the_paragraph_that_cites_them(tmp_path: Path) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = Package()
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='-1' w:type='separator'>"
        f"<w:p>{run('dấu')}</w:p></w:footnote>"
        f"<w:footnote w:id='2'><w:p>{run('Gồm 5/6 thôn.')}</w:p></w:footnote></w:footnotes>"
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        notes.encode(),
        package.part.package,
    )
    package.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    body = package.element.body
    cited = (
        f"<w:p {nsdecls('w')}>{run('Có 83% thôn')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    )
    body.insert(0, parse_xml(cited))
    package.add_paragraph("Sau")
    path = tmp_path / "chu-thich.docx"
    package.save(str(path))
    assert [(block.text, block.part) for block in read_document(path).blocks] == [
        ("Có 83% thôn", "body"),
        ("Gồm 5/6 thôn.", "footnote"),
        ("Sau", "body"),
    ]
