"""The day that a figure speaks of, and whether it is of another time than the report."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from ntm_analysis.spelling import fold

_DAY: Final = re.compile(
    r"(?:ngay\s+)?(?P<d>\d{1,2})\s*(?:/|-|\.|\s+thang\s+)\s*(?P<m>\d{1,2})\s*"
    r"(?:/|-|\.|\s+nam\s+)\s*(?P<y>(?:19|20)\d\d)"
)
_MONTH: Final = re.compile(r"thang\s*(?P<m>\d{1,2})\s*(?:/|nam|-)\s*(?P<y>(?:19|20)\d\d)")
_END: Final = re.compile(r"cuoi nam\s*(?P<y>(?:19|20)\d\d)")
_YEAR: Final = re.compile(r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)(?![\d/.])")
_YEAR_SAID: Final = re.compile(r"nam(?:\s+hoc)?\s*:?\s*(?P<y>(?:19|20)\d\d)(?!\s*[-–]\s*\d{4})")
_BEFORE: Final = re.compile(r"nam truoc|nam ngoai|cung ky|truoc day|(?<!tu )dau nam|dau nhiem ky")
_NOW: Final = re.compile(r"hien nay|den nay|hien con|nam nay|hien")
_PLAN: Final = re.compile(
    r"phan dau|muc tieu|(?:ke hoach|\bkh) (?:nam|den|giao|de ra|20\d\d)|du kien|dinh huong|"
    r"se (?:dat|co|hoan thanh|xay)"
)
_WORDS: Final = re.compile(r"[a-z]+")
_FAR: Final = 8
_CHANGE: Final = re.compile(
    r"(?<!hoa )(?:tang|giam|vuot|thap hon|cao hon|"
    r"nhieu hon|it hon|chenh)(?:\s+(?:them|duoc|khoang|gan|hon|"
    r"binh quan|so voi))*\s*$"
)


@dataclass(frozen=True, slots=True)
class Time:
    """When a figure is of.

    Attributes
    ----------
    day : date or None
    when : {"now", "earlier", "later", "change"}
    """

    day: dt.date | None = None
    when: str = "now"


def time_of(text: str, start: int, end: int, first: int, last: int, year: int) -> Time:
    """Return when a figure is of, by the words of its sentence.

    Parameters
    ----------
    text : str
    start, end : int
        Where the figure stands.
    first, last : int
        Where its sentence begins and ends.
    year : int
        The year of the appraisal.
    """
    plain = fold(text)
    before, after = plain[first:start], plain[end:last]
    opened = before.rfind("(")
    inside = opened >= 0 and ")" not in before[opened:]
    near = before[opened:] if inside else before[-90:]
    planned = re.match(r"\W*(?:ke hoach|kh|muc tieu|phan dau)\b", before)
    if _CHANGE.search(near):
        return Time(when="change")
    clause = re.split(r"[;,(]", near)[-1]
    if re.search(r"so voi", clause) or re.match(r"\s*(?:%|\w+)?\s*(?:so voi)", after[:20]):
        return Time(when="earlier" if "so voi" in clause else "now")
    if _PLAN.search(near) or (planned and is_plan(before)):
        return Time(when="later")
    day = _day(near)
    if day is not None:
        return Time(day) if day.year >= year - 1 else Time(day, "earlier")
    if _BEFORE.search(clause) and not _NOW.search(clause):
        return Time(when="earlier")
    named = [int(m["y"]) for m in _YEAR_SAID.finditer(near)]
    ahead = re.match(r"[^,;.()]{0,18}?\s(?:vao |trong |cua )?nam (?P<y>20\d\d)", after)
    if named and len(_WORDS.findall(near[list(_YEAR_SAID.finditer(near))[-1].end() :])) > _FAR:
        named = []
    said_ = named[-1] if named else int(ahead["y"]) if ahead and not inside else year
    if said_ < year and not _of_a_thing(near):
        return Time(when="earlier")
    return Time(when="later" if said_ > year else "now")


def is_plan(text: str) -> bool:
    """Whether words speak of what is planned."""
    plain = fold(text)
    return bool(_PLAN.search(plain)) and not _NOW.search(plain)


def _of_a_thing(near: str) -> bool:
    """Whether a year belongs to a document or a work, not to the figure."""
    found = list(_YEAR_SAID.finditer(near))
    return bool(found) and bool(
        re.search(r"(?:quyet dinh|nghi quyet|so|luat|xay|khanh thanh|cong nhan)[^,;]*$",
                  near[: found[-1].start()])
        or re.search(r"[,;]", near[found[-1].end() :])
    )  # fmt: skip


def _day(near: str) -> dt.date | None:
    found = [(m.end(), p, m) for p in (_DAY, _MONTH, _END) for m in p.finditer(near)]
    for _, pattern, match in sorted(found, key=lambda each: -each[0]):
        if pattern is _END:
            return dt.date(int(match["y"]), 12, 31)
        year, month = int(match["y"]), int(match["m"])
        if not 1 <= month <= 12:
            continue
        last = calendar.monthrange(year, month)[1]
        day = int(match["d"]) if pattern is _DAY else last
        lead = near[: match.start()]
        if re.search(r"(?:quyet dinh|nghi quyet|ke hoach|van ban|cong van)[^,;]*$", lead):
            continue
        if 1 <= day <= last:
            return dt.date(year, month, day)
    return None
