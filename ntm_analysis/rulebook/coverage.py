"""How much of the law is known: by criteria set, place and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ntm_analysis.rulebook.in_force import NoRulesError, rules_in_force
from ntm_analysis.rulebook.load import Rulebook

State = Literal["complete", "partial", "unknown"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of a set in a place at the end of a year.

    Attributes
    ----------
    set, place : str
    year : int
    listed : int
        Indicators in force that the rulebook lists.
    known : int
        Those of them with a threshold.
    verified : int
        Those whose threshold was read in the decision itself.
    missing : tuple of str
        The codes without a threshold.
    unlisted : tuple of int
        Criteria whose indicators are not all listed.
    """

    set: str
    place: str
    year: int
    listed: int
    known: int
    verified: int
    missing: tuple[str, ...]
    unlisted: tuple[int, ...]

    @property
    def state(self) -> State:
        """`complete`: every indicator is listed with its threshold."""
        if self.known == 0:
            return "unknown"
        return "complete" if self.known == self.listed and not self.unlisted else "partial"


def coverage(book: Rulebook) -> Iterator[Coverage]:
    """Yield what is known of every set, place and year of the set's period."""
    for key, loaded in book.sets.items():
        if loaded.about.period is None:
            continue
        first, last = (day.year for day in loaded.about.days)
        for place in book.places_of(key):
            for year in range(first, last + 1):
                yield _one(book, key, place, year)


def _one(book: Rulebook, key: str, place: str, year: int) -> Coverage:
    loaded = book.sets[key]
    unlisted = tuple(c.number for c in loaded.criteria if not c.complete)
    try:
        rules = rules_in_force(book, key, place, dt.date(year, 12, 31)).rules
    except NoRulesError:
        return Coverage(key, place, year, 0, 0, 0, (), unlisted)
    missing = tuple(rule.code for rule in rules if rule.law == "unknown")
    verified = sum(rule.law == "verified" for rule in rules)
    return Coverage(
        key, place, year, len(rules), len(rules) - len(missing), verified, missing, unlisted
    )
