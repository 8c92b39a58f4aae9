"""Whether the communes that the law names by code are there, and in its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ntm_analysis.language import say
from ntm_analysis.rulebook.divisions import NATIONAL
from ntm_analysis.units import FIRST_KNOWN, LAST_OLD, AdminUnit, unit_on


def unit_problem(
    code: str, place: str, first: dt.date | None, last: dt.date | None
) -> tuple[str, str] | None:
    """Return what is wrong with a commune's code, and what to write; None if nothing is.

    Parameters
    ----------
    code : str
        Five digits.
    place : str
        Whose law names it.
    first, last : date or None
        The days for which it is named, where bounded.

    Notes
    -----
    Units that ended before 2025 are in no table at hand: a code of days before then alone is left
    to `ntm rules lint`.

    Examples
    --------
    >>> unit_problem("13456", "Hà Nam", dt.date(2024, 1, 1), None) is None
    True
    """
    if last is not None and last < FIRST_KNOWN:
        return None
    units = list(_units(code, first or FIRST_KNOWN, last))
    if not units:
        return say("places.no_unit", code=code), say("places.no_unit_wanted")
    if place != NATIONAL and place not in {unit.province for unit in units}:
        unit = units[0]
        told = say("places.unit_elsewhere", code=code, name=unit.full_name, place=unit.province)
        return told, say("places.unit_elsewhere_wanted", place=place)
    return None


def _units(code: str, first: dt.date, last: dt.date | None) -> Iterator[AdminUnit]:
    days = [day for day in (FIRST_KNOWN, LAST_OLD + dt.timedelta(1)) if last is None or day <= last]
    for day in days:
        if day > LAST_OLD or first <= LAST_OLD:
            unit = unit_on(code, day)
            if unit is not None:
                yield unit
