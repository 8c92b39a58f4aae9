"""Stability: whether a verdict survives every other reading of its figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ntm_analysis.assessment.combine import assess_rule
from ntm_analysis.assessment.options import admissible
from ntm_analysis.assessment.verdicts import Floats, Words
from ntm_analysis.assessment.wide import STATUS_CODES, Column, WideFigures
from ntm_analysis.communes import Case, Reading, choose
from ntm_analysis.rulebook import Rule

MAX_COMBINATIONS: Final = 1 << 20
"""More combinations than that are cut to each variable's extremes, where verdicts turn first."""
STABLE: Final = "stable"


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
    limb : str
        The limb that decides the verdict.
    size : float
        The largest relative change among them.
    """

    readings: tuple[Reading, ...]
    changed: tuple[Reading, ...]
    verdict: str
    low: float
    high: float
    limb: str
    size: float


class Variants:
    """All admissible combinations of an indicator's readings, assessed at once.

    Parameters
    ----------
    case : Case
    rule : Rule

    Notes
    -----
    A combination is admissible if no part exceeds its whole and no rate leaves 0 to 100 %. Every
    distinct reading of a variable in the commune's papers is tried, wherever it is reported.
    """

    def __init__(self, case: Case, rule: Rule) -> None:
        self.case, self.rule = case, rule
        self.choices = _limited(_choices(case, rule))
        counts = [len(group) for group in self.choices.values()]
        # The first reading of each variable is the one assessed, so row 0 is the assessed choice.
        self._picks: NDArray[np.intp] = (
            np.indices(counts).reshape(len(counts), -1).T if counts else np.zeros((1, 0), np.intp)
        )
        self._assess()

    def __len__(self) -> int:
        return len(self.verdict)

    def _assess(self) -> None:
        n = len(self._picks)
        columns = {
            name: _column(group, self._picks[:, place])
            for place, (name, group) in enumerate(self.choices.items())
        }
        result = assess_rule(self.rule, WideFigures.from_columns(columns, n))
        own = result.limbs[self.rule.indicator.own.key].value
        keep = admissible(self.rule, columns, own)
        keep[0] = True
        changed = (self._picks != 0).sum(axis=1)
        size = self._sizes()
        order = np.lexsort((size, changed))
        order = order[keep[order]]
        self._picks = self._picks[order]
        self.verdict: Words = result.verdict[order]
        self._decides: NDArray[np.intp] = result.decides[order]
        self.low: Floats = own.low[order]
        self.high: Floats = own.high[order]
        self._size: Floats = size[order]

    def _sizes(self) -> Floats:
        sizes = np.zeros(len(self._picks))
        for place, group in enumerate(self.choices.values()):
            first = group[0]
            steps = np.array([_relative(reading, first) for reading in group])
            sizes = np.maximum(sizes, steps[self._picks[:, place]])
        return sizes

    def at(self, position: int) -> Variant:
        """Return one combination; position 0 is the one assessed, then by the size of change."""
        picks = self._picks[position]
        groups = list(self.choices.values())
        readings = tuple(group[pick] for group, pick in zip(groups, picks, strict=True))
        changed = tuple(r for r, pick in zip(readings, picks, strict=True) if pick)
        return Variant(
            readings,
            changed,
            str(self.verdict[position]),
            float(self.low[position]),
            float(self.high[position]),
            self.rule.indicator.limbs[int(self._decides[position])].key,
            float(self._size[position]),
        )

    def flip(self, verdict: str) -> Variant | None:
        """Return the smallest change of readings that gives another verdict, if any does."""
        others = np.flatnonzero(self.verdict[1:] != verdict)
        return self.at(int(others[0]) + 1) if len(others) else None

    def lone_flips(self, verdict: str) -> list[Variant]:
        """Return every single other reading that alone gives another verdict, smallest first."""
        alone = (self._picks != 0).sum(axis=1) == 1
        return [self.at(int(n)) for n in np.flatnonzero(alone & (self.verdict != verdict))]

    @cached_property
    def interval(self) -> tuple[float, float]:
        """The least and the greatest value over all combinations; NaN where there is none."""
        if np.all(np.isnan(self.low)):
            return math.nan, math.nan
        return float(np.nanmin(self.low)), float(np.nanmax(self.high))

    def swing(self, name: str) -> float:
        """Return how far the value moves when one variable alone takes its other readings."""
        place = list(self.choices).index(name)
        alone = np.delete(self._picks, place, axis=1).sum(axis=1) == 0
        lows, highs = self.low[alone], self.high[alone]
        if np.all(np.isnan(lows)):
            return 0.0
        return float(np.nanmax(highs) - np.nanmin(lows))


def _choices(case: Case, rule: Rule) -> dict[str, list[Reading]]:
    choices: dict[str, list[Reading]] = {}
    for name in rule.indicator.variables:
        primary = choose(case.readings, name, rule.code)
        if primary is None:
            continue
        distinct = {primary.value_key: primary}
        for reading in case.readings:
            if reading.variable == name:
                distinct.setdefault(reading.value_key, reading)
        choices[name] = list(distinct.values())
    return choices


def _limited(choices: dict[str, list[Reading]]) -> dict[str, list[Reading]]:
    if math.prod(len(group) for group in choices.values()) <= MAX_COMBINATIONS:
        return choices
    return {name: _extremes(group) for name, group in choices.items()}


def _extremes(group: Sequence[Reading]) -> list[Reading]:
    numbers = [reading for reading in group if reading.status == "number"]
    words = [reading for reading in group if reading.status != "number"]
    ends = [min(numbers, key=lambda r: r.low), max(numbers, key=lambda r: r.high)]
    return list({r.value_key: r for r in (group[0], *(ends if numbers else []), *words)}.values())


def _column(group: Sequence[Reading], picks: NDArray[np.intp]) -> Column:
    return Column(
        np.array([r.low for r in group])[picks],
        np.array([r.high for r in group])[picks],
        np.array([r.low_open for r in group])[picks],
        np.array([r.high_open for r in group])[picks],
        np.array([STATUS_CODES[r.status] for r in group], dtype=np.int8)[picks],
    )


def _relative(new: Reading, old: Reading) -> float:
    if new is old:
        return 0.0
    if not (new.exact and old.exact):
        return math.inf
    return abs(new.low - old.low) / max(abs(old.low), 1e-12)


def several_readings(case: Case, rule: Rule) -> bool:
    """Return whether any variable of the indicator is reported with several values."""
    names = set(rule.indicator.variables)
    first: dict[str, object] = {}
    return any(
        first.setdefault(reading.variable, reading.value_key) != reading.value_key
        for reading in case.readings
        if reading.variable in names
    )


def stability(case: Case, rule: Rule, verdict: str) -> str:
    """Return `stable`, or the smallest change of readings that turns the verdict.

    Returns
    -------
    str
        `stable`, or for example `flips: poor_households=34 -> not_met`.
    """
    if not several_readings(case, rule):
        return STABLE
    found = Variants(case, rule).flip(verdict)
    if found is None:
        return STABLE
    changes = ", ".join(f"{r.variable}={r.text}" for r in found.changed)
    return f"flips: {changes} -> {found.verdict}"
