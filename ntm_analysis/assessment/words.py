"""A value that is a range, in the machine syntax of figures."""

from __future__ import annotations

import math
from typing import Final

_DECIMALS: Final = 2
_MOST: Final = 6


def range_text(
    low: float, high: float, low_open: bool, high_open: bool, threshold: float = math.nan
) -> str:
    """Return a computed range in words that hold all of it: `94.62-98.99`, `>=79.09`.

    Ends are rounded outward, with as many decimals as keep them on their side of the threshold.

    Parameters
    ----------
    low, high : float
        Infinite where there is no end.
    low_open, high_open : bool
        Whether an end itself is excluded.
    threshold : float, optional

    Returns
    -------
    str
        Empty where the range says nothing.

    Examples
    --------
    >>> range_text(94.6231, 98.9876, False, False)
    '94.62-98.99'
    """
    first = _outward(low, threshold, -1) if math.isfinite(low) else ""
    last = _outward(high, threshold, 1) if math.isfinite(high) else ""
    if first and last:
        return f"{first}-{last}"
    if first:
        return f">{'' if low_open and float(first) == low else '='}{first}"
    if last:
        return f"<{'' if high_open and float(last) == high else '='}{last}"
    return ""


def _outward(end: float, threshold: float, way: int) -> str:
    text = ""
    for decimals in range(_DECIMALS, _MOST + 1):
        scale = 10.0**decimals
        moved = end * scale
        if abs(moved - round(moved)) < 1e-6:  # what floats add to a decimal is no rounding
            rounded = round(moved) / scale
        else:
            rounded = (math.floor(moved) if way < 0 else math.ceil(moved)) / scale
        text = f"{rounded:.{decimals}f}".rstrip("0").rstrip(".")
        if math.isnan(threshold) or (rounded >= threshold) == (end >= threshold):
            break
    return text if text not in ("-0", "") else "0"
