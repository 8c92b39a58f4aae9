"""Figures as reported: every reading of every variable, `figures.csv`."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ntm_analysis.communes.cells import (
    check_code,
    check_source,
    closest,
    read_date,
    read_drafted,
    read_year,
)
from ntm_analysis.communes.plausible import check_plausible, is_confirmed
from ntm_analysis.communes.table import Row, read_table
from ntm_analysis.communes.years import years_of
from ntm_analysis.language import LANGUAGES, in_workbook, say, typed, user_lang
from ntm_analysis.numbers import NotAFigure, ParsedFigure, parse_figure
from ntm_analysis.numbers.answers import Status, truth
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import Rulebook, Unit, Variable

COLUMNS = ("variable", "value", "unit", "as_of", "indicator", "source", "primary", "note")
OPTIONAL = ("year", "note_en", "drafted")
POSSIBLE: Final = "possible"
"""In the column `primary`: what the papers do not state, but their words allow."""
OLD = 5
"""Years before the appraisal's after which a figure is asked about, as its year may be a slip."""
_THOUSANDS = re.compile(r"^[1-9]\d{0,2}(?:[., ]\d{3})+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as reported in one place.

    Attributes
    ----------
    variable : str
        A name of the rulebook's variables.
    low, high : float
        The value, twice; or the ends of an inequality or a range (infinite where open-ended).
        A flag is 1 or 0, a grade its place on its scale from 0; NaN for a status word.
    low_open, high_open : bool
        Whether an end itself is excluded.
    status : {"number", "pending", "not_applicable"}
    text : str
        As written: `2696`, `>40`, `80-110`, `pending`.
    unit : str
        The variable's unit.
    as_of : date or None
        The day it speaks of.
    indicator : str
        The indicator under which it is reported; empty for a general figure.
    source : str
        Its place in the commune's papers: `report:151`.
    primary : bool
        Whether it is the one to assess with, where there are several.
    possible : bool
        Whether the papers do not state it, but their words allow it: verdicts are tried with it,
        and nobody is told that the papers say so.
    note, note_en : str
        What is weak or odd about it.
    year : int or None
        The appraisal it belongs to; None for all.
    row : int
        Its row in the file.
    drafted : {"", "sure", "likely", "guess"}
        How sure a program was that read it in a report, where nobody has confirmed it yet.
    """

    variable: str
    low: float
    high: float
    low_open: bool
    high_open: bool
    status: Status
    text: str
    unit: str
    as_of: dt.date | None
    indicator: str
    source: str
    primary: bool
    note: str
    note_en: str
    year: int | None
    row: int
    drafted: str = ""
    possible: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is a plain number."""
        return self.status == "number" and self.low == self.high

    @property
    def value_key(self) -> tuple[float, float, bool, bool, str]:
        """What makes two readings of one variable the same value."""
        if self.status != "number":
            return (0.0, 0.0, False, False, self.status)
        return (self.low, self.high, self.low_open, self.high_open, self.status)


def read_figures(
    path: Path,
    file: str,
    rulebook: Rulebook,
    codes: Collection[str] | None,
    sources: Collection[str],
    problems: Collector,
    years: Collection[int] = (),
) -> list[Reading]:
    """Read `figures.csv`.

    Parameters
    ----------
    path, file : Path, str
        The file, and its name for the user.
    rulebook : Rulebook
        Gives the variables and units.
    codes : collection of str or None
        The indicators that may be named; None where the criteria set is not known.
    sources : collection of str
        The papers that the `source` column may name before its colon.
    problems : Collector
        Takes every problem of every row.
    years : collection of int
        The years of the commune's appraisals.

    Returns
    -------
    list of Reading
        Those that are sound.
    """
    readings = []
    for row in read_table(path, file, COLUMNS, OPTIONAL, problems):
        reading = _reading(row, rulebook, codes, sources, problems)
        if reading is not None:
            readings.append(reading)
    _check_primaries(readings, file, years, problems)
    _check_days(readings, file, years, problems)
    check_plausible(readings, file, rulebook, problems)
    return readings


def _check_days(
    readings: Sequence[Reading], file: str, years: Collection[int], problems: Collector
) -> None:
    """Note the figures of a day far from the appraisal's: a slip of the pen, or out of date.

    One that is years old counts once its note says that it was checked.
    """
    for one in readings:
        last = one.year or max(years, default=0)
        if one.as_of is None or not last:
            continue
        if one.as_of.year > last + 1:
            told, wanted = say("figures.day_after", year=last), say("figures.day_after_wanted")
        elif one.as_of.year < last - OLD and not is_confirmed(f"{one.note}; {one.note_en}"):
            told = say("figures.day_before", year=last, years=OLD)
            wanted = say("figures.day_before_wanted")
        else:
            continue
        value = typed(one.as_of.isoformat())
        problems.add(Problem(file, told, wanted, row=one.row, column="as_of", value=value))


def _reading(
    row: Row,
    rulebook: Rulebook,
    codes: Collection[str] | None,
    sources: Collection[str],
    problems: Collector,
) -> Reading | None:
    found = len(problems.problems)
    name = row["variable"]
    variable = rulebook.variables.get(name)
    if variable is None:
        key = "figures.variable_unknown" if name else "figures.variable_empty"
        wanted = closest(name, rulebook.variables, f"{key}_wanted")
        problems.add(row.problem("variable", say(key, name=name), wanted))
    if row["indicator"]:
        check_code(row, codes, problems)
    as_of = read_date(row, "as_of", problems)
    year = read_year(row, problems)
    primary, possible = _primary(row, problems)
    check_source(row, sources, problems)
    if variable is None:
        return None
    unit = rulebook.units[variable.unit]
    if row["unit"].casefold() not in _unit_names(variable.unit, unit):
        problems.add(
            row.problem(
                "unit",
                say("figures.unit" if row["unit"] else "figures.unit_empty", name=name),
                say("figures.unit_wanted", unit=_either(variable.unit, unit.label[user_lang()])),
            )
        )
    parsed = read_value(row, variable, problems)
    if parsed is None or len(problems.problems) > found:
        return None
    low, high, low_open, high_open, status = parsed
    return Reading(
        variable=name,
        low=low,
        high=high,
        low_open=low_open,
        high_open=high_open,
        status=status,
        text=row["value"],
        unit=variable.unit,
        as_of=as_of,
        indicator=row["indicator"],
        source=row["source"],
        primary=primary,
        note=row["note"],
        note_en=row["note_en"],
        year=year,
        row=row.number,
        drafted=read_drafted(row, problems),
        possible=possible,
    )


def read_value(
    row: Row, variable: Variable, problems: Collector
) -> tuple[float, float, bool, bool, Status] | None:
    """Return the row's value as low end, high end, whether each is open, and status.

    None, and a problem noted, where it is not a value of the variable's kind.
    """
    text = row["value"]
    if not text:
        problems.add(
            row.problem("value", say("figures.value_empty"), say("figures.value_empty_wanted"))
        )
        return None
    if variable.absence is not None and text.casefold() in ("có", "không"):
        # "Không" may answer the requirement as well as say that nothing occurred.
        wanted = say("figures.absence_wanted", none=variable.absence.none[user_lang()])
        problems.add(row.problem("value", say("figures.absence", text=text), wanted))
        return None
    if variable.kind == "grade" and (place := _grade(text, variable)) is not None:
        return float(place), float(place), False, False, "number"
    try:
        parsed = parse_figure(text)
    except NotAFigure as error:
        problem = "kind" if variable.kind in ("flag", "grade") else "number"
        hint = _hint(text, error.hint, variable)
        problems.add(_bad_value(row, problem, variable, hint))
        return None
    if parsed.status in ("pending", "not_applicable"):
        status: Status = "pending" if parsed.status == "pending" else "not_applicable"
        return float("nan"), float("nan"), False, False, status
    if fault := _out_of_kind(text, parsed, variable):
        problems.add(_bad_value(row, fault, variable, _hint(text, "", variable)))
        return None
    return parsed.low, parsed.high, parsed.low_open, parsed.high_open, "number"


def _grade(text: str, variable: Variable) -> int | None:
    for place, grade in enumerate(variable.scale):
        names = {grade.key, *(grade.label[lang].casefold() for lang in LANGUAGES)}
        if text.casefold() in names:
            return place
    return None


def _bad_value(row: Row, fault: str, variable: Variable, hint: str) -> Problem:
    lang = user_lang()
    grades = ", ".join(
        grade.label[lang] if in_workbook() else _either(grade.key, grade.label[lang])
        for grade in variable.scale
    )
    if hint:
        wanted = say("figures.number_hint", hint=typed(hint))
    elif fault == "range":
        wanted = say("figures.range_wanted")
    else:
        wanted = say(f"figures.{variable.kind}_wanted", grades=grades)
    return row.problem("value", say(f"figures.{fault}", text=typed(row["value"])), wanted)


def _hint(text: str, hint: str, variable: Variable) -> str:
    """Return what is probably meant, if it would be a sound value of the variable."""
    if variable.kind == "count" and _THOUSANDS.match(text):
        return re.sub(r"\D", "", text)
    if not hint or _out_of_kind(hint, parse_figure(hint), variable):
        return ""
    return hint


def _out_of_kind(text: str, figure: ParsedFigure, variable: Variable) -> str | None:
    if figure.status != "number":
        return None
    low, high = figure.low, figure.high
    word = figure.text in ("yes", "no")
    if variable.kind == "grade" or word != (variable.kind == "flag"):
        return "kind"
    finite = [end for end in (low, high) if abs(end) != float("inf")]
    if any(end < 0 for end in finite) or (high == 0 and figure.high_open):
        return "negative"
    if low > high:
        return "range"
    if variable.kind == "count" and any(end != round(end) for end in finite):
        return "whole"
    above = any(end > 100 for end in finite) or (low == 100 and figure.low_open)
    if variable.kind == "percent" and above:
        return "percent"
    return None


def _either(*names: str) -> str:
    return " / ".join(dict.fromkeys(names))


def _unit_names(key: str, unit: Unit) -> set[str]:
    return {name.casefold() for name in (key, unit.label.vi, unit.label.en, unit.plural or key)}


def _primary(row: Row, problems: Collector) -> tuple[bool, bool]:
    """Return whether a figure is the primary one, and whether it is only possible."""
    if row["primary"] == POSSIBLE:
        return False, True
    answer = truth(row["primary"]) if row["primary"] else False
    if answer is None:
        problems.add(row.problem("primary", say("figures.primary"), say("figures.primary_wanted")))
    return bool(answer), False


def _check_primaries(
    readings: Sequence[Reading], file: str, appraised: Collection[int], problems: Collector
) -> None:
    years = {*appraised, *(reading.year for reading in readings if reading.year)}
    groups: dict[tuple[str, str, int | None], list[Reading]] = defaultdict(list)
    for reading in readings:
        for year in years_of(reading.year, years):
            groups[(reading.variable, reading.indicator, year)].append(reading)
    for (name, _, _), group in groups.items():
        primaries = [reading for reading in group if reading.primary]
        if len(primaries) > 1:
            first, *others = primaries
            for other in others:
                problems.add(
                    _row_problem(file, other, "primary", "figures.primary_twice", name, first.row)
                )
        elif not primaries and len(group) > 1:
            problems.add(
                _row_problem(file, group[-1], "primary", "figures.primary_none", name, group[0].row)
            )
        elif not primaries and group[0].possible:
            problems.add(
                _row_problem(file, group[0], "primary", "figures.possible_alone", name, None)
            )


def _row_problem(
    file: str, reading: Reading, column: str, key: str, name: str, row: int | None
) -> Problem:
    return Problem(
        file,
        say(key, name=name, row=row),
        say(f"{key}_wanted"),
        row=reading.row,
        column=column,
        value="yes" if reading.primary else POSSIBLE if reading.possible else None,
        other=row,
    )


def choose(readings: Iterable[Reading], variable: str, indicator: str) -> Reading | None:
    """Return the reading of `variable` with which `indicator` is assessed.

    The one reported under the indicator (the primary one, if there are several), else the
    general one (likewise), else None.
    """
    own: list[Reading] = []
    general: list[Reading] = []
    for reading in readings:
        if reading.variable == variable:
            if reading.indicator == indicator:
                own.append(reading)
            elif not reading.indicator:
                general.append(reading)
    for group in (own, general):
        if group:
            return next((reading for reading in group if reading.primary), group[0])
    return None
