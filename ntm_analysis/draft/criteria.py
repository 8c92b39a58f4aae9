"""Which criterion of a set a heading of a report means."""

from __future__ import annotations

import re
from typing import Final

from ntm_analysis.law.words import tokens
from ntm_analysis.rulebook import RulesInForce

_ENOUGH: Final = 0.6
_NUMBER: Final = re.compile(r"\d+")


def alike(words: set[str], name: str) -> float:
    """Return how much of a name stands in some words, from 0 to 1."""
    own = set(tokens(name))
    return len(own & words) / len(own) if own else 0.0


def criterion_of(heading: str, number: int, rules: RulesInForce) -> int | None:
    """Return the criterion that a heading means; its name wins over its number.

    None where the number is not one of the set's and the name says nothing.
    """
    words = set(tokens(_NUMBER.sub(" ", heading)))
    scores = {
        each.number: alike(words, each.name["vi"])
        for each in rules.loaded.criteria
        if each.number in rules.by_criterion
    }
    best = max(scores, key=lambda each: scores[each], default=None)
    if best is None:
        return None
    if scores[best] >= _ENOUGH and scores[best] > scores.get(number, 0.0):
        return best
    return number if number in scores else None
