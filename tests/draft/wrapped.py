"""A Word document in which Word's wrappers hold the words.

`[+inserted+]` and `[-deleted-]` are tracked changes, `{words}` a content control, a line after
`▣` a text box, `[^words^]` a footnote; in a table `^` is merged with the cell above and `<` with
the one before, and a cell after `⊞` is a table of its own: cells by `;`, rows by `//`.
"""

from __future__ import annotations

import re
from pathlib import Path

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from lxml.builder import ElementMaker
from lxml.etree import tostring

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_E = ElementMaker(namespace=_W, nsmap={"w": _W})
_MARKED = re.compile(r"\[\+(.*?)\+\]|\[-(.*?)-\]|\{(.*?)\}|\[\^(.*?)\^\]")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def wrapped(path: Path, text: str) -> None:
    """Write the text with its marks as Word's wrappers."""
    document = Document()
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if " | " in line:
            rows.append([cell.strip() for cell in line.split("|")])
            continue
        if rows:
            _table(document, rows)
            rows = []
        if line.startswith("▣"):
            document.add_paragraph()._p.append(_box(line[1:].strip()))
        elif line:
            _fill(document.add_paragraph(), line)
    _footnotes(document, re.findall(r"\[\^(.*?)\^\]", text))
    document.save(str(path))


def _footnotes(document, notes: list[str]) -> None:  # type: ignore[no-untyped-def]
    if not notes:
        return
    made = [
        _E.footnote(_E.p(_E.r(_E.t(note))), {f"{{{_W}}}id": str(number)})
        for number, note in enumerate(notes, 2)
    ]
    name = PackURI("/word/footnotes.xml")
    part = Part(name, _FOOTNOTES, tostring(_E.footnotes(*made)), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    cited = document.element.body.iter(f"{{{_W}}}footnoteReference")
    for number, reference in enumerate(cited, 2):
        reference.set(f"{{{_W}}}id", str(number))


def _table(document, rows: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell in "^<" and cell:
                other = (at - 1, column) if cell == "^" else (at, column - 1)
                table.cell(*other).merge(table.cell(at, column))
            elif cell.startswith("⊞"):
                _inner(table.cell(at, column), cell[1:])
            else:
                _fill(table.cell(at, column).paragraphs[0], cell)


def _inner(cell, text: str) -> None:  # type: ignore[no-untyped-def]
    rows = [[one.strip() for one in row.split(";")] for row in text.split("//")]
    table = cell.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(at, column).text = words


def _fill(paragraph: Paragraph, text: str) -> None:
    at = 0
    for match in _MARKED.finditer(text):
        paragraph.add_run(text[at : match.start()])
        paragraph._p.append(_mark(match))
        at = match.end()
    paragraph.add_run(text[at:])


def _mark(match: re.Match[str]):  # type: ignore[no-untyped-def]
    inserted, deleted, controlled, note = match.groups()
    if note:
        made = _E.r(_E.footnoteReference())
    elif inserted:
        made = _E.ins(_E.r(_E.t(inserted)))
    elif deleted:
        made = getattr(_E, "del")(_E.r(_E.delText(deleted)))
    else:
        made = _E.sdt(_E.sdtPr(), _E.sdtContent(_E.r(_E.t(controlled))))
    return parse_xml(tostring(made))


def _box(text: str):  # type: ignore[no-untyped-def]
    return parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
        f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
