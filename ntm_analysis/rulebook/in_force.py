"""What is in force in a place on a day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from ntm_analysis.rulebook.chain import pick
from ntm_analysis.rulebook.divisions import NATIONAL, UNREAD, Division, Lack, Locality, Stand, stand
from ntm_analysis.rulebook.load import Rulebook
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Indicator, Limb, Variant
from ntm_analysis.rulebook.overlaps import worded_for
from ntm_analysis.rulebook.requirement import (
    UNKNOWN,
    UNPLACED,
    Requirement,
    parse_relative,
    parse_requirement,
)
from ntm_analysis.rulebook.rule import NoRulesError, Rule, RulesInForce
from ntm_analysis.rulebook.spans import InForce, Span, Threshold

__all__ = ["NATIONAL", "NoRulesError", "Rule", "RulesInForce", "pick", "rules_in_force"]


def rules_in_force(
    rulebook: Rulebook, set_key: str, place: str | Locality, on: dt.date
) -> RulesInForce:
    """Return the criteria set as in force in `place` on the day `on`.

    Parameters
    ----------
    rulebook : Rulebook
    set_key : str
        A key of `rulebook.sets`.
    place : str or Locality
        A province's name, or what the law needs to know of a commune's place.
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
    where = place if isinstance(place, Locality) else Locality(place)
    known = rulebook.worked_out
    told = ("told", set_key, where, on)
    if told not in known:
        known[told] = _told(rulebook, loaded, where, on)
    found: RulesInForce = known[told]
    if not found.rules:
        raise NoRulesError(f"{set_key}, {where.province}, {on}")
    return found


def _told(rulebook: Rulebook, loaded: LoadedSet, where: Locality, on: dt.date) -> RulesInForce:
    """Return the rules of a commune; those of all that stand where it does are worked out once."""
    known = rulebook.worked_out
    # Between two days on which anything changes the rules are the same.
    span = bisect_right(_days(rulebook, where.province), on)
    code = where.code if where.code in _own_codes(rulebook) else ""
    at = _standing(rulebook, loaded, where, on)
    lacking = tuple(sorted((key, lack.kind) for key, lack in at.lacks.items()))
    relative = tuple(
        _standing(rulebook, rulebook.sets[key], where, on).parts for key in _referred(rulebook)
    )
    key = (loaded.about.key, where.province, code, at.parts, lacking, relative, span)
    if key not in known:
        known[key] = _rules(rulebook, loaded, where, on)
    day = ("on", key, on)
    if day not in known:
        known[day] = RulesInForce(rulebook, loaded, where.province, on, known[key], at)
    shared: RulesInForce = known[day]
    return shared


def _standing(rulebook: Rulebook, loaded: LoadedSet, where: Locality, on: dt.date) -> Stand:
    key = ("stand", loaded.about.key, where, on)
    if key not in rulebook.worked_out:
        rulebook.worked_out[key] = stand(loaded.divisions, where, on)
    found: Stand = rulebook.worked_out[key]
    return found


def _own_codes(rulebook: Rulebook) -> frozenset[str]:
    """Return the codes of communes that have rules of their own."""
    if "codes" not in rulebook.worked_out:
        rulebook.worked_out["codes"] = frozenset(
            span.commune for span in _spans(rulebook) if span.commune
        )
    found: frozenset[str] = rulebook.worked_out["codes"]
    return found


def _referred(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the sets to which requirements of others refer."""
    if "referred" not in rulebook.worked_out:
        found = {
            relative.set
            for loaded in rulebook.sets.values()
            for indicator in loaded.indicators.values()
            for span in indicator.thresholds
            for text in span.stated("").values()
            if (relative := parse_relative(text)) is not None
        }
        rulebook.worked_out["referred"] = tuple(sorted(found & set(rulebook.sets)))
    keys: tuple[str, ...] = rulebook.worked_out["referred"]
    return keys


def _spans(rulebook: Rulebook) -> Iterable[Span]:
    for loaded in rulebook.sets.values():
        for indicator in loaded.indicators.values():
            yield from indicator.in_force
            yield from indicator.thresholds
            yield from indicator.variants


def _days(rulebook: Rulebook, place: str) -> list[dt.date]:
    """Return the days on which any rule that may hold in a place begins or is over."""
    if "days" not in rulebook.worked_out:
        every: dict[str, set[dt.date]] = {}
        after = dt.timedelta(days=1)
        divisions = [one for loaded in rulebook.sets.values() for one in loaded.divisions]
        ends: list[Span | Division] = [*_spans(rulebook), *divisions]
        for one in ends:
            days = every.setdefault(one.place, set())
            if one.from_ is not None:
                days.add(one.from_)
            if one.until is not None:
                days.add(one.until + after)
        rulebook.worked_out["days"] = every
    key = ("days", place)
    if key not in rulebook.worked_out:
        every = rulebook.worked_out["days"]
        found = every.get(place, set()) | every.get(NATIONAL, set())
        rulebook.worked_out[key] = sorted(found)
    days_of: list[dt.date] = rulebook.worked_out[key]
    return days_of


def _by_place(
    rulebook: Rulebook, set_key: str, kind: str, indicator: Indicator
) -> Mapping[str, list[Span]]:
    """Return an indicator's spans of one kind by their place."""
    key = ("spans", set_key, kind, indicator.code)
    if key not in rulebook.worked_out:
        found: dict[str, list[Span]] = {}
        for span in getattr(indicator, kind):
            found.setdefault(span.place, []).append(span)
        rulebook.worked_out[key] = found
    by_place: Mapping[str, list[Span]] = rulebook.worked_out[key]
    return by_place


class _Place:
    """What holds for one set at one place of the chain on one day."""

    def __init__(self, rulebook: Rulebook, loaded: LoadedSet, where: Locality, on: dt.date) -> None:
        self.rulebook, self.loaded, self.where, self.on = rulebook, loaded, where, on
        self.at = _standing(rulebook, loaded, where, on)

    def spans(self, kind: str, indicator: Indicator) -> list[Span]:
        """Return the spans that may hold here."""
        found = _by_place(self.rulebook, self.loaded.about.key, kind, indicator)
        return [*found.get(self.where.province, ()), *_nation(found, self.where.province)]

    def is_in_force(self, indicator: Indicator) -> bool:
        """Whether the indicator belongs to the set here; where its part is not told, it may."""
        found = pick(self.spans("in_force", indicator), self.at, self.on)
        if isinstance(found, Lack):
            return found.kind != "no_value"
        return found is not None and (not isinstance(found, InForce) or found.applies)

    def worded(self, indicator: Indicator) -> Indicator:
        """Return the indicator in the words that hold here: those of its nearest requirement."""
        if not indicator.variants:
            return indicator
        asked = pick(self.spans("thresholds", indicator), self.at, self.on)
        if isinstance(asked, Threshold):
            return worded_for(indicator, asked)
        found = pick(self.spans("variants", indicator), self.at, self.on)
        return found.of(indicator) if isinstance(found, Variant) else indicator

    def rule(self, indicator: Indicator) -> Rule:
        """Return the rule."""
        worded = self.worded(indicator)
        spans = [
            span
            for span in self.spans("thresholds", indicator)
            if isinstance(span, Threshold) and span.on(self.on)
        ]
        requirements: dict[str, Requirement] = {}
        held: dict[str, Threshold] = {}
        lacks: dict[str, Lack] = {}
        for limb in worded.limbs:
            own = [span for span in spans if limb.key in worded.by_limb(span.requires)]
            found = pick(own, self.at, self.on)
            if isinstance(found, Threshold):
                held[limb.key] = found
                text = worded.by_limb(found.requires)[limb.key].strip()
                requirements[limb.key], lack = self.required(text, limb)
            else:
                lack = found if isinstance(found, Lack) else UNREAD
                requirements[limb.key] = UNKNOWN if lack is UNREAD else UNPLACED
            if lack is not None:
                lacks[limb.key] = lack
        threshold = held.get(worded.own.key)
        return Rule(worded, threshold, requirements, self.rulebook.variables, held, lacks)

    def required(self, text: str, limb: Limb) -> tuple[Requirement, Lack | None]:
        """Return a requirement; one relative to another set's is worked out for here."""
        relative = parse_relative(text)
        if relative is None:
            requirement = parse_requirement(text, self.rulebook.scale_of(limb))
            if requirement.op != "unknown":
                return requirement, None
            return requirement, Lack("delegated") if text == "delegated" else UNREAD
        loaded = self.rulebook.sets[relative.set]
        there = _Place(self.rulebook, loaded, self.where, self.on)
        indicator = loaded.indicators[relative.code]
        if not there.is_in_force(indicator):
            return UNKNOWN, Lack("relative")
        other = there.rule(indicator)
        if other.own.threshold is None:
            lack = other.lacks.get(indicator.own.key, UNREAD)
            return other.own, lack if other.own.why != UNKNOWN.why else Lack("relative")
        threshold = relative.times * other.own.threshold
        shown = f"{float(threshold):.10g}"
        return Requirement(relative.op, threshold, f"{relative.op} {shown}"), None


def _nation(found: Mapping[str, list[Span]], province: str) -> list[Span]:
    return [] if province == NATIONAL else list(found.get(NATIONAL, ()))


def _rules(
    rulebook: Rulebook, loaded: LoadedSet, place: Locality | str, on: dt.date
) -> tuple[Rule, ...]:
    where = place if isinstance(place, Locality) else Locality(place)
    here = _Place(rulebook, loaded, where, on)
    return tuple(
        here.rule(indicator)
        for indicator in loaded.indicators.values()
        if here.is_in_force(indicator)
    )
