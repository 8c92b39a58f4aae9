"""Checks of arithmetic: rates and their parts, sums, percentages that no count gives."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from ntm_analysis.assessment.verdicts import MET, NOT_MET
from ntm_analysis.communes import Reading
from ntm_analysis.numbers import NotAFigure, format_number, parse_figure
from ntm_analysis.numbers.rounding import (
    count_for,
    decimals_of,
    rounds_to,
    truncated_count_for,
    truncates_to,
)
from ntm_analysis.rulebook import Limb, Rule
from ntm_analysis.rulebook.formula import exact
from ntm_analysis.scrutiny.finding import Cited, Finding, Severity
from ntm_analysis.scrutiny.subject import Subject, both, cite, joined, small


class Stated(NamedTuple):
    """A value stated beside the figures that it should come from."""

    limb: Limb
    value: Fraction
    text: str
    cited: Cited
    own: bool


def stated_values(subject: Subject, rule: Rule) -> Iterator[Stated]:
    """Yield the values stated for an indicator: the claim, and rates beside their parts."""
    own = rule.indicator.own
    claim = str(subject.row(rule)["claimed_value"])
    if own.kind in ("rate", "amount", "count", "level") and (value := _number(claim)) is not None:
        yield Stated(own, value, claim, Cited(f"claimed_value={claim}"), True)
    for limb in rule.indicator.limbs:
        reading = subject.chosen(limb.stated, rule.code) if limb.stated else None
        if reading is not None and reading.exact:
            yield Stated(limb, exact(reading.low), reading.text, cite(reading), limb is own)


def _number(text: str) -> Fraction | None:
    try:
        figure = parse_figure(text)
    except NotAFigure:
        return None
    return exact(figure.low) if figure.exact and figure.text not in ("yes", "no") else None


def rate_differs(subject: Subject) -> Iterator[Finding]:
    """Find stated values that differ from what their own figures give, beyond rounding."""
    for rule in subject.rules:
        seen: set[tuple[str, str]] = set()
        for stated in stated_values(subject, rule):
            parts = subject.exact_parts(stated.limb, rule.code)
            if parts is None or (stated.limb.key, stated.text) in seen:
                continue
            seen.add((stated.limb.key, stated.text))
            try:
                value = stated.limb.parsed.evaluate_exactly(parts)
            except ZeroDivisionError:
                continue
            decimals = decimals_of(stated.text)
            if rounds_to(value, stated.value, decimals):
                continue
            cut = truncates_to(value, stated.value, decimals)
            yield subject.find(
                "S01",
                _severity(subject, rule, stated, value),
                rule.code,
                "cut" if cut else "differs",
                [stated.cited, *_parts(subject, stated.limb, rule.code)],
                stated=subject.quantity(float(stated.value), stated.limb.unit),
                computed=subject.quantity(float(value), stated.limb.unit, max(decimals, 2)),
                parts=joined(subject.placed(r) for r in _parts(subject, stated.limb, rule.code)),
            )
    yield from _steps_differ(subject)


def _steps_differ(subject: Subject) -> Iterator[Finding]:
    """Find values on the way to an indicator's that differ from what they come from."""
    for rule in subject.rules:
        for name in (*rule.indicator.variables, *rule.indicator.context):
            formula = subject.book.variables[name].parsed
            stated = subject.chosen(name, rule.code)
            if formula is None or stated is None or not stated.exact:
                continue
            chosen = [subject.chosen(part, rule.code) for part in formula.variables]
            parts = [one for one in chosen if one is not None and one.exact]
            if len(parts) < len(chosen):
                continue
            try:
                value = formula.evaluate_exactly({p.variable: exact(p.low) for p in parts})
            except ZeroDivisionError:
                continue
            decimals, given = decimals_of(stated.text), exact(stated.low)
            if rounds_to(value, given, decimals):
                continue
            unit = subject.book.variables[name].unit
            yield subject.find(
                "S01",
                "inconsistent",
                rule.code,
                "step_cut" if truncates_to(value, given, decimals) else "step",
                [stated, *parts],
                label=small(subject.label(name)),
                stated=subject.placed(stated),
                computed=subject.quantity(float(value), unit, max(decimals, 2)),
                parts=joined(subject.placed(part) for part in parts),
            )


def _parts(subject: Subject, limb: Limb, code: str) -> list[Reading]:
    chosen = (subject.chosen(name, code) for name in limb.parsed.variables)
    return [reading for reading in chosen if reading is not None]


def _severity(subject: Subject, rule: Rule, stated: Stated, value: Fraction) -> Severity:
    requirement = rule.requirements[stated.limb.key]
    if requirement.threshold is None or not stated.own:
        return "inconsistent"
    verdicts = {MET if requirement.holds(v) else NOT_MET for v in (stated.value, value)}
    return "verdict" if len(verdicts) == 2 else "inconsistent"


def is_share(limb: Limb) -> tuple[str, str] | None:
    """Return part and whole where the formula is `100 * part / whole`."""
    if limb.kind != "rate" or len(limb.parsed.variables) != 2:
        return None
    part, whole = limb.parsed.variables
    try:
        for a, b in ((1, 1), (3, 7)):
            found = limb.parsed.evaluate_exactly({part: Fraction(a), whole: Fraction(b)})
            if found != Fraction(100 * a, b):
                return None
    except ZeroDivisionError:
        return None
    return part, whole


def unattainable(subject: Subject) -> Iterator[Finding]:
    """Find percentages that no whole count over any reported base rounds to (GRIM)."""
    for rule in subject.rules:
        for limb in rule.indicator.limbs:
            share = is_share(limb)
            stated = subject.chosen(limb.stated, rule.code) if limb.stated else None
            if share is None or stated is None or not stated.exact:
                continue
            part, whole = share
            if subject.chosen(part, rule.code) is not None:
                continue
            bases = _distinct([r for r in subject.readings.get(whole, []) if r.exact and r.low > 0])
            if bases:
                yield from _grim(subject, rule, part, stated, bases)


def _grim(
    subject: Subject, rule: Rule, part: str, stated: Reading, bases: list[Reading]
) -> Iterator[Finding]:
    value, decimals = exact(stated.low), decimals_of(stated.text)
    variable = subject.book.variables[part]
    if variable.kind == "amount" and variable.step is None:
        return
    step = exact(variable.step or 1.0)
    if any(count_for(value, decimals, exact(base.low), step) is not None for base in bases):
        return
    fields: dict[str, object] = {
        "label": small(subject.label(stated.variable)),
        "stated": subject.printed(stated),
        "bases": joined(subject.placed(base) for base in bases),
    }
    variant = "none"
    for base in bases:
        count = truncated_count_for(value, decimals, exact(base.low), step)
        if count is not None:
            variant = "cut"
            found = float(100 * count / exact(base.low))
            fields |= {
                "count": both(lambda lang, count=count: format_number(float(count), lang)),
                "base": subject.printed(base),
                "exact": subject.quantity(found, "percent", decimals + 2),
            }
            break
    yield subject.find("S06", "inconsistent", rule.code, variant, [stated, *bases], **fields)


def _distinct(readings: list[Reading]) -> list[Reading]:
    return list({reading.value_key: reading for reading in reversed(readings)}.values())[::-1]


def part_exceeds_whole(subject: Subject) -> Iterator[Finding]:
    """Find parts that are larger than a whole that another section reports."""
    for name, parts in subject.readings.items():
        variable = subject.book.variables[name]
        for whole_name, variant in (
            (variable.part_of, "part"),
            (variable.expected_within, "within"),
        ):
            wholes = subject.readings.get(whole_name or "", [])
            part = next(
                (p for p in parts if p.exact and any(_above(p, whole) for whole in wholes)), None
            )
            if part is None:
                continue
            exceeded = _distinct([whole for whole in wholes if _above(part, whole)])
            codes = subject.users(name)
            yield subject.find(
                "S07",
                "inconsistent",
                codes[0] if codes else "",
                variant,
                [part, *exceeded],
                part=subject.label(name),
                part_value=subject.placed(part),
                whole=small(subject.label(exceeded[0].variable)),
                whole_value=joined(subject.placed(whole) for whole in exceeded),
            )


def _above(part: Reading, whole: Reading) -> bool:
    return whole.exact and part.low > whole.low


def sums_differ(subject: Subject) -> Iterator[Finding]:
    """Find parts that do not add up, and totals outside those of men and women."""
    for name in subject.readings:
        variable = subject.book.variables[name]
        if not variable.sum_of:
            continue
        for code in dict.fromkeys(r.indicator for r in subject.readings[name]):
            whole = subject.chosen(name, code)
            parts = [subject.chosen(part, code) for part in variable.sum_of]
            found = [part for part in parts if part is not None and part.exact]
            if whole is None or not whole.exact or len(found) < len(parts):
                continue
            total = sum((exact(part.low) for part in found), Fraction(0))
            slack = sum(
                (Fraction(1, 2 * 10 ** decimals_of(r.text)) for r in (whole, *found)), Fraction(0)
            )
            if abs(total - exact(whole.low)) > (slack if variable.kind == "percent" else 0):
                # A figure may be meant for an indicator that is not in force here.
                yield subject.find(
                    "S15",
                    "inconsistent",
                    code if code in subject.case.rules.by_code else "",
                    "sum",
                    [whole, *found],
                    label=subject.label(name),
                    whole=subject.placed(whole),
                    parts=joined((subject.printed(part) for part in found), " + "),
                    total=subject.quantity(float(total), variable.unit),
                )
            else:
                yield from _other_base(subject, code, whole, found)
    yield from _outside_both(subject)


def _other_base(
    subject: Subject, code: str, whole: Reading, parts: Sequence[Reading]
) -> Iterator[Finding]:
    """Find a share whose parts are shares of something else: they say nothing of it."""
    bases = {subject.book.variables[part.variable].share_of for part in parts}
    own = subject.book.variables[whole.variable].share_of
    others = [base for base in bases if base is not None and base != own]
    if own is None or len(bases) != 1 or not others:
        return
    yield subject.find(
        "S15",
        "inconsistent",
        code,
        "other_base",
        [whole, *parts],
        label=subject.label(whole.variable),
        whole=subject.placed(whole),
        parts=joined((subject.printed(part) for part in parts), " + "),
        base=small(subject.label(own)),
        other=small(subject.label(others[0])),
    )


def _outside_both(subject: Subject) -> Iterator[Finding]:
    for rule in subject.rules:
        limbs = {limb.key: limb for limb in rule.indicator.limbs}
        if not {"men", "women"} <= set(limbs):
            continue
        value = {key: float(subject.limb_row(rule, key)["value"]) for key in limbs}
        own, men, women = value[rule.indicator.own.key], value["men"], value["women"]
        if not all(map(math.isfinite, (own, men, women))):
            continue
        # Each of the three may be off by its rounding, half a unit of its last decimal.
        slack = 0.5
        if own < min(men, women) - slack or own > max(men, women) + slack:
            unit = rule.indicator.unit
            yield subject.find(
                "S15",
                "inconsistent",
                rule.code,
                "between",
                [
                    reading
                    for limb in rule.indicator.limbs
                    for reading in _parts(subject, limb, rule.code)
                ],
                own=subject.quantity(own, unit, 2),
                men=subject.quantity(men, unit, 2),
                women=subject.quantity(women, unit, 2),
            )
