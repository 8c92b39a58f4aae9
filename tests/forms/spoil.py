"""Forms with cells changed, as people change them."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

Cells = dict[tuple[str, int, int], Any]


def grids(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of a workbook by sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def find(
    sheets: dict[str, list[list[Any]]], sheet: str, text: str, column: str
) -> tuple[str, int, int]:
    """Return the cell of a column (by key) in the first row that holds a text."""
    rows = sheets[sheet]
    marks = next(row for row in rows[:10] if any(str(c).startswith("ntm:") for c in row))
    number = next(n for n, row in enumerate(rows) if n > 3 and text in row)
    return sheet, number, marks.index(f"ntm:{column}")


def write(
    path: Path, sheets: dict[str, list[list[Any]]], changes: Cells, percent: Any = ()
) -> Path:
    """Write a plain workbook with some cells changed; `percent` cells get a percent format."""
    workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    date = workbook.add_format({"num_format": "dd/mm/yyyy"})
    share = workbook.add_format({"num_format": "0.00%"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        cells = {(r, c): v for r, row in enumerate(rows) for c, v in enumerate(row)}
        cells |= {(r, c): v for (s, r, c), v in changes.items() if s == name}
        for (row, column), value in cells.items():
            if isinstance(value, dt.date):
                moment = dt.datetime(value.year, value.month, value.day)
                sheet.write_datetime(row, column, moment, date)
            elif value not in (None, ""):
                form = share if (name, row, column) in percent else None
                sheet.write(row, column, value, form)
    workbook.close()
    return path
