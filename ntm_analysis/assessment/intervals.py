"""Interval arithmetic for many communes at once, rounded outward, with open and closed ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_WHOLE: Final = 2.0**53
"""Beyond it floats cannot tell whole numbers apart."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """A set of numbers for every commune that holds every value there can be, or more.

    Attributes
    ----------
    low, high : array of float, shape (n,)
        Infinite where there is no end.
    low_open, high_open : array of bool, shape (n,)
        Whether an end itself is excluded; an infinite end always is.

    Notes
    -----
    An end that floating point cannot hold is rounded outward, so nothing that can be is left out.
    """

    low: Floats
    high: Floats
    low_open: Bools
    high_open: Bools

    @classmethod
    def of(cls, low: Floats, high: Floats, low_open: Bools, high_open: Bools) -> Intervals:
        """Return intervals between decimals as printed, which floats hold only nearly."""
        return cls(
            _down(low, _whole(low)),
            _up(high, _whole(high)),
            low_open | np.isneginf(low),
            high_open | np.isposinf(high),
        )

    @classmethod
    def point(cls, values: Floats) -> Intervals:
        """Return intervals around single decimals."""
        shut = np.zeros(len(values), dtype=np.bool_)
        return cls.of(values, values, shut, shut)

    @property
    def holds_zero(self) -> Bools:
        """Where zero is among the values."""
        above = (self.low < 0) | ((self.low == 0) & ~self.low_open)
        below = (self.high > 0) | ((self.high == 0) & ~self.high_open)
        return np.asarray(above & below, dtype=np.bool_)

    @property
    def rises(self) -> Bools:
        """Where no value is below zero."""
        return np.asarray(self.low >= 0, dtype=np.bool_)

    @property
    def falls(self) -> Bools:
        """Where no value is above zero."""
        return np.asarray(self.high <= 0, dtype=np.bool_)

    def __neg__(self) -> Intervals:
        return Intervals(-self.high, -self.low, self.high_open, self.low_open)

    def __add__(self, other: Intervals) -> Intervals:
        low, high = self.low + other.low, self.high + other.high
        return Intervals(
            _down(low, _exact_sum(self.low, other.low, low)),
            _up(high, _exact_sum(self.high, other.high, high)),
            self.low_open | other.low_open,
            self.high_open | other.high_open,
        )

    def __sub__(self, other: Intervals) -> Intervals:
        return self + -other

    def __mul__(self, other: Intervals) -> Intervals:
        lows, highs, opens = [], [], []
        for one, one_open in ((self.low, self.low_open), (self.high, self.high_open)):
            for two, two_open in ((other.low, other.low_open), (other.high, other.high_open)):
                none = (one == 0) | (two == 0)
                with np.errstate(invalid="ignore", over="ignore"):
                    product = np.where(none, 0.0, one * two)
                exact = none | (_whole(one) & _whole(two) & (np.abs(product) < _WHOLE))
                lows.append(_down(product, exact))
                highs.append(_up(product, exact))
                # Nought times anything is nought, even beside an end that is excluded.
                reached = ((one == 0) & ~one_open) | ((two == 0) & ~two_open)
                opens.append((one_open | two_open) & ~reached)
        low, high = np.minimum.reduce(lows), np.maximum.reduce(highs)
        # Of several corners with the same value one that is reached closes the end.
        low_open = np.logical_and.reduce([o | (v != low) for v, o in zip(lows, opens, strict=True)])
        high_open = np.logical_and.reduce(
            [o | (v != high) for v, o in zip(highs, opens, strict=True)]
        )
        return Intervals(low, high, low_open, high_open)

    def __truediv__(self, other: Intervals) -> Intervals:
        pole = other.holds_zero
        quotient = self * other.reciprocal()
        return Intervals(
            np.where(pole, -np.inf, quotient.low),
            np.where(pole, np.inf, quotient.high),
            pole | quotient.low_open,
            pole | quotient.high_open,
        )

    def reciprocal(self) -> Intervals:
        """Return one over them; all numbers where zero is among them."""
        pole = self.holds_zero
        with np.errstate(divide="ignore", over="ignore"):
            low = np.where(self.high == 0, -np.inf, 1.0 / self.high)
            high = np.where(self.low == 0, np.inf, 1.0 / self.low)
        ends = np.isinf(self.high) | (self.high == 1), np.isinf(self.low) | (self.low == 1)
        return Intervals(
            np.where(pole, -np.inf, _down(low, ends[0])),
            np.where(pole, np.inf, _up(high, ends[1])),
            pole | self.high_open | np.isinf(low),
            pole | self.low_open | np.isinf(high),
        )


@dataclass(frozen=True, slots=True)
class Slopes:
    """Values together with how they change as one variable does: automatic differentiation.

    Attributes
    ----------
    value, slope : Intervals
    """

    value: Intervals
    slope: Intervals

    def __neg__(self) -> Slopes:
        return Slopes(-self.value, -self.slope)

    def __add__(self, other: Slopes) -> Slopes:
        return Slopes(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other: Slopes) -> Slopes:
        return Slopes(self.value - other.value, self.slope - other.slope)

    def __mul__(self, other: Slopes) -> Slopes:
        slope = self.slope * other.value + self.value * other.slope
        return Slopes(self.value * other.value, slope)

    def __truediv__(self, other: Slopes) -> Slopes:
        moved = self.slope * other.value - self.value * other.slope
        return Slopes(self.value / other.value, moved / (other.value * other.value))


def _whole(values: Floats) -> Bools:
    whole = (values == np.rint(values)) & (np.abs(values) < _WHOLE)
    return np.asarray(np.isinf(values) | whole, dtype=np.bool_)


def _exact_sum(one: Floats, two: Floats, total: Floats) -> Bools:
    plain = _whole(one) & _whole(two) & _whole(total)
    return np.asarray((one == 0) | (two == 0) | plain, dtype=np.bool_)


def _down(values: Floats, exact: Bools) -> Floats:
    return np.where(exact, values, np.nextafter(values, -np.inf))


def _up(values: Floats, exact: Bools) -> Floats:
    return np.where(exact, values, np.nextafter(values, np.inf))
