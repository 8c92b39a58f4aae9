"""The files of the rulebook that a workbook's cells make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from ntm_analysis.law.made import Made, criterion_files
from ntm_analysis.localities import province_in
from ntm_analysis.rulebook import NATIONAL, Rulebook
from ntm_analysis.rulebook.province import in_order
from ntm_analysis.spelling import slug


@dataclass(frozen=True, slots=True)
class Cell:
    """A requirement of one limb, as read from a cell.

    Attributes
    ----------
    code, limb : str
    part : str
        The region, zone or group; empty for the whole place.
    requires, printed, page : str
    checked : (str, date) or None
        The second person who checked it, and when.
    year : int or None
        The year for which alone it holds.
    """

    code: str
    limb: str
    part: str
    requires: str
    printed: str
    page: str
    checked: tuple[str, dt.date] | None
    year: int | None

    def of_limb(self, limb: str) -> Cell:
        """Return the same requirement of another limb."""
        return replace(self, limb=limb, printed="")


@dataclass(frozen=True, slots=True)
class Law:
    """What a workbook makes.

    Attributes
    ----------
    set_key : str
    name : str
        Of the decision's file.
    content : dict
        What that file holds.
    count, verified, unknown, delegated : int
        How many requirements it has, a second person checked, are not known, are left to provinces.
    unread : tuple of str
        Indicators, with region, zone or group, whose printed words nobody has read yet.
    files : dict of str to str
        The texts of all files, by their paths in the rulebook.
    proposed : tuple of (code, kind, unit, formula, like)
        Indicators whose kind and formula were proposed.
    """

    set_key: str
    name: str
    content: dict[str, Any]
    count: int
    verified: int
    unknown: int
    delegated: int = 0
    files: dict[str, str] = field(default_factory=dict)
    proposed: tuple[tuple[str, str, str, str, str], ...] = ()
    unread: tuple[str, ...] = ()


def law_of(
    about: Mapping[str, Any],
    place: str,
    decision: str,
    cells: Sequence[Cell],
    left_out: set[str],
    divisions: Sequence[dict[str, Any]],
    made: Made,
    book: Rulebook,
) -> Law:
    """Return the files that cells make."""
    content: dict[str, Any] = {"place": place, "decision": decision}
    if decision not in book.decisions:
        content["decisions"] = {decision: _decision(about, place, made)}
    content["from"] = about["from"]
    if about.get("until"):
        content["until"] = about["until"]
    if gone := sorted(left_out - {cell.code for cell in cells}, key=in_order):
        content["except"] = gone
    if divisions:
        content["divisions"] = list(divisions)
    key = str(about["set"])
    if made.set_file is None:
        if made.criteria:
            content["criteria"] = made.criteria
        if made.indicators:
            content["indicators"] = [
                {name: value for name, value in one.items() if name not in ("in_force", "source")}
                for one in made.indicators.values()
            ]
        if made.variables:
            content["variables"] = made.variables
    if made.variants:
        content["variants"] = made.variants
    known = [cell for cell in cells if cell.requires not in ("unknown", "delegated")]
    content["thresholds"] = _thresholds(cells)
    content["source"] = about["source"]
    content["verified"] = bool(known) and all(cell.checked for cell in known)
    name = f"{slug(place)}-{about['from'].isoformat()}-{slug(str(about['decision']))}.yaml"
    files = {f"{key}/provinces/{name}": text_of(content)}
    if made.set_file is not None:
        files[f"{key}/set.yaml"] = text_of(made.set_file)
        files |= {f"{key}/{n}": text_of(one) for n, one in criterion_files(made).items()}
        if made.variables:
            files[f"{key}/variables.yaml"] = text_of({"units": {}, "variables": made.variables})
    return Law(
        key,
        name,
        content,
        len(cells),
        sum(cell.checked is not None for cell in known),
        sum(cell.requires == "unknown" for cell in cells),
        sum(cell.requires == "delegated" for cell in cells),
        files,
        tuple(made.proposed),
    )


def _decision(about: Mapping[str, Any], place: str, made: Made) -> dict[str, Any]:
    name = made.book.sets[str(about["set"])].about.name
    known = made.book.provinces.get(place)
    kind = known.kind if known else "tỉnh"
    issuer = (
        {"vi": "Thủ tướng Chính phủ", "en": "Prime Minister"}
        if place == NATIONAL
        else {
            "vi": f"Ủy ban nhân dân {province_in(place, 'vi', kind)}",
            "en": f"People's Committee of {province_in(place, 'en', kind)}",
        }
    )
    found: dict[str, Any] = {
        "number": str(about["decision"]),
        "place": place,
        "issuer": issuer,
        "title": {"vi": f"Ban hành {name.vi}", "en": f"Issuing: {name.en}"},
        "source": about["source"],
    }
    if isinstance(about.get("date"), dt.date):
        found["date"] = about["date"]
    if about.get("amends"):
        home = "viet-nam" if place == NATIONAL else slug(place)
        named = [one.strip() for one in str(about["amends"]).split(";") if one.strip()]
        found["amends"] = [one if "@" in one else f"{one}@{home}" for one in named]
    return found


def _thresholds(cells: Sequence[Cell]) -> dict[str, Any]:
    """Return the requirements by code: the plain ones short, the others with all that is known."""
    by_code: dict[str, dict[tuple[Any, ...], list[Cell]]] = {}
    for cell in cells:
        alike = (cell.part, cell.year, cell.page, cell.checked)
        by_code.setdefault(cell.code, {}).setdefault(alike, []).append(cell)
    every: dict[str, set[str]] = {}
    for cell in cells:
        every.setdefault(cell.code, set()).add(cell.limb)
    found: dict[str, Any] = {}
    for code in sorted(by_code, key=in_order):
        entries = [_entry(group, every[code]) for group in by_code[code].values()]
        alone = entries[0] if len(entries) == 1 else entries
        found[code] = entries[0]["requires"] if list(alone) == ["requires"] else alone
    return found


def _entry(group: Sequence[Cell], limbs: set[str]) -> dict[str, Any]:
    first = group[0]
    one = len(limbs) == 1
    requires = {cell.limb: cell.requires for cell in group}
    printed = {cell.limb: cell.printed for cell in group if cell.printed}
    entry: dict[str, Any] = {"requires": first.requires if one else requires}
    if first.year is not None:
        entry |= {"from": dt.date(first.year, 1, 1), "until": dt.date(first.year, 12, 31)}
    if first.part:
        entry["division"] = first.part
    if printed:
        entry["printed"] = first.printed if one else printed
    if first.page:
        entry["page"] = first.page
    if first.checked is not None:
        entry |= {"verified": True, "checked_by": first.checked[0], "checked_on": first.checked[1]}
    return entry


def text_of(content: Mapping[str, Any]) -> str:
    """Return a file's text."""
    return yaml.dump(dict(content), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)


class _Plain(yaml.SafeDumper):
    """Writes what is said twice twice: no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return that nothing is an alias."""
        return True


def law_text(law: Law) -> str:
    """Return the text of the decision's file."""
    return law.files[f"{law.set_key}/provinces/{law.name}"]
