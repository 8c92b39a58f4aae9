"""Checks of what figures there are: missing, several, inexact, of mixed dates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from ntm_analysis.assessment import Record, Variant, Variants, is_thin
from ntm_analysis.communes import Reading
from ntm_analysis.language import Text
from ntm_analysis.rulebook import Limb, Rule
from ntm_analysis.scrutiny.finding import Finding
from ntm_analysis.scrutiny.subject import (
    Subject,
    both,
    day,
    joined,
    phrase,
    small,
    word,
)

_SEXES = ("men", "women")


def several_values(subject: Subject) -> Iterator[Finding]:
    """Find variables that are stated with several values for one time."""
    for name, readings in subject.readings.items():
        groups: dict[object, list[Reading]] = {}
        for reading in readings:
            if not reading.possible:
                groups.setdefault(reading.value_key, []).append(reading)
        stated = [reading for group in groups.values() for reading in group]
        if not any(_disagree(a, b) for a, b in combinations(stated, 2)):
            continue
        codes = subject.users(name)
        yield subject.find(
            "S02",
            "inconsistent",
            codes[0] if len(codes) == 1 else "",
            "values",
            [reading for reading in readings if not reading.possible],
            label=subject.label(name),
            count=len(groups),
            values=joined((_value(subject, group) for group in groups.values()), "; "),
        )


def _disagree(a: Reading, b: Reading) -> bool:
    """Whether two readings cannot both be right: figures of different days may differ."""
    apart = a.as_of is not None and b.as_of is not None and a.as_of != b.as_of
    return a.value_key != b.value_key and not apart


def _value(subject: Subject, group: list[Reading]) -> Text:
    places = dict.fromkeys(reading.source for reading in group if reading.source)
    if not places:
        return subject.printed(group[0])
    where = joined(subject.place(place) for place in places)
    return both(lambda lang: f"{subject.printed(group[0])[lang]} ({where[lang]})")


def verdict_flips(subject: Subject) -> Iterator[Finding]:
    """Find verdicts that another reading of the commune's own figures would turn."""
    for rule in subject.rules:
        if not subject.row(rule)["turns"]:
            continue
        verdict = str(subject.row(rule)["verdict"])
        variants = Variants(subject.case, rule)
        flip = variants.flip(verdict)
        if flip is None:
            continue
        own = rule.indicator.own
        plain = flip.low == flip.high and own.kind in ("rate", "amount") and flip.limb == own.key
        others = [one for one in variants.lone_flips(verdict) if one.changed != flip.changed]
        more = [_changes(subject, rule, one) for one in others]
        yield subject.find(
            "S03",
            "verdict",
            rule.code,
            "value" if plain else "verdict",
            [*flip.changed, *(reading for one in others for reading in one.changed)],
            changes=_changes(subject, rule, flip),
            value=subject.result(rule, own, flip.low) if plain else "",
            before=small(word(verdict)),
            after=small(word(flip.verdict)),
            more=phrase("scrutiny.S03.more", changes=joined(more, "; ")) if more else "",
        )


def _changes(subject: Subject, rule: Rule, flip: Variant) -> Text:
    changes = []
    for new in flip.changed:
        old = subject.chosen(new.variable, rule.code)
        assert old is not None
        changes.append(
            phrase(
                "scrutiny.S03.change",
                label=small(subject.label(new.variable)),
                new=subject.placed(new),
                old=subject.placed(old),
            )
        )
    return joined(changes, "; ")


_PLAIN: Final = ("yes_no", "grade")


def no_figure(subject: Subject) -> Iterator[Finding]:
    """Find indicators without any figure."""
    for rule in subject.rules:
        row = subject.row(rule)
        if row["verdict"] != "no_data" or row["reason"] not in ("no_figure", "zero_base"):
            continue
        yield subject.find(
            "S04",
            "verdict" if row["claimed_verdict"] == "met" else "evidence",
            rule.code,
            # A yes, or the lowest grade, is no figure to name beside the indicator.
            "no_word"
            if row["reason"] == "no_figure" and rule.indicator.own.kind in _PLAIN
            else str(row["reason"]),
            requires=subject.requirement(rule, rule.indicator.own),
            asked=_asked(rule.indicator.evidence),
        )


def _asked(evidence: Text) -> Text:
    return small(both(lambda lang: evidence[lang].rstrip().removesuffix(".")))


def not_a_value(subject: Subject) -> Iterator[Finding]:
    """Find inequalities and ranges where a value is needed."""
    for rule in subject.rules:
        needed, deciding = rule.indicator.variables, subject.deciding(rule)
        shown = [
            name
            for name in rule.indicator.context
            if subject.book.variables[name].kind == "percent"
        ]
        for name in dict.fromkeys((*needed, *shown)):
            reading = subject.chosen(name, rule.code)
            if reading is None or reading.exact or reading.status != "number":
                continue
            limb = next((one for one in rule.indicator.limbs if name in one.variables), deciding)
            spans = subject.row(rule)["reason"] == "inequality_spans"
            if spans and name in deciding.variables:
                limb = deciding
            spans = spans and name in limb.variables and limb.key == deciding.key
            yield subject.find(
                "S05",
                "verdict" if spans else "form",
                rule.code,
                "spans" if spans else "value",
                [reading],
                label=small(subject.label(name)),
                text=subject.placed(reading),
                requires=subject.requirement(rule, limb),
            )


def mixed_dates(subject: Subject) -> Iterator[Finding]:
    """Find formulas with figures of different days."""
    for rule in subject.rules:
        for limb in rule.indicator.limbs:
            chosen = [subject.chosen(name, rule.code) for name in limb.parsed.variables]
            dated = [r for r in chosen if r is not None and r.as_of is not None]
            if len({reading.as_of for reading in dated}) < 2:
                continue
            items = [
                phrase(
                    "scrutiny.S11.item",
                    label=small(subject.label(r.variable)),
                    value=subject.printed(r),
                    day=day(r.as_of),
                )
                for r in dated
            ]
            yield subject.find(
                "S11", "inconsistent", rule.code, "dates", dated, items=joined(items, "; ")
            )


def missing_limb(subject: Subject) -> Iterator[Finding]:
    """Find parts of a requirement, and splits by sex, without figures."""
    for rule in subject.rules:
        keys = [k for k in str(subject.row(rule)["missing_limbs"]).split(",") if k]
        named = {limb.key: limb for limb in rule.indicator.limbs}
        split = [key for key in keys if key in _SEXES]
        if split:
            yield subject.find(
                "S13",
                "evidence",
                rule.code,
                "split",
                parts=joined(_limb_name(named[key].name) for key in split),
                requires=subject.requirement(rule, named[split[0]]),
            )
        limbs = [named[key] for key in keys if key not in split]
        if limbs:
            yield subject.find(
                "S13",
                "evidence",
                rule.code,
                "limb",
                limbs=joined(
                    phrase(
                        "scrutiny.S13.part",
                        limb=_limb_name(limb.name),
                        requires=subject.requirement(rule, limb),
                    )
                    for limb in limbs
                ),
            )


def _limb_name(name: Text | None) -> Text:
    assert name is not None
    return small(name)


def thin_margin(subject: Subject) -> Iterator[Finding]:
    """Find met indicators of which less may be lost than the set share."""
    limit = subject.case.params.thin_margin
    for rule in subject.rules:
        if not subject.row(rule)["thin"]:
            continue
        one_is_enough = rule.indicator.combine == "any"
        for limb in rule.indicator.limbs:
            row = subject.limb_row(rule, limb.key)
            told = limb.key == subject.row(rule)["thin_limb"]
            if told if one_is_enough else is_thin(float(row["thinness"]), limit):
                yield _thin(subject, rule, limb, row)


def _thin(subject: Subject, rule: Rule, limb: Limb, row: Record) -> Finding:
    unit, share = str(row["unit"]), float(row["thinness"])
    counted = row["headroom"] == row["headroom"]
    headroom = float(row["headroom"]) if counted else 0.0
    loss = limb.loss
    step = (subject.book.variables[loss.variable].step or 1.0) if loss else 1.0
    none_left = "none_more" if loss and loss.by > 0 else "none_fewer"
    base = float(row["headroom_count"])
    part = _limb_name(limb.name) if limb.name and limb.key != rule.indicator.own.key else None
    return subject.find(
        "S16",
        "form",
        rule.code,
        (none_left if headroom == 0 else "headroom") if counted else "margin",
        _used(subject, rule, limb),
        part=both(lambda lang: f", {part[lang]}" if part else ""),
        value=subject.result(rule, limb, float(row["value"])),
        requires=subject.requirement(rule, limb),
        headroom=subject.quantity(headroom, str(row["headroom_unit"])) if counted else "",
        step=subject.quantity(step, str(row["headroom_unit"])) if counted else "",
        base=subject.quantity(base, str(row["headroom_unit"])) if counted else "",
        margin=_margin(subject, float(row["margin"]), unit),
        share=subject.quantity(100 * share, "percent", 2),
    )


def _used(subject: Subject, rule: Rule, limb: Limb) -> list[Reading]:
    """Return the readings behind a limb's value: its parts, or the value that is stated."""
    parts = [subject.chosen(name, rule.code) for name in limb.parsed.variables]
    if all(parts):
        return [one for one in parts if one is not None]
    chosen = (subject.chosen(name, rule.code) for name in limb.variables)
    stated = [one for one in chosen if one is not None and one.variable == limb.stated]
    return stated or [one for one in parts if one is not None]


def _margin(subject: Subject, margin: float, unit: str) -> Text:
    if unit != "percent":
        return subject.quantity(margin, unit, 3)
    number = subject.quantity(margin, unit, 3)
    return phrase("scrutiny.points", number=both(lambda lang: number[lang].removesuffix("%")))
