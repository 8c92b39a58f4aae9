"""What is shown of an indicator: the figures of the limb that decides its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_analysis.assessment.combine import RuleResult
from ntm_analysis.assessment.headroom import limb_headroom
from ntm_analysis.assessment.margin import limb_margin
from ntm_analysis.assessment.thin import limb_thinness, rule_thinness
from ntm_analysis.assessment.verdicts import Floats, LimbResult
from ntm_analysis.rulebook import Limb, Requirement, Rule, Variable


@dataclass(frozen=True, slots=True)
class LimbFigures:
    """A limb's value beside its threshold, for every commune.

    Attributes
    ----------
    value, low, high : array of float, shape (n,)
        In the limb's unit; `value` is NaN where it is no plain number.
    margin, relative : array of float, shape (n,)
    threshold : float
    headroom, base, count : array of float, shape (n,)
        What may be lost (negative: is wanting), of which whole, and how many are counted.
    headroom_unit : str
    thinness : array of float, shape (n,)
    """

    value: Floats
    low: Floats
    high: Floats
    margin: Floats
    relative: Floats
    threshold: float
    headroom: Floats
    base: Floats
    count: Floats
    headroom_unit: str
    thinness: Floats


def value_and_margin(rule: Rule, result: RuleResult) -> tuple[Floats, Floats]:
    """Return the value and margin of the limb that decides, for every commune."""
    values, margins = [], []
    for limb in rule.indicator.limbs:
        found = result.limbs[limb.key]
        values.append(_plain(found))
        margins.append(limb_margin(limb, rule.requirements[limb.key], found)[0])
    return pick(result.decides, values), pick(result.decides, margins)


def figures_of(
    rule: Rule, result: RuleResult, variables: Mapping[str, Variable]
) -> dict[str, LimbFigures]:
    """Return the figures of every limb, by its key."""
    return {
        limb.key: _figures(limb, rule.requirements[limb.key], result.limbs[limb.key], variables)
        for limb in rule.indicator.limbs
    }


def decided_columns(
    rule: Rule, result: RuleResult, figures: Mapping[str, LimbFigures]
) -> dict[str, Any]:
    """Return the columns of the results that speak of the limb that decides.

    Parameters
    ----------
    rule : Rule
    result : RuleResult
    figures : mapping of limb key to LimbFigures
    """
    limbs, at = rule.indicator.limbs, result.decides
    of = [figures[limb.key] for limb in limbs]
    asked = [rule.requirements[limb.key] for limb in limbs]
    headroom = pick(at, [one.headroom for one in of])
    thinness, thinnest = rule_thinness(
        rule.indicator.combine,
        {k: (one.thinness, result.limbs[k].verdict) for k, one in figures.items()},
        result.verdict,
    )
    units = pick(at, [one.headroom_unit for one in of])
    return {
        "value": pick(at, [one.value for one in of]),
        "unit": pick(at, [limb.unit for limb in limbs]),
        "requires": pick(at, [one.text for one in asked]),
        "margin": pick(at, [one.margin for one in of]),
        "relative_margin": pick(at, [one.relative for one in of]),
        "headroom": headroom,
        "headroom_unit": np.where(np.isnan(headroom), "", units),
        "value_low": pick(at, [one.low for one in of]),
        "value_high": pick(at, [one.high for one in of]),
        "op": pick(at, [one.op for one in asked]),
        "threshold": pick(at, [one.threshold for one in of]),
        "kind": pick(at, [limb.kind for limb in limbs]),
        "limb": pick(at, [limb.key for limb in limbs]),
        "headroom_base": pick(at, [one.base for one in of]),
        "headroom_count": pick(at, [one.count for one in of]),
        "thinness": thinness,
        "thin_limb": pick(thinnest, [limb.key for limb in limbs]),
    }


def pick(at: NDArray[np.intp], columns: list[Any]) -> Any:
    """Return for every commune the cell of the column at its place.

    One value for all communes where there is one column, or all of them are the same value.
    """
    if len(columns) == 1:
        return columns[0]
    if not isinstance(columns[0], np.ndarray):
        if all(one == columns[0] for one in columns):
            return columns[0]
        return np.array(columns, dtype=object if isinstance(columns[0], str) else None)[at]
    return np.choose(at, columns)


def _figures(
    limb: Limb, requirement: Requirement, found: LimbResult, variables: Mapping[str, Variable]
) -> LimbFigures:
    value = _plain(found)
    margin, threshold = limb_margin(limb, requirement, found)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(threshold == 0, np.nan, margin / abs(threshold))
    headroom = limb_headroom(limb, requirement, found, variables)
    loss = variables[limb.loss.variable] if limb.loss else None
    base, count = _whole(limb, found, loss), _lost(limb, found)
    thin = limb_thinness(limb, requirement, found.verdict, value, relative, headroom, count)
    return LimbFigures(
        value, np.round(found.value.low, 12), np.round(found.value.high, 12), margin, relative,
        threshold, headroom, base, count, loss.unit if loss else "", thin,
    )  # fmt: skip


def _plain(found: LimbResult) -> Floats:
    plain = found.value.low == found.value.high
    value: Floats = np.where(plain, found.value.low, np.nan)
    return value.round(12)


def _whole(limb: Limb, found: LimbResult, loss: Variable | None) -> Floats:
    if limb.loss is None or loss is None:
        return np.full(len(found.verdict), np.nan)
    name = loss.part_of if loss.part_of in found.parts else limb.loss.variable
    assert name is not None
    return found.parts[name].low if name in found.parts else np.full(len(found.verdict), np.nan)


def _lost(limb: Limb, found: LimbResult) -> Floats:
    if limb.loss is None or limb.loss.variable not in found.parts:
        return np.full(len(found.verdict), np.nan)
    return found.parts[limb.loss.variable].low
