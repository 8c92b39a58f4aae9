"""How much higher, lower, more or less: points between percentages, and what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUM, Printed, printed, show
from ntm_analysis.audit.mentions import Mention, mentions
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.report import Report

_MORE: Final = r"(?:thấp|cao|kém|nhiều|ít|lớn|nhỏ)\s+hơn|vượt|giảm|tăng|hụt|thiếu"
_POINT: Final = r"\s*(?:%|điểm\s*(?:%|phần trăm))"
_AGAINST: Final = re.compile(
    rf"(?P<word>{_MORE})\s+(?:được\s+|là\s+)?(?P<d>{NUM}){_POINT}\s*\)?\s*so với"
    rf"(?P<what>[^.;\d%|]{{0,70}}?)[(\s]*(?:là\s+|đạt\s+|=\s*)?(?P<q>{NUM})\s*%",
    re.I,
)
_FROM_TO: Final = re.compile(
    rf"từ\s+(?:mức\s+)?(?P<p>{NUM})\s*%(?P<gap>[^.;%]{{0,60}}?)(?:lên|xuống)(?:\s+(?:còn|tới|đến|mức))*"
    rf"\s+(?P<q>{NUM})\s*%(?P<last>[^.;%\d]{{0,40}}?)[,(]?\s*(?:tức\s+|đã\s+)?(?:giảm|tăng)\s+(?:được\s+)?"
    rf"(?P<d>{NUM}){_POINT}",
    re.I,
)
_PERCENT: Final = re.compile(rf"(?<![\d.,/])(?P<p>{NUM})\s*%", re.I)
_DOWN: Final = re.compile(r"(?:xuống|lên|còn)(?: còn| tới| đến| là| chỉ)*\s*$", re.I)
_CHANGED: Final = re.compile(r"xuống|lên|giảm|tăng|đến nay|cuối năm|đến cuối", re.I)
_BY: Final = re.compile(r"^[^.;:\d]{0,40}?(?:giảm|tăng)(?: được| thêm)?\s*$", re.I)
_MORE_BY: Final = re.compile(
    rf"^[^.;:\d]{{0,30}}[,(]\s*(?:{_MORE})(?:\s+(?:thêm|được|là))*\s*$", re.I
)
_THAN: Final = re.compile(
    r"^[^.;:\d(]{0,20}?\s*so với[^.;\d(]{0,50}\(\s*(?:là |đạt |chỉ |có )*$", re.I
)
_FAR: Final = 3
_GOAL: Final = re.compile(r"phấn đấu|kế hoạch giao|mỗi năm|bình quân|hằng năm|hàng năm", re.I)


def check_differences(report: Report) -> Iterator[Finding]:
    """Recompute how far two figures that are both given lie apart."""
    for place, paragraph in report.numbered():
        bare = paragraph.bare
        for match in _AGAINST.finditer(bare):
            first = paragraph.sentence(match.start())[0]
            given = [printed(each["p"]) for each in _PERCENT.finditer(bare, first, match.start())]
            values = [each for each in given if each]
            if values and not _GOAL.search(bare[first : match.start()]):
                yield from _points(place, match, values)
        for match in _FROM_TO.finditer(bare):
            if start := printed(match["p"]):
                yield from _points(place, match, [start])
        yield from _counts(place, bare)


def _points(place: int, match: re.Match[str], given: list[Printed]) -> Iterator[Finding]:
    other, stated = printed(match["q"]), printed(match["d"])
    if other is None or stated is None:
        return
    shown = [given[0], *given[:0:-1]]
    fitting = next((one for one in shown if _apart(one, other, stated)), None)
    one = fitting or shown[0]
    exact = abs(one.value - other.value)
    text = f"|{one.text}% – {other.text}%| = {show(exact)}"
    verdict = "agrees" if fitting else "disagrees"
    at = match.start("d")
    yield Finding(place, at, match.end(), f"{stated.text}%", text, verdict)  # type: ignore[arg-type]


def _apart(one: Printed, other: Printed, stated: Printed) -> bool:
    """Whether two percentages are so many points apart, or so many per cent of the second."""
    points = abs(one.value - other.value)
    finer = max(one.decimals, other.decimals) > stated.decimals
    slack = stated.ulp / 2 if finer else Fraction(0)
    # a target in whole points is exact; what is printed with decimals was rounded
    slack += sum(
        (each.ulp / 2 for each in (one, other) if 0 < each.decimals < stated.decimals), Fraction(0)
    )
    if abs(points - stated.value) <= slack:
        return True
    return any(
        each.value and abs(100 * points / each.value - stated.value) <= stated.ulp
        for each in (one, other)
    )


def _counts(place: int, bare: str) -> Iterator[Finding]:
    found = [each for each in mentions(bare) if not each.percent and each.dimension]
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        if len({first.dimension, second.dimension, third.dimension}) != 1:
            continue
        between, last = bare[first.until : second.start], bare[second.until : third.start]
        if _MORE_BY.search(between) and _THAN.match(last):
            if finding := _by(place, first, second, third):
                yield finding
            continue
        if _GOAL.search(bare[max(0, first.start - 60) : third.start]):
            continue
        if _moved(between) and _BY.match(last):
            yield _change(place, first, second, third)
        elif re.search(r"(?:giảm|tăng)(?: được| thêm)?\s*$", bare[: first.start], re.I) and (
            re.fullmatch(r"[^.;\d]{0,30}\(?\s*từ\s*", between, re.I) and _moved(last)
        ):
            yield _change(place, second, third, first)


def _by(place: int, first: Mention, by: Mention, other: Mention) -> Finding | None:
    """Judge `41,5 triệu đồng, tăng 3,5 triệu đồng so với năm trước (38 triệu đồng)`."""
    stated = printed(by.text)
    if stated is None or not stated.value:
        return None
    exact = abs(first.value - other.value)
    slack = stated.ulp / 2 * by.value / stated.value
    if not any(
        abs(abs(one - two) - change) <= slack
        for one in first.values for two in other.values for change in by.values
    ):  # fmt: skip
        # another time's figure of another thing is no base of this one
        verdict = "disagrees" if exact <= _FAR * by.value else "unclear"
    else:
        verdict = "agrees"
    scale = by.value / stated.value
    text = f"|{show(first.value / scale)} – {show(other.value / scale)}| = {show(exact / scale)}"
    return Finding(place, by.start, other.until, f"{by.text} {by.unit}", text, verdict)  # type: ignore[arg-type]


def _moved(text: str) -> bool:
    return (
        len(text) <= 90 and "." not in text and bool(_DOWN.search(text) and _CHANGED.search(text))
    )


def _change(place: int, before: Mention, after: Mention, by: Mention) -> Finding:
    exact = abs(before.value - after.value)
    right = any(
        abs(old - new) == change
        for old in before.values
        for new in after.values
        for change in by.values
    )
    text = f"|{show(before.value)} – {show(after.value)}| = {show(exact)}"
    start, end = min(before.start, by.start), max(by.until, after.until)
    stated = f"{by.text} {by.unit}"
    return Finding(place, start, end, stated, text, "agrees" if right else "disagrees")
