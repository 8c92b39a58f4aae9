"""The report's own totals beside what the figures give: lower, equal or higher, and where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.communes.profile import Claim
from ntm_analysis.language import Lang, translate
from ntm_analysis.narrative.filters import listing
from ntm_analysis.narrative.indicator_view import IndicatorView

_REASONS = ("not_met", "pending", "no_data")


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What the report claims as its total, compared with the computed result.

    Attributes
    ----------
    criteria, indicators : str
        `19/19`, `74/74`, as claimed.
    side : {"lower", "equal", "higher"}
        Where the computed number of indicators lies.
    difference : int
        By how many indicators, without a sign.
    other_total : int or None
        The number of indicators of the set, where the claim counts another.
    lost : tuple of str
        Why claimed indicators do not count: `chỉ tiêu 9 chưa đạt`.
    gained : str
        The codes of indicators that count though the commune did not claim them.
    named : bool
        Whether these indicators make up the whole difference.
    """

    criteria: str
    indicators: str
    side: Literal["lower", "equal", "higher"]
    difference: int
    other_total: int | None
    lost: tuple[str, ...]
    gained: str
    named: bool


def claim_view(claim: Claim, views: Collection[IndicatorView], lang: Lang) -> ClaimView:
    """Return how a claim compares with the verdicts.

    Parameters
    ----------
    claim : Claim
    views : collection of IndicatorView
        All indicators in force.
    lang : {"vi", "en"}
    """
    counted = sum(view.counted for view in views)
    lost = [v for v in views if v.claimed in COUNTED and not v.counted]
    gained = [v for v in views if v.claimed and v.claimed not in COUNTED and v.counted]
    gap = counted - claim.indicators_met
    return ClaimView(
        f"{claim.criteria_met}/{claim.criteria_total}",
        f"{claim.indicators_met}/{claim.indicators_total}",
        "equal" if gap == 0 else "lower" if gap < 0 else "higher",
        abs(gap),
        len(views) if claim.indicators_total != len(views) else None,
        _reasons(lost, lang),
        listing([view.code for view in gained], lang),
        len(gained) - len(lost) == gap,
    )


def _reasons(lost: Sequence[IndicatorView], lang: Lang) -> tuple[str, ...]:
    groups = ((one, [v.code for v in lost if v.verdict == one]) for one in _REASONS)
    return tuple(
        translate(f"report.reason_{verdict}", lang, codes=listing(codes, lang))
        for verdict, codes in groups
        if codes
    )
