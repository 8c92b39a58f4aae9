"""Margin: the signed distance to the threshold."""

from __future__ import annotations

import numpy as np

from ntm_analysis.assessment.verdicts import Floats, LimbResult
from ntm_analysis.rulebook import Limb, Requirement


def limb_margin(limb: Limb, requirement: Requirement, result: LimbResult) -> tuple[Floats, float]:
    """Return a limb's margins, positive where better than required, and the threshold.

    Both are NaN where the threshold is not a number in the limb's unit.
    """
    n = len(result.verdict)
    if requirement.op in ("yes", "unknown") or limb.kind == "grade":
        return np.full(n, np.nan), np.nan
    assert requirement.threshold is not None
    threshold = float(requirement.threshold)
    sign = 1.0 if requirement.higher_is_better else -1.0
    value = result.value
    margin: Floats = np.where(value.low == value.high, sign * (value.low - threshold), np.nan)
    rounded: Floats = np.round(margin, 12) + 0.0
    return rounded, threshold
