"""An indicator as it is in force, and a criteria set as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ntm_analysis.language import Lang
from ntm_analysis.rulebook.divisions import UNREAD, Lack, Stand
from ntm_analysis.rulebook.load import Rulebook
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Indicator, Limb
from ntm_analysis.rulebook.requirement import Requirement
from ntm_analysis.rulebook.spans import Threshold
from ntm_analysis.rulebook.variables import Variable

State = Literal["verified", "unverified", "delegated", "unknown"]


@dataclass(frozen=True)
class Rule:
    """An indicator as it is in force.

    Attributes
    ----------
    indicator : Indicator
        As worded there and then.
    threshold : Threshold or None
        The dated requirement in force of its own quantity; None where none is known.
    requirements : mapping of limb key to Requirement
        For every limb; `unknown` where none is stated.
    variables : mapping of str to Variable
        Those of the rulebook: what each figure can be.
    spans : mapping of limb key to Threshold
        The dated requirement in force of each limb that has one.
    lacks : mapping of limb key to Lack
        Why each unknown requirement is not known.
    """

    indicator: Indicator
    threshold: Threshold | None
    requirements: Mapping[str, Requirement]
    variables: Mapping[str, Variable] = field(default_factory=dict, repr=False, compare=False)
    spans: Mapping[str, Threshold] = field(default_factory=dict, repr=False, compare=False)
    lacks: Mapping[str, Lack] = field(default_factory=dict, compare=False)

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

    def printed(self, limb: str) -> str:
        """Return the decision's own words of what is required of a limb; empty if not kept."""
        span = self.spans.get(limb)
        return span.words(limb, self.indicator.own.key) if span else ""

    def state(self, limb: str) -> State:
        """Return how well a limb's threshold is known."""
        if self.requirements[limb].op == "unknown":
            lack = self.lacks.get(limb, UNREAD)
            return "delegated" if lack.kind == "delegated" else "unknown"
        span = self.spans.get(limb, self.threshold)
        return "verified" if span and span.verified else "unverified"

    @property
    def law(self) -> State:
        """How well its threshold is known: read in the decision itself, elsewhere, or not at all.

        An indicator of which any limb has no threshold is `unknown`, or `delegated` where the
        nation leaves it to the province and nobody has read what that decided.
        """
        found = {self.state(limb) for limb in self.requirements}
        order: tuple[State, ...] = ("unknown", "delegated", "unverified", "verified")
        return next(state for state in order if state in found)

    @property
    def lack(self) -> Lack | None:
        """Why its threshold is not known: that of its own quantity before those of other limbs."""
        unknown = [key for key, one in self.requirements.items() if one.op == "unknown"]
        return self.lacks.get(unknown[0], UNREAD) if unknown else None

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
    stand : Stand or None
        Where the commune stands in the set's regions, zones and groups.
    """

    rulebook: Rulebook
    loaded: LoadedSet
    place: str
    on: dt.date
    rules: tuple[Rule, ...]
    stand: Stand | None = field(default=None, compare=False)

    @cached_property
    def by_code(self) -> dict[str, Rule]:
        """The rules by indicator code."""
        return {rule.code: rule for rule in self.rules}

    @property
    def province_kind(self) -> str:
        """What the place is: `tỉnh`, or `thành phố` for a city under the central government."""
        known = self.rulebook.provinces.get(self.place)
        return known.kind if known else "tỉnh"

    @cached_property
    def content(self) -> Hashable:
        """What is asked, by which decision: where it is equal, communes are assessed alike."""
        return self.loaded.about.key, tuple(
            (
                rule.code,
                rule.indicator.combine,
                rule.decision,
                tuple((limb.kind, limb.unit, limb.formula) for limb in rule.indicator.limbs),
                tuple((r.text, r.why) for r in rule.requirements.values()),
            )
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

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        """Why the commune's place in a division is not known, once for each that matters."""
        found = [lack for rule in self.rules for lack in rule.lacks.values()]
        return tuple(
            {
                (lack.division.key, lack.kind): lack
                for lack in found
                if lack.division is not None and lack.kind in ("class", "several", "no_part")
            }.values()
        )


class NoRulesError(LookupError):
    """No indicator of the set is in force in that place on that day."""
