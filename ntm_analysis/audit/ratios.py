"""Whether a stated percentage follows from its own part and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import VULGAR, Printed, agrees, show, truncates
from ntm_analysis.audit.model import Finding, Verdict
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.shares import Relation, Share
from ntm_analysis.audit.words import countable, same_unit
from ntm_analysis.language import say

_OVERFULFILLED: Final = re.compile(
    r"kế hoạch|vượt|chỉ tiêu giao|dự toán|được giao|mục tiêu|so với quy định|đăng ký", re.I
)
_ABOUT: Final = re.compile(r"(?:gần|hơn|khoảng|trên|dưới|quá|non)\s*$", re.I)
_SMALL: Final = 10
_DAYS, _MONTHS = 31, 12
# what may pass its plan without a word of it
_BEYOND: Final = frozenset(
    {"", "con", "cây", "cuộc", "buổi", "lượt", "sản phẩm", "mô hình", "vụ", "ca"}
)


def compare(exact: Fraction, stated: Printed, relation: Relation) -> Verdict:
    """Return whether the exact percentage is what is stated."""
    if relation == "=":
        return "agrees" if agrees(exact, stated) else "disagrees"
    if relation == "~":
        return (
            "agrees" if abs(exact - stated.value) <= max(stated.ulp, Fraction(1, 2)) else "unclear"
        )
    holds = {
        ">": exact > stated.value,
        ">=": exact >= stated.value,
        "<": exact < stated.value,
        "<=": exact <= stated.value,
    }[relation]
    return "agrees" if holds or agrees(exact, stated) else "disagrees"


def explained(exact: Fraction, stated: Printed, sum_: str) -> str:
    """Return the recomputed percentage, saying so where the stated one was cut off."""
    text = f"{sum_} = {show(exact)}%"
    if not agrees(exact, stated) and truncates(exact, stated):
        return say("audit.truncated", sum=text, rounded=show(exact, stated.decimals))
    return text


def check_ratios(report: Report) -> Iterator[Finding]:
    """Recompute every percentage that stands with its part and whole."""
    for place, _ in report.numbered():
        for share in report.shares[place]:
            if share.percent and (finding := _ratio(report, place, share, share.percent)):
                yield finding


def _ratio(report: Report, place: int, share: Share, percent: Printed) -> Finding | None:
    pairs = share.pairs
    if not pairs:
        return None
    right = [
        pair
        for pair in pairs
        if compare(100 * pair[0] / pair[1], percent, share.relation) == "agrees"
    ]
    part, whole = right[0] if right else share.likeliest
    exact = 100 * part / whole
    verdict = compare(exact, percent, share.relation)
    if share.loose and verdict != "agrees":
        return None
    recomputed = explained(exact, percent, f"{show(part)}/{show(whole)}")
    if verdict != "agrees" and _spoken(report, place, share):
        return None
    if part > whole and (verdict != "agrees" or _bounded(share)):
        sentence = slice(*report.paragraphs[place].sentence(share.start))
        if not _OVERFULFILLED.search(report.paragraphs[place].text[sentence]):
            verdict = "disagrees"
            recomputed = say("audit.part_exceeds", sum=recomputed)
    return Finding(place, share.start, share.end, f"{percent.text}%", recomputed, verdict)


def _bounded(share: Share) -> bool:
    """Whether there are only so many: households and schools, not hectares sown or herds."""
    return countable(share.unit) and same_unit(share.unit) not in _BEYOND


def _spoken(report: Report, place: int, share: Share) -> bool:
    """Whether the fraction is a word for about so much: `gần 1/3 số hộ (32%)`."""
    before = report.paragraphs[place].bare[max(0, share.start - 12) : share.start]
    small = share.whole.isdigit() and int(share.whole) <= _SMALL
    return small and not share.unit and bool(_ABOUT.search(before))


def _judged(report: Report, place: int, share: Share) -> bool:
    """Whether the share was compared with a percentage."""
    return bool(share.percent and _ratio(report, place, share, share.percent))


def check_parts(report: Report) -> Iterator[Finding]:
    """See that no part exceeds its whole, where no percentage is given."""
    for place, paragraph in report.numbered():
        for share in report.shares[place]:
            if not share.pairs or not share.unit or _judged(report, place, share):
                continue
            part, whole = share.likeliest
            sign = paragraph.text[share.start]
            stated = sign if sign in VULGAR else f"{share.part}/{share.whole}"
            verdict: Verdict = "agrees"
            recomputed = f"{show(100 * part / whole, 2)}%"
            if part > whole:
                sentence = slice(*paragraph.sentence(share.start))
                dated = part <= _DAYS and whole <= _MONTHS
                counted = re.search(
                    r"(?:có|với|đạt|được|:|-|^)\s*$", paragraph.bare[: share.start], re.I
                )
                beyond = _OVERFULFILLED.search(paragraph.text[sentence]) or not _bounded(share)
                if beyond or (dated and not counted):
                    continue
                verdict = "disagrees"
                recomputed = say("audit.part_exceeds", sum=recomputed)
            yield Finding(place, share.start, share.end, stated, recomputed, verdict)
