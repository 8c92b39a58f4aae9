"""Stability of many communes at once: the smallest change of readings that turns a verdict."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ntm_analysis.assessment.combine import assess_rule
from ntm_analysis.assessment.options import Options, Readings, Rows, admissible
from ntm_analysis.assessment.stability import MAX_COMBINATIONS, STABLE
from ntm_analysis.assessment.verdicts import Words
from ntm_analysis.assessment.wide import WideFigures
from ntm_analysis.rulebook import Rule

_AT_ONCE = 1 << 20
"""So many combinations are assessed together; more are taken in turns."""


def stabilities(
    rule: Rule,
    figures: WideFigures,
    readings: Readings,
    verdict: Words,
) -> Words:
    """Return `stable` or the flip of an indicator for every commune, as `stability` does for one.

    Parameters
    ----------
    rule : Rule
    figures : WideFigures
        Of the same readings.
    readings : Readings
    verdict : array of str, shape (n,)
    """
    found: Words = np.full(figures.n, STABLE, dtype=object)
    names = rule.indicator.variables
    several = [readings.case[readings.distinct(name)] for name in names]
    cases = np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *several]))
    if len(cases) == 0:
        return found
    options = {
        name: Options.of(readings, name, figures.chosen(name, rule.code), cases) for name in names
    }
    sizes = _sizes(options)
    if np.any(sizes > MAX_COMBINATIONS):
        many = sizes > MAX_COMBINATIONS
        options = {name: one.extremes(readings, many) for name, one in options.items()}
        sizes = _sizes(options)
    turn = np.cumsum(sizes) // _AT_ONCE
    for number in np.unique(turn):
        some = np.flatnonzero(turn == number)
        _flips(rule, readings, options, some, sizes[some], cases, verdict, found)
    return found


def _sizes(options: Mapping[str, Options]) -> Rows:
    sizes: Rows = np.prod([one.counts + 1 for one in options.values()], axis=0)
    return sizes


def _flips(
    rule: Rule,
    readings: Readings,
    options: Mapping[str, Options],
    some: Rows,
    sizes: Rows,
    cases: Rows,
    verdict: Words,
    found: Words,
) -> None:
    case = np.repeat(some, sizes)
    local = np.arange(len(case)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    first = local == 0
    picks: dict[str, Rows] = {}
    rows: dict[str, Rows] = {}
    left = local
    # The last variable changes fastest.
    for name in reversed(list(options)):
        count = options[name].counts[case] + 1
        left, picks[name] = np.divmod(left, count)
        rows[name] = options[name].pick(case, picks[name])
    columns = {name: readings.column(rows[name]) for name in options}
    result = assess_rule(rule, WideFigures.from_columns(columns, len(case)))
    own = result.limbs[rule.indicator.own.key].value
    keep = admissible(rule, columns, own)
    keep &= ~first & (result.verdict != verdict[cases[case]])
    at = np.flatnonzero(keep)
    if len(at) == 0:
        return
    changed = np.sum([picks[name][at] != 0 for name in options], axis=0)
    size: NDArray[np.float64] = np.max(
        [readings.relative(rows[n][at], one.chosen[case[at]]) for n, one in options.items()], axis=0
    )
    order = np.lexsort((size, changed, case[at]))
    best = at[order[np.unique(case[at[order]], return_index=True)[1]]]
    for position in best:
        words = [f"{n}={readings.text(rows[n][position])}" for n in options if picks[n][position]]
        turned = f"flips: {', '.join(words)} -> {result.verdict[position]}"
        found[cases[case[position]]] = turned
