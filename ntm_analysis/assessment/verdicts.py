"""Verdicts of single limbs: values, comparison with the threshold, exact where it is close."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ntm_analysis.assessment.ratios import Ratios
from ntm_analysis.assessment.wide import (
    MISSING,
    NOT_APPLICABLE,
    NUMBER,
    PENDING,
    Column,
    WideFigures,
)
from ntm_analysis.rulebook import Formula, Limb, Requirement
from ntm_analysis.rulebook.formula import exact

MET: Final = "met"
NOT_MET: Final = "not_met"
PENDING_VERDICT: Final = "pending"
NO_DATA: Final = "no_data"
NOT_APPLICABLE_VERDICT: Final = "not_applicable"
VERDICTS: Final = (MET, NOT_MET, PENDING_VERDICT, NO_DATA, NOT_APPLICABLE_VERDICT)

CLOSE: Final = 1e-9
"""Values this near the threshold (relative above 1) are decided again in exact fractions."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Words = NDArray[np.object_]
Decided = tuple[NDArray[np.intp], Bools]
_STATED: Final = Formula("stated")


@dataclass(frozen=True, slots=True)
class LimbResult:
    """A limb's value and verdict for every commune.

    Attributes
    ----------
    value : Column
        The value in the limb's unit; its ends differ where readings are inequalities or ranges.
    verdict : array of str, shape (n,)
    reason : array of str, shape (n,)
        Why there is no plain verdict: `no_figure`, `zero_base`, `inequality_spans`,
        `unknown_threshold`, `pending`, `not_applicable`; else empty.
    from_parts : array of bool, shape (n,)
        Whether the value was computed from the formula's parts, all plain numbers.
    parts : mapping of variable to Column
        The formula's variables.
    """

    value: Column
    verdict: Words
    reason: Words
    from_parts: Bools
    parts: Mapping[str, Column]


def limb_value(
    limb: Limb, figures: WideFigures, indicator: str
) -> tuple[Column, Bools, dict[str, Column]]:
    """Return a limb's value, where it comes from plain parts, and these parts.

    Where the formula's variables are not all reported, the variable that states the value
    itself stands in.
    """
    formula = limb.parsed
    parts = {name: figures.column(name, indicator) for name in formula.variables}
    value = _evaluate(formula, parts, figures.n)
    if limb.stated is not None:
        stated = figures.column(limb.stated, indicator)
        use = (value.status != NUMBER) & (stated.status != MISSING)
        value = _where(use, stated, value)
        plain = ~use
    else:
        plain = np.ones(figures.n, dtype=np.bool_)
    from_parts = plain & value.number & (value.low == value.high)
    return value, from_parts, parts


def _where(use: Bools, one: Column, other: Column) -> Column:
    return Column(
        np.where(use, one.low, other.low),
        np.where(use, one.high, other.high),
        np.where(use, one.low_open, other.low_open),
        np.where(use, one.high_open, other.high_open),
        np.where(use, one.status, other.status),
    )


def _evaluate(formula: Formula, parts: Mapping[str, Column], n: int) -> Column:
    columns = list(parts.values())
    if len(columns) == 1 and formula.text.strip() == formula.variables[0]:
        return columns[0]
    number = np.logical_and.reduce([column.number for column in columns])
    status = np.full(n, MISSING, dtype=np.int8)
    for code in (NOT_APPLICABLE, PENDING):
        said = np.logical_or.reduce([column.status == code for column in columns])
        status[said] = code
    status[number] = NUMBER
    point = formula.evaluate({name: column.low for name, column in parts.items()})
    low, high = point.copy(), point.copy()
    low_open = np.zeros(n, dtype=np.bool_)
    high_open = np.zeros(n, dtype=np.bool_)
    ranged = [
        name
        for name, column in parts.items()
        if np.any(column.low != column.high) and np.any(column.number & (column.low != column.high))
    ]
    # A formula's extremes over readings that are ranges lie at the corners of the ranges.
    for corner in itertools.product((0, 1), repeat=len(ranged)) if ranged else ():
        ends = dict(zip(ranged, corner, strict=True))
        at = formula.evaluate({n_: c.high if ends.get(n_) else c.low for n_, c in parts.items()})
        opened = np.logical_or.reduce(
            [parts[n_].high_open if e else parts[n_].low_open for n_, e in ends.items()]
        )
        lower, higher = at < low, at > high
        low_open = np.where(lower, opened, low_open | (opened & (at == low)))
        high_open = np.where(higher, opened, high_open | (opened & (at == high)))
        low, high = np.where(lower, at, low), np.where(higher, at, high)
    gone = ~number
    low[gone] = high[gone] = np.nan
    return Column(low, high, low_open & number, high_open & number, status)


def holds(values: Floats, requirement: Requirement, decided: Decided | None = None) -> Bools:
    """Return where values satisfy a comparison, exactly at the threshold.

    Parameters
    ----------
    values : array of float, shape (n,)
    requirement : Requirement
        With a threshold.
    decided : tuple of positions and bool, optional
        What was decided exactly, of the positions that `close` names.
    """
    assert requirement.threshold is not None
    threshold = float(requirement.threshold)
    with np.errstate(invalid="ignore"):
        match requirement.op:
            case ">=" | "yes":
                result = values >= threshold
            case ">":
                result = values > threshold
            case "<=":
                result = values <= threshold
            case _:
                result = values < threshold
    if decided is not None:
        result[decided[0]] = decided[1]
    return np.asarray(result, dtype=np.bool_)


def close(values: Floats, requirement: Requirement) -> NDArray[np.intp]:
    """Return the positions of the values too near the threshold for floating point."""
    assert requirement.threshold is not None
    threshold = float(requirement.threshold)
    with np.errstate(invalid="ignore"):
        near = np.abs(values - threshold) <= CLOSE * max(1.0, abs(threshold))
    return np.flatnonzero(near)


def decide(
    formula: Formula,
    requirement: Requirement,
    parts: Mapping[str, Floats],
    positions: NDArray[np.intp],
) -> Bools:
    """Return whether the formula's exact values satisfy a comparison, at some positions.

    In whole numbers for all of them at once; the few that would overflow, one by one.
    """
    if len(positions) == 0:
        return np.zeros(0, dtype=np.bool_)
    ratios = {name: Ratios.of(parts[name][positions]) for name in formula.variables}
    one = np.ones(len(positions))
    value = formula.evaluate_with(ratios, lambda number: Ratios.of(one * number))
    found, sure = value.satisfy(requirement)
    for place in np.flatnonzero(~sure):
        exactly = formula.evaluate_exactly(
            {name: exact(float(parts[name][positions[place]])) for name in formula.variables}
        )
        found[place] = requirement.holds(exactly)
    return found


def assess_limb(
    limb: Limb, requirement: Requirement, figures: WideFigures, indicator: str
) -> LimbResult:
    """Return the limb's value and verdict for every commune.

    Parameters
    ----------
    limb : Limb
    requirement : Requirement
        What is in force.
    figures : WideFigures
    indicator : str
        The code under which figures are chosen.
    """
    value, from_parts, parts = limb_value(limb, figures, indicator)
    n = figures.n
    verdict: Words = np.full(n, NO_DATA, dtype=object)
    reason: Words = np.full(n, "no_figure", dtype=object)
    number = value.number & ~np.isnan(value.low)
    reason[value.number & np.isnan(value.low)] = "zero_base"
    for code, word in ((PENDING, PENDING_VERDICT), (NOT_APPLICABLE, NOT_APPLICABLE_VERDICT)):
        verdict[value.status == code] = word
        reason[value.status == code] = word
    if requirement.op == "unknown":
        best = number & _best_possible(limb, value)
        verdict[best], reason[best] = MET, ""
        reason[number & ~best] = "unknown_threshold"
        return LimbResult(value, verdict, reason, from_parts, parts)
    decided = _exact_near(limb, requirement, value, from_parts, parts)
    low_holds = holds(value.low, requirement, decided)
    high_holds = holds(value.high, requirement, decided)
    all_hold, none_holds = _over_interval(value, requirement, low_holds, high_holds)
    verdict[number & all_hold], reason[number & all_hold] = MET, ""
    verdict[number & none_holds], reason[number & none_holds] = NOT_MET, ""
    reason[number & ~all_hold & ~none_holds] = "inequality_spans"
    return LimbResult(value, verdict, reason, from_parts, parts)


def _best_possible(limb: Limb, value: Column) -> Bools:
    worse_when_more = limb.loss is not None and limb.loss.by > 0
    if limb.kind == "rate":
        return (value.high <= 0.0) if worse_when_more else (value.low >= 100.0)
    if limb.kind == "yes_no":
        return value.low >= 1.0
    return np.zeros(len(value.low), dtype=np.bool_)


def _exact_near(
    limb: Limb,
    requirement: Requirement,
    value: Column,
    from_parts: Bools,
    parts: Mapping[str, Column],
) -> Decided:
    near = close(value.low, requirement)
    near = near[value.low[near] == value.high[near]]
    computed, stated = near[from_parts[near]], near[~from_parts[near]]
    lows = {name: column.low for name, column in parts.items()}
    return (
        np.concatenate([computed, stated]),
        np.concatenate(
            [
                decide(limb.parsed, requirement, lows, computed),
                decide(_STATED, requirement, {"stated": value.low}, stated),
            ]
        ),
    )


def _over_interval(
    value: Column, requirement: Requirement, low_holds: Bools, high_holds: Bools
) -> tuple[Bools, Bools]:
    threshold = float(requirement.threshold or 0)
    at_low, at_high = value.low == threshold, value.high == threshold
    if requirement.higher_is_better:
        # All of ]80, …[ is above 80, though 80 itself is not.
        all_hold = low_holds | (value.low_open & at_low)
        none_holds = ~high_holds | (value.high_open & at_high)
    else:
        all_hold = high_holds | (value.high_open & at_high)
        none_holds = ~low_holds | (value.low_open & at_low)
    return all_hold, none_holds & ~all_hold
