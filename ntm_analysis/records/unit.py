"""A commune's identity from the list of administrative units: name, district, province, kin."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any, Final

from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.records.files import Record
from ntm_analysis.units import (
    FIRST_KNOWN,
    LAST_OLD,
    AdminUnit,
    predecessors,
    successors,
    unit_on,
)

_OWN: Final = ("name", "code", "district", "province")
_KIN: Final = ("formerly", "merged_into")


def find_unit(code: str, on: dt.date) -> AdminUnit:
    """Return the commune that bears a code on a day.

    Raises
    ------
    DataErrors
        If there is none, or it is no commune.
    """
    unit = unit_on(code, on)
    day = on.strftime("%d/%m/%Y")
    if unit is None:
        other = unit_on(code, LAST_OLD + dt.timedelta(days=1) if on <= LAST_OLD else LAST_OLD)
        told = say("units.unknown", code=code, on=day)
        wanted = say("units.unknown_wanted")
        if other is not None and on > LAST_OLD:
            into = "; ".join(f"{one.code} {one.full_name}" for one in successors(other))
            wanted = say("units.gone_wanted", name=other.full_name, into=into)
        raise DataErrors([Problem("--unit", told, wanted, value=code)])
    if not unit.is_commune:
        told = say("units.no_commune", code=code, name=unit.full_name, on=day)
        raise DataErrors([Problem("--unit", told, say("units.no_commune_wanted"), value=code)])
    return unit


def identity(unit: AdminUnit, on: dt.date) -> dict[str, Any]:
    """Return what `commune.yaml` holds of a unit: its name, code, place, and what it was or became.

    A unit that was divided became part of several, and which took its place is for a person to say.
    """
    found: dict[str, Any] = {"name": unit.name, "code": unit.code}
    if unit.district:
        found["district"] = unit.district_name
    found["province"] = unit.province
    if on > LAST_OLD:
        found["formerly"] = [_former(one) for one in predecessors(unit.code)]
    elif len(unit.into) == 1:
        found["merged_into"] = _former(successors(unit)[0])
    return found


def _former(unit: AdminUnit) -> dict[str, Any]:
    found: dict[str, Any] = {"name": unit.name, "code": unit.code}
    if unit.district:
        found["district"] = unit.district_name
    return found | {"province": unit.province, "until": LAST_OLD}


def remarks(unit: AdminUnit, on: dt.date) -> list[str]:
    """Return what is to be said of a unit found by its code."""
    lines = []
    if on < FIRST_KNOWN:
        lines.append(say("units.before_known", name=unit.full_name))
    if on <= LAST_OLD and len(unit.into) > 1:
        into = "; ".join(f"{one.code} {one.full_name}" for one in successors(unit))
        lines.append(say("units.divided", name=unit.full_name, into=into))
    if on > LAST_OLD:
        made_of = predecessors(unit.code)
        if same := [one for one in made_of if one.code == unit.code and one.name != unit.name]:
            lines.append(say("units.again", code=unit.code, name=same[0].full_name))
        lines.append(say("units.no_district"))
    return lines


def follow(old: Record, unit: AdminUnit, on: dt.date) -> Record:
    """Return a commune whose last year is that of another unit: earlier years keep their identity.

    So a commune that was merged or renamed is one commune over the years, under the names of each.
    """
    made = copy.deepcopy(old)
    now = identity(unit, on)
    if all(made.profile.get(key) in (None, now.get(key)) for key in ("name", "province")):
        for key in ("code", *_KIN):
            if key in now:
                made.profile.setdefault(key, now[key])
        return made
    before = {key: made.profile[key] for key in _OWN if made.profile.get(key) is not None}
    for year, appraisal in made.appraisals.items():
        if year <= on.year:
            appraisal.setdefault("identity", {})
            appraisal["identity"] = before | appraisal["identity"]
    for key in (*_OWN, *_KIN):
        made.profile.pop(key, None)
    made.profile = {"id": made.profile["id"], **now,
                    **{k: v for k, v in made.profile.items() if k != "id"}}  # fmt: skip
    return made
