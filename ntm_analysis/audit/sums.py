"""Whether the parts that a report lists add up to the total before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUM, Printed, printed, readings, show
from ntm_analysis.audit.lists import check_lists
from ntm_analysis.audit.model import Finding, Verdict
from ntm_analysis.audit.partitions import check_partitions
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.words import UNIT, countable, same_unit
from ntm_analysis.language import say

_PERCENT = re.compile(
    rf"(?P<rel>[<>≥≤]|trên|dưới|tăng|giảm|từ)?\s*(?<![\d.,/-])(?P<p>{NUM})\s*%", re.I
)
_OF_WHICH = re.compile(r"(?:trong (?:đó|số đó)|bao gồm|gồm có|gồm|cụ thể|chia ra)\s*:?", re.I)
_WHOLLY = re.compile(r"(?:bao gồm|gồm có|gồm|chia ra|còn lại)", re.I)
_AMOUNT = re.compile(
    r"tổng (?:số )?(?:nguồn vốn|vốn|kinh phí|thu nhập|giá trị|nguồn lực|diện tích)[^.;]*\d", re.I
)
_REST = re.compile(r"còn lại(?![^.;]*\d)|khác\s*$|v\.v|…|\.\.\.", re.I)
_STRUCTURE = re.compile(
    r"cơ cấu(?: (?:kinh tế|lao động|ngành|thu nhập|giá trị|nguồn vốn|vốn|cây trồng)|\s*:)", re.I
)
_LIST = re.compile(r"\((?P<items>[^()]{5,260})\)")
_ITEM = re.compile(
    rf"^\s*(?:và\s+|gồm\s*:?\s*|trong đó\s*:?\s*)?(?:(?P<name>[^\d]{{1,30}}?)[:\s]\s*)?(?P<n>{NUM})"
    rf"\s*(?P<u>{UNIT})?(?P<rest>[^\d]*)$",
    re.I,
)
_TOTAL = re.compile(
    rf"(?<![\d.,/])(?P<n>{NUM})\s*(?P<u>{UNIT})(?P<gap>[^\d|]{{0,60}}?(?:\d cấp học\s*)?)$", re.I
)
_KINDS: Final = re.compile(
    r"mầm non|mẫu giáo|tiểu học|THCS|THPT|trung học|nam|nữ|kiên cố|bán kiên cố|tạm|nghèo|cận nghèo",
    re.I,
)
_LISTED = re.compile(
    rf"(?<![\d.,/])(?P<n>{NUM})\s*(?P<u>{UNIT})(?P<gap>[^\d.;%|]{{0,50}}?)\s*[,:;(]?\s*"
    r"(?P<link>bao gồm|gồm có|gồm|chia ra|trong đó)\s*:?\s*(?P<items>[^.|()]{5,260})",
    re.I,
)
_BOTH = re.compile(rf"(?P<n>{NUM})\s*(?P<u>{UNIT})", re.I)


_TWO: Final = Fraction(12, 100)


@dataclass(frozen=True, slots=True)
class _Share:
    value: Printed
    start: int
    end: int


def check_percent_sums(report: Report) -> Iterator[Finding]:
    """Add up the percentages after *trong đó* and the like, and those of a structure."""
    told: list[int] = []
    for place, paragraph in report.numbered():
        bare = paragraph.bare
        for link in _OF_WHICH.finditer(bare):
            if finding := _of_which(report, place, bare, link) or _of_all(
                report, place, bare, link
            ):
                yield finding
                told.append(place)
        for start, end in paragraph.sentences():
            head = _STRUCTURE.search(bare, start, end)
            stop = re.search(r"\.(?=\s|$)", bare[end:]) if head else None
            last = end + stop.start() if stop else len(bare)
            if head and (finding := _structure(place, bare, head.start(), last)):
                yield finding
                told.append(place)
    yield from (each for each in check_partitions(report) if each.paragraph not in told)


def _of_which(report: Report, place: int, bare: str, link: re.Match[str]) -> Finding | None:
    end = report.paragraphs[place].sentence(link.end())[1]
    if any(share.start < end and link.end() < share.end for share in report.shares[place]):
        return None
    before = _PERCENT.search(bare, _last_percent(bare, max(0, link.start() - 90), link.start()))
    if not before or before.end() > link.start() or before["rel"]:
        return None
    between = bare[before.end() : link.start()]
    if re.search(r"\d", between) or len(between) > 60:
        return None
    if _REST.search(bare[link.end() : end]):
        return None  # what remains is not said
    total, parts = printed(before["p"]), _percents(bare, link.end(), end)
    if total is None or len(parts) < 2 or not _plain_list(bare[link.end() : end]):
        return None
    labels = bare[link.end() : end].lower()
    if "nữ" in labels and "nam" not in labels:
        return None  # a part of every other part
    sum_ = sum((part.value.value for part in parts), Fraction(0))
    wholly = bool(_WHOLLY.search(bare[link.start() : end]))
    if any(part.value.value > total.value for part in parts):
        return None
    verdict = _verdict(sum_, total, [part.value for part in parts])
    # two parts may overlap, such as women and those with a certificate
    doubtful = len(parts) == 2 or abs(sum_ - total.value) > 20
    if verdict != "agrees" and not wholly and doubtful:
        return None
    return _finding(place, before.start("p"), parts[-1].end, total, parts, verdict)


def _of_all(report: Report, place: int, bare: str, link: re.Match[str]) -> Finding | None:
    """Add up the percentages of a total that is given as an amount."""
    start, end = report.paragraphs[place].sentence(link.end())
    before, after = bare[start : link.start()], bare[link.end() : end]
    if "%" in before or not _AMOUNT.search(before) or not _plain_list(after):
        return None
    parts = _percents(bare, link.end(), end)
    sum_ = sum((part.value.value for part in parts), Fraction(0))
    if len(parts) < 3 or not Fraction(90) <= sum_ <= 110 or "nữ" in after.lower():
        return None
    total = Printed(Fraction(100), 0, "100")
    verdict = _verdict(sum_, total, [part.value for part in parts])
    return _finding(place, link.start(), parts[-1].end, total, parts, verdict)


def _last_percent(bare: str, start: int, end: int) -> int:
    found = [match.start() for match in _PERCENT.finditer(bare, start, end)]
    return found[-1] if found else end


def _plain_list(text: str) -> bool:
    """Whether no part restarts another statistic, as `tỷ lệ` does."""
    return len(re.findall(r"(?:tỷ|tỉ) lệ", text, re.I)) == 0 and "/" not in text


def _percents(bare: str, start: int, end: int) -> list[_Share]:
    found = []
    for match in _PERCENT.finditer(bare, start, end):
        value = printed(match["p"])
        if match["rel"] or value is None:
            return []
        found.append(_Share(value, match.start("p"), match.end()))
    return found


def _verdict(sum_: Fraction, total: Printed, parts: list[Printed]) -> Verdict:
    difference = abs(sum_ - total.value)
    if not difference:
        return "agrees"
    ulp = max([total.ulp, *(part.ulp for part in parts)])
    slack = ulp * len(parts) / 2
    rounded = total.decimals > 0 or total.value == 100
    return "unclear" if rounded and difference <= slack else "disagrees"


def _structure(place: int, bare: str, start: int, end: int) -> Finding | None:
    text = bare[start:end]
    parts = _percents(bare, start, end)
    if len(parts) < 3 or re.search(r"tăng|giảm|chuyển dịch|từ|so với|năm trước", text, re.I):
        return None
    total = Printed(Fraction(100), 0, "100")
    sum_ = sum((part.value.value for part in parts), Fraction(0))
    if not Fraction(80) <= sum_ <= 120:
        return None
    return _finding(
        place, start, parts[-1].end, total, parts, _verdict(sum_, total, [p.value for p in parts])
    )


def _finding(
    place: int, start: int, end: int, total: Printed, parts: list[_Share], verdict: Verdict
) -> Finding:
    sum_ = sum((part.value.value for part in parts), Fraction(0))
    text = " + ".join(f"{part.value.text}%" for part in parts) + f" = {show(sum_)}%"
    if verdict == "unclear":
        text = say("audit.sum_rounded", sum=text)
    return Finding(place, start, end, f"{total.text}%", text, verdict)


def check_count_sums(report: Report) -> Iterator[Finding]:
    """Add up counts listed in brackets or after *gồm* behind their total."""
    told: list[Finding] = []
    for finding in _short_lists(report):
        told.append(finding)
        yield finding
    for finding in check_lists(report):
        if not any(
            each.paragraph == finding.paragraph
            and each.start < finding.end
            and finding.start < each.end
            for each in told
        ):
            yield finding


def _short_lists(report: Report) -> Iterator[Finding]:
    for place, paragraph in report.numbered():
        bare = paragraph.bare
        for match in _LIST.finditer(bare):
            before = _TOTAL.search(bare[max(0, match.start() - 110) : match.start()])
            if before and (finding := _counts(place, bare, before, match, surely=True)):
                yield finding
        for match in _LISTED.finditer(bare):
            surely = match["link"].lower() != "trong đó" or "còn lại" in match["items"].lower()
            if finding := _counts(place, bare, match, match, surely=surely):
                yield finding


def _counts(
    place: int, bare: str, total: re.Match[str], listed: re.Match[str], *, surely: bool
) -> Finding | None:
    unit = same_unit(total["u"])
    items = [item for item in re.split(r"[,;+](?!\d)|\svà\s", listed["items"]) if item.strip()]
    parsed = [_ITEM.match(item) for item in items]
    if len(items) < 2 or not all(parsed):
        return None
    numbers, alike, kinds = [], True, True
    for each, item in zip(parsed, items, strict=True):
        if each is None or "%" in item or "/" in item:
            return None
        values = readings(each["n"], count=countable(total["u"]))
        if not values:
            return None
        numbers.append(values[0])
        alike &= bool(each["u"]) and same_unit(each["u"]) == unit
        kinds &= (not each["u"] or same_unit(each["u"]) == unit) and bool(_KINDS.search(item))
    whole = readings(total["n"], count=countable(total["u"]))
    if not whole:
        return None
    sum_ = sum(numbers, Fraction(0))
    verdict: Verdict = "agrees" if sum_ == whole[0] else "disagrees"
    if verdict == "disagrees" and not (surely and (alike or kinds)):
        return None
    two = len(items) == 2 and not (kinds or total is listed)
    if verdict == "disagrees" and two and abs(sum_ - whole[0]) > _TWO * whole[0]:
        return None  # two of them may be named and the others not
    if verdict == "agrees" and not (alike or kinds) and len(items) < 3:
        return None
    offset = listed.end() - len(listed[0]) if total is not listed else listed.start()
    start = offset - (len(total[0]) if total is not listed else 0)
    text = " + ".join(show(number) for number in numbers) + f" = {show(sum_)}"
    stated = f"{total['n']} {total['u']}"
    return Finding(place, max(0, start), listed.end(), stated, text, verdict)
