"""Scales: from values to points on the sheet."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_ROOM = 1.12


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale over `ticks`, drawn from `left` to `right` (points)."""

    ticks: tuple[float, ...]
    left: float
    right: float

    @property
    def low(self) -> float:
        """The value at its left end."""
        return self.ticks[0]

    @property
    def high(self) -> float:
        """The value at its right end."""
        return self.ticks[-1]

    def __call__(self, value: float) -> float:
        """Return where a value lies; what is off the scale lies at its end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)


def percent_scale(left: float, right: float) -> Scale:
    """Return the common axis of rates: 0 to 100."""
    return Scale((0.0, 25.0, 50.0, 75.0, 100.0), left, right)


def nice_scale(
    values: Iterable[float], left: float, right: float, *, whole: bool = False, intervals: int = 4
) -> Scale:
    """Return a scale with round ticks that holds zero and all finite values, with some room.

    Parameters
    ----------
    values : iterable of float
    left, right : float
        Where it is drawn.
    whole : bool
        Whether ticks must be whole numbers.
    intervals : int
        At most so many steps between ticks on either side of zero.
    """
    finite = [value for value in values if math.isfinite(value)]
    top = max(0.0, *finite, 0.0) * _ROOM
    bottom = min(0.0, *finite, 0.0) * _ROOM
    span = max(top, -bottom) or 1.0
    step = _step(span / intervals, whole)
    first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
    if first == last:
        last = first + 1
    ticks = tuple(round(place * step, 10) + 0.0 for place in range(first, last + 1))
    return Scale(ticks, left, right)


def _step(least: float, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    for factor in _STEPS:
        step = factor * power
        if step >= least * (1 - 1e-9) and (not whole or step == round(step)):
            return step
    return 1.0 if whole and least <= 1 else 10 * power
