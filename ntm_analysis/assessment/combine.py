"""From the limbs' verdicts to the indicator's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ntm_analysis.assessment.verdicts import (
    MET,
    NO_DATA,
    NOT_APPLICABLE_VERDICT,
    NOT_MET,
    PENDING_VERDICT,
    LimbResult,
    Words,
    assess_limb,
)
from ntm_analysis.assessment.wide import MISSING, WideFigures
from ntm_analysis.rulebook import Rule


@dataclass(frozen=True, slots=True)
class RuleResult:
    """An indicator's verdict for every commune.

    Attributes
    ----------
    limbs : mapping of limb key to LimbResult
        The indicator's own quantity first.
    verdict, reason : array of str, shape (n,)
        The reason is that of the own limb, or `limb_fails:<key>`.
    missing_limbs : array of str, shape (n,)
        Secondary limbs without a figure, comma-separated.
    """

    limbs: Mapping[str, LimbResult]
    verdict: Words
    reason: Words
    missing_limbs: Words


def assess_rule(rule: Rule, figures: WideFigures) -> RuleResult:
    """Return the verdict of an indicator in force, for every commune."""
    limbs = {
        limb.key: assess_limb(limb, rule.requirements[limb.key], figures, rule.code)
        for limb in rule.indicator.limbs
    }
    own, *others = limbs.values()
    if not others:
        missing: Words = np.full(figures.n, "", dtype=object)
        return RuleResult(limbs, own.verdict, own.reason, missing)
    combine = _all_of if rule.indicator.combine == "all" else _any_of
    return combine(limbs, figures.n)


def _all_of(limbs: Mapping[str, LimbResult], n: int) -> RuleResult:
    """Every limb is asked for.

    The own quantity decides; a secondary limb that fails or is pending lowers it, one without
    a figure leaves it and is listed.
    """
    (_, own), *others = limbs.items()
    verdict, reason = own.verdict.copy(), own.reason.copy()
    missing: Words = np.full(n, "", dtype=object)
    for key, limb in others:
        absent = limb.value.status == MISSING
        missing[absent] = [f"{text},{key}" if text else key for text in missing[absent]]
        waits = (limb.verdict == PENDING_VERDICT) & (verdict == MET)
        verdict[waits], reason[waits] = PENDING_VERDICT, f"limb_pending:{key}"
    for key, limb in others:
        fails = (limb.verdict == NOT_MET) & (verdict != NOT_MET)
        verdict[fails], reason[fails] = NOT_MET, f"limb_fails:{key}"
    return RuleResult(limbs, verdict, reason, missing)


def _any_of(limbs: Mapping[str, LimbResult], n: int) -> RuleResult:
    """One limb is enough."""
    verdicts = np.stack([limb.verdict for limb in limbs.values()])
    own = next(iter(limbs.values()))
    verdict: Words = np.full(n, NO_DATA, dtype=object)
    reason: Words = np.where(own.verdict == NO_DATA, own.reason, "no_figure").astype(object)
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
    return RuleResult(limbs, verdict, reason, np.full(n, "", dtype=object))
