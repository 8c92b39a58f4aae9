"""The rows of the sheets on the commune and its appraisal as entries of `commune.yaml`."""

from __future__ import annotations

import re
from typing import Any, Final

from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.entries import kind_of
from ntm_analysis.forms.layout import COLUMNS, SOURCE_ROWS, flatten
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.requirement import read_target
from ntm_analysis.forms.tables import Form, Table
from ntm_analysis.forms.words import clean, even, keys_by_word
from ntm_analysis.language import say
from ntm_analysis.numbers.answers import ANSWERS
from ntm_analysis.spelling import fold

ONE_LINE: Final = frozenset({"id", "name", "code", "district", "province", "hamlets"})
"""Entries that are names: a line break in them is only how the cell was filled."""
NAMES: Final = {"name": "commune", "district": "district", "province": "province"}
YEARS: Final = ("year", "recognised", "until")
"""Entries that are years."""
_OTHER_YEAR: Final = re.compile(r"appraisals\.(\d+)\.")
_NO_CLASS: Final = frozenset({"", "-", "–", "—", "khong", "none"})
_PAPER: Final = {"key": "text", "date": "date"}


def read_profile(table: Table, form: Form, reader: Reader) -> None:
    """Read rows of an entry and its value."""
    for row in table.rows():
        path = str(table.cell(row, "path")).strip()
        raw = table.cell(row, "value")
        place = table.place(row, "value")
        year, other = form.about.get("year", ""), _OTHER_YEAR.match(path)
        if raw not in (None, "") and other is not None and year and other[1] != year:
            told = say("forms.path_year", other=other[1], year=year)
            reader.problem(place, told, say("forms.path_year_wanted"), path)
            continue
        before = form.places.get(("profile", path))
        if path and (before is None or path not in form.profile):
            form.places["profile", path] = place
        if not path or raw in (None, ""):
            if raw not in (None, ""):
                reader.problem(place, say("forms.no_path"), say("forms.no_path_wanted"), raw)
            continue
        if path == "classes" and isinstance(raw, str):
            named = [one.strip() for one in clean(raw).replace(",", ";").split(";")]
            form.profile[path] = [one for one in named if fold(one) not in _NO_CLASS]
            continue
        value = _leaf(path, raw, place, reader, percent=table.is_percent(row, "value"))
        if value in ("", None):
            continue
        if path in NAMES and isinstance(value, str):
            value = reader.name(value, NAMES[path], place)
        if before is not None and form.profile.get(path, value) != value:
            told = say("forms.path_twice", place=before)
            reader.problem(place, told, say("forms.path_twice_wanted"), raw)
            continue
        if path == "hamlets":
            names = [n.strip() for n in re.split(r"[\n;,]", str(even(raw)))]
            for number, name in enumerate(filter(None, names)):
                form.profile[f"hamlets.{number}"] = " ".join(name.split())
        else:
            form.profile[path] = value


def read_sources(form: Form, reader: Reader) -> None:
    """Turn the rows that declare papers into entries."""
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


def _leaf(path: str, raw: Any, place: Place, reader: Reader, *, percent: bool) -> Any:
    declares = path.startswith(f"{SOURCE_ROWS}.")
    last = path.rpartition(".")[2]
    kind = _PAPER.get(last, "text") if declares else kind_of(path)
    if kind == "date":
        return reader.date(raw, place)
    if kind == "verdict":
        return reader.choice(raw, place, keys_by_word("verdict."), "forms.verdict", "verdict.")
    if kind == "truth":
        word = reader.choice(raw, place, ANSWERS, "forms.yes_no")
        return {"yes": True, "no": False}.get(word, "")
    if last in YEARS and kind == "whole":
        return reader.year(raw, place)
    if kind in ("whole", "number"):
        return _number(raw, place, reader, whole=kind == "whole", percent=percent)
    raw = reader.undated(raw, place, last)
    if kind == "grade":
        return reader.text(raw, place).upper()
    if last == "code" and not declares:
        text = reader.text(raw, place)
        return text.zfill(5) if text.isdecimal() and isinstance(raw, int | float) else text
    if path in ONE_LINE or (declares and last == "key"):
        return reader.text(raw, place)
    return reader.text(raw, place, lines=True)


def _number(raw: Any, place: Place, reader: Reader, *, whole: bool, percent: bool) -> Any:
    """Return a whole number, or a rate in percent."""
    variable = reader.book.variables.get("population" if whole else "insurance_rate")
    text = reader.figure(raw, variable, place, percent=percent and not whole)
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def read_targets(table: Table, form: Form, reader: Reader) -> None:
    """Read the plan's targets, a row each."""
    base = f"appraisals.{form.about.get('year') or '?'}.plan.targets"
    number = 0
    for row in table.rows():
        if not table.filled(row):
            continue
        leaves: dict[str, Any] = {}
        for column in COLUMNS["targets"]:
            raw = table.cell(row, column.key)
            place = table.place(row, column.key)
            form.places["profile", f"{base}.{number}.{column.key}"] = place
            if raw in ("", None):
                continue
            if column.key == "until":
                leaves[column.key] = reader.year(raw, place)
            elif column.key == "indicator":
                leaves[column.key] = reader.code(raw, place, form.about.get("set", ""))
            else:
                lines = column.key not in ("unit", "requires")
                leaves[column.key] = reader.text(raw, place, lines=lines)
        read_target(leaves, form.about.get("set", ""), table.place(row, "requires"), reader)
        for key, value in leaves.items():
            if value not in ("", None):
                form.profile[f"{base}.{number}.{key}"] = value
        number += 1
