"""Reading a CSV table of people's data, row by row, with the place of every cell."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.communes.delimiter import delimiter_of
from ntm_analysis.language import say
from ntm_analysis.limits.letters import words
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.yamlfile import read_text


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes
    ----------
    file : str
        The table, as named to the user.
    number : int
        The row as a spreadsheet counts it: the header is row 1.
    cells : dict
        Text by column, stripped and in NFC; empty where the cell is.
    sheet : str or None
        The sheet of a workbook.
    """

    file: str
    number: int
    cells: dict[str, str]
    sheet: str | None = None

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def problem(self, column: str, problem: str, wanted: str) -> Problem:
        """Return a problem with one cell of this row."""
        return Problem(
            self.file,
            problem,
            wanted,
            sheet=self.sheet,
            row=self.number,
            column=column,
            value=self[column] or None,
        )


def _clean(text: str) -> str:
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ")).strip()


class _BrokenTable(Exception):
    """A table whose quotation marks do not fit together, from the record `args[0]` on."""


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank, with its number as a spreadsheet counts it."""
    delimiter, text, number = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            number += 1
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise _BrokenTable(number + 1) from error


def read_table(
    path: Path,
    file: str,
    required: Sequence[str],
    optional: Sequence[str],
    problems: Collector,
) -> list[Row]:
    """Read a CSV file whose first row names the columns.

    Commas, semicolons or tabs separate cells, as Excel writes them in one country or another.

    Parameters
    ----------
    path : Path
    file : str
        Its name for the user.
    required, optional : sequence of str
        The columns that must and may be there.
    problems : Collector
        Takes what is wrong with the file, its header and its rows' lengths.

    Returns
    -------
    list of Row
        The rows that can be read; blank rows are left out. No row at all where a required
        column is missing: each would be reported for the one fault.
    """
    try:
        text = read_text(path, file)
    except DataErrors as error:
        problems.extend(error)
        return []
    rows: list[Row] = []
    header: list[str] = []
    narrow: list[tuple[int, int]] = []
    try:
        for number, cells in _records(text):
            if not header:
                header = [_clean(cell).lower() for cell in _trimmed(cells)]
                if not _check_header(header, file, number, required, optional, problems):
                    return []
            elif len(fitted := _trimmed(cells, len(header))) != len(header):
                narrow.append((number, len(fitted)))
            else:
                cleaned = [_clean(cell) for cell in fitted]
                for column, cell in zip(header, cleaned, strict=True):
                    if wrong := words(cell):
                        problems.add(Problem(file, *wrong, row=number, column=column))
                rows.append(Row(file, number, dict(zip(header, cleaned, strict=True))))
    except _BrokenTable as error:
        problems.add(
            Problem(file, say("table.malformed"), say("table.malformed_wanted"), row=error.args[0])
        )
    if not header:
        wanted = say("table.empty_wanted", columns=", ".join(required))
        problems.add(Problem(file, say("table.empty"), wanted, row=1))
    if not rows and len(narrow) > 1 and len({found for _, found in narrow}) == 1:
        problem = say("table.width_all", found=narrow[0][1], wanted=len(header))
        problems.add(Problem(file, problem, say("table.width_all_wanted"), row=narrow[0][0]))
        return []
    for number, found in narrow:
        problem = say("table.width", found=found, wanted=len(header))
        problems.add(Problem(file, problem, say("table.width_wanted"), row=number))
    return rows


def _trimmed(cells: list[str], width: int = 0) -> list[str]:
    """Return the cells without the empty ones at the end beyond `width`, as Excel leaves them."""
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _check_header(
    header: Sequence[str],
    file: str,
    number: int,
    required: Sequence[str],
    optional: Sequence[str],
    problems: Collector,
) -> bool:
    """Note what is wrong with the header; return whether the rows can be read by it."""
    for column in required:
        if column not in header:
            problems.add(
                Problem(
                    file,
                    say("table.column_missing", column=column),
                    say("table.column_missing_wanted"),
                    row=number,
                    column=column,
                )
            )
    for column in header:
        twice = header.count(column) > 1
        if twice or column not in (*required, *optional):
            key = "column_twice" if twice else "column_unknown" if column else "column_unnamed"
            problems.add(
                Problem(
                    file,
                    say(f"table.{key}", column=column),
                    say(f"table.{key}_wanted", columns=", ".join((*required, *optional))),
                    row=number,
                    column=column or None,
                )
            )
    return set(required) <= set(header)
