"""Section: what amending decisions changed, place by place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ntm_analysis.assessment import VERDICTS, assess_many, readings_frame
from ntm_analysis.communes import Case
from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.comparison.words import head, listed, required, section, signed, text
from ntm_analysis.language import translate
from ntm_analysis.numbers import format_date, format_number
from ntm_analysis.rulebook import (
    NATIONAL,
    NoRulesError,
    Rule,
    Rulebook,
    RulesInForce,
    rules_in_force,
)
from ntm_analysis.tables import Md, pipe_table

_DETAILED = 3
"""So many amendments are told in full; all are listed."""


@dataclass(frozen=True)
class Change:
    """A rule that an amendment changed; None where the indicator is not in force."""

    code: str
    before: Rule | None
    after: Rule | None

    @property
    def unsure(self) -> bool:
        """Whether a requirement is not known on one side, so that it may not have changed."""
        sides = [rule for rule in (self.before, self.after) if rule is not None]
        return any(one.op == "unknown" for rule in sides for one in rule.requirements.values())

    def decision(self, day: dt.date) -> str:
        """Return the key of the decision that set it; empty where that is not recorded."""
        if self.after is None:
            return ""
        spans = [self.after.threshold] if self.after.threshold else []
        spans += [span for span in self.after.indicator.in_force if span.from_ == day]  # type: ignore[misc]
        return next((span.decision for span in spans if span.from_ == day), "")


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
        found = (change.decision(self.day) for change in self.changes)
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
        key = (day, *((c.code, _texts(c.before), _texts(c.after), c.decision(day))
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
    where = (rules.place, NATIONAL)
    days = {
        day
        for indicator in rules.loaded.indicators.values()
        for span in (*indicator.thresholds, *indicator.in_force)
        if span.place in where
        for day in (span.from_, span.until + dt.timedelta(days=1) if span.until else span.from_)
        if day <= rules.on
    }
    for day in sorted(days, reverse=True):
        try:
            before, after = (
                rules_in_force(rules.rulebook, rules.loaded.about.key, rules.place, on)
                for on in (day - dt.timedelta(days=1), day)
            )
        except NoRulesError:
            continue
        changes = []
        for code in rules.loaded.indicators:
            old, new = before.by_code.get(code), after.by_code.get(code)
            if _texts(old) != _texts(new):
                changes.append(Change(code, old, new))
        if changes:
            return day, tuple(changes)
    return None


def _texts(rule: Rule | None) -> tuple[tuple[str, str], ...] | None:
    return None if rule is None else tuple((k, r.text) for k, r in rule.requirements.items())


def decision(comparison: Comparison) -> Md:
    """Return what amending decisions changed: the same figures under both rules."""
    return section("decision", comparison, _one, text("decision", comparison.lang))


def _one(programme: Programme, suffix: str) -> str:
    lang, found = programme.lang, amendments(programme)
    if not found:
        return text("no_decision", lang)
    turned = [one.turned() for one in found]
    parts = []
    covered = {place for one in found for place in one.places}
    without = sorted({c.commune.province for c in programme.latest_cases} - covered)
    if without:
        parts.append(text("decision_none", lang, count=len(without), places=listed(without, lang)))
    if len(found) > 1:
        parts.append(_overview(programme, found, turned, suffix))
    if len(found) > _DETAILED:
        parts.append(text("decision_shown", lang, shown=_DETAILED, rest=len(found) - _DETAILED))
    for number, (one, verdicts) in enumerate(zip(found[:_DETAILED], turned, strict=False), 1):
        ending = f"{suffix}-{number}" if len(found) > 1 else suffix
        parts.append(_detail(programme, one, verdicts, ending))
    return "\n\n".join(parts)


def _overview(
    programme: Programme, found: Sequence[Amendment], turned: Sequence[pd.DataFrame], suffix: str
) -> str:
    lang, most = programme.lang, 30
    rows = [
        (
            listed(one.places, lang, 3), format_date(one.day, lang, "short"),
            _named(programme.rulebook, one.decisions, programme),
            format_number(len(one.changes), lang), format_number(len(one.cases), lang),
            format_number(len(verdicts), lang),
        )
        for one, verdicts in list(zip(found, turned, strict=True))[:most]
    ]  # fmt: skip
    if len(found) > most:
        others, more = found[most:], turned[most:]
        label = translate("compare.others", lang, count=sum(len(one.places) for one in others))
        rows.append((label, "", "", "", format_number(sum(len(o.cases) for o in others), lang),
                     format_number(sum(map(len, more)), lang)))  # fmt: skip
    return pipe_table(
        head(("province", "from", "decision", "rules", "communes", "turned"), lang),
        rows,
        translate("compare.decisions_caption", lang),
        f"tbl-compare-decisions{suffix}",
        (8, 6, 10, 5, 5, 5),
        ("left", "left", "left", "right", "right", "right"),
    )


def _detail(programme: Programme, one: Amendment, turned: pd.DataFrame, suffix: str) -> str:
    lang, book = programme.lang, programme.rulebook
    words = text(
        "decided", lang, day=format_date(one.day, lang), places=listed(one.places, lang, 6),
        decisions=_named(book, one.decisions, programme), changes=len(one.changes),
        communes=len(one.cases), count=len(turned), turned=turned["commune"].nunique(),
    )  # fmt: skip
    unsure = [change.code for change in one.changes if change.unsure]
    if unsure:
        words += " " + text(
            "decision_unsure", lang, count=len(unsure), codes=listed(unsure, lang),
            turned=int(turned["indicator"].isin(unsure).sum()),
        )  # fmt: skip
    unread = sum(
        not (change.after and change.after.threshold and change.after.threshold.verified)
        for change in one.changes
    )
    if unread:
        words += " " + text("decision_unread", lang, count=unread)
    table = pipe_table(
        head(("indicator", "before", "after", "decision", "turns"), lang),
        [
            (
                f"{change.code} {programme.names[change.code]}",
                required(book, change.before, lang),
                required(book, change.after, lang),
                _named(book, [key] if (key := change.decision(one.day)) else [], programme),
                _turns(turned[turned["indicator"] == change.code], programme),
            )
            for change in one.changes
        ],
        translate("compare.decision_caption", lang, day=format_date(one.day, lang, "short")),
        f"tbl-compare-decision{suffix}",
        (10, 7, 7, 9, 12),
    )
    return f"{words}\n\n{table}"


def _turns(turned: pd.DataFrame, programme: Programme) -> Md:
    """Return which verdicts turned into which, and in how many communes."""
    lang = programme.lang
    if turned.empty:
        return Md("–")
    fakes = set(programme.communes.loc[programme.communes["synthetic"], "commune"])
    parts = []
    for (before, after), group in turned.groupby(["before", "after"], sort=False):
        count = text(
            "turn", lang, count=len(group), made_up=int(group["commune"].isin(fakes).sum())
        )
        parts.append(f"{signed(str(before), lang)} → {signed(str(after), lang)}: {count}")
    return Md("; ".join(parts))


def _named(book: Rulebook, keys: Sequence[str], programme: Programme) -> str:
    """Return decisions as they are cited, with their place: provinces use the same numbers."""
    names = [f"{book.decisions[key].number} ({book.decisions[key].place})" for key in keys]
    return listed(names, programme.lang, 3) if names else translate(
        "compare.decision_unknown", programme.lang
    )  # fmt: skip
