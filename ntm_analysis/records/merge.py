"""A year's data put beside those of other years, which stay as they are."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pydantic import ValidationError

from ntm_analysis.communes.papers import Source
from ntm_analysis.language import LANGUAGES
from ntm_analysis.records.files import TABLES, Record, Row, is_unnamed, unnamed

IDENTITY: Final = (
    "name",
    "code",
    "district",
    "province",
    "hamlets",
    "population",
    "classes",
    "note",
)
"""What may differ from year to year: the entries of `Identity`."""
NO_DISTRICTS: Final = dt.date(2025, 7, 1)
"""From this day there are no districts: an empty one is no omission."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows of a table for one year.

    Attributes
    ----------
    read, added, changed, removed : int
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def moves(self) -> bool:
        """Whether anything differs from before."""
        return bool(self.added or self.changed or self.removed)

    @property
    def takes_more(self) -> bool:
        """Whether more is taken away than is brought."""
        return self.removed > self.read


@dataclass(frozen=True, slots=True)
class Change:
    """What a merge does to a commune.

    Attributes
    ----------
    record : Record
        The commune as it will be.
    year : int
    figures, evidence, decisions, requests, facts : Tally
    existed : bool
        Whether the year was there, with something that somebody entered.
    others : tuple of int
        The years that stay as they are.
    stamped : int
        Rows of these years that said no year, and now do.
    renamed : mapping of str to str
        Sources that another year uses otherwise: the key that they got here.
    moved : tuple of str
        Entries on the commune itself that the other years keep as they were.
    gone : tuple of str
        Entries of the appraisal that the year had and the new data have not.
    kept : tuple of str
        The tables that the new data do not have: the year's rows stay.
    """

    record: Record
    year: int
    figures: Tally
    evidence: Tally
    existed: bool
    others: tuple[int, ...] = ()
    stamped: int = 0
    renamed: Mapping[str, str] = field(default_factory=dict)
    moved: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    decisions: Tally = field(default_factory=Tally)
    requests: Tally = field(default_factory=Tally)
    facts: Tally = field(default_factory=Tally)
    kept: tuple[str, ...] = ()


def merge_year(
    old: Record | None, new: Record, year: int, brings: Collection[str] = ("figures", "evidence")
) -> Change:
    """Return a commune with the data of one year put in, or in place of what it had of that year.

    Parameters
    ----------
    old : Record or None
        The commune as it is.
    new : Record
        The same commune with that one year.
    year : int
    brings : collection of str
        The tables that the new data have; of the others the year's rows stay.
    """
    if old is not None:
        new = _completed(new, old, year, brings)
        # A form whose sheet on the office is blank, or that has none, takes nothing away.
        if office := old.appraisals.get(year, {}).get("office"):
            new = copy.deepcopy(new)
            new.appraisals[year].setdefault("office", office)
    tallies: dict[str, Any] = {name: tally(old, new, year, name) for name in TABLES}
    tallies["kept"] = tuple(name for name in TABLES if name not in brings)
    if old is None:
        return _change(tallies, _alone(new, year), year, existed=False)
    pristine = old.is_pristine(year)
    existed = year in old.years and not pristine
    others = tuple(other for other in old.years if other != year)
    new_entries = {key for key, value in new.appraisals[year].items() if value}
    held = old.appraisals.get(year, {}) if existed else {}
    gone = tuple(k for k in held if held[k] and k not in new_entries and k != "identity")
    new = copy.deepcopy(new)
    if pristine and year in old.appraisals:
        _fill(new, old, year)
    if not others:
        for key in ("formerly", "merged_into"):
            if key in old.profile:
                new.profile.setdefault(key, old.profile[key])
        _papers_of_facts(new, old)
        return _change(tallies, _alone(new, year), year, existed=existed, gone=gone)
    made = copy.deepcopy(old)
    stamped = stamp(made, others)
    renamed = _sources(made, new, year)
    moved = _identity(made, new, year)
    made.appraisals[year] = new.appraisals[year] | (
        {"identity": made.appraisals[year]["identity"]}
        if "identity" in made.appraisals.get(year, {})
        else {}
    )
    for name in TABLES:
        rows = [row for row in getattr(made, name) if row.get("year") != str(year)]
        rows += [{**row, "year": str(year)} for row in getattr(new, name)]
        setattr(made, name, sorted(rows, key=lambda row: row.get("year", "")))
    made.params[year] = new.params[year]
    return _change(
        tallies, made, year, existed=existed, others=others, stamped=stamped, renamed=renamed,
        moved=moved, gone=gone,
    )  # fmt: skip


def _change(
    tallies: Mapping[str, Any], record: Record, year: int, *, existed: bool, **told: Any
) -> Change:
    return Change(record, year, existed=existed, **tallies, **told)


def _completed(new: Record, old: Record, year: int, brings: Collection[str]) -> Record:
    """Return the new data with the old rows of the year in the tables that they lack."""
    there = year in old.years
    made = replace(new)
    for name in TABLES:
        if name not in brings:
            setattr(made, name, old.rows_of(getattr(old, name), year) if there else [])
    return made


def _papers_of_facts(new: Record, old: Record) -> None:
    """Keep the papers that facts name where the form that comes in does not list them."""
    listed: dict[str, Any] = new.profile.setdefault("sources", {})
    for key in dict.fromkeys(row.get("source", "").partition(":")[0] for row in new.facts):
        if key not in listed and key in (old.profile.get("sources") or {}):
            listed[key] = old.profile["sources"][key]
    if not listed:
        del new.profile["sources"]


def _alone(record: Record, year: int) -> Record:
    """Return the record with only that year of what a form of several years may hold."""
    made = copy.deepcopy(record)
    made.profile["appraisals"] = {year: made.appraisals[year]}
    return made


def stamp(record: Record, years: Sequence[int]) -> int:
    """Give every row without a year those that it has belonged to; return how many had none."""
    bare = 0
    for name in TABLES:
        rows: list[Row] = []
        for row in getattr(record, name):
            if row.get("year"):
                rows.append(row)
            else:
                bare += 1
                rows += [{**row, "year": str(year)} for year in years]
        setattr(record, name, rows)
    return bare


# Counting ---------------------------------------------------------------------------------------


_SAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "figures": ("value", "as_of", "source", "primary", "note", "drafted"),
    "evidence": (
        "claimed_value", "claimed_verdict", "document", "number", "issuer", "issued_on", "grade",
        "note", "drafted", "valid_until", "file", "confirmed_by", "confirmed_on",
    ),
    "decisions": ("decision", "by", "role", "on", "reason"),
    "facts": ("kind", "amount", "unit", "source", "text_en"),
    "requests": (
        "round", "to", "indicator", "finding", "asked_on", "due_on", "answered_on", "answer",
        "state", "question",
    ),
}  # fmt: skip
_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "figures": ("variable", "indicator"),
    "evidence": ("indicator",),
    "decisions": ("indicator", "round"),
    "requests": ("id",),
    "facts": ("indicator", "text", "place"),
}


def tally(old: Record | None, new: Record, year: int, table: str) -> Tally:
    """Return how many rows of a table come, change and go."""

    def counted(record: Record | None) -> dict[tuple[str, ...], Counter[tuple[str, ...]]]:
        found: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
        # Rows without a year are of the years that are there, not of one that comes.
        there = record is not None and year in record.years
        rows = record.rows_of(getattr(record, table), year) if record and there else []
        for row in rows:
            key = tuple(row.get(column, "") for column in _OF[table])
            says = tuple(row.get(column, "") or "" for column in _SAYS[table])
            found.setdefault(key, Counter())[says] += 1
        return found

    before, after = counted(old), counted(new)
    added = changed = removed = 0
    for key in {**before, **after}:
        was, now = before.get(key, Counter()), after.get(key, Counter())
        gone, come = (was - now).total(), (now - was).total()
        changed += min(gone, come)
        added += max(0, come - gone)
        removed += max(0, gone - come)
    return Tally(sum(count.total() for count in after.values()), added, changed, removed)


# A scaffold, sources, identity ------------------------------------------------------------------


def _fill(new: Record, old: Record, year: int) -> None:
    """Take over what a scaffold holds and the new data leave open."""
    for key, value in old.profile.items():
        if key not in ("appraisals", *new.profile) and not is_unnamed(value):
            new.profile[key] = value
    own = new.appraisals[year]
    for key, value in old.appraisals[year].items():
        if key not in own:
            own[key] = value


def _sources(made: Record, new: Record, year: int) -> dict[str, str]:
    """Add the new year's sources; one whose key means another paper elsewhere gets a new key."""
    known: dict[str, Any] = made.profile.setdefault("sources", {})
    incoming: Mapping[str, Any] = new.profile.get("sources") or {}
    used = set(_used(made, year))
    renamed: dict[str, str] = {}
    for key, paper in incoming.items():
        if key in known and _differ(known[key], paper) and key in used:
            fresh, number = f"{key}-{year}", 2
            while fresh in known and _differ(known[fresh], paper) and fresh in used:
                fresh, number = f"{key}-{year}-{number}", number + 1
            renamed[key] = fresh
        known[renamed.get(key, key)] = paper
    if not known:
        del made.profile["sources"]
    if renamed:
        for row in new.figures:
            row["source"] = _other(row.get("source", ""), renamed)
        _rename(new.appraisals[year], renamed)
    return renamed


def _differ(one: Any, other: Any) -> bool:
    """Return whether two papers are not the same: a bare title reads the same in both languages."""
    try:
        return Source.model_validate(one) != Source.model_validate(other)
    except ValidationError:
        return bool(one != other)


def _used(made: Record, year: int) -> Iterable[str]:
    for row in (*made.figures, *made.facts):
        if row.get("year") != str(year):
            yield row.get("source", "").partition(":")[0]
    for other, appraisal in made.appraisals.items():
        if other != year:
            yield from _named(appraisal)


def _named(node: Any, key: str = "") -> Iterable[str]:
    if isinstance(node, Mapping):
        for name, value in node.items():
            yield from _named(value, str(name))
    elif isinstance(node, list):
        for value in node:
            yield from _named(value)
    elif key == "source" and isinstance(node, str):
        yield node.partition(":")[0]


def _rename(node: Any, renamed: Mapping[str, str]) -> None:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "source" and isinstance(value, str):
                node[name] = _other(value, renamed)
            else:
                _rename(value, renamed)
    elif isinstance(node, list):
        for value in node:
            _rename(value, renamed)


def _other(source: str, renamed: Mapping[str, str]) -> str:
    key, colon, place = source.partition(":")
    return f"{renamed.get(key, key)}{colon}{place}"


def _identity(made: Record, new: Record, year: int) -> tuple[str, ...]:
    """Put in what the commune is, so that each year keeps what it was; return what differs."""
    blank = unnamed()
    others = [other for other in made.appraisals if other != year]
    latest = all(year > other for other in others)
    before = made.appraisals.get(year, {}).pop("identity", None) or {}
    moved = []
    for key in IDENTITY:
        was, now = made.profile.get(key), new.profile.get(key)
        nothing: Any = [] if key == "hamlets" else None
        silent: list[Any] = [None, "", *blank, *([] if key == "classes" else [[]])]
        gone = key == "district" and was and not now and latest and _without_district(new, year)
        if (now in silent and not gone) or _same(key, now, was):
            if key in before and before[key] == nothing and now in silent and not latest:
                made.appraisals.setdefault(year, {}).setdefault("identity", {})[key] = nothing
            continue
        unsaid = was in silent
        if unsaid and (key in ("name", "province") or not others):
            made.profile[key] = now
            continue
        if not unsaid:
            moved.append(key)
        if latest:
            was = nothing if unsaid else was
            for other in others:
                made.appraisals[other].setdefault("identity", {}).setdefault(key, was)
            if gone:
                del made.profile[key]
            else:
                made.profile[key] = now
        else:
            made.appraisals.setdefault(year, {}).setdefault("identity", {})[key] = now
    for key, value in new.profile.items():
        if key not in ("appraisals", "sources", *IDENTITY) and (latest or key not in made.profile):
            made.profile[key] = value
    return tuple(moved)


def _same(key: str, now: Any, was: Any) -> bool:
    """Return whether two entries say the same: a bare note reads the same in both languages."""
    if key == "note":
        now, was = (
            dict.fromkeys(LANGUAGES, one) if isinstance(one, str) else one for one in (now, was)
        )
    return bool(now == was)


def _without_district(new: Record, year: int) -> bool:
    on = new.params.get(year, {}).get("on")
    return isinstance(on, dt.date) and on >= NO_DISTRICTS
