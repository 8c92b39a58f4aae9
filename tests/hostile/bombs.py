"""Small files that hold, or seem to hold, more than any machine can take."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

MIB = 2**20
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def yaml_of_aliases(levels: int = 9) -> str:
    """Return a list of nine lists of nine lists …: 9^levels words, written out."""
    lines = ['a0: &a0 ["x","x","x","x","x","x","x","x","x"]']
    for level in range(1, levels + 1):
        inner = ",".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} [{inner}]")
    return "\n".join(lines) + "\n"


def xlsx(sheet: str, strings: str = "", head: str = "") -> bytes:
    """Return a workbook with one sheet of the given rows."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><sheets>'
        '<sheet name="Số liệu" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/></cellXfs>'
        "</styleSheet>",
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{_MAIN}"><sheetData>{sheet}'
        "</sheetData></worksheet>",
    }
    return packed({name: text.encode() for name, text in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    """Return files as a package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def cell(reference: str, text: str = "x") -> str:
    """Return a row with one cell."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def zeros(name: str, before: bytes, after: bytes, mib: int) -> bytes:
    """Return a package with one part of so many MiB of blanks, never held in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(before)
            blank = b" " * MIB
            for _ in range(mib):
                part.write(blank)
            part.write(after)
    return buffer.getvalue()


def understated(package: bytes, name: str) -> bytes:
    """Return a package that says of a part that it holds ten bytes."""
    data = bytearray(package)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        part = archive.getinfo(name)
        start = archive.start_dir
    struct.pack_into("<L", data, part.header_offset + 22, 10)
    at = data.index(b"PK\x01\x02", start)
    while data[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    struct.pack_into("<L", data, at + 24, 10)
    return bytes(data)


def ods(rows: str) -> bytes:
    """Return a workbook of LibreOffice's with one table of the given rows."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Trang">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "META-INF/manifest.xml": b"<manifest/>"}
    return packed({**parts, "content.xml": content.encode()})


def pdf(content: bytes, filters: str = "/FlateDecode") -> bytes:
    """Return a PDF of one page with a packed content."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter %s >>\nstream\n" % (len(content), filters.encode())
        + content
        + b"\nendstream",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return body + table + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)


def blanks(mib: int) -> bytes:
    """Return so many MiB of blanks, packed."""
    pack = zlib.compressobj(1)
    return b"".join(pack.compress(b" " * MIB) for _ in range(mib)) + pack.flush()


def xls(*cells: tuple[int, int]) -> bytes:
    """Return a workbook of Excel 97's in which numbers stand in other cells than before."""
    data = bytearray((Path(__file__).parents[1] / "forms/data/formulas.xls").read_bytes())
    place = 0
    for cell in cells:
        place = data.index(b"\x03\x02\x0e\x00", place) + 4  # a number's record
        struct.pack_into("<HH", data, place, *cell)
    return bytes(data)


def sheets(count: int) -> bytes:
    """Return a workbook of so many sheets, each of which may stand by itself."""
    with zipfile.ZipFile(io.BytesIO(xlsx(cell("BH60000")))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    named = b"".join(
        b'<sheet name="S%d" sheetId="%d" r:id="r%d"/>' % (n, n, n) for n in range(1, count + 1)
    )
    parts["xl/workbook.xml"] = re.sub(rb"<sheet .*/>", named, parts["xl/workbook.xml"])
    one = re.search(rb"<Relationship Id.*/>", parts["xl/_rels/workbook.xml.rels"])
    assert one is not None
    all_of_them = b"".join(
        one[0].replace(b"r1", b"r%d" % n).replace(b"sheet1", b"sheet%d" % n)
        for n in range(1, count + 1)
    )
    rels = parts["xl/_rels/workbook.xml.rels"].replace(one[0], all_of_them)
    parts["xl/_rels/workbook.xml.rels"] = rels
    return packed(parts | {f"xl/worksheets/sheet{n}.xml": sheet for n in range(1, count + 1)})


CELL_ODS = (
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
    'table:number-columns-repeated="{columns}" office:value-type="string"><text:p>x</text:p>'
    "</table:table-cell></table:table-row>"
)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
DOCX = b'<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>'

BOMBS = {
    "aliases.yaml": lambda: yaml_of_aliases().encode(),
    "circle.yaml": lambda: b"a: &a [1, *a]\n",
    "key-circle.yaml": lambda: b"a: &a\n  ? *a\n  : 1\n",
    "deep.yaml": lambda: b"a: " + b"[" * 500_000,
    "deep-blocks.yaml": lambda: b"".join(b" " * n + b"a:\n" for n in range(2000)),
    "many.yaml": lambda: b"".join(b"k%d: 1\n" % n for n in range(300_000)),
    "large.yaml": lambda: b"a: " + b"x" * (5 * MIB),
    "digits.yaml": lambda: b"a: " + b"9" * 150_000,
    "corner.xlsx": lambda: xlsx(cell("XFD1048576")),
    "edge.xlsx": lambda: xlsx(cell("BI1048576")),
    "row.xlsx": lambda: xlsx('<row r="1048576"><c><v>1</v></c><c r="XFD1"><v>1</v></c></row>'),
    "sheets.xlsx": lambda: sheets(40),
    "edge.xls": lambda: xls((65535, 255)),
    "cell.xlsx": lambda: zeros("xl/worksheets/sheet1.xml", b"<t>", b"</t>", 300),
    "liar.xlsx": lambda: understated(zeros("xl/styles.xml", b"<t>", b"</t>", 600), "xl/styles.xml"),
    "entities.xlsx": lambda: xlsx(cell("A1", "&b;"), head=ENTITIES),
    "repeated.ods": lambda: ods(CELL_ODS.format(rows=1_000_000, columns=1000)),
    "nested.ods": lambda: ods(
        "<table:table-row><table:table-cell>" * 50_000
        + "</table:table-cell></table:table-row>" * 50_000
    ),
    "counted.ods": lambda: ods(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>'
        '<text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row>'
    ),
    "blanks.ods": lambda: zeros("content.xml", b"<a>", b"</a>", 300),
    "text.docx": lambda: zeros("word/document.xml", DOCX, b"</w:t>", 600),
    "picture.docx": lambda: zeros("word/media/image1.png", b"\x89PNG", b"", 600),
    "entities.docx": lambda: packed({"word/document.xml": ENTITIES.encode() + DOCX}),
    "blanks.pdf": lambda: pdf(blanks(300)),
    "twice.pdf": lambda: pdf(zlib.compress(blanks(60)), "[/FlateDecode /FlateDecode]"),
    "line.csv": lambda: b"variable,value\n" + b"x" * (8 * MIB),
    "quoted.csv": lambda: b'variable,value\n"' + b"x" * (8 * MIB),
    "large.csv": lambda: b"a,b\n" * (5 * MIB),
    "line.txt": lambda: b"12/15 = 80% " * 700_000,
    "large.txt": lambda: b"dong\n" * (4 * MIB),
}
"""What is in each, by its name."""


def write(folder: Path, name: str) -> Path:
    """Write one of them and return its path."""
    path = folder / name
    path.write_bytes(BOMBS[name]())
    return path
