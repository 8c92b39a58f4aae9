"""The sheets of a law workbook as rows of texts, and the fields of the decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ntm_analysis.language import LANGUAGES, say, translate
from ntm_analysis.law.draft import read_annex
from ntm_analysis.numbers import parse_date
from ntm_analysis.problems import Collector, Problem

FIELDS: Final = (
    "set", "place", "decision", "date", "from", "until", "amends", "source", "entered_by",
)  # fmt: skip
NEW_SET: Final = (
    "set_name", "set_name_en", "level", "level_en", "criteria", "indicators", "first", "last",
)  # fmt: skip
_NEEDED: Final = ("set", "place", "decision", "from", "source")
_NEEDED_NEW: Final = ("set_name", "level")
_DAYS: Final = ("date", "from", "until", "first", "last")
_NUMBERS: Final = ("criteria", "indicators")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Attributes
    ----------
    file, name : str
    cells : mapping of row to mapping of column to str
        Rows from 1, columns from 0.
    """

    file: str
    name: str
    cells: Mapping[int, Mapping[int, str]]

    def problem(self, row: int, column: str, told: str, wanted: str, value: str = "") -> Problem:
        """Return a problem of a cell."""
        return Problem(self.file, told, wanted, self.name, row, column, value or None)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a table with a header.

    Attributes
    ----------
    sheet : Sheet
    row : int
    texts : mapping of column key to str
    labels : mapping of column key to str
        What the header calls the columns.
    """

    sheet: Sheet
    row: int
    texts: Mapping[str, str]
    labels: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.texts.get(key, "")

    def problem(self, key: str, told: str, wanted: str) -> Problem:
        """Return a problem of one of its cells."""
        return self.sheet.problem(self.row, self.labels.get(key, key), told, wanted, self[key])


def read_sheets(path: Path) -> dict[str, Sheet]:
    """Return the sheets of a workbook by their names."""
    found: dict[str, dict[int, dict[int, str]]] = {}
    name = ""
    for block in read_annex(path).blocks:
        if not block.table:
            name = block.text
            found[name] = {}
            continue
        found[name][block.number] = {cell.column: cell.text.strip() for cell in block.cells}
    return {name: Sheet(path.name, name, cells) for name, cells in found.items()}


def find_sheet(sheets: Mapping[str, Sheet], key: str) -> Sheet | None:
    """Return the sheet of that key, by its name in either language."""
    names = [translate(key, lang) for lang in LANGUAGES]
    return next((sheets[name] for name in names if name in sheets), None)


def need_sheet(sheets: Mapping[str, Sheet], key: str, file: str, problems: Collector) -> Sheet:
    """Return the sheet of that key; an empty one, and a problem noted, where there is none."""
    found = find_sheet(sheets, key)
    if found is None:
        told = say("law.no_sheet", sheet=say(key))
        problems.add(Problem(file, told, say("law.no_sheet_wanted")))
        return Sheet(file, say(key), {})
    return found


def table_rows(sheet: Sheet, prefix: str, keys: tuple[str, ...]) -> Iterator[SheetRow]:
    """Yield the rows of a sheet below its header, by the keys of its columns."""
    labels = {translate(f"{prefix}.{key}", lang): key for key in keys for lang in LANGUAGES}
    header = sheet.cells.get(1, {})
    columns = {labels[text]: column for column, text in header.items() if text in labels}
    heads = {key: header[column] for key, column in columns.items()}
    for row, cells in sheet.cells.items():
        texts = {key: cells.get(column, "") for key, column in columns.items()}
        if row > 1 and any(texts.values()):
            yield SheetRow(sheet, row, texts, heads)


def read_about(sheet: Sheet, problems: Collector, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the decision, days and numbers read; every fault is noted.

    Parameters
    ----------
    sheet : Sheet
    problems : Collector
    known : mapping
        The criteria sets by key: any other is a new one, and needs a name.
    """
    every = (*FIELDS, *NEW_SET)
    labels = {translate(f"law.fields.{key}", lang): key for key in every for lang in LANGUAGES}
    found: dict[str, Any] = {}
    where: dict[str, int] = {}
    for row, cells in sheet.cells.items():
        key = labels.get(cells.get(0, ""))
        if key:
            found[key], where[key] = cells.get(1, ""), row

    def problem(key: str, told: str, wanted: str) -> None:
        problems.add(sheet.problem(where.get(key, 0), "B", told, wanted, str(found.get(key, ""))))

    new = bool(found.get("set")) and found["set"] not in known
    needed = (*_NEEDED, *_NEEDED_NEW) if new and found.get("set_name") else _NEEDED
    for key in needed:
        if not found.get(key):
            told = say("law.about_missing", field=say(f"law.fields.{key}"))
            problem(key, told, say("law.about_missing_wanted"))
    for key in (one for one in _DAYS if found.get(one)):
        try:
            found[key] = parse_date(found[key])
        except ValueError:
            problem(key, say("figures.date"), say("law.date_wanted"))
    for key in (one for one in _NUMBERS if found.get(one)):
        if found[key].isdecimal():
            found[key] = int(found[key])
        else:
            problem(key, say("law.number"), say("law.number_wanted"))
    if new and not found.get("set_name"):
        told = say("law.set_differs", set=found["set"])
        problem("set", told, say("law.set_differs_wanted", sets=", ".join(known)))
    return found
