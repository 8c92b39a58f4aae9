"""The sheets of a workbook as tables: where each is, and what stands in its columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.layout import COLUMNS, HIDDEN, MARK, Kind, sheet_name
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.words import clean
from ntm_analysis.forms.workbook import Grid, find_row, letters
from ntm_analysis.language import LANGUAGES, say, user_lang


@dataclass
class Form:
    """A form as read.

    Attributes
    ----------
    about : dict
        What the hidden sheet says: set, place, on, year, lang.
    profile : dict
        Leaves of `commune.yaml` by path.
    figures, evidence : list of dict
        Rows of the tables.
    decisions, requests, facts : list of dict or None
        Likewise; None where the workbook has none, so that they stay as they are.
    places : dict
        Where things stand: (the file's name without its ending, row from 0, column) and
        (`profile`, path) to cells.
    sheets : tuple of str
        The sheets that were read.
    lacks : tuple of str
        Tables that a workbook of its kind never has, and `on` where no day was said.
    """

    about: dict[str, str]
    profile: dict[str, Any] = field(default_factory=dict)
    figures: list[dict[str, str]] = field(default_factory=list)
    evidence: list[dict[str, str]] = field(default_factory=list)
    decisions: list[dict[str, str]] | None = None
    requests: list[dict[str, str]] | None = None
    facts: list[dict[str, str]] | None = None
    places: dict[tuple[Any, ...], Place] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def is_form(grids: list[Grid]) -> bool:
    """Return whether a workbook is a form of ours."""
    return any(grid.name == HIDDEN for grid in grids) or any(
        isinstance(cell, str) and cell.startswith(MARK)
        for grid in grids
        for row in grid.rows[:10]
        for cell in row
    )


def about_of(grids: Sequence[Grid]) -> dict[str, str]:
    """Return what the hidden sheet says of the form."""
    hidden = next((grid for grid in grids if grid.name == HIDDEN), None)
    rows = hidden.rows if hidden else []
    return {str(row[0]): str(row[1]) for row in rows if len(row) > 1 and row[0]}


_LABELS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "figures": ("_label",),
    "evidence": ("indicator", "_name"),
    "decisions": ("_subject", "_name"),
    "requests": ("id",),
    "facts": ("indicator", "text"),
    "targets": ("name.vi", "name.en"),
    "profile": ("_label",),
    "office": ("_label",),
    "further": ("path",),
}
"""What names a row, for people."""
_LONGEST: Final = 60


@dataclass(frozen=True)
class Table:
    """A sheet with its columns by key.

    Attributes
    ----------
    kind : str
    grid : Grid
    first : int
        The first row below the headings, from 0.
    columns : mapping of str to int
    """

    kind: Kind
    grid: Grid
    first: int
    columns: Mapping[str, int]

    def place(self, row: int, key: str) -> Place:
        """Return where a cell stands, and what its row is called."""
        column = letters(self.columns.get(key, 0))
        return Place(self.grid.name, row + 1, column, self.label(row))

    def label(self, row: int) -> str:
        """Return what a row is called."""
        parts = (clean(self.cell(row, key)) for key in _LABELS[self.kind])
        text = " ".join(str(part) for part in parts if part not in ("", None)).rstrip("* ")
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def cell(self, row: int, key: str) -> Any:
        """Return what stands in a cell."""
        column = self.columns.get(key)
        return "" if column is None else self.grid.at(row, column)

    def is_percent(self, row: int, key: str) -> bool:
        """Return whether a cell is formatted as a percentage."""
        return (row, self.columns.get(key, -1)) in self.grid.percents

    def is_computed(self, row: int, key: str) -> bool:
        """Return whether a cell's text is what a formula gave."""
        return (row, self.columns.get(key, -1)) in self.grid.computed

    def filled(self, row: int) -> list[str]:
        """Return the columns for input in which a row says something."""
        inputs = [column.key for column in COLUMNS[self.kind] if column.input]
        return [key for key in inputs if self.cell(row, key) not in ("", None)]

    def order(self, row: int) -> float:
        """Return where the row stood in the file that the form was filled from; new ones last."""
        order = self.cell(row, "_order")
        return float(order) if isinstance(order, int | float) else 1e9 + row

    def rows(self) -> Iterator[int]:
        """Yield the rows below the headings."""
        yield from range(self.first, len(self.grid.rows))


def check_merged(table: Table, reader: Reader) -> None:
    """Note cells for input that a merged cell above them covers: what they held may be lost."""
    inputs = {table.columns.get(one.key): one.key for one in COLUMNS[table.kind] if one.input}
    for row, column in sorted(table.grid.hidden):
        if row >= table.first and column in inputs:
            place = table.place(row, inputs[column])
            reader.problem(place, say("forms.merged"), say("forms.merged_wanted"))


def find_sheet(grids: Sequence[Grid], kind: Kind, reader: Reader) -> Table | None:
    """Find a sheet by its hidden row of keys, else by its headings in either language.

    Several that differ, such as a copy that was filled while the original stayed empty, are a
    problem: nobody but the person can say which one counts.
    """
    names = {sheet_name(kind, lang).casefold() for lang in LANGUAGES}
    ordered = sorted(grids, key=lambda g: g.name.casefold() not in names)
    taken = {
        sheet_name(one, lang).casefold() for one in COLUMNS if one != kind for lang in LANGUAGES
    }
    ordered = [grid for grid in ordered if grid.name.casefold() not in taken - names]
    found = [table for grid in ordered if (table := _table(grid, kind, names))]
    if not found:
        return None
    first = found[0]
    if any(_inputs(other, kind) != _inputs(first, kind) for other in found[1:]):
        which = ", ".join(f"“{table.grid.name}”" for table in found)
        place = Place(first.grid.name, 1, "A")
        wanted = say("forms.sheets_twice_wanted")
        reader.problem(place, say("forms.sheets_twice", names=which), wanted)
    return first


def _inputs(table: Table, kind: Kind) -> list[list[Any]]:
    keys = [column.key for column in COLUMNS[kind] if column.input]
    rows = ([table.cell(row, key) for key in keys] for row in table.rows())
    return [row for row in rows if any(cell not in ("", None) for cell in row)]


def _table(grid: Grid, kind: Kind, names: Collection[str]) -> Table | None:
    keys = [column.key for column in COLUMNS[kind]]
    marked = find_row(grid, [MARK + key for key in keys], min(len(keys), 3) - 1)
    named = grid.name.casefold() in names
    if marked is not None and (named or len(marked[1]) == len(keys)):
        columns = {key.removeprefix(MARK): place for key, place in marked[1].items()}
        return Table(kind, grid, _after_heading(grid, marked[0], kind), columns)
    if not named:
        return None
    for lang in LANGUAGES:
        titles = {column.title(lang): column.key for column in COLUMNS[kind]}
        headed = find_row(grid, list(titles), min(len(keys), 3) - 1)
        if headed is not None:
            columns = {titles[title]: place for title, place in headed[1].items()}
            return Table(kind, grid, headed[0] + 1, columns)
    return None


def check_columns(table: Table, reader: Reader) -> None:
    """Note a column that a sheet cannot do without, and headings that nobody knows."""
    row = table.first - 1
    for key in _ESSENTIAL[table.kind]:
        if key not in table.columns:
            titles = {one.key: one.title(user_lang()) for one in COLUMNS[table.kind]}
            place = Place(table.grid.name, row + 1, "A")
            told = say("forms.column_gone", column=titles[key])
            reader.problem(place, told, say("forms.column_gone_wanted"))
    known = set(table.columns.values())
    for column, title in enumerate(table.grid.rows[row] if table.grid.rows else ()):
        below = (table.grid.at(one, column) for one in table.rows())
        if title and column not in known and any(cell not in ("", None) for cell in below):
            place = Place(table.grid.name, row + 1, letters(column))
            wanted = say("forms.heading_unknown_wanted")
            reader.problem(place, say("forms.heading_unknown"), wanted, title)


_ESSENTIAL: Final[Mapping[Kind, tuple[str, ...]]] = {
    "figures": ("value",),
    "evidence": ("indicator",),
    "decisions": ("decision",),
    "requests": ("id",),
    "facts": ("text",),
    "targets": ("name.vi",),
    "profile": ("path", "value"),
    "office": ("path", "first"),
    "further": ("path", "value"),
}


def _after_heading(grid: Grid, marks: int, kind: Kind) -> int:
    titles = [c.title(lang) for lang in LANGUAGES for c in COLUMNS[kind]]
    headed = find_row(Grid(grid.name, grid.rows[marks + 1 : marks + 6]), titles, 2)
    return marks + 2 + headed[0] if headed else marks + 1
