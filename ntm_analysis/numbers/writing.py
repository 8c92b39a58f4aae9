"""Numbers as reports print them."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from ntm_analysis.language import Lang

Number: TypeAlias = float | int | Fraction

MINUS: Final = "\N{MINUS SIGN}"
SHORTEST: Final = 4
"""The most decimals of a number whose decimals are not given."""

_FINEST: Final = 12
_CLOSE: Final = Fraction(1, 10**9)
_MARKS: Final = {"vi": (".", ","), "en": (",", ".")}


def exact_decimal(value: Number) -> Fraction:
    """Return the number that `value` stands for: a float is the decimal that it prints as.

    So 2.675 is 2675/1000, as the person who wrote it meant, and not the binary fraction just
    below it.

    Raises
    ------
    ValueError
        If it is not a finite number.
    """
    if isinstance(value, Fraction):
        return value
    if not math.isfinite(value):
        raise ValueError(str(value))
    if isinstance(value, float):
        return Fraction(Decimal(repr(float(value))))
    return Fraction(int(value))


def rounded(value: Number, decimals: int) -> Fraction:
    """Return `value` rounded to a number of decimals, halves away from zero."""
    exact = exact_decimal(value)
    whole = math.floor(abs(exact) * 10**decimals + Fraction(1, 2))
    return Fraction(-whole if exact < 0 else whole, 10**decimals)


def format_number(
    value: Number,
    lang: Lang,
    decimals: int | None = None,
    min_decimals: int = 0,
    sign: bool = False,
) -> str:
    """Return a number as a report prints it.

    Parameters
    ----------
    value : float, int or Fraction
        Finite.
    lang : {"vi", "en"}
        `2.751` and `72,403`, or `2,751` and `72.403`.
    decimals : int, optional
        The most decimals; halves are rounded away from zero, as official papers do. By default
        as many as are needed, up to four.
    min_decimals : int
        The least decimals: zeros beyond them are not printed.
    sign : bool
        Whether a positive number takes a plus.

    Returns
    -------
    str
        With a true minus sign (U+2212); never `-0`.

    Raises
    ------
    ValueError
        If it is infinite or not a number.
    """
    wanted = SHORTEST if decimals is None else decimals
    most = max(wanted, min_decimals)
    number = rounded(value, most)
    digits = str(int(abs(number) * 10**most)).rjust(most + 1, "0")
    whole, part = (digits[:-most], digits[-most:]) if most else (digits, "")
    part = part.rstrip("0").ljust(min_decimals, "0")
    thousands, point = _MARKS[lang]
    before = MINUS if number < 0 else "+" if sign and number > 0 else ""
    return before + f"{int(whole):,}".replace(",", thousands) + (point + part if part else "")


def _order(left: Fraction, right: Fraction) -> int:
    return (left > right) - (left < right)


def decimals_near(value: Number, threshold: Number, decimals: int = 2) -> int:
    """Return the decimals at which `value` still compares with `threshold` as it truly does."""
    exact, limit = exact_decimal(value), exact_decimal(threshold)
    if isinstance(value, float) and abs(exact - limit) <= _CLOSE * max(Fraction(1), abs(limit)):
        exact = limit  # the noise of floating point: equal
    truth = _order(exact, limit)
    for places in range(decimals, _FINEST):
        if _order(rounded(exact, places), limit) == truth:
            return places
    return _FINEST


def format_value_near(
    value: Number,
    threshold: Number | None,
    lang: Lang,
    decimals: int = 2,
    min_decimals: int = 0,
) -> str:
    """Return `value` with as many decimals as it takes to stand on its side of `threshold`.

    0.9997 against 1.0 is printed `0,9997`, never `1`. Without a threshold (None or NaN) this
    is `format_number`. A float within 1e-9 of the threshold counts as equal to it.

    Parameters
    ----------
    value, threshold : float, int or Fraction
    lang : {"vi", "en"}
    decimals : int
        The most decimals away from the threshold.
    min_decimals : int
        The least.
    """
    if threshold is not None and not math.isnan(threshold):
        decimals = decimals_near(value, threshold, decimals)
    return format_number(value, lang, decimals, min_decimals)
