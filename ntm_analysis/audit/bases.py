"""A count with its percentage, whose base stands elsewhere in the paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUM, Printed, agrees, printed, readings, show
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.ratios import compare, explained
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.shares import RELATION, RELATIONS
from ntm_analysis.audit.text import SENTENCE_END
from ntm_analysis.audit.words import QUALIFIER, UNIT, countable, same_unit

_COUNT = re.compile(
    rf"(?<![\d.,/≥≤<>-])(?P<a>{NUM})\s*(?P<ua>{UNIT})(?P<gap>[^\d%/|]{{0,70}}?)"
    r"(?:đạt|chiếm|bằng|=|\(|tương đương|tương ứng|ứng với|,\s*(?:với\s+)?(?:tỷ|tỉ) lệ)\s*"
    rf"(?:(?:đạt|chiếm|với|tỷ lệ|tỉ lệ|là|bằng)\s*)*(?P<rel>{RELATION})?\s*(?P<p>{NUM})\s*%"
    r"(?P<rest>[^.;,)]{0,45})",
    re.I,
)
_ANY_COUNT = re.compile(rf"(?<![\d.,/])(?P<n>{NUM})\s*(?P<u>{UNIT})", re.I)
_TOTAL: Final = re.compile(
    r"(?:tổng (?:số|cộng)|(?:toàn|cả) (?:xã|thôn|huyện)(?: \w+)?(?: hiện)?(?: nay)? có|"
    r"(?:trên địa bàn )?xã(?: hiện)?(?: nay)? có|tổng)[^\d.;%]{0,60}$",
    re.I,
)
_NAMED_BASE = re.compile(
    r"^\s*(?:so với|trên|trong|của|kế hoạch|cùng kỳ|tổng|số|dân số|diện tích)", re.I
)
_ALL = re.compile(
    r"^\s*(?:trên |trong |của |so với )?(?:tổng số|tổng|số|toàn bộ)\s*"
    r"(?:các\s*)?(?:hộ(?: gia đình| dân)?|người|lao động|dân số)?\s*"
    r"(?:toàn xã|của xã|trong xã|cả xã|trên địa bàn)?\s*$",
    re.I,
)
_APART = re.compile(
    r"so với|tăng|giảm|vượt|bình quân|trung bình|(?:tỷ|tỉ) lệ[^%]*[^\W\d_]{2,}[^%]*$|còn lại", re.I
)
_ENDED = re.compile(SENTENCE_END)
_CHANGED = re.compile(r"tăng|giảm|xuống|so với|năm trước|đầu năm|cùng kỳ", re.I)


@dataclass(frozen=True, slots=True)
class _Base:
    value: Fraction
    start: int
    total: bool


def check_bases(report: Report) -> Iterator[Finding]:
    """Recompute a percentage from its count and a base stated before it in the paragraph."""
    for place, paragraph in report.numbered():
        for match in _COUNT.finditer(paragraph.bare):
            at = match.start("p")
            if report.is_share(place, at, at + 1) or report.is_share(
                place, match.start("a"), match.end("a")
            ):
                continue
            wholes = [
                _Base(share.likeliest[1], share.start, False)
                for share in report.shares[place]
                if share.end <= match.start()
                and share.pairs
                and same_unit(share.unit) == same_unit(match["ua"])
            ]
            if finding := _base(place, paragraph.bare, match, wholes):
                yield finding


def _base(place: int, bare: str, match: re.Match[str], wholes: list[_Base]) -> Finding | None:
    percent = printed(match["p"])
    gap = match["gap"]
    if (
        percent is None
        or _ENDED.search(gap)
        or _APART.search(gap)
        or ("," in gap and len(gap) > 45)
    ):
        return None
    counts = readings(match["a"], count=countable(match["ua"]))
    bases = wholes + _bases(bare, match, same_unit(match["ua"]))
    if not counts or not bases:
        return None
    part = counts[0]
    relation = RELATIONS.get(" ".join((match["rel"] or "").lower().split()), "=")
    right = [base for base in bases if _fits(part, base.value, percent)]
    if right:
        base = next((each for each in right if each.total), right[-1])
    elif (only := _only(bases)) and part <= only.value and _says_all(match["rest"]):
        base = only
        start = max((m.end() for m in _ENDED.finditer(bare, 0, match.start())), default=0)
        if _CHANGED.search(bare[start : match.end()]):
            return None  # then and now have bases of their own
        if _ENDED.search(bare[base.start : match.start()]) and _qualified(bare, match):
            return None
    else:
        return None
    exact = 100 * part / base.value
    verdict = compare(exact, percent, relation)
    sums = f"{show(part)}/{show(base.value)}"
    recomputed = explained(exact, percent, sums)
    return Finding(
        place, match.start("a"), match.end("p") + 1, f"{percent.text}%", recomputed, verdict
    )


def _fits(part: Fraction, whole: Fraction, percent: Printed) -> bool:
    return bool(whole) and part <= whole and agrees(100 * part / whole, percent)


def _bases(bare: str, match: re.Match[str], unit: str) -> list[_Base]:
    found = []
    for other in _ANY_COUNT.finditer(bare, 0, match.start("a")):
        if same_unit(other["u"]) != unit:
            continue
        qualified = re.match(rf"\s*{QUALIFIER}(?!\w)", bare[other.end() :], re.I)
        total = bool(_TOTAL.search(bare[max(0, other.start() - 80) : other.start()]))
        values = readings(other["n"], count=countable(other["u"]))[:1]
        found += [_Base(value, other.start(), total and not qualified) for value in values]
    return found


def _only(bases: list[_Base]) -> _Base | None:
    """Return the one stated total, where there is just one and no other count so large."""
    totals = [base for base in bases if base.total]
    return totals[0] if len({base.value for base in totals}) == 1 else None


def _says_all(rest: str) -> bool:
    """Whether the words after the percentage name no base of their own."""
    return not _NAMED_BASE.match(rest) or bool(_ALL.match(rest))


def _qualified(bare: str, match: re.Match[str]) -> bool:
    """Whether other counts of the same unit stand between, which may be the base."""
    unit = same_unit(match["ua"])
    others = [
        each
        for each in _ANY_COUNT.finditer(bare, 0, match.start("a"))
        if same_unit(each["u"]) == unit
    ]
    return len(others) > 1
