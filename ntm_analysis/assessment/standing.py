"""From verdict to conclusion: how firm a verdict is, and what may be concluded from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ntm_analysis.assessment.stability import STABLE
from ntm_analysis.assessment.verdicts import (
    MET,
    NO_DATA,
    NOT_APPLICABLE_VERDICT,
    NOT_MET,
    PENDING_VERDICT,
)

FIRM: Final = "firm"
UNPROVEN: Final = "unproven"
DISPUTED: Final = "disputed"
STANDINGS: Final = (FIRM, UNPROVEN, DISPUTED)

CLARIFY: Final = "clarify"
PROVE: Final = "prove"
CONCLUSIONS: Final = (
    MET,
    CLARIFY,
    PROVE,
    NOT_MET,
    PENDING_VERDICT,
    NO_DATA,
    NOT_APPLICABLE_VERDICT,
)
"""What an appraiser can conclude of an indicator or a condition."""

_WORST_FIRST: Final = (NOT_MET, PENDING_VERDICT, NO_DATA, CLARIFY, PROVE, MET)

Words = NDArray[np.object_]


def turned(stability: Words, unknown: bool) -> NDArray[np.bool_]:
    """Return where another reading of the same papers turns a verdict.

    Parameters
    ----------
    stability : array of str
        `stable`, or `flips: … -> verdict`.
    unknown : bool
        Whether the rulebook has no threshold. A change to `no_data` then comes from our not
        knowing it, and is not the commune's.
    """
    flips: NDArray[np.bool_] = np.asarray(stability != STABLE, dtype=np.bool_)
    if unknown and flips.any():
        flips = flips.copy()
        for place in np.flatnonzero(flips):
            flips[place] = not str(stability.flat[place]).endswith(f"-> {NO_DATA}")
    return flips


def standings(
    verdict: Words, disputed: NDArray[np.bool_], grade: NDArray[Any], floor: NDArray[Any] | str
) -> Words:
    """Return how firm verdicts are.

    Parameters
    ----------
    verdict : array of str, shape (n,)
    disputed : array of bool, shape (n,)
        Whether another reading of the same dossier turns the verdict.
    grade : array of str, shape (n,)
        The best grade of evidence, `A` to `E`.
    floor : array of str, shape (n,), or str
        The lowest grade that proves.

    Returns
    -------
    array of str, shape (n,)
        `disputed`, else `unproven`, else `firm`, of what is met or not applicable; empty of all
        else.

    Examples
    --------
    >>> standings(
    ...     np.array(["met", "met", "met", "pending"], dtype=object),
    ...     np.array([True, False, False, False]),
    ...     np.array(["A", "D", "C", "A"]),
    ...     "C",
    ... ).tolist()
    ['disputed', 'unproven', 'firm', '']
    """
    counted = (verdict == MET) | (verdict == NOT_APPLICABLE_VERDICT)
    standing: Words = np.full(np.shape(verdict), "", dtype=object)
    standing[counted] = FIRM
    standing[counted & (np.asarray(grade) > np.asarray(floor))] = UNPROVEN
    standing[counted & disputed] = DISPUTED
    return standing


def conclusions(verdict: Words, standing: Words, decided: Words) -> Words:
    """Return what is concluded: the appraiser's decision, else what verdict and standing allow.

    Parameters
    ----------
    verdict, standing : array of str, shape (n,)
    decided : array of str, shape (n,)
        The appraiser's decision; empty where there is none.

    Examples
    --------
    >>> conclusions(
    ...     np.array(["met", "met", "no_data", "no_data"], dtype=object),
    ...     np.array(["firm", "disputed", "", ""], dtype=object),
    ...     np.array(["", "", "", "met"], dtype=object),
    ... ).tolist()
    ['met', 'clarify', 'no_data', 'met']
    """
    found: Words = verdict.copy()
    found[standing == DISPUTED] = CLARIFY
    found[standing == UNPROVEN] = PROVE
    return np.where(decided != "", decided, found).astype(object)


def worst(found: set[str]) -> str:
    """Return the conclusion (or verdict) on what has several parts: the worst of theirs."""
    return next((one for one in _WORST_FIRST if one in found), NOT_APPLICABLE_VERDICT)


def weakest(found: set[str]) -> str:
    """Return the standing of what has several parts: the weakest of theirs; empty if one has none.

    Examples
    --------
    >>> weakest({"firm", "unproven"})
    'unproven'
    """
    if "" in found or not found:
        return ""
    return next(one for one in reversed(STANDINGS) if one in found)


def worst_of(words: Any, groups: NDArray[np.intp]) -> Words:
    """Return the worst conclusion (or verdict) of each group, as `worst` does of one.

    Parameters
    ----------
    words : array of str, shape (n,)
    groups : array of int, shape (n,)
        The group of each, from 0, none of them empty.

    Examples
    --------
    >>> words = np.array(["met", "prove", "not_applicable"], dtype=object)
    >>> worst_of(words, np.array([0, 0, 1])).tolist()
    ['prove', 'not_applicable']
    """
    return _first(words, (*_WORST_FIRST, NOT_APPLICABLE_VERDICT), groups)


def weakest_of(words: Any, groups: NDArray[np.intp]) -> Words:
    """Return the weakest standing of each group, as `weakest` does of one.

    Examples
    --------
    >>> weakest_of(np.array(["firm", "unproven", ""], dtype=object), np.array([0, 0, 1])).tolist()
    ['unproven', '']
    """
    return _first(words, ("", *reversed(STANDINGS)), groups)


def _first(words: Any, order: Sequence[str], groups: NDArray[np.intp]) -> Words:
    """Return of each group the word that comes first in an order."""
    ranks = pd.Categorical(words, categories=list(order)).codes
    lowest = np.full(int(groups.max()) + 1, len(order), dtype=np.intp)
    np.minimum.at(lowest, groups, ranks)
    return np.array(order, dtype=object)[lowest]


def needs_reason(decision: str, verdict: str, standing: str) -> bool:
    """Return whether a decision goes against the verdict or beyond the evidence.

    A decision that asks for more (`clarify`, `prove`) than a firm verdict needs does so too.
    """
    allowed = conclusions(
        np.array([verdict], dtype=object),
        np.array([standing], dtype=object),
        np.array([""], dtype=object),
    )[0]
    return decision != str(allowed)
