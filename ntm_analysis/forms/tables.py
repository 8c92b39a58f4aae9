"""The sheets of a filled-in form as the rows of the commune's files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ntm_analysis.communes.evidence import GRADES
from ntm_analysis.forms.cells import Place, Reader, verdict_words
from ntm_analysis.forms.drafts import certainty_words
from ntm_analysis.forms.layout import (
    COLUMNS,
    HIDDEN,
    MARK,
    SOURCE_ROWS,
    Kind,
    flatten,
    sheet_name,
)
from ntm_analysis.forms.workbook import Grid, find_row, letters
from ntm_analysis.language import LANGUAGES, say
from ntm_analysis.numbers.answers import ANSWERS
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.spelling import fold

_NUMBERS: Final = frozenset({
    "population", "criteria_met", "criteria_total", "indicators_met", "indicators_total",
    "recognised", "year", "until", "rate",
})  # fmt: skip
_DATES: Final = frozenset({"from", "date"})
_TRUTHS: Final = frozenset({"synthetic", "declared_complete", "present", "drafted"})


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
    places : dict
        Where things stand: (`figures` or `evidence`, row from 0, column) and (`profile`, path)
        to cells.
    sheets : tuple of str
        The sheets that were read.
    """

    about: dict[str, str]
    profile: dict[str, Any] = field(default_factory=dict)
    figures: list[dict[str, str]] = field(default_factory=list)
    evidence: list[dict[str, str]] = field(default_factory=list)
    places: dict[tuple[Any, ...], Place] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()


def is_form(grids: list[Grid]) -> bool:
    """Return whether a workbook is a form of ours."""
    return any(grid.name == HIDDEN for grid in grids) or any(
        isinstance(cell, str) and cell.startswith(MARK)
        for grid in grids
        for row in grid.rows[:10]
        for cell in row
    )


def read_form(grids: list[Grid], reader: Reader) -> Form:
    """Return what a form holds; problems and conversions go to the reader."""
    by_kind = {kind: _sheet(grids, kind, reader) for kind in COLUMNS}
    form = Form(_about(grids))
    form.sheets = tuple(table.grid.name for table in by_kind.values() if table is not None)
    for kind in ("profile", "further"):
        sheet = by_kind[kind]
        if sheet is not None:
            _profile(sheet, form, reader)
    _sources(form, reader)
    found = {"figures": _figures, "evidence": _evidence, "targets": _targets}
    for kind, read in found.items():
        sheet = by_kind[kind]  # type: ignore[index]
        if sheet is not None:
            read(sheet, form, reader)
        elif kind == "figures":
            names = " / ".join(dict.fromkeys(sheet_name(kind, lang) for lang in LANGUAGES))
            place = Place(names, 1, "A")
            reader.problem(place, say("forms.sheet_missing"), say("forms.sheet_missing_wanted"))
    return form


def _about(grids: list[Grid]) -> dict[str, str]:
    hidden = next((grid for grid in grids if grid.name == HIDDEN), None)
    rows = hidden.rows if hidden else []
    return {str(row[0]): str(row[1]) for row in rows if len(row) > 1 and row[0]}


@dataclass(frozen=True)
class _Table:
    grid: Grid
    first: int
    columns: Mapping[str, int]

    def place(self, row: int, key: str) -> Place:
        return Place(self.grid.name, row + 1, letters(self.columns.get(key, 0)))

    def cell(self, row: int, key: str) -> Any:
        column = self.columns.get(key)
        return "" if column is None else self.grid.at(row, column)

    def rows(self) -> Iterator[int]:
        yield from range(self.first, len(self.grid.rows))


def _sheet(grids: list[Grid], kind: Kind, reader: Reader) -> _Table | None:
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


def _inputs(table: _Table, kind: Kind) -> list[list[Any]]:
    keys = [column.key for column in COLUMNS[kind] if column.input]
    rows = ([table.cell(row, key) for key in keys] for row in table.rows())
    return [row for row in rows if any(cell not in ("", None) for cell in row)]


def _table(grid: Grid, kind: Kind, names: Collection[str]) -> _Table | None:
    keys = [column.key for column in COLUMNS[kind]]
    marked = find_row(grid, [MARK + key for key in keys], min(len(keys), 3) - 1)
    named = grid.name.casefold() in names
    if marked is not None and (named or len(marked[1]) == len(keys)):
        columns = {key.removeprefix(MARK): place for key, place in marked[1].items()}
        return _Table(grid, _after_heading(grid, marked[0], kind), columns)
    if not named:
        return None
    for lang in LANGUAGES:
        titles = {column.title(lang): column.key for column in COLUMNS[kind]}
        headed = find_row(grid, list(titles), min(len(keys), 3) - 1)
        if headed is not None:
            columns = {titles[title]: place for title, place in headed[1].items()}
            return _Table(grid, headed[0] + 1, columns)
    return None


def _after_heading(grid: Grid, marks: int, kind: Kind) -> int:
    titles = [c.title(lang) for lang in LANGUAGES for c in COLUMNS[kind]]
    headed = find_row(Grid(grid.name, grid.rows[marks + 1 : marks + 6]), titles, 2)
    return marks + 2 + headed[0] if headed else marks + 1


# Each sheet -------------------------------------------------------------------------------------


_NO_CLASS = frozenset({"", "-", "–", "—", "khong", "none"})


def _profile(table: _Table, form: Form, reader: Reader) -> None:
    for row in table.rows():
        path = str(table.cell(row, "path")).strip()
        raw = table.cell(row, "value")
        place = table.place(row, "value")
        if path:
            form.places["profile", path] = place
        if not path or raw in (None, ""):
            if raw not in (None, ""):
                reader.problem(place, say("forms.no_path"), say("forms.no_path_wanted"), raw)
            continue
        value = _leaf(path, raw, place, reader)
        if value in ("", None):
            continue
        if path == "hamlets":
            for number, name in enumerate(n.strip() for n in str(value).split(";")):
                form.profile[f"hamlets.{number}"] = name
        elif path == "classes":
            named = [one.strip() for one in str(value).replace(",", ";").split(";")]
            form.profile[path] = [one for one in named if fold(one) not in _NO_CLASS]
        else:
            form.profile[path] = value


def _sources(form: Form, reader: Reader) -> None:
    """Turn the rows that declare papers into the profile's entries."""
    rows: dict[str, dict[str, Any]] = {}
    for path in [p for p in form.profile if p.startswith(f"{SOURCE_ROWS}.")]:
        _, number, leaf = path.split(".", 2)
        rows.setdefault(number, {})[leaf] = form.profile.pop(path)
    seen: set[str] = set()
    for number, row in rows.items():
        place = form.places[("profile", f"{SOURCE_ROWS}.{number}.key")]
        key = str(row.pop("key", ""))
        if not key or ":" in key or key in seen:
            told = "empty" if not key else "twice" if key in seen else "colon"
            wanted = say("forms.source_key_wanted")
            reader.problem(place, say(f"forms.source_key_{told}", name=key), wanted, key)
            continue
        seen.add(key)
        ((at, _),) = flatten({"sources": {key: 1}})
        for leaf, value in row.items():
            form.profile[f"{at}.{leaf}"] = value
            form.places["profile", f"{at}.{leaf}"] = form.places[
                "profile", f"{SOURCE_ROWS}.{number}.{leaf}"
            ]
        # A row without a title is missing just that, and the cell is this one.
        form.places.setdefault(
            ("profile", f"{at}.title"), form.places["profile", f"{SOURCE_ROWS}.{number}.title.vi"]
        )
        if not row:
            form.profile[f"{at}.title.vi"] = key


def _leaf(path: str, raw: Any, place: Place, reader: Reader) -> Any:
    last = path.rpartition(".")[2]
    if path.endswith(("period.from", "period.until")) or last in _DATES:
        return reader.date(raw, place)
    if last in ("status", "claimed"):
        return reader.choice(raw, place, verdict_words(), "forms.verdict")
    if last in _TRUTHS:
        word = reader.choice(raw, place, ANSWERS, "forms.yes_no")
        return {"yes": True, "no": False}.get(word, "")
    if path.startswith("sources.") and ".parts." in path:
        return _whole(raw, place, reader, last)
    if last in _NUMBERS and not path.endswith("plan.targets"):
        return _whole(raw, place, reader, last)
    if last == "code":
        text = reader.text(raw, place)
        return text.zfill(5) if text.isdecimal() and isinstance(raw, int | float) else text
    if isinstance(raw, bool):
        return raw
    return reader.text(raw, place)


def _whole(raw: Any, place: Place, reader: Reader, name: str) -> Any:
    variable = reader.book.variables.get("population" if name != "rate" else "insurance_rate")
    text = reader.figure(raw, variable, place)
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _figures(table: _Table, form: Form, reader: Reader) -> None:
    rows: list[tuple[float, dict[str, str], int]] = []
    names = _names(reader.book)
    for row in table.rows():
        name = _variable(table, row, names)
        raw = table.cell(row, "value")
        if (row, table.columns.get("value", 0)) in table.grid.hidden:
            place = table.place(row, "value")
            reader.problem(place, say("forms.merged"), say("forms.merged_wanted"))
            continue
        filled = [c.key for c in COLUMNS["figures"] if c.input and table.cell(row, c.key) != ""]
        if not filled or (not name and raw in ("", None)):
            continue
        if raw in ("", None) and not table.cell(row, "note"):
            continue
        if not name or (name not in reader.book.variables and raw in ("", None)):
            place = Place(table.grid.name, row + 1, letters(table.columns.get("_label", 1)))
            shown = table.cell(row, "_label")
            reader.problem(place, say("forms.no_variable"), say("forms.no_variable_wanted"), shown)
            continue
        rows.append((_order(table, row), _figure(table, row, name, reader), row))
    rows.sort(key=lambda item: item[0])
    for number, (_, made, row) in enumerate(rows):
        if not made["value"] and not reader.problems.problems:
            continue
        form.figures.append(made)
        for column in table.columns:
            form.places["figures", number, column] = table.place(row, column)


def _figure(table: _Table, row: int, name: str, reader: Reader) -> dict[str, str]:
    variable = reader.book.variables.get(name)
    column = table.columns.get("value", 0)
    percent = (row, column) in table.grid.percents
    made = {
        "variable": name,
        "value": reader.figure(
            table.cell(row, "value"), variable, table.place(row, "value"), percent=percent
        ),
        "unit": variable.unit if variable else "",
        "as_of": reader.date(table.cell(row, "as_of"), table.place(row, "as_of")),
    }
    primary = reader.choice(
        table.cell(row, "primary"), table.place(row, "primary"), ANSWERS, "forms.yes_no"
    )
    made["primary"] = "yes" if primary == "yes" else ""
    made["drafted"] = _drafted(table, row, reader)
    for key in ("indicator", "source", "note", "note_en", "year"):
        made[key] = reader.text(table.cell(row, key), table.place(row, key))
    made["source"] = made["source"] or f"{_FORM_SOURCE}:{table.place(row, 'value').column}{row + 1}"
    return made


def _drafted(table: _Table, row: int, reader: Reader) -> str:
    place = table.place(row, "drafted")
    return reader.choice(table.cell(row, "drafted"), place, certainty_words(), "forms.drafted")


_FORM_SOURCE: Final = "form"


def _names(book: Rulebook) -> dict[str, str]:
    names = {name.casefold(): name for name in book.variables}
    for name, variable in book.variables.items():
        for lang in LANGUAGES:
            names.setdefault(variable.label[lang].casefold(), name)
    return names


def _variable(table: _Table, row: int, names: Mapping[str, str]) -> str:
    for key in ("variable", "_label"):
        text = table.cell(row, key)
        if isinstance(text, str) and text:
            return names.get(text.casefold(), text if key == "variable" else "")
    return ""


def _order(table: _Table, row: int) -> float:
    order = table.cell(row, "_order")
    return float(order) if isinstance(order, int | float) else 1e9 + row


def _evidence(table: _Table, form: Form, reader: Reader) -> None:
    rows: list[tuple[float, dict[str, str], int]] = []
    for row in table.rows():
        filled = [c.key for c in COLUMNS["evidence"] if c.input and table.cell(row, c.key) != ""]
        code = reader.text(table.cell(row, "indicator"), table.place(row, "indicator"))
        if not filled or (not code and filled == ["_label"]):
            continue
        rows.append((_order(table, row), _proof(table, row, code, reader), row))
    rows.sort(key=lambda item: item[0])
    for number, (_, made, row) in enumerate(rows):
        form.evidence.append(made)
        for column in table.columns:
            form.places["evidence", number, column] = table.place(row, column)


def _proof(table: _Table, row: int, code: str, reader: Reader) -> dict[str, str]:
    made = {"indicator": code}
    raw = table.cell(row, "claimed_value")
    grades = {g for v in reader.book.variables.values() for g in v.grades}
    if isinstance(raw, str) and raw.casefold() in grades:
        made["claimed_value"] = raw.casefold()
    else:
        made["claimed_value"] = reader.figure(raw, None, table.place(row, "claimed_value"))
    made["claimed_verdict"] = reader.choice(
        table.cell(row, "claimed_verdict"), table.place(row, "claimed_verdict"), verdict_words(),
        "forms.verdict",
    )  # fmt: skip
    for key in ("issued_on", "valid_until", "confirmed_on"):
        made[key] = reader.date(table.cell(row, key), table.place(row, key))
    for key in ("document", "number", "issuer", "note", "document_en", "issuer_en", "note_en",
                "year", "file", "confirmed_by"):  # fmt: skip
        made[key] = reader.text(table.cell(row, key), table.place(row, key))
    grade = reader.text(table.cell(row, "grade"), table.place(row, "grade")).upper()
    if grade and grade not in GRADES:
        place = table.place(row, "grade")
        reader.problem(place, say("evidence.grade"), say("evidence.grade_wanted"), grade)
    made["grade"] = grade or "E"
    made["drafted"] = _drafted(table, row, reader)
    return made


def _targets(table: _Table, form: Form, reader: Reader) -> None:
    year = form.about.get("year") or "?"
    number = 0
    for row in table.rows():
        leaves = {}
        for column in COLUMNS["targets"]:
            raw = table.cell(row, column.key)
            if raw in ("", None):
                continue
            place = table.place(row, column.key)
            value = (
                _whole(raw, place, reader, "until")
                if column.key == "until"
                else reader.text(raw, place)
            )
            leaves[column.key] = value
            form.places["profile", f"appraisals.{year}.plan.targets.{number}.{column.key}"] = place
        if not leaves:
            continue
        for key, other in (
            ("name.vi", "name.en"),
            ("period.vi", "period.en"),
            ("text.vi", "text.en"),
        ):
            if key in leaves and other not in leaves:
                leaves[other] = leaves[key]
        for key, value in leaves.items():
            form.profile[f"appraisals.{year}.plan.targets.{number}.{key}"] = value
        number += 1


__all__ = ["Form", "flatten", "is_form", "read_form"]
