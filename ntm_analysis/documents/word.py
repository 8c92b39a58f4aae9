"""Word files (.docx): all that shows, as with every tracked change accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from ntm_analysis.documents.equations import linear
from ntm_analysis.documents.legacy import Legacy, decoded, legacy_font
from ntm_analysis.documents.model import (
    Block,
    Cell,
    Document,
    Part,
    Remark,
    renumbered,
    table_row,
)
from ntm_analysis.documents.ooxml import attribute, child, children, descendants, is_on, name
from ntm_analysis.documents.styles import Lists, Styles, font_of, style_of

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as _Element

_GONE: Final = {"del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "sdtPr", "tblPr"}
_BREAKS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_SYMBOLS: Final = {
    ("Symbol", "B3"): "≥", ("Symbol", "A3"): "≤", ("Symbol", "B4"): "×", ("Symbol", "B8"): "÷",
    ("Symbol", "B1"): "±", ("Symbol", "BB"): "≈", ("Symbol", "2D"): "-", ("Symbol", "B7"): "•",
    ("Wingdings", "FC"): "✓", ("Wingdings", "FE"): "☒", ("Wingdings", "A8"): "☐",
    ("Wingdings", "FD"): "☒", ("Wingdings", "6F"): "☐", ("Wingdings", "FB"): "✗",
}  # fmt: skip
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTES: Final[dict[str, Part]] = {"footnote": "footnote", "endnote": "endnote"}
_DIGIT: Final = re.compile(r"^\d+$")


@dataclass(slots=True)
class _Piece:
    text: str
    font: str = ""
    bold: bool = False


@dataclass(slots=True)
class _Gathered:
    """A paragraph's pieces and what hangs on it."""

    pieces: list[_Piece] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)


def read_word(path: Path) -> Document:
    """Return a Word file's blocks.

    Notes
    -----
    Read: runs, tracked insertions, smart tags, content controls, fields' results, links, text
    boxes, equations, footnotes and endnotes (after the paragraph that cites them), nested and
    merged tables, automatic numbers. Left out, and counted in the remarks: tracked deletions and
    hidden text. Text in fonts of TCVN3 and VNI comes out in Unicode.

    Raises
    ------
    Exception
        What zipfile, lxml and python-docx raise for a broken file.
    """
    from docx import Document as Package
    from docx.oxml.parser import parse_xml

    package = Package(str(path))
    parts = {
        str(part.partname).rpartition("/")[2]: part for part in package.part.package.iter_parts()
    }

    def root(part: str) -> _Element | None:
        found = parts.get(part)
        return parse_xml(found.blob) if found is not None else None

    notes = {
        (kind, attribute(each, "id")): each
        for kind, part in (("footnote", "footnotes.xml"), ("endnote", "endnotes.xml"))
        if (tree := root(part)) is not None
        for each in children(tree, kind)
        if attribute(each, "type") in ("", "normal")
    }
    reader = _Reader(Styles(root("styles.xml")), Lists(root("numbering.xml")), notes)
    body = cast("_Element", package.element.body)
    blocks = tuple(renumbered(reader.blocks(body, "body")))
    return Document(blocks, tuple(reader.remarks()))


class _Reader:
    def __init__(
        self, styles: Styles, lists: Lists, notes: dict[tuple[str, str], _Element]
    ) -> None:
        self.styles, self.lists, self.notes = styles, lists, notes
        self.tables = 0
        self.counts: Counter[str] = Counter()
        self.fonts: Counter[Legacy] = Counter()

    def remarks(self) -> Iterator[Remark]:
        for key in ("deleted", "hidden"):
            if self.counts[key]:
                yield Remark(key, self.counts[key])
        for encoding, count in self.fonts.items():
            yield Remark("converted", count, encoding)

    def blocks(self, parent: _Element, part: Part) -> Iterator[Block]:
        """Yield the paragraphs and rows under an element, through whatever wraps them."""
        carried: _Gathered | None = None
        for element in _content(parent):
            if name(element) == "tbl":
                yield from self._table(element, part)
                continue
            gathered = carried or _Gathered()
            self._gather(element, gathered, self._style(element))
            mark = child(child(element, "pPr"), "rPr")
            if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
                carried = gathered  # its end was deleted: it goes on in the next
                continue
            carried = None
            yield from self._paragraph(element, gathered, part)
        if carried is not None:
            yield Block(self._text(carried.pieces), 0, part=part)

    def _style(self, paragraph: _Element) -> str:
        return style_of(child(paragraph, "pPr"))

    def _paragraph(self, element: _Element, gathered: _Gathered, part: Part) -> Iterator[Block]:
        numbered = self.styles.numbering(element)
        shown = [piece for piece in gathered.pieces if piece.text.strip()]
        text = self._text(gathered.pieces)
        yield Block(
            text,
            0,
            part=part,
            level=self.styles.level(element),
            label=self.lists.label(*numbered) if numbered and shown else "",
            bold=bool(shown) and all(piece.bold for piece in shown),
        )
        yield from self._hanging(gathered)

    def _hanging(self, gathered: _Gathered) -> Iterator[Block]:
        for box in gathered.boxes:
            yield from self.blocks(box, "text_box")
        for kind, key in gathered.notes:
            note = self.notes.pop((kind, key), None)
            if note is not None:
                yield from (each for each in self.blocks(note, _NOTES[kind]) if each.text.strip())

    def _gather(self, element: _Element, into: _Gathered, style: str) -> None:
        for each in element:
            kind = name(each)
            if kind in ("del", "moveFrom"):
                self.counts["deleted"] += 1
            elif kind == "r":
                self._run(each, into, style)
            elif kind in ("oMath", "oMathPara"):
                into.pieces.append(_Piece(linear(each)))
            elif kind == "AlternateContent":
                self._gather(_chosen(each), into, style)
            elif kind not in _GONE:
                self._gather(each, into, style)

    def _run(self, run: _Element, into: _Gathered, style: str) -> None:
        properties = child(run, "rPr")
        if is_on(properties, "vanish"):
            self.counts["hidden"] += 1
            return
        font = font_of(properties) or self.styles.font(
            style, attribute(child(properties, "rStyle"), "val")
        )
        raised = attribute(child(properties, "vertAlign"), "val") == "superscript"
        bold = is_on(properties, "b")
        for each in run:
            self._in_run(each, into, _Piece("", font, bold), raised=raised)

    def _in_run(self, element: _Element, into: _Gathered, piece: _Piece, *, raised: bool) -> None:
        kind = name(element)
        if kind == "t":
            text = element.text or ""
            if raised and _DIGIT.match(text.strip()):
                text = text.translate(_RAISED)
            into.pieces.append(replace(piece, text=text))
        elif kind in _BREAKS:
            into.pieces.append(replace(piece, text=_BREAKS[kind], font=""))
        elif kind == "softHyphen":  # stands for a letter in TCVN3
            into.pieces.append(replace(piece, text="\u00ad"))
        elif kind == "sym":
            into.pieces.append(_Piece(_symbol(element)))
        elif kind in ("footnoteReference", "endnoteReference"):
            into.notes.append((kind.removesuffix("Reference"), attribute(element, "id")))
        elif kind == "AlternateContent":
            for each in _chosen(element):
                self._in_run(each, into, piece, raised=raised)
        elif kind in ("drawing", "pict", "object"):
            into.boxes += _outermost(element, "txbxContent")
        elif kind == "ruby":
            for run in descendants(element, "t"):
                into.pieces.append(replace(piece, text=run.text or ""))

    def _text(self, pieces: list[_Piece]) -> str:
        """Join pieces; those of one old encoding together, since its letters are of two signs."""
        joined: list[_Piece] = []
        for piece in pieces:
            if joined and joined[-1].font == piece.font:
                joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text)
            else:
                joined.append(piece)
        text = ""
        for piece in joined:
            encoding = legacy_font(piece.font)
            if encoding is None:
                text += piece.text.replace("\u00ad", "")
                continue
            plain = decoded(piece.text, encoding, piece.font)
            self.fonts[encoding] += plain != piece.text
            text += plain
        return text

    def _table(self, table: _Element, part: Part) -> Iterator[Block]:
        self.tables += 1
        number = self.tables
        rows = [row for row in _rows(table) if child(child(row, "trPr"), "del") is None]
        grid: list[list[tuple[Cell, _Element, bool]]] = [self._row(row, part) for row in rows]
        for index, cells in enumerate(grid):
            block = table_row(
                [
                    replace(cell, rows=0 if goes_on else _spanned(grid, index, cell.column))
                    for cell, _, goes_on in cells
                ],
                0,
                number,
                index,
            )
            yield replace(block, part=part)
            for _, element, goes_on in cells:
                if not goes_on:
                    yield from self._inside(element, part)

    def _row(self, row: _Element, part: Part) -> list[tuple[Cell, _Element, bool]]:
        column = _number(child(child(row, "trPr"), "gridBefore"))
        cells = []
        for element in _cells(row):
            properties = child(element, "tcPr")
            columns = _number(child(properties, "gridSpan")) or 1
            merge = child(properties, "vMerge")
            goes_on = merge is not None and attribute(merge, "val") in ("", "continue")
            cells.append((Cell(self._cell(element), column, columns), element, goes_on))
            column += columns
        return cells

    def _cell(self, element: _Element) -> str:
        lines = []
        for paragraph in _content(element):
            if name(paragraph) == "p":
                gathered = _Gathered()
                self._gather(paragraph, gathered, self._style(paragraph))
                numbered = self.styles.numbering(paragraph)
                text = self._text(gathered.pieces)
                label = self.lists.label(*numbered) if numbered else ""
                lines.append(f"{label} {text}" if label else text)
        return "\n".join(lines).strip("\n")

    def _inside(self, element: _Element, part: Part) -> Iterator[Block]:
        """Yield what a cell holds beside its own words: tables, text boxes, notes."""
        for each in _content(element):
            if name(each) == "tbl":
                yield from self._table(each, part)
            else:
                gathered = _Gathered()
                counts, fonts = self.counts.copy(), self.fonts.copy()
                self._gather(each, gathered, "")
                self.counts, self.fonts = counts, fonts
                yield from self._hanging(gathered)


def _content(parent: _Element) -> Iterator[_Element]:
    """Yield paragraphs and tables, through content controls and the like."""
    for element in parent:
        kind = name(element)
        if kind in ("p", "tbl"):
            yield element
        elif kind == "AlternateContent":
            yield from _content(_chosen(element))
        elif kind not in _GONE:
            yield from _content(element)


def _rows(table: _Element) -> Iterator[_Element]:
    yield from _through(table, "tr", {"tbl", "tblPr", "tblGrid", "del"})


def _cells(row: _Element) -> Iterator[_Element]:
    yield from _through(row, "tc", {"tbl", "trPr", "del"})


def _through(parent: _Element, wanted: str, closed: Iterable[str]) -> Iterator[_Element]:
    for element in parent:
        kind = name(element)
        if kind == wanted:
            yield element
        elif kind not in closed:
            yield from _through(element, wanted, closed)


def _outermost(element: _Element, wanted: str) -> list[_Element]:
    """Return what is of that name and in no other of it; of alternatives only the first."""
    if name(element) == wanted:
        return [element]
    if name(element) == "AlternateContent":
        element = _chosen(element)
    return [found for each in element for found in _outermost(each, wanted)]


def _chosen(alternatives: _Element) -> _Element:
    """Return the alternative that Word shows; the fallback repeats it for older programs."""
    chosen = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    if chosen is None:
        return fallback if fallback is not None else alternatives
    return chosen


def _symbol(element: _Element) -> str:
    code = attribute(element, "char")[-2:].upper()
    return _SYMBOLS.get((attribute(element, "font").split(" ")[0], code), "\ufffd")


def _number(element: _Element | None) -> int:
    value = attribute(element, "val")
    return int(value) if value.isdigit() else 0


def _spanned(grid: list[list[tuple[Cell, _Element, bool]]], index: int, column: int) -> int:
    count = 1
    for cells in grid[index + 1 :]:
        if not any(cell.column == column and goes_on for cell, _, goes_on in cells):
            break
        count += 1
    return count
