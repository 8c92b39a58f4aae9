"""Tables in workbooks of other programs (.xls, .ods): each sheet is a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ntm_analysis.documents.formats import shown_number
from ntm_analysis.documents.model import Block, Cell, Document, Remark, table_row
from ntm_analysis.limits import check_extent


def read_sheets(path: Path) -> Document:
    """Return the rows of a workbook's sheets; a sheet's name stands before its rows.

    Notes
    -----
    Values are those that the program last saved, dates are day/month/year. A cell in a format for
    percent is read as it shows: 95% for 0.95.

    Raises
    ------
    Exception
        What calamine raises for a broken file.
    """
    import python_calamine

    from ntm_analysis.forms.marks import Marks, read_marks

    marks = read_marks(path.read_bytes())
    workbook = python_calamine.load_workbook(str(path))
    blocks: list[Block] = []
    tables = 0
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        check_extent(sheet.total_height, sheet.total_width, path.as_posix(), name)
        values = sheet.to_python(skip_empty_area=False)
        mark = marks.get(name, Marks())
        rows = [
            [
                mark.errors.get((at, column)) or _text(value, percent=(at, column) in mark.percents)
                for column, value in enumerate(row)
            ]
            for at, row in enumerate(values)
        ]
        if not any(text for row in rows for text in row):
            continue
        tables += 1
        blocks.append(Block(name, 0, level=1))
        for index, row in enumerate(rows):
            cells = [Cell(text, column) for column, text in enumerate(row)]
            blocks.append(table_row(cells, index + 1, tables, index))
    remarks = (Remark("sheets", tables),) if tables > 1 else ()
    return Document(tuple(blocks), remarks)


def _text(value: object, *, percent: bool) -> str:
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int | float) and percent:
        return shown_number(float(value), "0%")
    if isinstance(value, float):
        return (f"{value:.0f}" if value.is_integer() else repr(value)).replace(".", ",")
    if isinstance(value, dt.datetime | dt.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return str(value).strip()
