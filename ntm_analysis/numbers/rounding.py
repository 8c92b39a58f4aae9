"""Whether a printed number rounds an exact one, and whether any whole count gives it."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final

HUNDRED: Final = Fraction(100)


def decimals_of(text: str) -> int:
    """Return how many decimals a number in machine form is printed with (`86.0` has one)."""
    return len(text.partition(".")[2])


def rounds_to(value: Fraction, stated: Fraction, decimals: int) -> bool:
    """Return whether `value`, rounded to so many decimals, is `stated`; a half goes either way."""
    return abs(value - stated) <= Fraction(1, 2 * 10**decimals)


def truncates_to(value: Fraction, stated: Fraction, decimals: int) -> bool:
    """Return whether `value`, cut off after so many decimals, is `stated`, and rounding is not."""
    cut = Fraction(math.floor(value * 10**decimals), 10**decimals)
    return cut == stated and not rounds_to(value, stated, decimals)


def count_for(
    stated: Fraction, decimals: int, base: Fraction, step: Fraction = Fraction(1)
) -> Fraction | None:
    """Return a count of `base` whose percentage rounds to `stated`; None where there is none.

    The test is known in statistics as GRIM (granularity-related inconsistency of means).

    Parameters
    ----------
    stated : Fraction
        A percentage as printed.
    decimals : int
        How many decimals it is printed with.
    base : Fraction
        What it is a percentage of.
    step : Fraction
        The piece that counts come in: 1 household, 0.01 km.
    """
    nearest = stated * base / HUNDRED / step
    for pieces in (math.floor(nearest), math.ceil(nearest)):
        if rounds_to(HUNDRED * pieces * step / base, stated, decimals):
            return pieces * step
    return None


def truncated_count_for(
    stated: Fraction, decimals: int, base: Fraction, step: Fraction = Fraction(1)
) -> Fraction | None:
    """Return a count of `base` whose percentage, cut off instead of rounded, is `stated`."""
    pieces = math.ceil(stated * base / HUNDRED / step)
    found = truncates_to(HUNDRED * pieces * step / base, stated, decimals)
    return pieces * step if found else None
