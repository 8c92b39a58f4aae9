"""Reading workbooks and CSV files as grids of cells."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from ntm_analysis.communes.delimiter import delimiter_of
from ntm_analysis.forms.marks import Marks, read_marks
from ntm_analysis.forms.words import clean, even
from ntm_analysis.language import say
from ntm_analysis.limits import check_extent, check_workbook
from ntm_analysis.limits.letters import visible, words
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.yamlfile import read_text

SUFFIXES: Final = (".xlsx", ".xls", ".ods", ".xlsm", ".csv")


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
    hidden : mapping of (row, column) to (row, column)
        The cells that a merged cell above them covers, with the one that holds its value.
    computed : set of (row, column)
        The cells whose text is what a formula gave.
    delimiter : str
        What parts the cells of a CSV file.
    """

    name: str
    rows: list[list[Any]]
    percents: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    hidden: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    computed: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    delimiter: str = ""

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


def read_grids(path: Path, problems: Collector | None = None) -> list[Grid]:
    """Return the sheets of a workbook, or a CSV file as one sheet.

    Parameters
    ----------
    path : Path
    problems : Collector, optional
        Takes the cells with characters that no one can see, which are read without them; else
        these are an error at once.

    Raises
    ------
    DataErrors
        If the file is missing, of another kind, locked or broken.
    """
    grids, found = _grids(path), problems or Collector()
    _take_out_invisible(grids, path.name, found)
    if problems is None:
        found.raise_if_any()
    return grids


def _grids(path: Path) -> list[Grid]:
    name = path.name
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise _error(name, "forms.suffix", kinds=", ".join(SUFFIXES))
    if not path.is_file():
        raise DataErrors([Problem(name, say("file.missing"), say("file.missing_wanted"))])
    if suffix == ".csv":
        delimiter, rows = _csv(read_text(path, name))
        return [Grid("", rows, delimiter=delimiter)]
    try:
        check_workbook(path, name)
        data = path.read_bytes()
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_values(workbook, one, name) for one in workbook.sheet_names]
        found = read_marks(data)
    except OSError as error:
        raise _error(name, "file.denied") from error
    except (CalamineError, ValueError, zipfile.BadZipFile) as error:
        raise _error(name, "forms.broken") from error
    grids = []
    for one, rows, merged in sheets:
        marks = found.get(one, Marks())
        cells = [[even(cell) for cell in row] for row in rows]
        for (row, column), text in marks.errors.items():
            cells.extend([] for _ in range(row + 1 - len(cells)))
            cells[row].extend("" for _ in range(column + 1 - len(cells[row])))
            cells[row][column] = text
        hidden = dict(_hidden(merged))
        computed = frozenset(marks.texts)
        grids.append(Grid(one, cells, frozenset(marks.percents), hidden, computed))
    return grids


def _values(
    workbook: CalamineWorkbook, name: str, file: str
) -> tuple[str, list[list[Any]], _Merged]:
    sheet = workbook.get_sheet_by_name(name)
    check_extent(sheet.total_height, sheet.total_width, file, name)
    return name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges


def _take_out_invisible(grids: Sequence[Grid], file: str, problems: Collector) -> None:
    """Note the cells with characters that no one can see, and take these out.

    So what else is wrong with the cells can be told in the same round.
    """
    for grid in grids:
        for number, row in enumerate(grid.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and (wrong := words(cell)):
                    problems.add(
                        Problem(
                            file, *wrong, sheet=grid.name or None, row=number,
                            column=letters(column), label="",
                        )
                    )  # fmt: skip
                    row[column] = even(visible(cell))


_Merged = Iterable[tuple[tuple[int, int], tuple[int, int]]] | None


def _hidden(merged: _Merged) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the cells below the first row of merged ranges, which lose what was typed in them."""
    for (top, left), (bottom, right) in merged or ():
        for row in range(top + 1, min(bottom, top + 1000) + 1):
            for column in range(left, min(right, left + 50) + 1):
                yield (row, column), (top, left)


def _error(name: str, key: str, **fields: object) -> DataErrors:
    return DataErrors([Problem(name, say(key, **fields), say(f"{key}_wanted", **fields))])


def _csv(text: str) -> tuple[str, list[list[Any]]]:
    delimiter, text, skipped = delimiter_of(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    # The hint stays a row, so that rows are counted as a spreadsheet counts them.
    cells: list[list[Any]] = [[] for _ in range(skipped)]
    return delimiter, cells + [[even(cell) for cell in row] for row in rows]


def _is(cell: Any) -> bool:
    return isinstance(cell, str)


def find_row(grid: Grid, wanted: Sequence[str], least: int) -> tuple[int, dict[str, int]] | None:
    """Return the first row that holds at least so many of the wanted texts, and their columns."""
    lowered = {one.casefold(): one for one in wanted}
    for number, row in enumerate(grid.rows[:40]):
        found: dict[str, int] = {}
        for column, cell in enumerate(row):
            key = lowered.get(clean(cell).casefold().rstrip(" *")) if _is(cell) else None
            if key is not None:
                found.setdefault(key, column)
        if len(found) >= least:
            return number, found
    return None
