"""How far the sheets of a workbook reach, before any is laid out in memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from ntm_analysis.limits.archive import check_archive
from ntm_analysis.limits.binary import xls_spread
from ntm_analysis.limits.size import CELLS, DEPTH, MIB, TEXT, beyond, check_size, limit

# Cells and rows that hold something: an empty one that only has a format is no reach.
_CELL: Final = re.compile(
    rb'<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["\']([A-Z]{1,5})(\d{1,9})["\'][^<>]*(?<!/)>'
)
_ROW: Final = re.compile(
    rb'<(?:\w+:)?row\s[^<>]*?\br\s*=\s*["\'](\d{1,9})["\'][^<>]*(?<!/)>\s*<(?:\w+:)?c\b'
)
_ODS: Final = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*?)(/?)>|</table:table-row>"
)
_COLUMNS: Final = re.compile(rb'number-columns-repeated="(\d{1,9})"')
_ROWS: Final = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_NAME: Final = re.compile(rb'table:name="([^"]*)"')
_VALUE: Final = re.compile(rb"value(?:-type)?=|formula=")


def check_workbook(path: Path, file: str) -> None:
    """Refuse a workbook with more in it, or reaching further, than can be read.

    The sheets count together, for a reader may hold them all at once.

    Raises
    ------
    DataErrors
        With the sheet that reaches too far and its last row and column.
    OSError
        If it cannot be read.
    """
    check_size(path, file)
    data = path.read_bytes()
    if data.startswith(b"PK"):
        check_archive(data, file)
    total = 0
    for sheet, rows, columns in _spreads(data, file):
        check_extent(rows, columns, file, sheet)
        total += rows * columns
        if total > limit(CELLS):
            raise beyond(file, "extent", f"{total:,}", f"{limit(CELLS):,}", sheet=sheet)


def _spreads(data: bytes, file: str) -> Iterator[tuple[str, int, int]]:
    """Yield each sheet with its last row and column in which something stands."""
    if not data.startswith(b"PK"):
        yield from xls_spread(data)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = _sheet_names(archive)
        for name in archive.namelist():
            part = name.lower()
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                shown = part.rpartition("/")[2]
                yield names.get(shown, shown), *_reach(archive.read(name))
            elif part == "content.xml":
                content = archive.read(name)
                _check_content(content, file)
                yield from _spread(content)


def _check_content(content: bytes, file: str) -> None:
    """Refuse an ODS file nested so deeply, or with so many blanks counted, that none can read it.

    A blank is written by its number: one short element stands for two thousand million of them.
    """
    depth = blanks = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, blanks
        depth += 1
        if depth > limit(DEPTH):
            raise beyond(file, "depth", depth, limit(DEPTH))
        if name.endswith(":s"):
            count = attributes.get(f"{name[:-1]}c", "")
            blanks += int(count[:12]) if count.isdecimal() else 0
        if blanks > limit(TEXT):
            raise beyond(file, "unpacked", f"{blanks / MIB:.0f}", f"{limit(TEXT) / MIB:.0f}")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    with suppress(expat.ExpatError):  # broken: for the reader to say
        parser.Parse(content, True)


def check_extent(rows: int, columns: int, file: str, sheet: str) -> None:
    """Refuse a sheet of so many rows and columns if they are too many.

    Raises
    ------
    DataErrors
    """
    most = limit(CELLS)
    if rows * columns > most:
        raise beyond(file, "extent", f"{rows:,} × {columns:,}", f"{most:,}", sheet=sheet)


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the sheets' names by the names of their files, as far as the workbook tells them."""
    try:
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    except (KeyError, ElementTree.ParseError):
        return {}
    files = {one.get("Id"): one.get("Target", "").lower().rpartition("/")[2] for one in relations}
    named = {}
    for sheet in book.iter():
        for key, value in sheet.attrib.items():
            if key.endswith("}id") and value in files:
                named[files[value]] = sheet.get("name", "")
    return named


def _reach(sheet: bytes) -> tuple[int, int]:
    """Return the last row and column of a sheet in which something stands."""
    rows, columns = 0, 1
    for letters, digits in _CELL.findall(sheet):
        rows, columns = max(rows, int(digits)), max(columns, _number(letters))
    return max([rows, *map(int, _ROW.findall(sheet))]), columns


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _spread(content: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield each sheet of an ODS file with how far cells with a value reach."""
    sheet, rows, columns, row, column, times, filled = "", 0, 0, 0, 0, 1, False
    started = False
    for match in _ODS.finditer(content):
        kind, attributes = match[1], match[2] or b""
        if kind == b"table":
            if started:
                yield sheet, rows, columns
            found = _NAME.search(attributes)
            sheet = found[1].decode("utf-8", "replace") if found else ""
            rows = columns = row = 0
            started = True
        elif kind == b"table-row":
            column, filled = 0, False
            found = _ROWS.search(attributes)
            times = int(found[1]) if found else 1
        elif kind is None:
            row += times
            rows = row if filled else rows
        else:
            found = _COLUMNS.search(attributes)
            column += int(found[1]) if found else 1
            if _VALUE.search(attributes):
                filled, columns = True, max(columns, column)
    if started:
        yield sheet, rows, columns
