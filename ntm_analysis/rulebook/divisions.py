"""Regions, zones and groups of communes: who defines them, and where a commune stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ntm_analysis.language import Lang, Text, say, translate
from ntm_analysis.rulebook.spans import FiveDigits, Slug
from ntm_analysis.rulebook.units import Schema

NATIONAL = "Cả nước"


class Part(Schema):
    """A region, zone or group: who belongs to it.

    A commune belongs to it by any of what is given.

    Attributes
    ----------
    key : str
    name : Text
        As the decision's annex prints it.
    provinces : tuple of str
        The provinces of a region.
    communes : tuple of str
        Five-digit codes.
    former : tuple of str
        Codes of communes that ended before 1 January 2025, which no table of units holds.
    classes : tuple of str
        The classes of communes that belong to it: keys of `classes.yaml`.
    rest : bool
        Whether it takes all communes that no other part takes.
    """

    key: Slug
    name: Text
    provinces: tuple[str, ...] = ()
    communes: tuple[FiveDigits, ...] = ()
    former: tuple[FiveDigits, ...] = ()
    classes: tuple[Slug, ...] = ()
    rest: bool = False
    note: Text | None = None


class Division(Schema):
    """How a decision divides its place: into regions, zones or groups of communes.

    Attributes
    ----------
    key : str
    name : Text
        What its parts are called: *vùng*, *nhóm xã*.
    place : str
        A province, or `Cả nước`.
    from_, until : date or None
        The first and the last day of that division, where bounded.
    decision, source : str
    verified : bool
    parts : tuple of Part
    """

    key: Slug
    name: Text
    place: str = NATIONAL
    from_: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None
    decision: str
    source: str
    verified: bool = False
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    note: Text | None = None

    @model_validator(mode="after")
    def _apart(self) -> Self:
        keys = [part.key for part in self.parts]
        listed = [
            code for part in self.parts for code in (*part.communes, *part.former, *part.classes)
        ]
        provinces = [name for part in self.parts for name in part.provinces]
        for found in (keys, listed, provinces):
            twice = sorted({one for one in found if found.count(one) > 1})
            if twice:
                raise ValueError(say("divisions.twice", names=", ".join(twice)))
        if sum(part.rest for part in self.parts) > 1:
            raise ValueError(say("divisions.rest_twice"))
        return self

    def on(self, day: dt.date) -> bool:
        """Whether the place is divided so on that day."""
        return (self.from_ is None or self.from_ <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of communes that it asks for."""
        return tuple(one for part in self.parts for one in part.classes)


class ClassesFile(Schema):
    """`classes.yaml`: the classes of communes that divisions ask for, by key."""

    classes: dict[Slug, Text]


@dataclass(frozen=True, slots=True)
class Locality:
    """What the law needs to know of a commune's place.

    Attributes
    ----------
    province : str
    code : str
        The commune's five-digit code; empty where it is not known.
    classes : frozenset of str or None
        All of its classes, and the parts of divisions that it is told to belong to; None where
        nothing is told, which is not the same as none.
    """

    province: str
    code: str = ""
    classes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a requirement is not known.

    Attributes
    ----------
    kind : {"unread", "delegated", "class", "several", "no_part", "no_value", "relative"}
        Nobody has read it; the nation leaves it to the province; the commune's class is not told;
        it belongs to several parts; to none; its part has no value; what it refers to is unknown.
    division : Division or None
    parts : tuple of str
        Keys: those to choose from, or the one that has no value.
    """

    kind: Literal["unread", "delegated", "class", "several", "no_part", "no_value", "relative"]
    division: Division | None = None
    parts: tuple[str, ...] = ()

    def words(self, lang: Lang) -> str:
        """Return the reason in a short clause."""
        division = self.division
        names = {part.key: part.name[lang] for part in division.parts} if division else {}
        return translate(
            f"lack.{self.kind}",
            lang,
            division=division.name[lang] if division else "",
            parts="; ".join(names.get(key, key) for key in self.parts),
        )


UNREAD = Lack("unread")
Found = str | Lack


def part_of(division: Division, where: Locality) -> Found:
    """Return the key of the part to which a commune belongs, or why that is not known.

    What the commune is told to belong to goes first, then lists of communes, classes, lists of
    provinces, and last the part that takes all others.
    """
    told = where.classes or frozenset()
    ways = (
        [part.key for part in division.parts if part.key in told],
        [
            part.key
            for part in division.parts
            if where.code and where.code in (*part.communes, *part.former)
        ],
        [part.key for part in division.parts if not told.isdisjoint(part.classes)],
    )
    for found in ways:
        if len(found) > 1:
            return Lack("several", division, tuple(found))
        if found:
            return found[0]
    every = tuple(part.key for part in division.parts)
    if where.classes is None and division.classes:
        return Lack("class", division, every)
    if any(part.communes or part.former for part in division.parts) and not where.code:
        return Lack("class", division, every)
    for part in division.parts:
        if where.province in part.provinces:
            return part.key
    rest = next((part.key for part in division.parts if part.rest), None)
    return rest if rest is not None else Lack("no_part", division, every)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a commune stands in the divisions of a set on a day.

    Attributes
    ----------
    where : Locality
    parts : frozenset of str
        Keys of the parts to which it belongs.
    lacks : mapping of part key to Lack
        For every part of a division in which its place is not known.
    divisions : mapping of part key to Division
        All that divide its place.
    """

    where: Locality
    parts: frozenset[str]
    lacks: Mapping[str, Lack]
    divisions: Mapping[str, Division]


def stand(divisions: Sequence[Division], where: Locality, on: dt.date) -> Stand:
    """Return where a commune stands in the divisions of its province and of the nation."""
    parts: set[str] = set()
    lacks: dict[str, Lack] = {}
    held: dict[str, Division] = {}
    for division in divisions:
        if division.place not in (where.province, NATIONAL) or not division.on(on):
            continue
        held |= {part.key: division for part in division.parts}
        found = part_of(division, where)
        if isinstance(found, Lack):
            lacks |= {part.key: found for part in division.parts}
        else:
            parts.add(found)
    return Stand(where, frozenset(parts), lacks, held)


def known_classes(divisions: Iterable[Division], province: str) -> dict[str, Text]:
    """Return the parts of which a commune of a province may be told to be, with their names."""
    return {
        part.key: part.name
        for division in divisions
        if division.place in (province, NATIONAL)
        for part in division.parts
    }
