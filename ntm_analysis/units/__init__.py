"""Communes, wards and towns by their five-digit codes: before 1 July 2025, since, and the map.

The tables were made by `make.py` from the data set of vietnamadminunits 1.0.4 (MIT licence,
Copyright (c) 2025 Tran Ngoc Minh Hieu); see docs/decisions/0021-units-of-2025.md.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from ntm_analysis.spelling import bare_name, fold

LAST_OLD: Final = dt.date(2025, 6, 30)
"""The last day of the units of the first table; with it ended the districts."""
FIRST_KNOWN: Final = dt.date(2025, 1, 1)
"""The first day for which the table of old units is certain: it is of the first half of 2025."""


@dataclass(frozen=True, slots=True)
class AdminUnit:
    """A commune, ward, town or special zone.

    Attributes
    ----------
    code : str
        Five digits. Codes are used again: 13456 was xã Liêm Cần and is xã Liêm Hà.
    full_name : str
        With the word for what it is: `Xã Liêm Cần`.
    district : str
        With the word for what it is; empty since 1 July 2025.
    province : str
        Without the word for what it is.
    into : tuple of str
        The codes of the units of 1 July 2025 that it became part of; of several where it was
        divided.
    """

    code: str
    full_name: str
    district: str
    province: str
    into: tuple[str, ...] = ()

    @property
    def is_commune(self) -> bool:
        """Whether it is a commune, which alone can be a New Rural one."""
        return self.full_name.startswith("Xã ")

    @property
    def name(self) -> str:
        """The name as `commune.yaml` has it: without the word *xã*."""
        return bare_name(self.full_name, "commune")

    @property
    def district_name(self) -> str:
        """The district as `commune.yaml` has it: without the word *huyện*."""
        return bare_name(self.district, "district")


def unit_on(code: str, on: dt.date) -> AdminUnit | None:
    """Return the unit that bears a code on a day; None where there is none.

    Examples
    --------
    >>> unit_on("13456", dt.date(2024, 11, 26)).full_name
    'Xã Liêm Cần'
    >>> unit_on("13456", dt.date(2025, 11, 26)).full_name
    'Xã Liêm Hà'
    """
    return (_old() if on <= LAST_OLD else _new()).get(code)


def successors(unit: AdminUnit) -> tuple[AdminUnit, ...]:
    """Return the units of 1 July 2025 that a unit became part of."""
    new = _new()
    return tuple(new[code] for code in unit.into)


def predecessors(code: str) -> tuple[AdminUnit, ...]:
    """Return the units of which a unit of 1 July 2025 was made, in the order of their codes."""
    return tuple(_made_of().get(code, ()))


def units_called(name: str, on: dt.date) -> list[AdminUnit]:
    """Return the communes of a name on a day, whatever its capitals and accents.

    Examples
    --------
    >>> [unit.code for unit in units_called("Liêm Cần", dt.date(2025, 6, 30))]
    ['13456']
    """
    table = _old() if on <= LAST_OLD else _new()
    return [one for one in table.values() if one.is_commune and fold(one.name) == fold(name)]


def all_units() -> Iterable[AdminUnit]:
    """Return all units, those before 1 July 2025 first."""
    yield from _old().values()
    yield from _new().values()


@cache
def _old() -> dict[str, AdminUnit]:
    return {
        row["code"]: AdminUnit(
            row["code"],
            row["name"],
            row["district"],
            bare_name(row["province"], "province"),
            tuple(row["into"].split()),
        )
        for row in _table("before_2025_07.csv")
    }


@cache
def _new() -> dict[str, AdminUnit]:
    return {
        row["code"]: AdminUnit(row["code"], row["name"], "", bare_name(row["province"], "province"))
        for row in _table("from_2025_07.csv")
    }


@cache
def _made_of() -> dict[str, list[AdminUnit]]:
    found: dict[str, list[AdminUnit]] = {}
    for unit in _old().values():
        for code in unit.into:
            found.setdefault(code, []).append(unit)
    return found


def _table(name: str) -> Iterable[dict[str, str]]:
    text = resources.files("ntm_analysis.units").joinpath(name).read_text("utf-8")
    return csv.DictReader(text.splitlines())
