"""The rows of the sheet on the appraising office as entries of `commune.yaml`."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.entries import kind_of
from ntm_analysis.forms.office_layout import (
    BY_NAME,
    CELLS,
    GROUP,
    Group,
    is_same_in_both,
    joined,
)
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.tables import Form, Table
from ntm_analysis.language import say

_TIMES: Final = ("begun", "ended")
_DAY: Final = 24 * 60


def read_office(table: Table, form: Form, reader: Reader) -> None:
    """Read what the office knows; rows that were put into a list belong to it."""
    base = f"appraisals.{form.about.get('year') or '?'}.office"
    group: Group | None = None
    number = 0
    for row in table.rows():
        path = str(table.cell(row, "path")).strip()
        if path.startswith(GROUP):
            group, number = BY_NAME.get(path.removeprefix(GROUP)), 0
            continue
        if not table.filled(row):
            continue
        if group is None or (group.entries and not path):
            place = table.place(row, "first")
            reader.problem(place, say("forms.no_path"), say("forms.office_no_row_wanted"))
            continue
        if not group.entries:
            path = joined(base, group.path, str(number))
            number += 1
        _read_row(table, row, group, path, form, reader)


def _read_row(table: Table, row: int, group: Group, path: str, form: Form, reader: Reader) -> None:
    for cell, leaf in zip(CELLS, group.leaves, strict=False):
        at = joined(path, leaf)
        place = table.place(row, cell)
        form.places["profile", at] = place
        value = _value(table.cell(row, cell), at, place, reader)
        if is_same_in_both(at):
            if value:
                form.profile[at] = value
            continue
        there = table.place(row, f"{cell}_en")
        english = _value(table.cell(row, f"{cell}_en"), at, there, reader)
        for lang, text, where in (("vi", value, place), ("en", english, there)):
            if text:
                form.profile[f"{at}.{lang}"] = text
                form.places["profile", f"{at}.{lang}"] = where
    for cell in CELLS[len(group.leaves) :]:
        if table.cell(row, cell) not in ("", None):
            told, wanted = say("forms.office_beside"), say("forms.office_beside_wanted")
            reader.problem(table.place(row, cell), told, wanted, table.cell(row, cell))


def _value(raw: Any, path: str, place: Place, reader: Reader) -> Any:
    if raw in ("", None):
        return ""
    if kind_of(path) == "date":
        return reader.date(raw, place)
    leaf = path.rpartition(".")[2]
    if leaf in _TIMES and (minutes := _minutes(raw)) is not None:
        return f"{minutes // 60} giờ {minutes % 60:02d}"
    raw = reader.undated(raw, place, leaf)
    return reader.text(raw, place, lines=True)


def _minutes(raw: Any) -> int | None:
    """Return the minutes since midnight of a time that Excel made of `8:05`; a part of a day."""
    if isinstance(raw, dt.time):
        return raw.hour * 60 + raw.minute
    if isinstance(raw, float) and 0 < raw < 1:
        return round(raw * _DAY)
    return None
