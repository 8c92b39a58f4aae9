"""What a formula can come to where its figures are inequalities or ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ntm_analysis.assessment.intervals import Bools, Floats, Intervals, Slopes
from ntm_analysis.assessment.wide import Column
from ntm_analysis.rulebook import Formula, Variable

Parts = Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An interval that holds every value of a formula over a box of figures.

    Attributes
    ----------
    low, high : array of float, shape (n,)
    low_open, high_open : array of bool, shape (n,)
        Where an end is known to be out of reach.
    tight : array of bool, shape (n,)
        Where both ends are the formula's own values at corners of the box, so that they can be
        decided exactly; elsewhere the interval may be wider than what can be.
    at_low, at_high : mapping of variable to array of float, shape (n,)
        These corners.
    """

    low: Floats
    high: Floats
    low_open: Bools
    high_open: Bools
    tight: Bools
    at_low: Mapping[str, Floats]
    at_high: Mapping[str, Floats]


def within_kind(column: Column, variable: Variable | None) -> Column:
    """Return readings without what a variable of that kind can never be.

    Counts, amounts and rates begin at 0; a count is whole, so that `< 2800` ends at 2799; a
    variable of per cent ends at 100. Plain numbers stay as they are.
    """
    ranged = column.number & (column.low != column.high)
    if variable is None or variable.kind in ("flag", "grade") or not np.any(ranged):
        return column
    low, high = column.low.copy(), column.high.copy()
    low_open, high_open = column.low_open.copy(), column.high_open.copy()
    if variable.kind == "count":
        up = np.where(low_open, np.floor(low) + 1, np.ceil(low))
        down = np.where(high_open, np.ceil(high) - 1, np.floor(high))
        low, high = np.where(ranged, up, low), np.where(ranged, down, high)
        low_open &= ~ranged | np.isinf(low)
        high_open &= ~ranged | np.isinf(high)
    below = ranged & (low < 0)
    low[below], low_open[below] = 0.0, False
    if variable.kind == "percent":
        above = ranged & (high > 100)
        high[above], high_open[above] = 100.0, False
    left = ~ranged | (low > high)  # what contradicts itself stays as it was written
    return Column(
        np.where(left, column.low, low),
        np.where(left, column.high, high),
        np.where(left, column.low_open, low_open),
        np.where(left, column.high_open, high_open),
        column.status,
    )


def within_wholes(parts: Parts, variables: Mapping[str, Variable]) -> dict[str, Column]:
    """Return the figures of a formula without what their wholes, by `part_of`, rule out.

    A part ends where its whole does, and a whole begins where its part does. Figures that
    contradict each other are left as they were reported.
    """
    found = dict(parts)
    pairs = [
        (name, whole)
        for name in parts
        if name in variables and (whole := variables[name].part_of or "") in parts
    ]
    for _ in pairs:  # so often that bounds reach through a chain of parts
        for name, whole in pairs:
            part, all_of = found[name], found[whole]
            both = part.number & all_of.number
            both &= (part.low != part.high) | (all_of.low != all_of.high)
            shut = part.low_open | all_of.high_open
            both &= (part.low < all_of.high) | ((part.low == all_of.high) & ~shut)
            less = both & (all_of.high < part.high)
            more = both & (part.low > all_of.low)
            same = both & (all_of.high == part.high)
            start = both & (part.low == all_of.low)
            found[name] = Column(
                part.low,
                np.where(less, all_of.high, part.high),
                part.low_open,
                np.where(less, all_of.high_open, part.high_open | (same & all_of.high_open)),
                part.status,
            )
            found[whole] = Column(
                np.where(more, part.low, all_of.low),
                all_of.high,
                np.where(more, part.low_open, all_of.low_open | (start & part.low_open)),
                all_of.high_open,
                all_of.status,
            )
    return found


def is_share(formula: Formula, variables: Mapping[str, Variable]) -> bool:
    """Return whether a formula is 100 times a part over its whole, which never exceeds 100."""
    names = formula.variables
    if len(names) != 2 or names[0] not in variables:
        return False
    part, whole = names
    plain = formula.text.replace(" ", "") == f"100*{part}/{whole}"
    return plain and variables[part].part_of == whole


def enclose(formula: Formula, parts: Parts) -> Enclosure:
    """Return what a formula can come to over boxes of figures.

    Parameters
    ----------
    formula : Formula
    parts : mapping of variable to Column
        Numbers only: the sides of each box.

    Returns
    -------
    Enclosure
        No value of the formula lies outside it. Where the sign of every slope over the box is
        proved, by interval arithmetic on the derivative, the ends are those at two corners; else
        interval arithmetic encloses them. Division by an interval that holds 0 has no ends.
    """
    n = len(next(iter(parts.values())).low)
    box = {name: Intervals.of(c.low, c.high, c.low_open, c.high_open) for name, c in parts.items()}
    at_low = {name: column.low.copy() for name, column in parts.items()}
    at_high = {name: column.low.copy() for name, column in parts.items()}
    ranged = {name: column.low != column.high for name, column in parts.items()}
    low_box, high_box = dict(box), dict(box)
    tight = np.ones(n, dtype=np.bool_)
    for name, column in parts.items():
        if not np.any(ranged[name]):
            continue
        slope = _slopes(formula, box, name)
        rises, falls = slope.rises, slope.falls & ~slope.rises
        at_low[name] = np.where(falls, column.high, column.low)
        at_high[name] = np.where(falls, column.low, column.high)
        fixed = rises | falls | ~ranged[name]
        tight &= fixed
        # An end at infinity is no point of the box: there the side itself stays.
        low_box[name] = _fix(box[name], at_low[name], fixed & np.isfinite(at_low[name]))
        high_box[name] = _fix(box[name], at_high[name], fixed & np.isfinite(at_high[name]))
    lower, upper = _evaluate(formula, low_box, n), _evaluate(formula, high_box, n)
    low, high = lower.low, upper.high
    low_open, high_open = np.isneginf(low), np.isposinf(high)
    corners = _corner(formula, at_low), _corner(formula, at_high)
    tight &= ~np.isnan(corners[0]) & ~np.isnan(corners[1])
    # At a pole the corner's sign means nothing: there the interval's own end stays.
    ends = np.isfinite(corners[0]), np.isfinite(corners[1])
    low = np.where(tight & ends[0], corners[0], low)
    greater = np.maximum(np.where(ends[0], corners[0], -np.inf), corners[1])
    high = np.where(tight & ends[1], greater, high)
    for name, column in parts.items():
        if not np.any(ranged[name] & (column.low_open | column.high_open)):
            continue
        for end, at, out_of_reach in ((low, at_low, low_open), (high, at_high, high_open)):
            opened = np.where(at[name] == column.low, column.low_open, column.high_open)
            opened &= ranged[name] & tight & np.isfinite(end)
            if np.any(opened):
                out_of_reach[:] |= opened & _strict(formula, box, at, name)
    low_open |= np.isneginf(low)
    high_open |= np.isposinf(high)
    return Enclosure(low, high, low_open, high_open, tight, at_low, at_high)


def _corner(formula: Formula, at: Mapping[str, Floats]) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return formula.evaluate_with(at, lambda number: np.full(1, float(number)))


def _strict(
    formula: Formula, box: Mapping[str, Intervals], at: Mapping[str, Floats], name: str
) -> Bools:
    """Return where the formula never stands still along the edge of the box at a corner."""
    edge = {other: _fix(side, at[other], np.isfinite(at[other])) for other, side in box.items()}
    edge[name] = box[name]
    return ~_slopes(formula, edge, name).holds_zero


def _fix(side: Intervals, values: Floats, where: Bools) -> Intervals:
    point = Intervals.point(np.where(where, values, 0.0))
    return Intervals(
        np.where(where, point.low, side.low),
        np.where(where, point.high, side.high),
        np.where(where, False, side.low_open),
        np.where(where, False, side.high_open),
    )


def _evaluate(formula: Formula, box: Mapping[str, Intervals], n: int) -> Intervals:
    return formula.evaluate_with(box, lambda number: Intervals.point(np.full(n, float(number))))


def _slopes(formula: Formula, box: Mapping[str, Intervals], name: str) -> Intervals:
    n = len(box[name].low)

    def whole(number: float) -> Intervals:
        return Intervals.point(np.full(n, float(number)))

    sides = {other: Slopes(side, whole(other == name)) for other, side in box.items()}
    return formula.evaluate_with(sides, lambda number: Slopes(whole(number), whole(0))).slope
