"""From the limbs' verdicts to the indicator's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ntm_analysis.assessment.verdicts import (
    MET,
    NO_DATA,
    NOT_APPLICABLE_VERDICT,
    NOT_MET,
    PENDING_VERDICT,
    Bools,
    LimbResult,
    Words,
    assess_limb,
)
from ntm_analysis.assessment.wide import MISSING, WideFigures
from ntm_analysis.rulebook import Rule
from ntm_analysis.rulebook.requirement import LAW_REASONS

_INCONCLUSIVE = ("inequality_spans", *LAW_REASONS)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """An indicator's verdict for every commune.

    Attributes
    ----------
    limbs : mapping of limb key to LimbResult
        The indicator's own quantity first.
    verdict, reason : array of str, shape (n,)
        The reason is that of the limb that decides, or `limb_fails:<key>`, `limb_pending:<key>`.
    missing_limbs : array of str, shape (n,)
        Secondary limbs without a figure, comma-separated.
    decides : array of int, shape (n,)
        The place of the limb that decides the verdict; 0 is the own quantity, which also speaks
        for an indicator of which all limbs are met.
    """

    limbs: Mapping[str, LimbResult]
    verdict: Words
    reason: Words
    missing_limbs: Words
    decides: NDArray[np.intp]


def assess_rule(rule: Rule, figures: WideFigures) -> RuleResult:
    """Return the verdict of an indicator in force, for every commune."""
    limbs = {
        limb.key: assess_limb(limb, rule.requirements[limb.key], figures, rule.code, rule.variables)
        for limb in rule.indicator.limbs
    }
    own, *others = limbs.values()
    if not others:
        missing: Words = np.full(figures.n, "", dtype=object)
        first = np.zeros(figures.n, dtype=np.intp)
        return RuleResult(limbs, own.verdict, own.reason, missing, first)
    combine = _all_of if rule.indicator.combine == "all" else _any_of
    return combine(limbs, figures.n)


def _all_of(limbs: Mapping[str, LimbResult], n: int) -> RuleResult:
    """Every limb is asked for.

    The own quantity decides; a secondary limb that fails or is pending lowers it. One whose
    figure gives no verdict (a range that spans the threshold, a threshold that is not known)
    leaves no verdict; one without a figure leaves the verdict and is listed.
    """
    (_, own), *others = limbs.items()
    verdict, reason = own.verdict.copy(), own.reason.copy()
    missing: Words = np.full(n, "", dtype=object)
    decides = np.zeros(n, dtype=np.intp)

    def turn(where: Bools, place: int, word: str, why: Words | str) -> None:
        verdict[where], decides[where] = word, place
        reason[where] = why if isinstance(why, str) else why[where]

    for place, (key, limb) in enumerate(others, start=1):
        absent = (limb.value.status == MISSING) | (limb.reason == "zero_base")
        missing[absent] = [f"{text},{key}" if text else key for text in missing[absent]]
        waits = (limb.verdict == PENDING_VERDICT) & (verdict == MET)
        turn(waits, place, PENDING_VERDICT, f"limb_pending:{key}")
    for place, (_, limb) in enumerate(others, start=1):
        unsettled = np.isin(limb.reason, _INCONCLUSIVE) & (verdict == MET)
        turn(unsettled, place, NO_DATA, limb.reason)
    for place, (key, limb) in enumerate(others, start=1):
        fails = (limb.verdict == NOT_MET) & (verdict != NOT_MET)
        turn(fails, place, NOT_MET, f"limb_fails:{key}")
    return RuleResult(limbs, verdict, reason, missing, decides)


def _any_of(limbs: Mapping[str, LimbResult], n: int) -> RuleResult:
    """One limb is enough."""
    verdicts = np.stack([limb.verdict for limb in limbs.values()])
    reasons = np.stack([limb.reason for limb in limbs.values()])
    verdict: Words = np.full(n, NO_DATA, dtype=object)
    decides = np.argmax(verdicts == NO_DATA, axis=0)
    reason: Words = np.take_along_axis(reasons, decides[None], axis=0)[0]
    for word, found in (
        (NOT_APPLICABLE_VERDICT, (verdicts == NOT_APPLICABLE_VERDICT).all(axis=0)),
        (
            NOT_MET,
            (verdicts == NOT_MET).any(axis=0)
            & np.isin(verdicts, (NOT_MET, NOT_APPLICABLE_VERDICT)).all(axis=0),
        ),
        (PENDING_VERDICT, (verdicts == PENDING_VERDICT).any(axis=0)),
        (MET, (verdicts == MET).any(axis=0)),
    ):
        verdict[found] = word
        reason[found] = word if word in (PENDING_VERDICT, NOT_APPLICABLE_VERDICT) else ""
        decides[found] = np.argmax(verdicts == word, axis=0)[found]
    return RuleResult(limbs, verdict, reason, np.full(n, "", dtype=object), decides)
