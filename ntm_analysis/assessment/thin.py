"""Thin margins: how little may be lost before a verdict that is met turns.

The one rule; reports, charts, checks, the comparison, research and the export all go by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ntm_analysis.assessment.verdicts import MET, Bools, Floats, Words
from ntm_analysis.rulebook import Limb, Requirement

_MEASURED: Final = ("rate", "amount", "count")


def no_room(kind: Any, op: Any, threshold: Any) -> Any:
    """Return whether a requirement leaves nothing that could be lost, whatever the value is.

    All of a whole (`>= 100` per cent), none at all (`<= 0`), or at least one (`>= 1` of a count,
    `> 0` of anything): who meets it meets it, and no margin measures how well.

    Parameters
    ----------
    kind, op : str or array of str
        The limb's kind, and the requirement's comparison.
    threshold : float or array of float

    Returns
    -------
    bool or array of bool

    Examples
    --------
    >>> bool(no_room("rate", ">=", 100.0)), bool(no_room("count", ">=", 1.0))
    (True, True)
    >>> bool(no_room("rate", "<", 1.0))
    False
    """
    kind, op = np.asarray(kind, dtype=object), np.asarray(op, dtype=object)
    threshold = np.asarray(threshold, dtype=np.float64)
    rate, count = kind == "rate", kind == "count"
    least = ((op == ">=") | (op == ">")) & (threshold <= 0)
    least |= count & (((op == ">=") & (threshold <= 1)) | ((op == ">") & (threshold < 1)))
    none = (op == "<=") & (threshold <= 0)
    none |= count & (((op == "<") & (threshold <= 1)) | ((op == "<=") & (threshold < 1)))
    every = rate & (op == ">=") & (threshold >= 100)
    return (rate | count | (kind == "amount")) & (least | none | every)


def limb_thinness(
    limb: Limb,
    requirement: Requirement,
    verdict: Words,
    value: Floats,
    relative: Floats,
    headroom: Floats,
    count: Floats,
) -> Floats:
    """Return how thin a limb's margin is: the share of what is counted that may be lost.

    The headroom as a share of all that are counted (27 of 2,696 solid houses; not one more than
    33 poor households), or, where nothing is countable, the margin as a share of the threshold.

    Parameters
    ----------
    limb : Limb
    requirement : Requirement
    verdict : array of str, shape (n,)
        The limb's own.
    value, relative, headroom, count : array of float, shape (n,)
        The value, its relative margin, what may be lost, and how many are counted.

    Returns
    -------
    array of float, shape (n,)
        NaN where it is not met, where the requirement leaves nothing to lose, where the value is
        the best there is, and for grades, levels and yes or no.
    """
    thin = np.full(len(verdict), np.nan)
    threshold = np.nan if requirement.threshold is None else float(requirement.threshold)
    if limb.kind not in _MEASURED or no_room(limb.kind, requirement.op, threshold):
        return thin
    counted = (headroom == 0) | (~np.isnan(headroom) & (count > 0))
    best = value <= 0 if limb.lower_is_better else (value >= 100) & (limb.kind == "rate")
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(headroom == 0, 0.0, headroom / count)
        share = np.where(counted, left, np.abs(relative))
    return np.where((verdict == MET) & ~best, share, np.nan)


def rule_thinness(
    combine: str, limbs: Mapping[str, tuple[Floats, Words]], verdict: Words
) -> tuple[Floats, NDArray[np.intp]]:
    """Return how thin an indicator's margin is, and the place of the limb that it speaks of.

    Where every limb is asked for, the thinnest loses the indicator; where one is enough, the
    thickest of those met does, and one that has no measure cannot be counted down.

    Parameters
    ----------
    combine : {"all", "any"}
    limbs : mapping of limb key to thinness and verdict
    verdict : array of str, shape (n,)
        The indicator's.
    """
    thin = np.stack([one for one, _ in limbs.values()])
    met = np.stack([word == MET for _, word in limbs.values()])
    if combine == "all":
        filled = np.where(np.isnan(thin), np.inf, thin)
        place = np.argmin(filled, axis=0)
    else:
        filled = np.where(met, np.where(np.isnan(thin), np.inf, thin), -np.inf)
        place = np.argmax(filled, axis=0)
    found = np.take_along_axis(filled, place[None], axis=0)[0]
    return np.where((verdict == MET) & np.isfinite(found), found, np.nan), place


def is_thin(thinness: Any, limit: Any) -> Bools:
    """Return where a margin is thinner than the limit of the report (`thin_margin`)."""
    with np.errstate(invalid="ignore"):
        return np.asarray(thinness < limit, dtype=np.bool_)


__all__ = ["is_thin", "limb_thinness", "no_room", "rule_thinness"]
