"""Tables as grids: the names of columns and rows, and the numbers in their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from ntm_analysis.audit.figures import NUM, Printed, printed, printed_amount
from ntm_analysis.audit.masking import THIN
from ntm_analysis.audit.report import Report
from ntm_analysis.documents import Cell

_CELL: Final = re.compile(
    rf"^\(?(?P<n>{NUM})\)?\s*(?P<percent>%)?(?:\s*[^\W\d_]+(?:\s[^\W\d_]+)?)?$"
)
RATE: Final = re.compile(r"(?:tỷ|tỉ)\s*(?:lệ|trọng)|%|phần trăm|cơ cấu", re.I)
TOTAL: Final = re.compile(
    r"^(?:tổng\s*(?:cộng|số|)|cộng|toàn xã|toàn huyện)\s*[:.]?(?:\s.{0,25})?$", re.I
)
RATED_ROW: Final = re.compile(r"^(?:tỷ|tỉ)\s*(?:lệ|trọng)|(?:^|\s)%$", re.I)
RUNNING: Final = re.compile(r"^(?:s?tt|số tt|số thứ tự)\b", re.I)
_MARKS: Final = {
    "group": re.compile(r"^(?:[IVX]+|[A-Z])\.?$"),
    "item": re.compile(r"^(?:\d+\.\d+.*|[-+*•])\.?$|^[-+*•]\s"),
}


class Value(NamedTuple):
    """A number in a cell: whether it has a sign for percent, its text, its row's paragraph."""

    number: Printed
    percent: bool
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data: its words, its numbers by column, the kind of mark before it."""

    place: int
    label: str
    cells: dict[int, Value]
    mark: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns' names and its rows of data."""

    names: dict[int, str]
    rows: list[Row]


def stated_rates(report: Report) -> Iterator[tuple[int, int, int]]:
    """Yield where cells of columns for percentages stand, if they have no sign of their own."""
    for table in tables(report):
        for row in table.rows:
            for column, (_, percent, text, _) in row.cells.items():
                rated = RATE.search(table.names.get(column, "")) or RATED_ROW.search(row.label)
                if not percent and rated:
                    at = position(report.paragraphs[row.place].bare, text)
                    yield row.place, at, at + len(text)


def stated_totals(report: Report) -> Iterator[tuple[int, int, int]]:
    """Yield where the rows of totals stand."""
    for table in tables(report):
        for row in table.rows:
            if TOTAL.match(row.label) and len(table.rows) > 1:
                yield row.place, 0, len(report.paragraphs[row.place].bare)


def tables(report: Report) -> Iterator[Table]:
    """Yield the tables of a report that have numbers in them."""
    rows = [
        (place, paragraph.lines[0])
        for place, paragraph in report.numbered()
        if paragraph.lines[0].cells
    ]
    for _, group in groupby(rows, key=lambda each: each[1].table):
        names: dict[int, str] = {}
        found: list[Row] = []
        for place, line in group:
            cells: dict[int, Value] = {}
            texts = []
            for cell in line.cells:
                text = " ".join(cell.text.split()).replace(THIN, ".")
                texts.append((cell, text))
                if number := _number(text, place):
                    cells[cell.column] = number
            if not found and not _is_data(cells, texts):
                for cell, text in texts:
                    for column in range(cell.column, cell.column + cell.columns):
                        names[column] = f"{names.get(column, '')} {text}".strip()
                continue
            words = [t for _, t in texts if re.search(r"[^\W\d_]|%", t) and not _number(t, 0)]
            first = " ".join(words[:2])
            head = texts[0][1] if texts else ""
            found.append(Row(place, first, cells, _mark(head) or _mark(first)))
        if found and len(names) > 1:
            yield Table(names, found)


def _is_data(cells: dict[int, Value], texts: list[tuple[Cell, str]]) -> bool:
    """Whether a row holds data: figures that do not merely number the columns."""
    values = [cell[0].value for cell in cells.values()]
    numbered = len(values) > 2 and all(b - a == 1 for a, b in pairwise(values))
    filled = sum(bool(text) for _, text in texts)
    return bool(values) and not (numbered and len(values) >= filled - 1)


def _mark(text: str) -> str:
    """Return what kind of number or sign stands before a row; empty for running numbers."""
    return next((kind for kind, sign in _MARKS.items() if sign.match(text)), "")


def _number(text: str, place: int) -> Value | None:
    match = _CELL.match(text.strip())
    if not match:
        return None
    if match["percent"]:
        value = printed(match["n"])
        return Value(value, True, match["n"], place) if value else None
    found = printed_amount(match["n"])
    return Value(found[0], False, match["n"], place) if found else None


def turned(table: Table) -> Table:
    """Return the table with rows for columns, its columns of running numbers left out."""
    names = {index: row.label for index, row in enumerate(table.rows)}
    rated = any(RATED_ROW.search(label) for label in names.values())
    columns = [c for c, name in table.names.items() if rated and not RUNNING.match(name)]
    rows = [
        Row(
            0,
            table.names[column],
            {i: row.cells[column] for i, row in enumerate(table.rows) if column in row.cells},
            "",
        )
        for column in columns
    ]
    kept = {
        i: label if RATED_ROW.search(label) else label.replace("%", "")
        for i, label in names.items()
    }
    return Table(kept, [row for row in rows if len(row.cells) > 2])


def position(bare: str, text: str) -> int:
    """Return where a cell's number stands in its row."""
    found = [match.start() for match in re.finditer(rf"(?<![\d.,]){re.escape(text)}(?![\d])", bare)]
    return found[-1] if found else 0
