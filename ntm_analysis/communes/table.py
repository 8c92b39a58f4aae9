"""Reading a CSV table of people's data, row by row, with the place of every cell."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.language import say
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
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ")).strip()


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def read_table(
    path: Path,
    file: str,
    required: Sequence[str],
    optional: Sequence[str],
    problems: Collector,
) -> list[Row]:
    """Read a CSV file whose first row names the columns.

    Commas or semicolons separate cells, as Excel writes them in one country or another.

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
        The rows that can be read; blank rows are left out.
    """
    try:
        text = read_text(path, file)
    except DataErrors as error:
        problems.extend(error)
        return []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    header: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1:
                header = [_clean(cell).lower() for cell in cells]
                _check_header(header, file, required, optional, problems)
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problems.add(
                    Problem(
                        file,
                        say("table.width", found=len(cells), wanted=len(header)),
                        say("table.width_wanted"),
                        row=number,
                    )
                )
                continue
            rows.append(Row(file, number, dict(zip(header, map(_clean, cells), strict=True))))
    except csv.Error:
        problems.add(
            Problem(file, say("table.malformed"), say("table.malformed_wanted"), row=number + 1)
        )
    if not header:
        problems.add(
            Problem(
                file,
                say("table.empty"),
                say("table.empty_wanted", columns=", ".join(required)),
                row=1,
            )
        )
    return rows


def _check_header(
    header: Sequence[str],
    file: str,
    required: Sequence[str],
    optional: Sequence[str],
    problems: Collector,
) -> None:
    for column in required:
        if column not in header:
            problems.add(
                Problem(
                    file,
                    say("table.column_missing", column=column),
                    say("table.column_missing_wanted"),
                    row=1,
                    column=column,
                )
            )
    for column in header:
        if column not in (*required, *optional) or header.count(column) > 1:
            problems.add(
                Problem(
                    file,
                    say("table.column_unknown", column=column),
                    say("table.column_unknown_wanted", columns=", ".join((*required, *optional))),
                    row=1,
                    column=column or None,
                )
            )
