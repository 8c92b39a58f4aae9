"""Thin margins: how little would turn a verdict that is met."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ntm_analysis.assessment.verdicts import MET

NAMES = ("verdict", "kind", "value_low", "margin", "relative_margin", "headroom", "headroom_count")


def thinness(row: pd.Series[Any]) -> float:
    """Return how thin the margin of a met rate or amount is, as a share.

    The headroom as a share of what is counted (27 of 2,696 houses), or where nothing is
    countable the margin as a share of the threshold.

    Parameters
    ----------
    row : Series
        A row of `Assessment.results`.

    Returns
    -------
    float
        NaN where it is not met, has no threshold, or already has the best value there is.
    """
    return float(_thin(*(row[name] for name in NAMES)))


def thinnesses(results: pd.DataFrame) -> pd.Series[Any]:
    """Return the thinness of every row of `Assessment.results`, all at once."""
    columns = (results[name].to_numpy() for name in NAMES)
    return pd.Series(_thin(*columns), index=results.index, dtype=np.float64)


def _thin(
    verdict: Any, kind: Any, low: Any, margin: Any, relative: Any, headroom: Any, count: Any
) -> Any:
    rate = kind == "rate"
    asked = (verdict == MET) & (rate | (kind == "amount")) & ~np.isnan(margin)
    best = rate & (low >= 100)
    with np.errstate(divide="ignore", invalid="ignore"):
        countable = ~np.isnan(headroom) & (count > 0)
        share = np.where(countable, np.divide(headroom, count), np.abs(relative))
    return np.where(asked & ~best, share, np.nan)


__all__ = ["thinness", "thinnesses"]
