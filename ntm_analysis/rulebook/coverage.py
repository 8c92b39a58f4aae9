"""How much of the law is known: by criteria set, place and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ntm_analysis.rulebook.in_force import NoRulesError, rules_in_force
from ntm_analysis.rulebook.load import Rulebook
from ntm_analysis.rulebook.places import last_day_of
from ntm_analysis.rulebook.rule import Rule

_DIVIDED = ("class", "several", "no_part", "no_value")
State = Literal["complete", "partial", "unknown"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of a set in a place at the end of a year, or of the place in that year.

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
    delegated : int
        Those of them that the nation leaves to the province, whose value is not known.
    divided : int
        Those that have a value for some region, zone or group, and none for the whole place.
    """

    set: str
    place: str
    year: int
    listed: int
    known: int
    verified: int
    missing: tuple[str, ...]
    unlisted: tuple[int, ...]
    delegated: int = 0
    divided: int = 0

    @property
    def unverified(self) -> int:
        """Those whose threshold was read elsewhere than in the decision."""
        return self.known - self.verified

    @property
    def unknown(self) -> int:
        """Those of which nobody has read the threshold."""
        return self.listed - self.known - self.delegated

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
        rules = rules_in_force(book, key, place, last_day_of(book, place, year)).rules
    except NoRulesError:
        return Coverage(key, place, year, 0, 0, 0, (), unlisted)
    states = {rule.code: _state(rule) for rule in rules}
    missing = tuple(code for code, state in states.items() if state in ("unknown", "delegated"))
    count = Counter(states.values())
    return Coverage(
        key,
        place,
        year,
        len(rules),
        len(rules) - len(missing),
        count["verified"],
        missing,
        unlisted,
        count["delegated"],
        sum(rule.lack is not None and rule.lack.kind in _DIVIDED for rule in rules),
    )


def _state(rule: Rule) -> str:
    """Return how well a rule is known; of one that differs by region or zone, that of its parts."""
    if rule.lack is None or rule.lack.kind not in _DIVIDED:
        return rule.law
    parts = [span for span in rule.indicator.thresholds if span.division]
    known = [span for span in parts if not {"unknown"} & set(span.stated("own").values())]
    if not known:
        return "unknown"
    return "verified" if all(span.verified for span in known) else "unverified"
