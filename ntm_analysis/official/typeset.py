"""The PDF of a signed document: its Word file, read and set by the built-in renderer.

What an office changed in its template shows in the PDF as well. Drawings and text boxes do not.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

from ntm_analysis.book.pdf import count_pages
from ntm_analysis.book.typesetting import compile_pdf, source_date_epoch
from ntm_analysis.language import Lang
from ntm_analysis.official.looks import Looks, Style

_ALIGN: Final = {
    ALIGN.CENTER: "center",
    ALIGN.RIGHT: "right",
    ALIGN.JUSTIFY: "left",
    ALIGN.LEFT: "left",
    None: "left",
}
_PICTURES: Final = ("drawing", "pict", "object", "txbxContent")
_SPECIAL: Final = set("\\#$*_`<>@~[]=-+/.\"'")


def to_pdf(docx: bytes, title: str, lang: Lang) -> tuple[bytes, int, str]:
    """Return a Word document as a PDF, its number of pages, and letters that no font of it has.

    The PDF conforms to PDF/UA-1 (accessible) wherever its headings allow it.

    Parameters
    ----------
    docx : bytes
    title : str
        The title that a reader's window shows.
    lang : {"vi", "en"}

    Raises
    ------
    BookError
        If the renderer fails.
    """
    source = typst_of(docx, title, lang)
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "document.typ"
        main.write_text(source, encoding="utf-8", newline="\n")
        stamp = source_date_epoch() or 0
        made = compile_pdf(main, stamp)
    letters = dict.fromkeys("".join(made.boxed.values()))
    return made.pdf, count_pages(made.pdf), "".join(letters)


def has_pictures(docx: bytes) -> bool:
    """Return whether a Word document has drawings, which the PDF leaves out."""
    body = Document(BytesIO(docx)).element.body
    return any(body.iter(*(qn(f"w:{name}") for name in _PICTURES)))


def typst_of(docx: bytes, title: str, lang: Lang) -> str:
    """Return a Word document as typst markup."""
    document = Document(BytesIO(docx))
    section: Any = document.sections[0]
    looks = Looks(document)
    numbered = bool(list(section.header._element.iter(qn("w:instrText"))))
    start = 2 if section.different_first_page_header_footer else 1
    head = _paragraphs(section.header._element, looks, numbers=False) if not numbered else ""
    number = (
        f"context if counter(page).get().first() >= {start} "
        '{ align(center, counter(page).display("1")) }'
    )
    margins = ", ".join(
        f"{side}: {getattr(section, f'{side}_margin').pt:g}pt"
        for side in ("top", "bottom", "left", "right")
    )
    lines = [
        f"#set document(title: {json.dumps(title, ensure_ascii=False)}, date: none)",
        f'#set text(font: "Liberation Serif", size: 13pt, lang: "{lang}", fill: black,'
        " top-edge: 0.891em, bottom-edge: -0.216em)",
        f"#set page(width: {section.page_width.pt:g}pt, height: {section.page_height.pt:g}pt,"
        f" margin: ({margins}), header: {number if numbered else f'[{head}]'},"
        " header-ascent: 25%, footer: none)",
        "#set par(leading: 0.042em, spacing: 0pt, justify: false)",
        "#set block(spacing: 0pt)",
        "#set table(stroke: 0.5pt + black, inset: (x: 4pt, y: 1pt))",
        "#show heading: it => it.body",
        "#let blank(body) = highlight(fill: luma(217), top-edge: 0.8em, bottom-edge: -0.2em, body)",
        "#let rule(aside) = block(width: 100%, above: 2pt, below: 4pt, inset: (x: aside),"
        " line(length: 100%, stroke: 0.6pt + black))",
        "",
    ]
    return "\n".join(lines) + _body(document.element.body, looks, section)


def _body(body: Any, looks: Looks, section: Any) -> str:
    width = (section.page_width - section.left_margin - section.right_margin) / 12700
    return "".join(_blocks(body, looks, width))


def _blocks(parent: Any, looks: Looks, width: float) -> Iterator[str]:
    for child in parent.iterchildren():
        kind = child.tag.rpartition("}")[2]
        if kind == "p":
            yield paragraph(child, looks)
        elif kind == "tbl":
            yield _table(child, looks, width)
        elif kind == "sdt":
            for content in child.iter(qn("w:sdtContent")):
                yield from _blocks(content, looks, width)
                break


def _paragraphs(parent: Any, looks: Looks, *, numbers: bool) -> str:
    return "".join(paragraph(child, looks) for child in parent.iter(qn("w:p")))


def paragraph(element: Any, looks: Looks) -> str:
    """Return a paragraph as a block: spacing, indents, alignment and runs as in Word."""
    style = looks.paragraph(element)
    if style.rule is not None and not "".join(t.text or "" for t in element.iter(qn("w:t"))):
        aside = f"{style.left:g}pt"
        return f"#rule({aside})\n"
    text = "".join(_runs(element, style, looks))
    if not text:
        text = "#box(height: 1em)"
    level = style.outline
    justify = "true" if style.align == ALIGN.JUSTIFY else "false"
    align = _ALIGN.get(style.align, "left")
    inset = f"inset: (left: {style.left:g}pt, right: {style.right:g}pt), "
    sticky = "sticky: true, " if style.keep_next else ""
    leading = 0.042 + (style.line - 1) * 1.149
    first = f"(amount: {max(style.first, 0):g}pt, all: true)"
    par = f"par(first-line-indent: {first}, justify: {justify}, leading: {leading:g}em)"
    whole = f"#{par}[{text}]"
    if level is not None:
        whole = f"#heading(level: {level + 1}, outlined: true)[{whole}]"
    # A block at the top of a page gives up its space above, as Word's paragraphs do not; nor
    # should a heading begin a page with a gap.
    broken = "#pagebreak(weak: true)\n" if style.page_break else ""
    return (
        f"{broken}#block(width: 100%, above: {style.before:g}pt, below: {style.after:g}pt, "
        f"{sticky}{inset})[#set align({align})\n{whole}]\n"
    )


def _runs(element: Any, style: Style, looks: Looks) -> Iterator[str]:
    for run in element.iter(qn("w:r")):
        text = "".join(_texts(run))
        if not text:
            continue
        own = looks.run(run, style)
        yield _dressed(text, own, looks)


def _texts(run: Any) -> Iterator[str]:
    for child in run.iterchildren():
        kind = child.tag.rpartition("}")[2]
        if kind == "t":
            yield escaped(child.text or "")
        elif kind == "tab":
            yield "#h(1cm)"
        elif kind in ("br", "cr"):
            yield "#linebreak()"
        elif kind == "noBreakHyphen":
            yield "\u2011"


def _dressed(text: str, own: Any, looks: Looks) -> str:
    given = [f"size: {own.size:g}pt", f"weight: {json.dumps('bold' if own.bold else 'regular')}"]
    given.append(f"style: {json.dumps('italic' if own.italic else 'normal')}")
    body = f"#text({', '.join(given)})[{text}]"
    if own.caps:
        body = f"#upper[{body}]"
    if own.underline:
        body = f"#underline(offset: 0.18em, evade: false)[{body}]"
    return f"#blank[{body}]" if own.shade else body


def escaped(text: str) -> str:
    """Return text so that typst shows it as it is."""
    # Each run begins within brackets, where a number with a point or a dash would begin a list.
    made = "".join(f"\\{c}" if c in _SPECIAL else c for c in text)
    return made.replace("//", "\\/\\/")


def _table(table: Any, looks: Looks, width: float) -> str:
    grid = [int(one.get(qn("w:w")) or 0) for one in table.iter(qn("w:gridCol"))]
    whole = sum(grid) or 1
    columns = ", ".join(f"{max(one, 1) * width / whole:.2f}pt" for one in grid)
    bordered = looks.bordered(table)
    head: list[str] = []
    cells: list[str] = []
    for row in table.iterchildren(qn("w:tr")):
        whole_row = not bordered or row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
        mine = [
            _cell(cell, looks, bordered, whole_row, width) for cell in row.iterchildren(qn("w:tc"))
        ]
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None and not cells:
            head += mine
        else:
            cells += mine
    kind = "table" if bordered else "grid"
    header = f"table.header({', '.join(head)}), " if head else ""
    layout = f"{kind}(columns: ({columns},), {header}{', '.join(cells)})"
    whole_ = "" if bordered else "breakable: false, "
    return f"#block({whole_}width: 100%, above: 4pt, below: 6pt)[#{layout}]\n"


def _cell(cell: Any, looks: Looks, bordered: bool, whole: bool, width: float) -> str:
    properties = cell.find(qn("w:tcPr"))
    span = properties.find(qn("w:gridSpan")) if properties is not None else None
    given = f"colspan: {span.get(qn('w:val'))}, " if span is not None else ""
    if not bordered and (first := cell.find(qn("w:p"))) is not None:
        # The space above the first block of a cell would be given up.
        given += f"inset: (top: {looks.paragraph(first).before:g}pt), "
    inside = "".join(_blocks(cell, looks, width))
    kind = "table" if bordered else "grid"
    return f"{kind}.cell({given}breakable: {str(not whole).lower()})[{inside}]"
