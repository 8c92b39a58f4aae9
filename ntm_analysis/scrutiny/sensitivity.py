"""Sensitivity: how far each quantitative result moves, and what would turn it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.assessment import Assessment, Variants
from ntm_analysis.assessment.stability import several_readings
from ntm_analysis.assessment.verdicts import MET, NO_DATA, NOT_MET
from ntm_analysis.communes import Case, Reading, choose
from ntm_analysis.rulebook import Rule
from ntm_analysis.rulebook.formula import exact

QUANTITATIVE: Final = ("rate", "amount", "count", "level")
AROUND: Final = 2
"""How many units beyond the figures reported a what-if table goes."""
MOST_ROWS: Final = 8
MOST_COLUMNS: Final = 4


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How firm one indicator's value is.

    Attributes
    ----------
    code : str
    low, high : float
        The least and the greatest value over all admissible readings; NaN without a figure.
    several : bool
        Whether any of its variables is reported with several values.
    driver : str
        The variable that matters most: whose other readings move the value furthest, or, where
        each has one reading, whose change by one per cent does.
    thin : float
        How thin the margin is: the share that may be lost; NaN where there is none to lose.
    """

    code: str
    low: float
    high: float
    several: bool
    driver: str
    thin: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """An indicator's value under changed counts.

    Attributes
    ----------
    code : str
    variable : str
        What changes from row to row; the count that headroom is counted in.
    base : str
        What changes from column to column; empty where nothing else is counted.
    rows, columns : tuple of Fraction
    values : tuple of tuple of Fraction or None
        Per row and column; None where the formula has no value.
    verdicts : tuple of tuple of str
        `met`, `not_met` or `no_data`.
    reported : frozenset of (Fraction, Fraction)
        The pair that the indicator is assessed with.
    """

    code: str
    variable: str
    base: str
    rows: tuple[Fraction, ...]
    columns: tuple[Fraction, ...]
    values: tuple[tuple[Fraction | None, ...], ...]
    verdicts: tuple[tuple[str, ...], ...]
    reported: frozenset[tuple[Fraction, Fraction]]


def sensitivities(case: Case, assessment: Assessment) -> list[Sensitivity]:
    """Return the sensitivity of every quantitative indicator that has a figure, in legal order."""
    rows = assessment.records(case)
    found = []
    for rule in case.rules.rules:
        row = rows[rule.code]
        low, high = float(row["own_low"]), float(row["own_high"])
        if rule.indicator.kind not in QUANTITATIVE or math.isnan(low):
            continue
        several = several_readings(case, rule)
        driver = _elastic(case, rule)
        if several:
            variants = Variants(case, rule)
            low, high = variants.interval
            swings = {name: variants.swing(name) for name in variants.choices}
            widest = max(swings, key=lambda name: swings[name])
            driver = widest if swings[widest] > 0 else driver
        found.append(Sensitivity(rule.code, low, high, several, driver, float(row["thinness"])))
    return found


def _elastic(case: Case, rule: Rule) -> str:
    """Return the variable whose change by one per cent moves the value most."""
    own = rule.indicator.own
    parts = _parts(case, rule)
    if parts is None:
        return own.stated or own.parsed.variables[0]
    moves = {}
    for name, value in parts.items():
        moved = {**parts, name: value * Fraction(101, 100)}
        try:
            moves[name] = abs(
                own.parsed.evaluate_exactly(moved) - own.parsed.evaluate_exactly(parts)
            )
        except ZeroDivisionError:
            moves[name] = Fraction(0)
    # Part and whole of a share move it almost alike: the part, which comes first, is named.
    greatest = max(moves.values())
    return next(name for name, move in moves.items() if move >= greatest * Fraction(95, 100))


def _parts(case: Case, rule: Rule) -> dict[str, Fraction] | None:
    parts = {}
    for name in rule.indicator.own.parsed.variables:
        reading = choose(case.readings, name, rule.code)
        if reading is None or not reading.exact:
            return None
        parts[name] = exact(reading.low)
    return parts


def what_if(case: Case, rule: Rule) -> WhatIf | None:
    """Return a table of an indicator's values under changed counts.

    The rows go a little beyond the counts reported and the count at which the verdict turns; the
    columns are the values reported for the base, so 31…36 poor households × 2,692 and 2,751.

    Parameters
    ----------
    case : Case
    rule : Rule
        An indicator whose headroom is counted in a variable.

    Returns
    -------
    WhatIf or None
        None where the figures are not counts, or no threshold is known.
    """
    own, requirement = rule.indicator.own, rule.own
    parts = _parts(case, rule)
    if own.loss is None or parts is None or requirement.threshold is None:
        return None
    variable = own.loss.variable
    step = exact(case.rules.rulebook.variables[variable].step or 1.0)
    base = _base(rule, variable)
    columns = _counts(case, base, parts[base])[:MOST_COLUMNS] if base else [Fraction(0)]
    rows = _row_counts(case, rule, variable, parts, step)
    values = [[_value(rule, {**parts, variable: r, base: c}) for c in columns] for r in rows]
    verdicts = [
        [NO_DATA if v is None else MET if requirement.holds(v) else NOT_MET for v in line]
        for line in values
    ]
    return WhatIf(
        rule.code,
        variable,
        base,
        tuple(rows),
        tuple(columns),
        tuple(map(tuple, values)),
        tuple(map(tuple, verdicts)),
        frozenset({(parts[variable], parts[base] if base else Fraction(0))}),
    )


def _base(rule: Rule, variable: str) -> str:
    """Return the last count in the formula that is no part of the change: its denominator."""
    names = [n for n in rule.indicator.own.parsed.variables if n != variable]
    shared = [n for n in names if rule.indicator.own.formula.count(n) > 1]
    wholes = [n for n in (*shared, *names) if f"/ ({n}" in rule.indicator.own.formula]
    return wholes[0] if wholes else (names[-1] if names else "")


def _value(rule: Rule, parts: dict[str, Fraction]) -> Fraction | None:
    parts.pop("", None)
    try:
        value = rule.indicator.own.parsed.evaluate_exactly(parts)
    except ZeroDivisionError:
        return None
    return None if rule.indicator.kind == "rate" and not 0 <= value <= 100 else value


def _counts(case: Case, name: str, first: Fraction) -> list[Fraction]:
    readings: list[Reading] = [r for r in case.readings if r.variable == name and r.exact]
    return sorted({first, *(exact(reading.low) for reading in readings)})


def _row_counts(
    case: Case, rule: Rule, variable: str, parts: dict[str, Fraction], step: Fraction
) -> list[Fraction]:
    reported = _counts(case, variable, parts[variable])
    turn = _turning(rule, variable, parts, step)
    marks = sorted({*reported, *turn})
    if (marks[-1] - marks[0]) / step <= MOST_ROWS - 2:
        low, high = marks[0] - AROUND * step, marks[-1] + AROUND * step
        span = int((high - low) / step)
        counts = [low + n * step for n in range(span + 1)]
    else:
        counts = sorted({m + d * step for m in turn for d in (-1, 0, 1)} | set(reported))
    return [count for count in counts if count >= 0]


def _turning(
    rule: Rule, variable: str, parts: dict[str, Fraction], step: Fraction
) -> tuple[Fraction, ...]:
    """Return the last count that keeps the verdict, by bisection; none where none turns it."""
    assert rule.indicator.own.loss is not None
    start = parts[variable]
    value = _value(rule, dict(parts))
    if value is None:
        return ()
    met = rule.own.holds(value)
    worse = rule.indicator.own.loss.by if met else -rule.indicator.own.loss.by
    low, high = 0, int(start / step) if worse < 0 else int(start / step) + 1_000_000

    def same(steps: int) -> bool:
        moved = _value(rule, {**parts, variable: start + worse * steps * step})
        return moved is not None and rule.own.holds(moved) == met

    if same(high):
        return ()
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if same(middle) else (low, middle)
    return (start + worse * low * step,)


def thin_or_flipping(
    case: Case, assessment: Assessment, found: Sequence[Sensitivity]
) -> list[Rule]:
    """Return the indicators that deserve a what-if table: thin margins, and verdicts that flip."""
    rows = assessment.records(case)
    return [
        case.rules.by_code[one.code]
        for one in found
        if bool(rows[one.code]["thin"]) or str(rows[one.code]["stability"]).startswith("flips")
    ]
