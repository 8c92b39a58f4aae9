"""Figures that are hardly so: of another magnitude, or with a point that parts thousands.

What is doubtful is a problem until a person confirms it in the note of the figure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ntm_analysis.language import say, typed, user_lang
from ntm_analysis.numbers import format_number
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import Rulebook, Variable
from ntm_analysis.rulebook.units import Plausible

if TYPE_CHECKING:
    from ntm_analysis.communes.figures import Reading

_CONFIRMED: Final = re.compile(r"(?:^|[.;:,(–-]\s*)(?:đã kiểm tra|checked)\b", re.IGNORECASE)
_THREE_DECIMALS: Final = re.compile(r"^[1-9]\d{0,2}\.\d{3}$")


def is_confirmed(note: str) -> bool:
    """Return whether a note says that somebody has checked the figure.

    Examples
    --------
    >>> is_confirmed("đã kiểm tra với Chi cục Thống kê"), is_confirmed("Not checked")
    (True, False)
    """
    return _CONFIRMED.search(note) is not None


def check_plausible(
    readings: Sequence[Reading], file: str, book: Rulebook, problems: Collector
) -> None:
    """Note the figures that are hardly so and that nobody has confirmed.

    Parameters
    ----------
    readings : sequence of Reading
    file : str
        The table, as named to the user.
    book : Rulebook
        Gives the ranges, by variable or unit.
    problems : Collector
    """
    for reading in readings:
        if reading.status != "number" or is_confirmed(reading.note + "; " + reading.note_en):
            continue
        variable = book.variables[reading.variable]
        range_ = variable.plausible or book.units[variable.unit].plausible
        found = _beyond(reading, range_) if range_ else None
        if found is not None:
            assert range_ is not None
            told = _told_range(found, range_, variable, book)
        elif other := _apart_by_thousand(reading, readings, book):
            told = _told_thousand(reading, other, book)
        else:
            continue
        problems.add(
            Problem(file, *told, row=reading.row, column="value", value=typed(reading.text))
        )


def _beyond(reading: Reading, range_: Plausible) -> float | None:
    """Return the end of a reading that lies beyond the range."""
    least = -math.inf if range_.least is None else range_.least
    most = math.inf if range_.most is None else range_.most
    ends = (end for end in (reading.low, reading.high) if math.isfinite(end))
    return next((end for end in ends if not least <= end <= most), None)


def _told_range(
    value: float, range_: Plausible, variable: Variable, book: Rulebook
) -> tuple[str, str]:
    lang = user_lang()
    unit = book.units[variable.unit].label[lang]
    key = "above" if range_.most is not None and value > range_.most else "below"
    end = range_.most if key == "above" else range_.least
    assert end is not None
    problem = say(
        f"figures.doubt_{key}", name=variable.label[lang], value=format_number(value, lang),
        end=format_number(end, lang), unit=unit, why=range_.why[lang],
    )  # fmt: skip
    meant = [
        say("figures.doubt_instead", unit=one.unit[lang], value=typed(_machine(value / one.factor)))
        for one in range_.instead
        if (range_.least or 0) <= value / one.factor <= (range_.most or math.inf)
    ]
    return problem, " ".join((*meant, say("figures.doubt_wanted")))


def _machine(value: float) -> str:
    return repr(round(value, 6)).removesuffix(".0")


# A point that parts thousands -------------------------------------------------------------------


def _apart_by_thousand(
    reading: Reading, readings: Sequence[Reading], book: Rulebook
) -> Reading | None:
    """Return the reading beside which 1.205 looks like 1205."""
    variable = book.variables[reading.variable]
    if variable.kind != "amount" or not _THREE_DECIMALS.match(reading.text):
        return None
    thousandfold = Fraction(reading.text) * 1000
    for other in _beside(reading, readings):
        value = Fraction(other.low)
        if value < 100 * Fraction(reading.text):
            continue
        name = book.variables[other.variable]
        if other.variable == reading.variable:
            close = Fraction(1, 2) <= thousandfold / value <= 2
        elif other.variable in (variable.part_of, variable.expected_within):
            close = Fraction(1, 10) <= thousandfold / value <= 1
        else:
            close = reading.variable in (name.part_of, name.expected_within)
        if close:
            return other
    return None


def _beside(reading: Reading, readings: Sequence[Reading]) -> Iterator[Reading]:
    for other in readings:
        years = {reading.year, other.year} - {None}
        if other is not reading and other.exact and len(years) < 2:
            yield other


def _told_thousand(reading: Reading, other: Reading, book: Rulebook) -> tuple[str, str]:
    lang = user_lang()
    problem = say(
        "figures.doubt_thousand", text=typed(reading.text),
        name=book.variables[other.variable].label[lang], other=typed(other.text),
    )  # fmt: skip
    meant = say("figures.number_hint", hint=reading.text.replace(".", ""))
    return problem, f"{meant} {say('figures.doubt_wanted')}"
