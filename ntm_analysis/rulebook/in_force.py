"""What is in force in a place on a day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

from ntm_analysis.language import Lang
from ntm_analysis.rulebook.load import Rulebook
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Indicator, Limb, Span, Threshold, Variable
from ntm_analysis.rulebook.requirement import (
    UNKNOWN,
    Requirement,
    parse_relative,
    parse_requirement,
)

NATIONAL = "Cả nước"
SpanT = TypeVar("SpanT", bound=Span)


@dataclass(frozen=True)
class Rule:
    """An indicator as it is in force.

    Attributes
    ----------
    indicator : Indicator
    threshold : Threshold or None
        The dated requirement in force; None where none is known.
    requirements : mapping of limb key to Requirement
        For every limb; `unknown` where none is stated.
    variables : mapping of str to Variable
        Those of the rulebook: what each figure can be.
    """

    indicator: Indicator
    threshold: Threshold | None
    requirements: Mapping[str, Requirement]
    variables: Mapping[str, Variable] = field(default_factory=dict, repr=False, compare=False)

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code

    @property
    def own(self) -> Requirement:
        """What is required of the indicator's own quantity."""
        return self.requirements[self.indicator.own.key]

    def limb(self, key: str) -> Limb:
        """Return the limb of that key."""
        return next(limb for limb in self.indicator.limbs if limb.key == key)

    @property
    def law(self) -> Literal["verified", "unverified", "unknown"]:
        """How well its threshold is known: read in the decision itself, elsewhere, or not at all.

        An indicator of which any limb has no threshold is `unknown`.
        """
        if any(one.op == "unknown" for one in self.requirements.values()):
            return "unknown"
        return "verified" if self.threshold and self.threshold.verified else "unverified"

    @property
    def decision(self) -> str:
        """The key of the decision that sets it; empty where unknown."""
        return self.threshold.decision if self.threshold else ""


@dataclass(frozen=True)
class RulesInForce:
    """A criteria set as it is in force in a place on a day.

    Attributes
    ----------
    rulebook : Rulebook
    loaded : LoadedSet
    place : str
    on : date
    rules : tuple of Rule
        In legal order.
    """

    rulebook: Rulebook
    loaded: LoadedSet
    place: str
    on: dt.date
    rules: tuple[Rule, ...]

    @cached_property
    def by_code(self) -> dict[str, Rule]:
        """The rules by indicator code."""
        return {rule.code: rule for rule in self.rules}

    @cached_property
    def content(self) -> Hashable:
        """What is asked, by which decision: where it is equal, communes are assessed alike."""
        return self.loaded.about.key, tuple(
            (rule.code, rule.decision, tuple(r.text for r in rule.requirements.values()))
            for rule in self.rules
        )

    @cached_property
    def by_criterion(self) -> dict[int, tuple[Rule, ...]]:
        """The rules of each criterion, in order; criteria without a rule in force are absent."""
        groups: dict[int, list[Rule]] = {}
        for rule in self.rules:
            groups.setdefault(rule.indicator.criterion, []).append(rule)
        return {number: tuple(rules) for number, rules in groups.items()}

    def name(self, lang: Lang) -> str:
        """Return the set's official name."""
        return self.loaded.about.name[lang]


class NoRulesError(LookupError):
    """No indicator of the set is in force in that place on that day."""


def pick(spans: Sequence[SpanT], place: str, on: dt.date) -> SpanT | None:
    """Return the span in force: the place's own before the national one, the latest first."""
    for where in (place, NATIONAL):
        covering = [span for span in spans if span.covers(where, on)]
        if covering:
            return max(covering, key=lambda span: span.from_)
    return None


def rules_in_force(rulebook: Rulebook, set_key: str, place: str, on: dt.date) -> RulesInForce:
    """Return the criteria set as in force in `place` on the day `on`.

    Parameters
    ----------
    rulebook : Rulebook
    set_key : str
        A key of `rulebook.sets`.
    place : str
        A province's name.
    on : date
        The day whose law applies.

    Raises
    ------
    KeyError
        If there is no such set.
    NoRulesError
        If none of its indicators is in force there and then.
    """
    loaded = rulebook.sets[set_key]
    # Between two days on which anything changes the rules are the same, and worked out once.
    known, key = rulebook.worked_out, (set_key, place, bisect_right(_days(rulebook, place), on))
    rules = known.get(key)
    if rules is None:
        rules = known[key] = _rules(rulebook, loaded, place, on)
    if not rules:
        raise NoRulesError(f"{set_key}, {place}, {on}")
    return RulesInForce(rulebook, loaded, place, on, rules)


def _days(rulebook: Rulebook, place: str) -> list[dt.date]:
    """Return the days on which any rule that may hold in a place begins or is over."""
    key = ("days", place)
    if key not in rulebook.worked_out:
        found = {
            day
            for loaded in rulebook.sets.values()
            for indicator in loaded.indicators.values()
            for span in (*indicator.in_force, *indicator.thresholds)
            if span.place in (place, NATIONAL)
            for day in (span.from_, span.until + dt.timedelta(days=1) if span.until else None)
            if day is not None
        }
        rulebook.worked_out[key] = sorted(found)
    days: list[dt.date] = rulebook.worked_out[key]
    return days


def _rules(rulebook: Rulebook, loaded: LoadedSet, place: str, on: dt.date) -> tuple[Rule, ...]:
    return tuple(
        _rule(rulebook, indicator, place, on)
        for indicator in loaded.indicators.values()
        if pick(indicator.in_force, place, on) is not None
    )


def _rule(rulebook: Rulebook, indicator: Indicator, place: str, on: dt.date) -> Rule:
    threshold = pick(indicator.thresholds, place, on)
    stated = indicator.by_limb(threshold.requires) if threshold else {}
    requirements = {
        limb.key: _required(rulebook, stated[limb.key], limb, place, on)
        if limb.key in stated
        else UNKNOWN
        for limb in indicator.limbs
    }
    return Rule(indicator, threshold, requirements, rulebook.variables)


def _required(rulebook: Rulebook, text: str, limb: Limb, place: str, on: dt.date) -> Requirement:
    """Return a requirement; one relative to another set is worked out for the place and day."""
    relative = parse_relative(text)
    if relative is None:
        return parse_requirement(text, rulebook.scale_of(limb))
    indicator = rulebook.sets[relative.set].indicators[relative.code]
    if pick(indicator.in_force, place, on) is None:
        return UNKNOWN
    other = _rule(rulebook, indicator, place, on)
    if other.own.threshold is None:
        return UNKNOWN
    threshold = relative.times * other.own.threshold
    shown = f"{float(threshold):.10g}"
    return Requirement(relative.op, threshold, f"{relative.op} {shown}")
