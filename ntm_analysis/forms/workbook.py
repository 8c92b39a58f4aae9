"""Reading workbooks and CSV files as grids of cells."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from ntm_analysis.forms.cells import clean
from ntm_analysis.language import say
from ntm_analysis.limits import check_extent, check_workbook
from ntm_analysis.limits.letters import words
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.yamlfile import read_text

SUFFIXES: Final = (".xlsx", ".xls", ".ods", ".xlsm", ".csv")
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PERCENT_FORMATS: Final = frozenset({9, 10})
_REFERENCE: Final = re.compile(r"^([A-Z]+)(\d+)$")


@dataclass(frozen=True)
class Grid:
    """One sheet.

    Attributes
    ----------
    name : str
    rows : list of list
        Cells from A1 on: text, numbers, dates, truth values, or empty text.
    percents : set of (row, column)
        From 0: the cells that are formatted as percentages.
    """

    name: str
    rows: list[list[Any]]
    percents: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def at(self, row: int, column: int) -> Any:
        """Return a cell, empty where there is none."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


def letters(column: int) -> str:
    """Return a column's letters, from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def read_grids(path: Path) -> list[Grid]:
    """Return the sheets of a workbook, or a CSV file as one sheet.

    Raises
    ------
    DataErrors
        If the file is missing, of another kind, locked or broken.
    """
    name = path.name
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise _error(name, "forms.suffix", kinds=", ".join(SUFFIXES))
    if not path.is_file():
        raise DataErrors([Problem(name, say("file.missing"), say("file.missing_wanted"))])
    if suffix == ".csv":
        return _checked([Grid("", _csv(read_text(path, name)))], name)
    try:
        check_workbook(path, name)
        data = path.read_bytes()
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(one, _values(workbook, one, name)) for one in workbook.sheet_names]
    except OSError as error:
        raise _error(name, "file.denied") from error
    except (CalamineError, ValueError, zipfile.BadZipFile) as error:
        raise _error(name, "forms.broken") from error
    marks = _marks(data) if suffix in (".xlsx", ".xlsm") else {}
    grids = []
    for one, rows in sheets:
        percents, errors = marks.get(one, (frozenset(), {}))
        cells = [[clean(cell) for cell in row] for row in rows]
        for (row, column), text in errors.items():
            if row < len(cells) and column < len(cells[row]):
                cells[row][column] = text
        grids.append(Grid(one, cells, percents))
    return _checked(grids, name)


def _values(workbook: CalamineWorkbook, name: str, file: str) -> list[list[Any]]:
    sheet = workbook.get_sheet_by_name(name)
    check_extent(sheet.total_height, sheet.total_width, file, name)
    return sheet.to_python(skip_empty_area=False)


def _checked(grids: list[Grid], file: str) -> list[Grid]:
    """Return the sheets if no cell holds a character that no one can see.

    Raises
    ------
    DataErrors
        With each such cell.
    """
    problems = [
        Problem(file, *wrong, sheet=grid.name or None, row=number, column=letters(column))
        for grid in grids
        for number, row in enumerate(grid.rows, 1)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and (wrong := words(cell))
    ]
    if problems:
        raise DataErrors(problems)
    return grids


def _error(name: str, key: str, **fields: object) -> DataErrors:
    return DataErrors([Problem(name, say(key, **fields), say(f"{key}_wanted", **fields))])


def _csv(text: str) -> list[list[Any]]:
    header = text.lstrip("\ufeff\n").partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    return [[clean(cell) for cell in row] for row in rows]


Cell = tuple[int, int]


def _marks(data: bytes) -> dict[str, tuple[frozenset[Cell], dict[Cell, str]]]:
    """Return what the reader of values does not tell: percent signs, and formulas' errors.

    It reads a cell that shows `#DIV/0!` as blank, and 95,18 % as 0.9518.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _percent_styles(archive)
            return {name: _marks_of(archive, part, styles) for name, part in _parts(archive)}
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, ValueError):
        return {}


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    own = {
        int(one.get("numFmtId", "0"))
        for one in root.iter(f"{_MAIN}numFmt")
        if "%" in one.get("formatCode", "")
    }
    formats = root.find(f"{_MAIN}cellXfs")
    found = list(formats) if formats is not None else []
    return {
        place
        for place, one in enumerate(found)
        if int(one.get("numFmtId", "0")) in _PERCENT_FORMATS | own
    }


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), target.lstrip("/") if target[:1] == "/" else f"xl/{target}"


def _marks_of(
    archive: zipfile.ZipFile, part: str, styles: set[int]
) -> tuple[frozenset[Cell], dict[Cell, str]]:
    percents: set[Cell] = set()
    errors: dict[Cell, str] = {}
    with archive.open(part) as stream:
        for _, cell in ElementTree.iterparse(stream):
            match = _REFERENCE.match(cell.get("r", "")) if cell.tag == f"{_MAIN}c" else None
            if match is not None:
                place = (int(match[2]) - 1, _column(match[1]))
                if int(cell.get("s", "0")) in styles:
                    percents.add(place)
                if cell.get("t") == "e":
                    errors[place] = cell.findtext(f"{_MAIN}v") or "#VALUE!"
            if cell.tag == f"{_MAIN}row":
                cell.clear()
    return frozenset(percents), errors


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def find_row(grid: Grid, wanted: Sequence[str], least: int) -> tuple[int, dict[str, int]] | None:
    """Return the first row that holds at least so many of the wanted texts, and their columns."""
    lowered = {one.casefold(): one for one in wanted}
    for number, row in enumerate(grid.rows[:40]):
        found: dict[str, int] = {}
        for column, cell in enumerate(row):
            key = lowered.get(cell.casefold()) if isinstance(cell, str) else None
            if key is not None:
                found.setdefault(key, column)
        if len(found) >= least:
            return number, found
    return None
