"""Cells of text, names and days as people type them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from ntm_analysis.forms.marks import EMPTY_RESULT, UNCALCULATED
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.shown import shown
from ntm_analysis.forms.words import (
    clean,
    even,
)
from ntm_analysis.language import say, translate, typed
from ntm_analysis.numbers import parse_date
from ntm_analysis.placenames import proper_name
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.spelling import bare_name

_ERRORS: Final = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_NOTHING: Final = frozenset({"-", "–", "—", "…", "..."})
_SYMBOLS: Final = frozenset({
    "number", "source", "id", "key", "file", "round", "finding", "unit", "year", "name", "code",
})  # fmt: skip
"""Columns and entries of text that a day never is."""
_SERIAL: Final = (20000, 80000)
"""Serial numbers of days that spreadsheets use, from 1954 to 2119."""
_YEARS: Final = (1900, 2100)


@dataclass
class CellReader:
    """Turns cells of text and days into text, and collects what is wrong or read otherwise.

    Attributes
    ----------
    book : Rulebook
    file : str
        The workbook, as the user named it.
    problems : Collector
    conversions : list of (place, written, read)
        Cells that were read as something else than they look like.
    blanks : dict of place to written
        Cells that were left empty as what stands in them says that there is nothing: `-`, `…`.
    """

    book: Rulebook
    file: str
    problems: Collector
    conversions: list[tuple[str, str, str]] = field(default_factory=list)
    blanks: dict[str, str] = field(default_factory=dict)

    def problem(self, place: Place, problem: str, wanted: str, value: Any = None) -> None:
        """Note what is wrong with a cell."""
        seen = None if value in (None, "") else shown(value)
        self.problems.add(
            Problem(
                self.file, problem, wanted, sheet=place.sheet or None, row=place.row,
                column=place.column, value=seen, label=place.label,
            )
        )  # fmt: skip

    def note(self, place: Place, written: str, read: str) -> None:
        """Note a cell that is read as something else than it looks like."""
        where = f"{place} ({place.label})" if place.label else str(place)
        self.conversions.append((where, written, read))

    def text(self, value: Any, place: Place, *, lines: bool = False) -> str:
        """Return a plain text cell, as one line unless it may have several."""
        value = even(value) if lines else clean(value)
        if value in (None, ""):
            return ""
        if isinstance(value, str) and value in _NOTHING:
            self.blanks[str(place)] = value
            return ""
        if isinstance(value, bool):
            return translate("forms.yes" if value else "forms.no", "vi")
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, dt.datetime | dt.date):
            return (value.date() if isinstance(value, dt.datetime) else value).isoformat()
        text = str(value)
        if text in (UNCALCULATED, EMPTY_RESULT):
            key = "uncalculated" if text == UNCALCULATED else "empty_result"
            self.problem(place, say(f"forms.{key}"), say(f"forms.{key}_wanted"))
            return ""
        if text.upper() in _ERRORS:
            self.problem(place, say("forms.error"), say("forms.error_wanted"), text)
            return ""
        return text

    def name(self, text: str, kind: str, place: Place) -> str:
        """Return a unit's name without the word for what it is; capitals set right are told of."""
        bare, name = bare_name(text, kind), proper_name(text, kind)
        if name != bare:
            self.note(place, text, name)
        return name

    def undated(self, value: Any, place: Place, name: str) -> Any:
        """Return a cell of text in which Excel may have put a date for what was typed.

        `5/12` for a number of a document becomes a day: that is a problem; in a longer text the
        day is written out, and told of.
        """
        if not isinstance(value, dt.datetime | dt.date):
            return value
        day = shown(value)
        if name in _SYMBOLS:
            self.problem(place, say("forms.date_here"), say("forms.date_here_wanted"), day)
            return ""
        self.note(place, day, day)
        return day

    def date(self, value: Any, place: Place) -> str:
        """Return a date as `2024-11-26`: a date cell, a serial number, or day/month/year."""
        if self.several_lines(value, place):
            return ""
        value = clean(value)
        if isinstance(value, dt.datetime | dt.date):
            return self._date_cell(value, place)
        if isinstance(value, int | float) and not isinstance(value, bool):
            if _SERIAL[0] <= value <= _SERIAL[1]:
                day = (dt.date(1899, 12, 30) + dt.timedelta(days=int(value))).isoformat()
                self.note(place, shown(value), typed(day))
                return day
            if _YEARS[0] <= value <= _YEARS[1]:
                self._year_alone(int(value), place)
            else:
                self.problem(place, say("figures.date"), say("figures.date_wanted"), value)
            return ""
        text = self.text(value, place)
        if text.isdecimal() and len(text) == 4:
            self._year_alone(int(text), place)
            return ""
        if not text:
            return ""
        try:
            return parse_date(text).isoformat()
        except ValueError:
            self.problem(place, say("figures.date"), say("figures.date_wanted"), text)
            return ""

    def _date_cell(self, value: dt.date, place: Place) -> str:
        """Return a date cell's date; one before any that counts is a year typed into it."""
        day = value.date() if isinstance(value, dt.datetime) else value
        serial = (day - dt.date(1899, 12, 30)).days
        if serial >= _SERIAL[0]:
            return day.isoformat()
        wanted = say("forms.year_as_date_wanted")
        self.problem(place, say("forms.year_as_date", number=serial), wanted, day)
        return ""

    def _year_alone(self, year: int, place: Place) -> None:
        told = say("forms.year_alone", year=year)
        self.problem(place, told, say("forms.year_as_date_wanted"), str(year))

    def year(self, value: Any, place: Place) -> int | str:
        """Return a year of four digits; a day, or a year in a date format, is a problem."""
        value = clean(value)
        if isinstance(value, dt.datetime | dt.date):
            day = value.date() if isinstance(value, dt.datetime) else value
            serial = (day - dt.date(1899, 12, 30)).days
            meant = serial if _YEARS[0] <= serial <= _YEARS[1] else day.year
            self.problem(place, say("forms.year_dated"), say("forms.year_only", year=meant), day)
            return ""
        text = self.text(value, place)
        if not text:
            return ""
        if text.isdecimal() and len(text) == 4 and _YEARS[0] <= int(text) <= _YEARS[1]:
            return int(text)
        self.problem(place, say("forms.no_year"), say("forms.year_only", year=2025), text)
        return ""

    def several_lines(self, value: Any, place: Place) -> bool:
        """Return whether a cell that takes one value has text in several lines: a problem.

        Two numbers, one below the other, would else run together into a third.
        """
        lines = [line for line in even(value).split("\n") if line.strip()] if _is(value) else []
        if len(lines) > 1:
            self.problem(place, say("forms.lines"), say("forms.lines_wanted"), " ⏎ ".join(lines))
        return len(lines) > 1


def _is(value: Any) -> bool:
    return isinstance(value, str)
