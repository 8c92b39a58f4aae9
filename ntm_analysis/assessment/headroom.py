"""Headroom: how many households, persons, km may be lost before the verdict turns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ntm_analysis.assessment.thin import no_room
from ntm_analysis.assessment.verdicts import (
    MET,
    NOT_MET,
    Bools,
    Floats,
    LimbResult,
    holds,
)
from ntm_analysis.rulebook import Limb, Requirement, Variable

Counts = NDArray[np.int64]


def limb_headroom(
    limb: Limb, requirement: Requirement, result: LimbResult, variables: Mapping[str, Variable]
) -> Floats:
    """Return the headroom of a limb in the unit of the variable that is lost.

    By exact integer search on the formula: the largest number of steps that keeps the verdict.
    Negative for a requirement that is not met: how many are wanting.

    Parameters
    ----------
    limb : Limb
    requirement : Requirement
    result : LimbResult
    variables : mapping of str to Variable

    Returns
    -------
    array of float, shape (n,)
        NaN where there is nothing countable, where no number of steps can turn the verdict around,
        and where the requirement itself leaves nothing to lose (`no_room`): all of a whole, the
        one of at least one.
    """
    n = len(result.verdict)
    headroom = np.full(n, np.nan)
    if limb.loss is None or requirement.threshold is None:
        return headroom
    variable = variables[limb.loss.variable]
    step = variable.step or 1.0
    rows = np.flatnonzero(
        result.from_parts & ((result.verdict == MET) | (result.verdict == NOT_MET))
    )
    if len(rows) == 0:
        return headroom
    search = _Search(limb, requirement, result, rows, step, variable.part_of)
    headroom[rows] = search.run(result.verdict[rows] == MET) * step
    if no_room(limb.kind, requirement.op, float(requirement.threshold)):
        headroom[headroom == 0] = np.nan
    return np.round(headroom, 9)


class _Search:
    """Bisection over whole numbers of steps, for all rows at once."""

    def __init__(
        self,
        limb: Limb,
        requirement: Requirement,
        result: LimbResult,
        rows: NDArray[np.intp],
        step: float,
        whole: str | None,
    ) -> None:
        assert limb.loss is not None
        self.limb, self.requirement = limb, requirement
        self.name, self.by = limb.loss.variable, limb.loss.by
        self.parts = {name: column.low[rows] for name, column in result.parts.items()}
        self.start = np.round(self.parts[self.name] / step).astype(np.int64)
        self.step = step
        if whole in self.parts:
            self.top = np.round(self.parts[whole] / step).astype(np.int64)
        else:
            self.top = self.start * 2 + 1_000_000

    def run(self, met: Bools) -> Floats:
        """Return the number of steps: lost if met, wanting (negative) if not."""
        to_zero, to_top = self.start, np.maximum(self.top - self.start, 0)
        losing, gaining = (to_zero, to_top) if self.by < 0 else (to_top, to_zero)
        kept = self._last(np.where(met, losing, 0), self.by, keep=True)
        first = self._last(np.where(met, 0, gaining), -self.by, keep=False) + 1
        wanting = np.where(first > gaining, np.nan, -first.astype(np.float64))
        return np.where(met, kept.astype(np.float64), wanting)

    def _last(self, cap: Counts, direction: int, *, keep: bool) -> Counts:
        low, high = np.zeros_like(cap), cap.copy()
        while np.any(low < high):
            middle = (low + high + 1) // 2
            good = self._holds(middle * direction) == keep
            low, high = np.where(good, middle, low), np.where(good, high, middle - 1)
        return low

    def _holds(self, steps: Counts) -> Bools:
        moved = np.round((self.start + steps) * self.step, 9)
        parts = {**self.parts, self.name: moved}
        values = self.limb.parsed.evaluate(parts)
        return holds(values, self.requirement, self.limb.parsed, parts)
