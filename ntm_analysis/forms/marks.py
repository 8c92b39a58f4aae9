"""What the reader of values does not tell: percent formats, error cells, formulas without a value.

It reads a cell that shows `#DIV/0!` as blank, 95,18 % as 0.9518, and a formula that was never
calculated as nothing at all.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final
from xml.etree import ElementTree

import xlrd

UNCALCULATED: Final = "#FORMULA!"
"""Stands for a formula without a stored value."""

Cell = tuple[int, int]
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_BUILT_IN: Final = frozenset({9, 10})
_REFERENCE: Final = re.compile(r"^([A-Z]+)(\d+)$")
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ODS_ERROR: Final = re.compile(r"^(?:#[A-Z/0!?]+[!?A]|Err:\d+)$")


@dataclass
class Marks:
    """The marks of one sheet's cells, by row and column from 0."""

    percents: set[Cell] = field(default_factory=set)
    errors: dict[Cell, str] = field(default_factory=dict)


def shows_percent(code: str) -> bool:
    """Return whether a number format multiplies by 100.

    A percent sign in quotation marks or after a backslash is only printed.

    Examples
    --------
    >>> shows_percent("0.00%"), shows_percent('0.00"%"')
    (True, False)
    """
    return "%" in _LITERAL.sub("", code)


def read_marks(data: bytes) -> dict[str, Marks]:
    """Return the marks of a workbook's sheets, by name.

    Raises
    ------
    ValueError
        If the file cannot be read for them: without its formats 0.9518 may be 95.18 %.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return _xls(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "content.xml" in archive.namelist():
                with archive.open("content.xml") as stream:
                    return dict(_ods(stream))
            styles = _percent_styles(archive)
            return {name: _xlsx(archive, part, styles) for name, part in _parts(archive)}
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile) as error:
        raise ValueError(str(error)) from error


# .xlsx ------------------------------------------------------------------------------------------


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    if "xl/styles.xml" not in archive.namelist():
        return set()  # a workbook without formats
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    own = {
        int(one.get("numFmtId", "0")): shows_percent(one.get("formatCode", ""))
        for one in root.iter(f"{_MAIN}numFmt")
    }
    formats = root.find(f"{_MAIN}cellXfs")
    numbers = [int(one.get("numFmtId", "0")) for one in (formats if formats is not None else ())]
    return {place for place, one in enumerate(numbers) if own.get(one, one in _BUILT_IN)}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), target.lstrip("/") if target[:1] == "/" else f"xl/{target}"


def _xlsx(archive: zipfile.ZipFile, part: str, styles: set[int]) -> Marks:
    marks = Marks()
    with archive.open(part) as stream:
        for _, cell in ElementTree.iterparse(stream):
            match = _REFERENCE.match(cell.get("r", "")) if cell.tag == f"{_MAIN}c" else None
            if match is not None:
                place = (int(match[2]) - 1, _column(match[1]))
                if int(cell.get("s", "0")) in styles:
                    marks.percents.add(place)
                value = cell.findtext(f"{_MAIN}v")
                if cell.get("t") == "e":
                    marks.errors[place] = value or "#VALUE!"
                elif cell.find(f"{_MAIN}f") is not None and not value and cell.get("t") != "str":
                    marks.errors[place] = UNCALCULATED
            if cell.tag == f"{_MAIN}row":
                cell.clear()
    return marks


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


# .xls -------------------------------------------------------------------------------------------


def _xls(data: bytes) -> dict[str, Marks]:
    try:
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO()
        ) as book:
            return {sheet.name: _xls_sheet(book, sheet) for sheet in book.sheets()}
    except (
        xlrd.XLRDError,
        xlrd.compdoc.CompDocError,
        AssertionError,
        LookupError,
        struct.error,
    ) as error:
        raise ValueError(str(error)) from error


def _xls_sheet(book: Any, sheet: Any) -> Marks:
    marks = Marks()
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            if kind == xlrd.XL_CELL_ERROR:
                code = sheet.cell_value(row, column)
                marks.errors[row, column] = xlrd.error_text_from_code.get(code, "#VALUE!")
            elif kind == xlrd.XL_CELL_NUMBER:
                style = book.xf_list[sheet.cell_xf_index(row, column)]
                found = book.format_map.get(style.format_key)
                if found is not None and shows_percent(found.format_str):
                    marks.percents.add((row, column))
    return marks


# .ods -------------------------------------------------------------------------------------------


def _ods(stream: IO[bytes]) -> Iterator[tuple[str, Marks]]:
    for _, table in ElementTree.iterparse(stream):
        if table.tag != f"{_TABLE}table":
            continue
        marks, row = Marks(), 0
        for line in table.iter(f"{_TABLE}table-row"):
            repeated = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
            column = 0
            for cell in line:
                if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                    continue
                times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                for same in range(row, row + min(repeated, 1000)):
                    _ods_cell(cell, marks, same, range(column, column + min(times, 1000)))
                column += times
            row += repeated
        yield table.get(f"{_TABLE}name", ""), marks
        table.clear()


def _ods_cell(cell: ElementTree.Element, marks: Marks, row: int, columns: range) -> None:
    kind = cell.get(f"{_OFFICE}value-type")
    shown = "".join(cell.itertext()).strip()
    for column in columns:
        if cell.get(f"{_CALC}value-type") == "error" or _ODS_ERROR.match(shown):
            marks.errors[row, column] = shown if shown.startswith("#") else "#VALUE!"
        elif cell.get(f"{_TABLE}formula") and kind is None and not shown:
            marks.errors[row, column] = UNCALCULATED
        elif kind == "percentage":
            marks.percents.add((row, column))
