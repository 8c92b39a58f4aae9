"""Problems of the files that a form would make, told as problems of its cells."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from ntm_analysis.forms.bundle import FILES, Bundle
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.words import word_of
from ntm_analysis.language import say, typed, user_lang
from ntm_analysis.problems import Problem

_STEMS: Final = frozenset(FILES.values())
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST: Final = ("value", "indicator", "id", "decision", "text")
"""The columns that stand for a row where a fault has no cell of its own."""
_WORDS: Final = {
    "decision": "conclusion.", "to": "requests.to_word.", "state": "requests.state_word.",
    "claimed_verdict": "verdict.", "kind": "facts.kind_word.",
}  # fmt: skip


def placed(problem: Problem, one: Bundle, file: str) -> Problem:
    """Return a problem of a would-be file as one of the cell that it comes from."""
    stem = Path(problem.file).stem
    place = _of(problem, stem, one)
    told = problem.problem
    if problem.other is not None and stem in _STEMS:
        other = _row(stem, problem.other, problem.column, one)
        if other is not None:
            told = f"{told} {say('forms.see', place=_words(other))}"
    value = problem.value
    if value and ((stem == "figures" and problem.column == "value") or _DAY.fullmatch(value)):
        value = typed(value)
    if value and stem in _STEMS and problem.column in _WORDS:
        value = word_of(_WORDS[problem.column], value, user_lang())
    if place is None:
        return replace(
            problem, file=file, problem=told, sheet=_sheet(one), row=None, column=None, other=None,
            label="", value=value,
        )  # fmt: skip
    return replace(
        problem, file=file, problem=told, sheet=place.sheet or None, row=place.row,
        column=place.column, label=place.label, other=None, value=value,
    )  # fmt: skip


def _words(place: Place) -> str:
    return f"“{place.label}” ({place})" if place.label else str(place)


def _sheet(one: Bundle) -> str | None:
    found = (place.sheet for key, place in one.places.items() if key[0] == "profile")
    return next(found, "") or None


def _of(problem: Problem, stem: str, one: Bundle) -> Place | None:
    if stem in _STEMS and problem.row is not None:
        return _row(stem, problem.row, problem.column, one)
    if stem == "commune" and problem.column:
        return _entry(problem.column, one)
    if stem == one.id:
        return one.places.get(("profile", problem.column or ""))
    return None


def _row(stem: str, row: int, column: str | None, one: Bundle) -> Place | None:
    names = (column, *_FIRST)
    found = (one.places.get((stem, row - 2, name)) for name in names)
    return next((place for place in found if place is not None), None)


def _entry(path: str, one: Bundle) -> Place | None:
    """Return the cell of an entry of the profile, of one within it, or of what it is part of."""
    dotted = re.sub(r"\[(\d+)\]", r".\1", path)
    cells = {key[1]: place for key, place in one.places.items() if key[0] == "profile"}
    while dotted:
        if dotted in cells:
            return cells[dotted]
        within = (place for key, place in cells.items() if key.startswith(f"{dotted}."))
        if (place := next(within, None)) is not None:
            return place
        dotted = dotted.rpartition(".")[0]
    return None
