"""Make `book/reference.docx`, the styles of Word documents, the same bytes each time.

Run `python tools/reference_docx.py` after changing a style here.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pypandoc
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ntm_analysis.book.docx import DATES, zipped
from ntm_analysis.marks import MARKS

TARGET = Path(__file__).resolve().parent.parent / "book" / "reference.docx"
FONT = "Times New Roman"
INK = "16425B"
BLACK = "000000"
LINE = "787878"
CALLOUTS = {
    "Note": ("1D5483", "EEF5FB"),
    "Tip": ("08674B", "ECF7F3"),
    "Warning": ("7D4F00", "FFF7E6"),
    "Important": ("94240F", "FDF0EE"),
    "Caution": ("8C3B04", "FDF3EA"),
}
VERDICTS = {verdict.replace("_", "-"): mark.colour[1:] for verdict, mark in MARKS.items()}


def element(name: str, **attributes: str) -> Any:
    """Return a Word element with `w:` attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_font(style: Any, size: float | None = None, colour: str | None = BLACK) -> None:
    """Set a style's font for all scripts, replacing theme fonts and colours."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    if size:
        style.font.size = Pt(size)
        for old in properties.findall(qn("w:szCs")):
            properties.remove(old)
    for old in properties.findall(qn("w:color")):
        properties.remove(old)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)


def paragraph_style(document: Any, name: str, base: str = "Normal") -> Any:
    """Return a paragraph style, made if it is not there."""
    styles = document.styles
    if name in [style.name for style in styles]:
        return styles[name]
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles[base]
    return style


def shape(
    style: Any, before: float, after: float, *, align: Any = None, indent: float | None = None
) -> None:
    """Set a paragraph style's spacing (points), alignment and first-line indent (mm)."""
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if align is not None:
        form.alignment = align
    if indent is not None:
        form.first_line_indent = Mm(indent)


def box(style: Any, edge: str, fill: str, sides: tuple[str, ...], size: int) -> None:
    """Give a paragraph style a background and borders (eighths of a point)."""
    properties = style.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:shd"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    borders = element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            borders.append(element(side, val="single", sz=str(size), space="6", color=edge))
    shade = element("shd", val="clear", color="auto", fill=fill)
    # The schema wants borders and shading before spacing.
    anchor = next(
        (
            c
            for c in properties
            if c.tag in (qn("w:tabs"), qn("w:spacing"), qn("w:ind"), qn("w:jc"), qn("w:outlineLvl"))
        ),
        None,
    )
    for item in (borders, shade):
        if anchor is None:
            properties.append(item)
        else:
            anchor.addprevious(item)


def text_styles(document: Any) -> None:
    """Body text, headings and the title page."""
    justify, centre, left = (
        WD_ALIGN_PARAGRAPH.JUSTIFY,
        WD_ALIGN_PARAGRAPH.CENTER,
        WD_ALIGN_PARAGRAPH.LEFT,
    )
    normal = document.styles["Normal"]
    set_font(normal, 13)
    normal.paragraph_format.line_spacing = 1.15
    shape(normal, 0, 6)
    body = document.styles["Body Text"]
    shape(body, 0, 6, align=justify, indent=10)
    first = document.styles["First Paragraph"]
    shape(first, 0, 6, align=justify, indent=10)
    compact = document.styles["Compact"]
    shape(compact, 0, 3, align=justify, indent=0)
    sizes = {1: (17, INK), 2: (14.5, INK), 3: (13, BLACK), 4: (13, BLACK), 5: (13, BLACK)}
    for level, (size, colour) in sizes.items():
        style = document.styles[f"Heading {level}"]
        set_font(style, size, colour)
        style.font.bold = level < 5
        style.font.italic = level >= 4
        style.paragraph_format.keep_with_next = True
        shape(style, 18 - 2 * level, 6, align=centre if level == 1 else left, indent=0)
    heading = document.styles["Heading 1"]
    heading.paragraph_format.page_break_before = True
    shape(heading, 0, 16, align=centre)
    for name, size, before, after in (
        ("Title", 26, 190, 10),
        ("Subtitle", 14, 6, 20),
        ("Author", 13, 200, 4),
        ("Date", 13, 0, 0),
    ):
        style = document.styles[name]
        set_font(style, size, INK if name == "Title" else BLACK)
        style.font.bold = name == "Title"
        style.font.italic = name == "Date"
        for old in style.element.get_or_add_rPr().findall(qn("w:spacing")):
            style.element.rPr.remove(old)
        shape(style, before, after, align=centre, indent=0)
    set_font(document.styles["Hyperlink"], None, "0B5A94")


def list_styles(document: Any) -> None:
    """Set the table of contents, captions, notes and definitions."""
    centre, left = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
    for level in (1, 2, 3):
        entry = paragraph_style(document, f"toc {level}")
        entry.element.set(qn("w:styleId"), f"TOC{level}")
        set_font(entry, 13)
        entry.font.bold = level == 1
        entry.paragraph_format.left_indent = Mm(7 * (level - 1))
        entry.paragraph_format.tab_stops.add_tab_stop(
            Mm(165), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        shape(entry, 4 if level == 1 else 0, 2, align=left, indent=0)
    toc = paragraph_style(document, "TOC Heading")
    set_font(toc, 17, INK)
    toc.font.bold = True
    toc.paragraph_format.page_break_before = True
    shape(toc, 0, 14, align=centre)
    for name, align in (("Table Caption", left), ("Image Caption", centre)):
        style = document.styles[name]
        set_font(style, 11.5)
        style.font.italic = False
        shape(style, 10 if align == left else 4, 4 if align == left else 12, align=align, indent=0)
        style.paragraph_format.keep_with_next = align == left
    figure = document.styles["Captioned Figure"]
    shape(figure, 8, 2, align=centre, indent=0)
    figure.paragraph_format.keep_with_next = True
    set_font(document.styles["Footnote Text"], 11)
    for name in ("Definition Term", "Definition"):
        shape(document.styles[name], 6 if name.endswith("Term") else 0, 3, indent=0)
    document.styles["Definition Term"].paragraph_format.keep_with_next = True
    document.styles["Definition"].paragraph_format.left_indent = Mm(8)


def special_styles(document: Any) -> None:
    """Table text, callouts, banners and the signs of verdicts."""
    left = WD_ALIGN_PARAGRAPH.LEFT
    for name, bold, size in (
        ("Table Text", False, 10.5),
        ("Table Head", True, 10.5),
        ("Table Text Small", False, 9.5),
        ("Table Head Small", True, 9.5),
    ):
        style = paragraph_style(document, name)
        set_font(style, size)
        style.font.bold = bold
        style.paragraph_format.line_spacing = 1.0
        shape(style, 2, 2, indent=0)
    for name, (edge, fill) in CALLOUTS.items():
        style = paragraph_style(document, f"Callout {name}")
        set_font(style, 12.5)
        shape(style, 2, 2, align=left, indent=0)
        style.paragraph_format.keep_together = style.paragraph_format.keep_with_next = True
        style.paragraph_format.left_indent = Mm(4)
        style.paragraph_format.right_indent = Mm(2)
        box(style, edge, fill, ("left",), 24)
    style = paragraph_style(document, "Minor Heading")
    shape(style, 6, 4, align=left, indent=0)
    style.paragraph_format.keep_with_next = True
    style = paragraph_style(document, "Gap")
    set_font(style, 6)
    style.paragraph_format.line_spacing = Pt(9)
    shape(style, 0, 0, indent=0)
    label = document.styles.add_style("Chapter Label", WD_STYLE_TYPE.CHARACTER)
    label.font.size, label.font.bold = Pt(13), False
    label.font.color.rgb = RGBColor.from_string(BLACK)
    style = paragraph_style(document, "Synthetic")
    set_font(style, 13, "5E3300")
    style.font.bold = True
    shape(style, 6, 12, align=left, indent=0)
    box(style, "8A4B00", "FFF3D6", ("top", "left", "bottom", "right"), 12)
    for name, colour in VERDICTS.items():
        mark = document.styles.add_style(f"Verdict {name}", WD_STYLE_TYPE.CHARACTER)
        mark.font.color.rgb = RGBColor.from_string(colour)


def table_style(document: Any) -> None:
    """All borders, a shaded header row, rows that stay whole."""
    style = document.styles["Table"].element
    for old in list(style):
        if old.tag in (qn("w:tblPr"), qn("w:tblStylePr"), qn("w:trPr"), qn("w:tcPr")):
            style.remove(old)
    table = element("tblPr")
    table.append(element("tblInd", w="0", type="dxa"))
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color=LINE))
    table.append(borders)
    margins = element("tblCellMar")
    for side, width in (("top", "20"), ("left", "70"), ("bottom", "20"), ("right", "70")):
        margins.append(element(side, w=width, type="dxa"))
    table.append(margins)
    style.append(table)
    first = element("tblStylePr", type="firstRow")
    properties = element("rPr")
    properties.append(element("b"))
    first.append(properties)
    cell = element("tcPr")
    cell.append(element("shd", val="clear", color="auto", fill="EEEEEE"))
    cell.append(element("vAlign", val="center"))
    first.append(cell)
    style.append(first)


def page(document: Any) -> None:
    """A4, the margins of official documents, the page number centred at the top but on page 1."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = text
            run._r.append(instruction)
    section.first_page_header.paragraphs[0].text = ""


def language(document: Any) -> None:
    """Vietnamese for the spelling checker, no theme fonts left."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for tag in ("w:rFonts", "w:lang", "w:sz", "w:szCs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    properties.insert(0, element("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    properties.append(element("sz", val="26"))
    properties.append(element("szCs", val="26"))
    properties.append(element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))


def make() -> bytes:
    """Return the reference document."""
    pandoc = str(pypandoc.get_pandoc_path())
    raw = subprocess.run(
        [pandoc, "--print-default-data-file", "reference.docx"], check=True, capture_output=True
    ).stdout
    document = Document(io.BytesIO(raw))
    language(document)
    text_styles(document)
    list_styles(document)
    special_styles(document)
    table_style(document)
    page(document)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = DATES.sub("", core).encode()
    return zipped(deepcopy(parts))


if __name__ == "__main__":
    TARGET.write_bytes(make())
