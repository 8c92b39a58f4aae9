"""Workbooks (.xlsx) as they show: number formats, merged cells, sheets that are hidden left out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntm_analysis.documents.formats import is_date_format, shown_number, shown_text
from ntm_analysis.documents.model import Block, Cell, Document, Remark, table_row
from ntm_analysis.limits import check_extent

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def read_workbook(path: Path) -> Document:
    """Return the rows of a workbook's sheets with the words that its formats print.

    Notes
    -----
    A sheet's name stands before its rows. Values are those that the program last saved. Hidden
    sheets and rows are left out, and counted in the remarks.

    Raises
    ------
    Exception
        What openpyxl raises for a broken file.
    """
    from openpyxl import load_workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ntm_analysis.forms.marks import UNCALCULATED, Marks, read_marks

    marks = read_marks(path.read_bytes())
    workbook = load_workbook(path, data_only=True)
    blocks: list[Block] = []
    tables, hidden, rows_hidden, uncalculated = 0, 0, 0, 0
    for sheet in workbook.worksheets:
        if not isinstance(sheet, Worksheet):
            continue
        check_extent(sheet.max_row, sheet.max_column, path.as_posix(), sheet.title)
        if sheet.sheet_state != "visible":
            hidden += 1
            continue
        errors = marks.get(sheet.title, Marks()).errors
        uncalculated += sum(text == UNCALCULATED for text in errors.values())
        rows = _rows(sheet)
        if not rows:
            continue
        tables += 1
        blocks.append(Block(sheet.title, 0, level=1))
        for number, cells in rows:
            if sheet.row_dimensions[number].hidden:
                rows_hidden += any(cell.text for cell in cells)
                continue
            blocks.append(table_row(cells, number, tables, number - 1))
    counted = (
        ("sheets_hidden", hidden), ("rows_hidden", rows_hidden), ("formulas", uncalculated),
    )  # fmt: skip
    return Document(tuple(blocks), tuple(Remark(key, count) for key, count in counted if count))


def _rows(sheet: Worksheet) -> list[tuple[int, list[Cell]]]:
    spans: dict[tuple[int, int], tuple[int, int, bool]] = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            width = area.max_col - area.min_col + 1
            height = area.max_row - area.min_row + 1
            spans[row, area.min_col] = (width, height, row > area.min_row)
            for column in range(area.min_col + 1, area.max_col + 1):
                spans[row, column] = (0, 0, True)
    found: list[tuple[int, list[Cell]]] = []
    for number, row_cells in enumerate(sheet.iter_rows(), 1):
        cells = []
        for cell in row_cells:
            column = int(cell.column or 1)
            width, height, goes_on = spans.get((number, column), (1, 1, False))
            if width:
                text = "" if goes_on else _text(cell.value, str(cell.number_format))
                cells.append(Cell(text, column - 1, width, 0 if goes_on else height))
        if any(cell.text or not cell.rows for cell in cells):
            found.append((number, cells))
    return found


def _text(value: Any, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, int | float):
        if is_date_format(number_format):
            return str(value)
        return shown_number(float(value), number_format)
    return shown_text(str(value), number_format).strip()
