"""What amending decisions changed, place by place: the rules, and the verdicts with them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ntm_analysis.assessment import VERDICTS, assess_many, readings_frame
from ntm_analysis.communes import Case
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.rulebook import NATIONAL, NoRulesError, Rule, RulesInForce, rules_in_force
from ntm_analysis.rulebook.spans import Span


@dataclass(frozen=True)
class Change:
    """A rule that an amendment changed.

    Attributes
    ----------
    code : str
    before, after : Rule or None
        None where the indicator is not in force.
    decision : str
        The key of the decision that set it; empty where that is not recorded.
    """

    code: str
    before: Rule | None
    after: Rule | None
    decision: str

    @property
    def unsure(self) -> bool:
        """Whether a requirement is not known on one side, so that it may not have changed."""
        if self.before is None or self.after is None:
            return False
        asked = (*self.before.requirements.values(), *self.after.requirements.values())
        return any(one.op == "unknown" for one in asked)


@dataclass(frozen=True)
class Amendment:
    """The last change of a set's rules in places where it changed alike.

    Attributes
    ----------
    day : date
        The first on which they were in force.
    places : tuple of str
    changes : tuple of Change
        In legal order.
    cases : tuple of Case
        Each commune's last year, in those places.
    """

    day: dt.date
    places: tuple[str, ...]
    changes: tuple[Change, ...]
    cases: tuple[Case, ...]

    @property
    def decisions(self) -> tuple[str, ...]:
        """The keys of the decisions that changed them, as far as they are recorded."""
        found = (change.decision for change in self.changes)
        return tuple(dict.fromkeys(key for key in found if key))

    def turned(self) -> pd.DataFrame:
        """Return the verdicts that differ: the same figures under the rules before and after.

        Columns: `commune`, `indicator`, `before`, `after` (empty where it is not in force).
        """
        frame = readings_frame([case.readings for case in self.cases])
        sides = []
        for rules in ([c.before for c in self.changes], [c.after for c in self.changes]):
            known = tuple(rule for rule in rules if rule is not None)
            some = replace(self.cases[0].rules, rules=known)
            found = assess_many(some, frame, len(self.cases), full=False)
            words = np.array(VERDICTS, dtype=object)[found.verdict]
            sides.append(dict(zip(found.codes, words, strict=True)))
        communes = [case.params.commune for case in self.cases]
        absent = np.full(len(communes), "", dtype=object)
        parts = []
        for change in self.changes:
            old, new = (side.get(change.code, absent) for side in sides)
            one = pd.DataFrame({"commune": communes, "indicator": change.code, "before": old,
                                "after": new})  # fmt: skip
            parts.append(one[one["before"] != one["after"]])
        return pd.concat(parts, ignore_index=True)


def amendments(programme: Programme) -> list[Amendment]:
    """Return the last amendment of each place, that of most communes first."""
    groups: dict[object, tuple[dt.date, tuple[Change, ...], list[str], list[Case]]] = {}
    by_place: dict[str, list[Case]] = {}
    for case in programme.latest_cases:
        by_place.setdefault(case.commune.province, []).append(case)
    for place, cases in sorted(by_place.items()):
        newest = max(cases, key=lambda case: case.params.on).rules
        found = last_change(newest)
        if found is None:
            continue
        day, changes = found
        key = (day, *((c.code, _texts(c.before), _texts(c.after), c.decision)
                      for c in changes))  # fmt: skip
        group = groups.setdefault(key, (day, changes, [], []))
        group[2].append(place)
        group[3].extend(cases)
    made = [Amendment(day, tuple(places), changes, tuple(cases))
            for day, changes, places, cases in groups.values()]  # fmt: skip
    return sorted(made, key=lambda one: len(one.cases), reverse=True)


def last_change(rules: RulesInForce) -> tuple[dt.date, tuple[Change, ...]] | None:
    """Return the last day on which the rules of a place changed, and how; None if never.

    The first day of the set is no change.
    """
    where = rules.stand.where if rules.stand else rules.place
    places = (rules.place, NATIONAL)
    days = {
        day
        for indicator in rules.loaded.indicators.values()
        for span in (*indicator.thresholds, *indicator.in_force)
        if span.place in places
        for day in (span.from_, span.until + dt.timedelta(days=1) if span.until else span.from_)
        if day <= rules.on
    }
    for day in sorted(days, reverse=True):
        try:
            before, after = (
                rules_in_force(rules.rulebook, rules.loaded.about.key, where, on)
                for on in (day - dt.timedelta(days=1), day)
            )
        except NoRulesError:
            continue
        changes = []
        for code in rules.loaded.indicators:
            old, new = before.by_code.get(code), after.by_code.get(code)
            if _texts(old) != _texts(new):
                changes.append(Change(code, old, new, _decision(new, rules.place, day)))
        if changes:
            return day, tuple(changes)
    return None


def _decision(rule: Rule | None, place: str, day: dt.date) -> str:
    """Return the key of the decision by which a rule begins there; empty where none is recorded."""
    if rule is None:
        return ""
    spans: list[Span] = [rule.threshold] if rule.threshold else []
    spans += [span for span in rule.indicator.in_force if span.place in (place, NATIONAL)]
    return next((span.decision for span in spans if span.from_ == day), "")


def _texts(rule: Rule | None) -> tuple[tuple[str, str], ...] | None:
    return None if rule is None else tuple((k, r.text) for k, r in rule.requirements.items())
