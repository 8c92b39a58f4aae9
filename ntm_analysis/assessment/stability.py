"""Stability: whether a verdict survives every other reading of its figures."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ntm_analysis.assessment.combine import assess_rule
from ntm_analysis.assessment.wide import WideFigures, readings_frame
from ntm_analysis.communes import Case, Reading, choose
from ntm_analysis.rulebook import Rule

MAX_COMBINATIONS = 4096
STABLE = "stable"


@dataclass(frozen=True, slots=True)
class Variant:
    """One admissible choice of readings and the verdict that it gives.

    Attributes
    ----------
    readings : tuple of Reading
        One reading a variable.
    changed : tuple of Reading
        Those that differ from the readings assessed.
    verdict : str
    low, high : float
        The ends of the own quantity's value.
    size : float
        The largest relative change among them.
    """

    readings: tuple[Reading, ...]
    changed: tuple[Reading, ...]
    verdict: str
    low: float
    high: float
    size: float


def variants(case: Case, rule: Rule) -> list[Variant]:
    """Return every admissible combination of readings of an indicator, the assessed one first.

    A combination is admissible if no part exceeds its whole and no rate leaves 0 to 100 %.
    Every distinct reading of a variable in the commune's papers is tried, wherever reported.
    """
    chosen: list[Reading] = []
    choices: list[list[Reading]] = []
    for name in rule.indicator.variables:
        primary = choose(case.readings, name, rule.code)
        if primary is None:
            continue
        distinct = {primary.value_key: primary}
        for reading in case.readings:
            if reading.variable == name:
                distinct.setdefault(reading.value_key, reading)
        chosen.append(primary)
        choices.append(list(distinct.values()))
    if math.prod(len(group) for group in choices) > MAX_COMBINATIONS:
        choices = [group[:2] for group in choices]
    combinations = list(itertools.islice(itertools.product(*choices), MAX_COMBINATIONS))
    combinations = [c for c in combinations if _admissible(case, c)] or [tuple(chosen)]
    if tuple(chosen) not in combinations:
        combinations.insert(0, tuple(chosen))
    return _assess(rule, chosen, combinations)


def _assess(
    rule: Rule, chosen: Sequence[Reading], combinations: Sequence[tuple[Reading, ...]]
) -> list[Variant]:
    figures = WideFigures(readings_frame([_general(c) for c in combinations]), len(combinations))
    result = assess_rule(rule, figures)
    own = result.limbs[rule.indicator.own.key].value
    found = []
    for number, combination in enumerate(combinations):
        changed = tuple(
            new
            for new, old in zip(combination, chosen, strict=True)
            if new.value_key != old.value_key
        )
        sizes = [
            _relative(new, old)
            for new, old in zip(combination, chosen, strict=True)
            if new.value_key != old.value_key
        ]
        found.append(
            Variant(
                combination,
                changed,
                str(result.verdict[number]),
                float(own.low[number]),
                float(own.high[number]),
                max(sizes, default=0.0),
            )
        )
    if rule.indicator.kind == "rate":
        first = found[0]
        found = [v for v in found if v is first or not (v.high > 100 or v.low < 0)]
    return sorted(found, key=lambda v: (len(v.changed), v.size))


def _general(combination: Sequence[Reading]) -> list[Reading]:
    return [replace(reading, indicator="", primary=True) for reading in combination]


def _relative(new: Reading, old: Reading) -> float:
    if not (new.exact and old.exact):
        return math.inf
    return abs(new.low - old.low) / max(abs(old.low), 1e-12)


def _admissible(case: Case, combination: Sequence[Reading]) -> bool:
    by_name = {reading.variable: reading for reading in combination}
    for name, part in by_name.items():
        whole = by_name.get(case.rules.rulebook.variables[name].part_of or "")
        if whole is not None and part.low > whole.high:
            return False
    return True


def stability(case: Case, rule: Rule, verdict: str) -> str:
    """Return `stable`, or the smallest change of readings that turns the verdict.

    Returns
    -------
    str
        `stable`, or for example `flips: poor_households=34 -> not_met`.
    """
    names = set(rule.indicator.variables)
    values: dict[str, set[object]] = {}
    for reading in case.readings:
        if reading.variable in names:
            values.setdefault(reading.variable, set()).add(reading.value_key)
    if all(len(group) < 2 for group in values.values()):
        return STABLE
    for variant in variants(case, rule):
        if variant.changed and variant.verdict != verdict:
            changes = ", ".join(f"{r.variable}={r.text}" for r in variant.changed)
            return f"flips: {changes} -> {variant.verdict}"
    return STABLE
