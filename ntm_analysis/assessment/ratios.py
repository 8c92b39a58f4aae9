"""Exact fractions for many communes at once, in whole numbers that cannot overflow unnoticed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

_ROOM: Final = 2.0**62
_DECIMALS: Final = 1_000_000
_DIGITS: Final = 1e15
"""A float prints as the decimal that it was made from, up to 15 digits."""


@dataclass(frozen=True, slots=True)
class Ratios:
    """Numerators over positive denominators.

    Attributes
    ----------
    over, under : array of int64, shape (n,)
    sure : array of bool, shape (n,)
        Where the fraction is right: no overflow, no division by zero, few enough decimals.
    """

    over: Ints
    under: Ints
    sure: Bools

    @classmethod
    def of(cls, values: Floats) -> Ratios:
        """Return the decimals that floats print as."""
        with np.errstate(invalid="ignore"):
            whole = values == np.rint(values)
            scaled = np.where(whole, values, np.rint(values * _DECIMALS))
            sure = (np.abs(scaled) < _DIGITS) & (whole | (scaled / _DECIMALS == values))
        over = np.where(sure, scaled, 0).astype(np.int64)
        return cls(over, np.where(whole, 1, _DECIMALS), sure)

    def __neg__(self) -> Ratios:
        return Ratios(-self.over, self.under, self.sure)

    def __add__(self, other: Ratios) -> Ratios:
        return self._sum(other, 1)

    def __sub__(self, other: Ratios) -> Ratios:
        return self._sum(other, -1)

    def __mul__(self, other: Ratios) -> Ratios:
        sure = self.sure & other.sure
        sure &= _fits(self.over, other.over) & _fits(self.under, other.under)
        return _made(self.over * other.over, self.under * other.under, sure)

    def __truediv__(self, other: Ratios) -> Ratios:
        sure = self.sure & other.sure & (other.over != 0)
        sure &= _fits(self.over, other.under) & _fits(self.under, other.over)
        sign = np.sign(other.over)
        return _made(self.over * other.under * sign, self.under * np.abs(other.over), sure)

    def _sum(self, other: Ratios, sign: int) -> Ratios:
        sure = self.sure & other.sure & _fits(self.under, other.under)
        sure &= _fits(self.over, other.under) & _fits(other.over, self.under)
        over = self.over * other.under + sign * other.over * self.under
        return _made(over, self.under * other.under, sure)

    def signs(self, threshold: Fraction) -> tuple[Ints, Bools]:
        """Return on which side of a threshold the fractions lie (-1, 0, 1), and where surely."""
        over, under = threshold.as_integer_ratio()
        if max(abs(over), under) >= 2**31:
            return np.zeros_like(self.over), np.zeros_like(self.sure)
        sure = self.sure & _fits(self.over, under) & _fits(self.under, over)
        return np.sign(self.over * under - self.under * over), sure


def _made(over: Ints, under: Ints, sure: Bools) -> Ratios:
    return Ratios(np.where(sure, over, 0), np.where(sure, under, 1), sure)


def _fits(one: Ints, other: Ints | int) -> Bools:
    # Half of what int64 holds, so that the sum of two products fits as well.
    return np.asarray(np.abs(one.astype(np.float64)) * np.abs(np.float64(other)) < _ROOM / 2)
