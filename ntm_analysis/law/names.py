"""Whose row it is: a printed name matched to a criteria set's indicators."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ntm_analysis.law.words import tokens
from ntm_analysis.rulebook import Indicator, LoadedSet

_BRACKETS: Final = re.compile(r"\([^()]*\)")
_PAIR: Final = 0.6
_OWN: Final = 0.6
"""How much the share of the row's words weighs against the share of the name's."""


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator that a name may mean.

    Attributes
    ----------
    code : str
    score : float
        How alike the names are, from 0 to 1.
    """

    code: str
    score: float


class Names:
    """The names of a criteria set, for matching.

    Parameters
    ----------
    loaded : LoadedSet
    """

    def __init__(self, loaded: LoadedSet) -> None:
        self.indicators = loaded.indicators
        single = {
            criterion.indicators[0].code: criterion.name.vi
            for criterion in loaded.criteria
            if len(criterion.indicators) == 1
        }
        self.forms = {
            code: tuple(dict.fromkeys(_forms(one, single.get(code))))
            for code, one in self.indicators.items()
        }
        self.complete = all(one.complete for one in loaded.criteria)
        self.criteria = {one.number: one.name.vi for one in loaded.criteria}
        counts = Counter(
            token
            for forms in self.forms.values()
            for token in {token for form in forms for token in tokens(form)}
        )
        self._counts, self._all = counts, max(1, len(self.forms))

    def matches(self, name: str) -> list[Match]:
        """Return all indicators by how well the name fits them, the best first.

        A set that has no indicators yet has one match, of none.
        """
        variants = {name, _BRACKETS.sub(" ", name)}
        found = [
            Match(code, max(self.likeness(one, form) for form in forms for one in variants))
            for code, forms in self.forms.items()
        ]
        return sorted(found, key=lambda match: -match.score) or [Match("", 0.0)]

    def likeness(self, name: str, form: str) -> float:
        """Return how alike two names are, from 0 to 1."""
        return _likeness(self, tokens(name), tokens(form))

    def weight(self, token: str) -> float:
        """Return how much a word says: the rarer in the set, the more."""
        rare = math.log(1 + self._all / (1 + self._counts[token]))
        return rare * (_PAIR if " " in token else 1.0)

    def criterion(self, name: str) -> int | None:
        """Return the criterion whose name it is; None if it is none."""
        best = max(self.criteria, key=lambda number: self.likeness(name, self.criteria[number]))
        return best if self.likeness(name, self.criteria[best]) >= _OWN else None


@lru_cache(maxsize=200_000)
def _likeness(names: Names, one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return 0.0
    shared = sum(names.weight(token) for token in set(one) & set(other))
    of_one = shared / sum(map(names.weight, one))
    of_other = shared / sum(map(names.weight, other))
    # a name made shorter says less and nothing else; so the row's own words weigh more
    return _OWN * of_one + (1 - _OWN) * of_other


def _forms(indicator: Indicator, criterion: str | None) -> Iterable[str]:
    name = indicator.name.vi
    yield name
    yield _BRACKETS.sub(" ", name)
    yield indicator.short.vi
    if criterion:
        yield criterion
    if len(indicator.limbs) > 1:
        yield from (
            limb.name.vi for limb in indicator.limbs[:1] if limb.name and len(limb.name.vi) > 20
        )
