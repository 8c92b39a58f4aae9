"""Verdicts of single limbs: values, comparison with the threshold, exact where it is close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ntm_analysis.assessment.enclosure import enclose, is_share, within_kind, within_wholes
from ntm_analysis.assessment.ratios import Ratios
from ntm_analysis.assessment.wide import (
    MISSING,
    NOT_APPLICABLE,
    NUMBER,
    PENDING,
    Column,
    WideFigures,
)
from ntm_analysis.rulebook import Formula, Limb, Requirement, Variable
from ntm_analysis.rulebook.formula import exact
from ntm_analysis.verdicts import (
    COUNTED,
    MET,
    NO_DATA,
    NOT_APPLICABLE_VERDICT,
    NOT_MET,
    PENDING_VERDICT,
    VERDICTS,
)

__all__ = [
    "COUNTED",
    "MET",
    "NOT_APPLICABLE_VERDICT",
    "NOT_MET",
    "NO_DATA",
    "PENDING_VERDICT",
    "VERDICTS",
]

CLOSE: Final = 1e-9
"""Values this near the threshold (relative above 1) are decided again in exact fractions."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Words = NDArray[np.object_]
_STATED: Final = Formula("stated")
_NONE: Final[Mapping[str, Variable]] = {}


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
        `unknown_threshold`, `delegated`, `class_unknown`, `pending`, `not_applicable`; else empty.
    from_parts : array of bool, shape (n,)
        Whether the value was computed from the formula's parts, all plain numbers.
    parts : mapping of variable to Column
        The formula's variables, as reported.
    stated : array of bool, shape (n,)
        Whether the value is the one that the commune states itself.
    """

    value: Column
    verdict: Words
    reason: Words
    from_parts: Bools
    parts: Mapping[str, Column]
    stated: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))


@dataclass(frozen=True, slots=True)
class _Value:
    """A limb's value, and where its ends come from.

    Attributes
    ----------
    column : Column
    parts : mapping of variable to Column
        As reported.
    stated, loose : array of bool, shape (n,)
        Where the value is stated by the commune; where its ends may lie outside what can be.
    at_low, at_high : mapping of variable to array of float, shape (n,)
        The figures that give its ends.
    """

    column: Column
    parts: Mapping[str, Column]
    stated: Bools
    loose: Bools
    at_low: Mapping[str, Floats]
    at_high: Mapping[str, Floats]


def _value_of(
    limb: Limb, figures: WideFigures, indicator: str, variables: Mapping[str, Variable]
) -> _Value:
    """Return a limb's value.

    Where the formula's variables are not all reported, the variable that states the value
    itself stands in.
    """
    formula = limb.parsed
    parts = {name: figures.column(name, indicator) for name in formula.variables}
    found = _evaluate(formula, parts, figures.n, variables)
    if limb.stated is None:
        return found
    stated = within_kind(figures.column(limb.stated, indicator), variables.get(limb.stated))
    use = (found.column.status != NUMBER) & (stated.status != MISSING)
    column = _where(use, stated, found.column)
    return _Value(column, parts, use, found.loose & ~use, found.at_low, found.at_high)


def _where(use: Bools, one: Column, other: Column) -> Column:
    return Column(
        np.where(use, one.low, other.low),
        np.where(use, one.high, other.high),
        np.where(use, one.low_open, other.low_open),
        np.where(use, one.high_open, other.high_open),
        np.where(use, one.status, other.status),
    )


def _evaluate(
    formula: Formula, parts: Mapping[str, Column], n: int, variables: Mapping[str, Variable]
) -> _Value:
    none = np.zeros(n, dtype=np.bool_)
    lows = {name: column.low for name, column in parts.items()}
    if formula.text.strip() == formula.variables[0]:
        (column,) = (within_kind(one, variables.get(name)) for name, one in parts.items())
        name = formula.variables[0]
        return _Value(column, parts, none, none, {name: column.low}, {name: column.high})
    columns = list(parts.values())
    number = np.logical_and.reduce([column.number for column in columns])
    status = np.full(n, MISSING, dtype=np.int8)
    for code in (NOT_APPLICABLE, PENDING):
        said = np.logical_or.reduce([column.status == code for column in columns])
        status[said] = code
    status[number] = NUMBER
    value = formula.evaluate(lows)
    value[~number] = np.nan
    ranged = number & np.logical_or.reduce([column.low != column.high for column in columns])
    rows = np.flatnonzero(ranged)
    if len(rows) == 0:
        return _Value(Column(value, value, none, none, status), parts, none, none, lows, lows)
    kinds = {name: within_kind(c.at(rows), variables.get(name)) for name, c in parts.items()}
    box = enclose(formula, within_wholes(kinds, variables))
    low, high, low_open, high_open = value.copy(), value.copy(), none.copy(), none.copy()
    low[rows], high[rows] = box.low, box.high
    low_open[rows], high_open[rows] = box.low_open, box.high_open
    if is_share(formula, variables):
        over = ranged & (high > 100) & ~np.isneginf(low) & (low < 100)
        high[over], high_open[over] = 100.0, False
    loose = none.copy()
    loose[rows] = ~box.tight
    at_low, at_high = ({k: v.copy() for k, v in lows.items()} for _ in range(2))
    for name in parts:
        at_low[name][rows], at_high[name][rows] = box.at_low[name], box.at_high[name]
    column = Column(low, high, low_open, high_open, status)
    return _Value(column, parts, none, loose, at_low, at_high)


def close(values: Floats, requirement: Requirement) -> NDArray[np.intp]:
    """Return the positions of the values too near the threshold for floating point."""
    assert requirement.threshold is not None
    threshold = float(requirement.threshold)
    with np.errstate(invalid="ignore"):
        near = np.abs(values - threshold) <= CLOSE * max(1.0, abs(threshold))
    return np.flatnonzero(near)


def sides(
    formula: Formula,
    threshold: Fraction,
    parts: Mapping[str, Floats],
    positions: NDArray[np.intp],
) -> Floats:
    """Return on which side of a threshold the formula's exact values lie, at some positions.

    In whole numbers for all of them at once; the few that would overflow, one by one.

    Returns
    -------
    array of float, shape of `positions`
        -1 under the threshold, 0 at it, 1 over it; NaN where a denominator is zero.
    """
    if len(positions) == 0:
        return np.zeros(0)
    ratios = {name: Ratios.of(parts[name][positions]) for name in formula.variables}
    one = np.ones(len(positions))
    value = formula.evaluate_with(ratios, lambda number: Ratios.of(one * number))
    signs, sure = value.signs(threshold)
    found = signs.astype(np.float64)
    for place in np.flatnonzero(~sure):
        at = {name: exact(float(parts[name][positions[place]])) for name in formula.variables}
        try:
            exactly = formula.evaluate_exactly(at)
        except ZeroDivisionError:
            found[place] = np.nan
        else:
            found[place] = (exactly > threshold) - (exactly < threshold)
    return found


def decide(
    formula: Formula,
    requirement: Requirement,
    parts: Mapping[str, Floats],
    positions: NDArray[np.intp],
) -> Bools:
    """Return whether the formula's exact values satisfy a comparison, at some positions."""
    assert requirement.threshold is not None
    return np.asarray(requirement.allows(sides(formula, requirement.threshold, parts, positions)))


def holds(
    values: Floats, requirement: Requirement, formula: Formula, parts: Mapping[str, Floats]
) -> Bools:
    """Return where a formula's values satisfy a comparison, exactly at the threshold.

    Parameters
    ----------
    values : array of float, shape (n,)
    requirement : Requirement
        With a threshold.
    formula : Formula
    parts : mapping of variable to array of float, shape (n,)
        What the values were computed from.
    """
    assert requirement.threshold is not None
    signs = np.sign(values - float(requirement.threshold))
    near = close(values, requirement)
    signs[near] = sides(formula, requirement.threshold, parts, near)
    return np.asarray(requirement.allows(signs), dtype=np.bool_)


def assess_limb(
    limb: Limb,
    requirement: Requirement,
    figures: WideFigures,
    indicator: str,
    variables: Mapping[str, Variable] = _NONE,
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
    variables : mapping of str to Variable
        Those of the rulebook: what a figure of each kind can be, and what is a part of what.
    """
    found = _value_of(limb, figures, indicator, variables)
    value, n = found.column, figures.n
    ranged = np.logical_or.reduce([part.low != part.high for part in found.parts.values()])
    from_parts = ~found.stated & value.number & ~ranged
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
        reason[number & ~best] = requirement.why
    else:
        all_hold, none_holds = _over_interval(limb, requirement, found)
        verdict[number & all_hold], reason[number & all_hold] = MET, ""
        verdict[number & none_holds], reason[number & none_holds] = NOT_MET, ""
        reason[number & ~all_hold & ~none_holds] = "inequality_spans"
    return LimbResult(value, verdict, reason, from_parts, found.parts, found.stated)


def _best_possible(limb: Limb, value: Column) -> Bools:
    if limb.kind == "rate":
        return (value.high <= 0.0) if limb.lower_is_better else (value.low >= 100.0)
    if limb.kind == "yes_no":
        return value.low >= 1.0
    return np.zeros(len(value.low), dtype=np.bool_)


def _over_interval(limb: Limb, requirement: Requirement, found: _Value) -> tuple[Bools, Bools]:
    """Return where every value holds, and where none does."""
    value = found.column
    low = _sides_of(limb, requirement, found, value.low, found.at_low, outside=-1.0)
    high = _sides_of(limb, requirement, found, value.high, found.at_high, outside=1.0)
    low_holds, high_holds = requirement.allows(low), requirement.allows(high)
    if requirement.higher_is_better:
        # All of ]80, …[ is above 80, though 80 itself is not.
        all_hold = low_holds | (value.low_open & (low == 0))
        none_holds = ~high_holds | (value.high_open & (high == 0))
    else:
        all_hold = high_holds | (value.high_open & (high == 0))
        none_holds = ~low_holds | (value.low_open & (low == 0))
    return all_hold, none_holds & ~all_hold


def _sides_of(
    limb: Limb,
    requirement: Requirement,
    found: _Value,
    ends: Floats,
    at: Mapping[str, Floats],
    outside: float,
) -> Floats:
    """Return on which side of the threshold one end of every value lies.

    An end that may lie outside what can be is taken to do so where it is near the threshold.
    """
    assert requirement.threshold is not None
    with np.errstate(invalid="ignore"):
        signs = np.sign(ends - float(requirement.threshold))
    near = close(ends, requirement)
    if len(near) == 0:
        return signs
    loose, stated = found.loose[near], found.stated[near]
    infinite = np.logical_or.reduce([np.isinf(at[name][near]) for name in limb.parsed.variables])
    signs[near[loose]] = outside
    said = near[stated]
    signs[said] = sides(_STATED, requirement.threshold, {"stated": ends}, said)
    # At a corner that is infinite the value is a limit, and the float is that limit.
    plain = near[~loose & ~stated & ~infinite]
    exactly = sides(limb.parsed, requirement.threshold, at, plain)
    # Where a corner has no value the end is none that is reached: it may lie beyond.
    signs[plain] = np.where(np.isnan(exactly), outside, exactly)
    return signs
