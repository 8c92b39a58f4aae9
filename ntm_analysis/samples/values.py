"""Figures of a made-up commune that meet a requirement, or fail it, by a plausible distance."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final

from ntm_analysis.rulebook import Limb, Requirement, Rule
from ntm_analysis.samples.sample import Sample, plain
from ntm_analysis.samples.sizes import Rng
from ntm_analysis.scrutiny.arithmetic import is_share

SEXES: Final = ("men", "women")
Values = dict[str, float | str]


def figures(sample: Sample, rule: Rule, rng: Rng, *, fails: bool) -> Values:
    """Return the figures of an indicator by variable; only its own quantity may fail."""
    made: Values = {}
    for limb in rule.indicator.limbs:
        if limb.key not in SEXES:
            bad = fails and limb is rule.indicator.own
            for name, value in _limb(sample, rule, limb, rng, made, fails=bad).items():
                made.setdefault(name, value)
    return made | _by_sex(sample, rule, made, rng)


def _limb(sample: Sample, rule: Rule, limb: Limb, rng: Rng, made: Values, *, fails: bool) -> Values:
    requirement = rule.requirements[limb.key]
    variables = sample.rules.rulebook.variables
    names = limb.parsed.variables
    key = f"{rule.code} {limb.key}"
    share = is_share(limb)
    if share:
        return _share(sample, key, share, requirement, rng, fails=fails)
    if len(names) > 1:
        return _poverty(sample, limb, requirement, rng, fails=fails)
    name = names[0]
    kind = variables[name].kind
    if kind == "flag":
        return {name: "no" if fails else "yes"}
    if kind == "grade":
        least = int(requirement.threshold or 0)
        scale = variables[name].grades
        return {name: scale[int(rng.integers(least, len(scale)))]}
    threshold = float(requirement.threshold or 0)
    if limb.kind == "level":
        return {name: threshold}
    if kind == "count":
        most = made.get(variables[name].part_of or "", math.inf)
        count = threshold + int(rng.integers(0, 4))
        return {name: max(0.0, threshold - 1) if fails else min(count, float(most))}
    spare = max(0.005, sample.margin)
    far = -_shortfall(rng) if fails else spare + 0.35 * sample.beyond(key, rng)
    value = threshold * (1 + (far if requirement.higher_is_better else -far))
    return {name: round(min(value, 100.0) if kind == "percent" else value, 2)}


def _shortfall(rng: Rng) -> float:
    """Return by which share of it a threshold is missed: mostly a little, seldom much."""
    return float(min(0.3, 0.01 + rng.exponential(0.06)))


def _share(
    sample: Sample,
    key: str,
    parts: tuple[str, str],
    requirement: Requirement,
    rng: Rng,
    *,
    fails: bool,
) -> Values:
    part, whole = parts
    variable = sample.rules.rulebook.variables[part]
    size = sample.whole(whole, rng)
    step = variable.step or (1.0 if variable.kind == "count" else 0.1)
    pieces = round(size / step)
    if requirement.threshold is None:
        return {part: float(size), whole: float(size)}
    share = Fraction(requirement.threshold) / 100
    needed = math.ceil(share * pieces)
    if fails:
        count = min(needed - 1, math.floor(float(share) * (1 - _shortfall(rng)) * pieces))
    else:
        spare = math.ceil(sample.margin * pieces)
        least = min(pieces, needed + spare)
        most = max(least, math.floor(min(1.0, 1.35 * float(share) + 0.05) * pieces))
        count = least + round((most - least) * sample.beyond(key, rng))
    return {part: round(max(0, count) * step, 6), whole: float(size)}


def _poverty(
    sample: Sample, limb: Limb, requirement: Requirement, rng: Rng, *, fails: bool
) -> Values:
    """Return counts for a formula of several variables: poor and near-poor households."""
    households = sample.scale.households
    unable, near_unable = int(rng.integers(4, 15)), int(rng.integers(0, 4))
    assert requirement.threshold is not None
    share = float(requirement.threshold) / 100 * rng.uniform(0.3, 0.85)
    if fails:
        share = float(requirement.threshold) / 100 * (1 + 4 * _shortfall(rng))
    able = max(1, round(households * share * 0.7))
    near = max(0, math.ceil(households * share * 0.3) if fails else int(households * share * 0.3))
    values: Values = {
        "households": float(households),
        "poor_households": float(unable + able),
        "poor_households_unable": float(unable),
        "near_poor_households": float(near_unable + near),
        "near_poor_households_unable": float(near_unable),
    }
    return {name: values[name] for name in limb.parsed.variables}


def _by_sex(sample: Sample, rule: Rule, made: Values, rng: Rng) -> Values:
    """Return the rates of men and women: one above the common rate, one below."""
    limbs = {limb.key: limb for limb in rule.indicator.limbs}
    if not set(SEXES) <= set(limbs):
        return {}
    own = value_of(rule, made)
    assert own is not None
    threshold = float(rule.requirements["men"].threshold or 0)
    room = abs(own - threshold) / 2
    if own >= threshold:  # neither rate comes closer to the threshold than margins do
        room = min(room, max(0.0, own - threshold * (1 + sample.margin)))
    apart = min(rng.uniform(0.2, 1.5), room, 100 - own) * (1 if rng.random() < 0.5 else -1)
    return {
        limbs[key].parsed.variables[0]: round(own + sign * apart, 2)
        for key, sign in zip(SEXES, (1, -1), strict=True)
    }


def value_of(rule: Rule, made: Values) -> float | None:
    """Return an indicator's value; None where its figures are no numbers."""
    try:
        exact = {n: Fraction(plain(v)) for n, v in made.items() if not isinstance(v, str)}
        return float(rule.indicator.own.parsed.evaluate_exactly(exact))
    except (KeyError, ZeroDivisionError):
        return None
