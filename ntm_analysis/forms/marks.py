"""What the reader of values does not tell: percent formats, error cells, results of formulas.

It reads a cell that shows `#DIV/0!` as blank, 95,18 % as 0.9518, and a formula that was never
calculated, or that gave an empty text, as nothing at all.
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

from ntm_analysis.forms.percents import shows_percent

UNCALCULATED: Final = "#FORMULA!"
"""Stands for a formula without a stored value."""
EMPTY_RESULT: Final = "#EMPTY!"
"""Stands for a formula whose stored result is an empty text."""

Cell = tuple[int, int]
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_BUILT_IN: Final = frozenset({9, 10})
_REFERENCE: Final = re.compile(r"^([A-Z]+)(\d+)$")
_ODS_ERROR: Final = re.compile(r"^(?:#[A-Z/0!?]+[!?A]|Err:\d+)$")


@dataclass
class Marks:
    """The marks of one sheet's cells, by row and column from 0.

    Attributes
    ----------
    percents : set of (row, column)
        Formatted as percentages.
    errors : dict of (row, column) to str
        What stands for their value: the error shown, `UNCALCULATED` or `EMPTY_RESULT`.
    texts : set of (row, column)
        Formulas whose result is a text.
    """

    percents: set[Cell] = field(default_factory=set)
    errors: dict[Cell, str] = field(default_factory=dict)
    texts: set[Cell] = field(default_factory=set)


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
            stale = _calculates_later(archive)
            return {name: _xlsx(archive, part, styles, stale) for name, part in _parts(archive)}
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile) as error:
        raise ValueError(str(error)) from error


# .xlsx ------------------------------------------------------------------------------------------


def _percent_styles(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return the formats with a percent sign by the number of their style."""
    if "xl/styles.xml" not in archive.namelist():
        return {}  # a workbook without formats
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = dict.fromkeys(_BUILT_IN, "0%") | {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in root.iter(f"{_MAIN}numFmt")
    }
    formats = root.find(f"{_MAIN}cellXfs")
    numbers = [int(one.get("numFmtId", "0")) for one in (formats if formats is not None else ())]
    return {place: codes[one] for place, one in enumerate(numbers) if "%" in codes.get(one, "")}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), target.lstrip("/") if target[:1] == "/" else f"xl/{target}"


def _calculates_later(archive: zipfile.ZipFile) -> bool:
    """Return whether a program wrote formulas without calculating: their zeros are no results."""
    settings = ElementTree.fromstring(archive.read("xl/workbook.xml")).find(f"{_MAIN}calcPr")
    return settings is not None and settings.get("fullCalcOnLoad") in ("1", "true")


def _xlsx(archive: zipfile.ZipFile, part: str, styles: dict[int, str], stale: bool) -> Marks:
    marks = Marks()
    with archive.open(part) as stream:
        for _, cell in ElementTree.iterparse(stream):
            match = _REFERENCE.match(cell.get("r", "")) if cell.tag == f"{_MAIN}c" else None
            if match is not None:
                place = (int(match[2]) - 1, _column(match[1]))
                value = cell.findtext(f"{_MAIN}v")
                if shows_percent(styles.get(int(cell.get("s", "0")), ""), value):
                    marks.percents.add(place)
                if cell.get("t") == "e":
                    marks.errors[place] = value or "#VALUE!"
                elif cell.find(f"{_MAIN}f") is not None:
                    text = cell.get("t") == "str"
                    if text and value:
                        marks.texts.add(place)
                    elif text and value == "":
                        marks.errors[place] = EMPTY_RESULT
                    elif not value or (stale and value == "0"):
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
            marks = {sheet.name: _xls_sheet(book, sheet) for sheet in book.sheets()}
        for one, formulas in zip(marks.values(), _xls_formulas(data), strict=False):
            one.texts |= {place for place, kind in formulas.items() if kind == _TEXT}
            one.errors |= {p: EMPTY_RESULT for p, kind in formulas.items() if kind == _EMPTY}
        return marks
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
                value = sheet.cell_value(row, column)
                if found is not None and shows_percent(found.format_str, value):
                    marks.percents.add((row, column))
    return marks


_FORMULA, _BOUNDSHEET, _BOF, _EOF = 0x0006, 0x0085, 0x0809, 0x000A
_TEXT, _EMPTY = 0, 3
"""What a formula's stored result is, where it is no number."""


def _xls_formulas(data: bytes) -> list[dict[Cell, int]]:
    """Return, sheet by sheet, the kind of result of each formula that gives no number.

    xlrd gives an empty result as an empty cell.
    """
    document = xlrd.compdoc.CompDoc(data, logfile=io.StringIO())
    stream = document.get_named_stream("Workbook") or document.get_named_stream("Book") or b""
    starts = [
        struct.unpack_from("<I", body)[0]
        for code, body in _records(stream, 0)
        if code == _BOUNDSHEET and body[5] == 0
    ]
    return [_results(stream, start) for start in starts]


def _results(stream: bytes, start: int) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    depth = 0
    for code, body in _records(stream, start):
        depth += (code == _BOF) - (code == _EOF)
        if not depth:
            break
        if code == _FORMULA and depth == 1 and body[12:14] == b"\xff\xff":
            row, column = struct.unpack_from("<HH", body)
            found[row, column] = body[6]
    return found


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a workbook's stream from a place on: code and content."""
    while place + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, place)
        yield code, stream[place + 4 : place + 4 + size]
        place += 4 + size


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
        elif cell.get(f"{_TABLE}formula") and kind in (None, "string"):
            if shown or cell.get(f"{_OFFICE}string-value"):
                marks.texts.add((row, column))
            else:
                marks.errors[row, column] = EMPTY_RESULT if kind else UNCALCULATED
        elif cell.get(f"{_TABLE}formula") and kind in _NUMBERS and not _held(cell, kind):
            marks.errors[row, column] = UNCALCULATED
        elif kind == "percentage":
            marks.percents.add((row, column))


_NUMBERS: Final = {"float": "value", "percentage": "value", "currency": "value",
                   "date": "date-value", "boolean": "boolean-value"}  # fmt: skip


def _held(cell: ElementTree.Element, kind: str) -> str | None:
    return cell.get(f"{_OFFICE}{_NUMBERS[kind]}")
