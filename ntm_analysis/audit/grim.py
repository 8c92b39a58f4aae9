"""Percentages that no whole count over the report's own bases can give (the GRIM test)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Final

from ntm_analysis.audit.figures import NUM, Printed, agrees, printed, show, truncates
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.quantities import household_bases, people_bases
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.words import QUALIFIER
from ntm_analysis.language import say

_HOUSEHOLDS: Final = re.compile(
    rf"(?:tỷ|tỉ) lệ\s+(?:số\s+)?(?:các\s+)?hộ(?:\s+(?:dân|gia đình))?(?!\s+{QUALIFIER})"
    rf"[^%;.\d]{{0,110}}?"
    rf"(?:đạt|là|chiếm|:|=)\s*(?:(?:tỷ|tỉ) lệ\s*)?(?P<p>{NUM})\s*%|"
    rf"(?<![\d.,/-])(?P<p2>{NUM})\s*%\s+(?:số\s+)?(?:các\s+)?hộ(?:\s+(?:dân|"
    rf"gia đình))?(?!\s+{QUALIFIER})",
    re.I,
)
_PEOPLE: Final = re.compile(
    rf"(?:tỷ|tỉ) lệ\s+(?:số\s+)?(?:người dân|dân số|nhân khẩu)(?!\s+{QUALIFIER}|\s+trong)"
    rf"[^%;.\d]{{0,110}}?"
    rf"(?:đạt|là|chiếm|:|=)\s*(?:(?:tỷ|tỉ) lệ\s*)?(?P<p>{NUM})\s*%|"
    rf"(?<![\d.,/-])(?P<p2>{NUM})\s*%\s+(?:dân số|người dân)(?!\s+{QUALIFIER})",
    re.I,
)
_NOT_NOW: Final = re.compile(
    r"phấn đấu|mục tiêu|kế hoạch|yêu cầu|dự kiến|trở lên|trên\s*\d|bình quân|tăng|giảm|nghèo|"
    r"huyện|tỉnh",
    re.I,
)
_SMALLEST: Final = 30


def check_attainable(report: Report) -> Iterator[Finding]:
    """Find percentages of households or people that no whole count gives."""
    households = sorted({each.value for each in household_bases(report)})
    people = sorted({each.value for each in people_bases(report)})
    for pattern, bases in ((_HOUSEHOLDS, households), (_PEOPLE, people)):
        large = [base for base in bases if base >= _SMALLEST and base.denominator == 1]
        if large:
            yield from _search(report, pattern, large)


def _search(report: Report, pattern: re.Pattern[str], bases: list[Fraction]) -> Iterator[Finding]:
    for place, paragraph in report.numbered():
        for match in pattern.finditer(paragraph.bare):
            group = "p" if match["p"] else "p2"
            start, end = match.start(group), match.end(group)
            first, last = paragraph.sentence(start)
            if report.is_share(place, start, end) or _NOT_NOW.search(paragraph.text[first:last]):
                continue
            if _counted(paragraph.bare[first:last], start - first):
                continue
            percent = printed(match[group])
            if percent and 0 < percent.decimals <= 4 and percent.value < 100:
                yield from _judge(place, match, percent, bases)


def _counted(sentence: str, at: int) -> bool:
    """Whether a count stands near the percentage, which then has a base of its own."""
    return bool(re.search(r"\d\s*(?:hộ|người)", sentence[max(0, at - 80) : at + 60]))


def _judge(
    place: int, match: re.Match[str], percent: Printed, bases: list[Fraction]
) -> Iterator[Finding]:
    if any(_attained(percent, base) for base in bases):
        return
    text = say("audit.unattainable", bases=", ".join(show(base) for base in bases))
    cut = next(
        (
            (count, base)
            for base in bases
            for count in _counts(percent, base)
            if truncates(100 * count / base, percent)
        ),
        None,
    )
    if cut:
        count, base = cut
        text = say(
            "audit.unattainable_cut",
            text=text,
            sum=f"{show(count)}/{show(base)} = {show(100 * count / base)}%",
        )
    yield Finding(place, match.start(), match.end(), f"{percent.text}%", text, "unattainable")


def _counts(percent: Printed, base: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    near = floor(percent.value * base / 100)
    return Fraction(near), Fraction(near + 1), Fraction(max(0, near - 1))


def _attained(percent: Printed, base: Fraction) -> bool:
    return any(agrees(100 * count / base, percent) for count in _counts(percent, base))
