"""Thin margins: how little would turn a verdict that is met."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from ntm_analysis.assessment.verdicts import MET


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
    if row["verdict"] != MET or row["kind"] not in ("rate", "amount"):
        return math.nan
    best = row["kind"] == "rate" and float(row["value_low"]) >= 100
    if best or math.isnan(float(row["margin"])):
        return math.nan
    headroom, count = float(row["headroom"]), float(row["headroom_count"])
    if not math.isnan(headroom) and count > 0:
        return headroom / count
    return abs(float(row["relative_margin"]))
