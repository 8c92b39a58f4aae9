"""PDFs that hold text: lines, and tables by their ruled lines."""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ntm_analysis.documents.columns import in_reading_order
from ntm_analysis.documents.legacy import Legacy, decoded, legacy_font
from ntm_analysis.documents.model import Block, Cell, Document, Remark, table_row

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

Word = dict[str, Any]
_SAME_LINE: Final = 0.5
_SPACE: Final = 0.12
_LEAST: Final = 2
_ONE_ROW: Final = 3
"""How many cells a single row must have: the rest of a table on the next page."""
_SHARED: Final = 2.0


class LockedError(ValueError):
    """A PDF that needs a password."""


def read_pdf(path: Path) -> Document:
    """Return a PDF's lines and table rows, page by page.

    Notes
    -----
    A table is what is ruled as one, with two rows and two columns at least; one that goes on at
    the top of the next page with as many columns is one table. Pages that hold pictures alone are
    named in the remarks.

    Raises
    ------
    LockedError
        If it needs a password.
    Exception
        What pdfminer raises for a broken file.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(path) as pdf:
            reader = Reader()
            blocks = tuple(block for page in pdf.pages for block in reader.page(page))
    except PdfminerException as error:
        if any(isinstance(each, PDFPasswordIncorrect) for each in (error, *error.args)):
            raise LockedError(str(path)) from error
        raise
    return Document(blocks, tuple(reader.remarks()))


class Reader:
    """Reads pages one after another; a table that goes on over pages keeps its number."""

    def __init__(self) -> None:
        self.tables = 0
        self.open: tuple[int, int, int] | None = None  # table, its columns, rows so far
        self.empty: list[int] = []
        self.fonts: Counter[Legacy] = Counter()

    def remarks(self) -> Iterator[Remark]:
        """Yield what is to be said of the pages read."""
        if self.empty:
            yield Remark("no_text_pages", len(self.empty), ", ".join(map(str, self.empty)))
        for encoding, count in self.fonts.items():
            yield Remark("converted", count, encoding)

    def words(self, page: Page) -> list[Word]:
        """Return a page's words, those of old Vietnamese fonts converted."""
        return [self._word(each) for each in page.extract_words(extra_attrs=["fontname"])]

    def page(self, page: Page) -> Iterator[Block]:
        """Yield a page's lines and the rows of its tables."""
        words = self.words(page)
        if not words and page.images:
            self.empty.append(page.page_number)
        tables = [table for table in page.find_tables() if _is_table(table)]
        inside = [table.bbox for table in tables]
        parts: list[tuple[tuple[float, int, float], Table | list[Word]]] = [
            ((table.bbox[1], 0, table.bbox[1]), table) for table in tables
        ]
        outside = [each for each in words if not any(_within(each, box) for box in inside)]
        parts += in_reading_order(text_lines(outside))
        parts.sort(key=lambda each: each[0])
        blocks = list(self._blocks(parts, words, page))
        page.close()
        yield from blocks

    def _blocks(
        self,
        parts: list[tuple[tuple[float, int, float], Table | list[Word]]],
        words: list[Word],
        page: Page,
    ) -> Iterator[Block]:
        number = 0
        first = True
        for index, (_, part) in enumerate(parts):
            if isinstance(part, list):
                number += 1
                text = joined(part)
                edge = index in (0, len(parts) - 1) and text.strip(" -–—/").isdigit()
                if not edge:
                    first, self.open = False, None
                    yield Block(text, number, page.page_number, bold=_bold(part))
                else:
                    yield Block(text, number, page.page_number, "margin")
                continue
            for row in self._table(part, words, goes_on=first):
                number += 1
                yield replace(row, number=number, page=page.page_number)
            first = False

    def _table(self, table: Table, words: list[Word], *, goes_on: bool) -> Iterator[Block]:
        edges = _edges(table)
        rows: list[list[Cell]] = []
        for row in table.rows:
            cells = []
            for box in row.cells:
                if box is None:
                    continue
                column = _at(edges, box[0])
                lines = text_lines([each for each in words if _within(each, box)])
                text = "\n".join(joined(line) for line in lines)
                cells.append(Cell(text, column, max(1, _at(edges, box[2]) - column)))
            rows.append(cells)
        columns = len(edges) - 1
        if goes_on and self.open and self.open[1] == columns:
            number, start = self.open[0], self.open[2]
        else:
            self.tables += 1
            number, start = self.tables, 0
        self.open = (number, columns, start + len(rows))
        for index, cells in enumerate(rows, start):
            yield table_row(cells, 0, number, index)

    def _word(self, word: Word) -> Word:
        encoding = legacy_font(word["fontname"])
        text = word["text"]
        if encoding:
            text = decoded(text, encoding, word["fontname"])
            self.fonts[encoding] += text != word["text"]
        return {**word, "text": unicodedata.normalize("NFC", text)}


def _is_table(table: Table) -> bool:
    rows = [sum(box is not None for box in row.cells) for row in table.rows]
    return max(rows) >= (_LEAST if len(rows) >= _LEAST else _ONE_ROW)


def _edges(table: Table) -> list[float]:
    """Return where the columns begin, and where the last one ends."""
    found: list[float] = []
    for edge in sorted(x for box in table.cells for x in (box[0], box[2])):
        if not found or edge - found[-1] > _SHARED:
            found.append(edge)
    return found


def _at(edges: list[float], x: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - x))


def _within(word: Word, box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def text_lines(words: list[Word]) -> list[list[Word]]:
    """Group words into lines from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each["top"] + each["bottom"]) / 2):
        middle = (word["top"] + word["bottom"]) / 2
        height = word["bottom"] - word["top"]
        if lines:
            last = lines[-1][0]
            if abs((last["top"] + last["bottom"]) / 2 - middle) <= _SAME_LINE * height:
                lines[-1].append(word)
                continue
        lines.append([word])
    return [sorted(line, key=lambda each: each["x0"]) for line in lines]


def joined(line: list[Word]) -> str:
    """Return a line's words as one text."""
    text = ""
    for before, word in zip([None, *line], line, strict=False):
        apart = before is None or word["x0"] - before["x1"] > _SPACE * (
            word["bottom"] - word["top"]
        )
        text += f" {word['text']}" if text and apart else word["text"]
    return text


def _bold(line: list[Word]) -> bool:
    return all("bold" in word["fontname"].lower() for word in line)
