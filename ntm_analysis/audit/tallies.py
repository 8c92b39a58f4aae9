"""Numbers of criteria and indicators against what the report lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ntm_analysis.audit.model import Finding, Verdict
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.sections import Section, in_sequence, sections
from ntm_analysis.audit.shares import Share
from ntm_analysis.language import say

_FEWEST: Final = 3
_PER_ITEM: Final = re.compile(r"^\s*(?:[-–+*•]|\d)|≥|≤|[<>]|%")


def check_tallies(report: Report) -> Iterator[Finding]:
    """Compare `19/19 tiêu chí` and `74/74 chỉ tiêu` with the sections and their requirements."""
    found = in_sequence(sections(report))
    if len(found) < _FEWEST:
        return
    yield from _criteria(report, found)
    yield from _indicators(report, found)


def _stated(report: Report, unit: str) -> list[tuple[int, Share]]:
    return [
        (place, share)
        for place, _ in report.numbered()
        for share in report.shares[place]
        if share.unit.lower() == unit
    ]


def _criteria(report: Report, found: list[Section]) -> Iterator[Finding]:
    stated = _stated(report, "tiêu chí")
    failed = [section.number for section in found if section.failed(report)]
    wholes = {share.likeliest[1] for _, share in stated}
    for place, share in stated:
        reached, whole = share.likeliest
        text = say("audit.criteria_listed", count=len(found))
        verdict: Verdict = "agrees"
        if whole != len(found):
            if len(wholes) > 1:
                continue  # another set of criteria
            verdict = "inconsistent"
        elif failed and reached == whole:
            numbers = ", ".join(map(str, failed))
            text = say("audit.criteria_failed", numbers=numbers)
            verdict = "inconsistent"
        elif reached < whole and not failed and found[-1].claims:
            text = say("audit.criteria_all_met", count=len(found))
            verdict = "unclear"
        yield _finding(place, share, text, verdict)


def _indicators(report: Report, found: list[Section]) -> Iterator[Finding]:
    listed = sum(_listed(report, section) for section in found)
    stated = _stated(report, "chỉ tiêu")
    if not stated or not all(section.required for section in found):
        return
    right = [each for each in stated if each[1].likeliest[1] == listed]
    if right:
        for place, share in right:
            text = say("audit.indicators_listed", count=listed)
            yield _finding(place, share, text, "agrees")
        return
    # requirements may be merged or split in print, so a difference proves nothing
    place, share = stated[-1]
    yield _finding(place, share, say("audit.indicators_differ", count=listed), "unclear")


def _listed(report: Report, section: Section) -> int:
    texts = [report.paragraphs[place].text[start:] for place, start in section.required]
    marked = [text for text in texts if _PER_ITEM.search(text)]
    return len(marked) or len(texts)


def _finding(place: int, share: Share, text: str, verdict: Verdict) -> Finding:
    return Finding(
        place, share.start, share.end, f"{share.part}/{share.whole} {share.unit}", text, verdict
    )
