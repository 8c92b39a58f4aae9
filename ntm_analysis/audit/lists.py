"""Whether the amounts that a report lists as the parts of another add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import printed_amount, show
from ntm_analysis.audit.mentions import MEASURED, Mention, mentions
from ntm_analysis.audit.model import Finding, Verdict
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.words import UNIT
from ntm_analysis.language import say

_LINK: Final = re.compile(
    r"(?P<word>bao gồm|gồm có|gồm|chia ra|trong đó|trong số đó|cụ thể)\s*(?:là\s*)?:?\s*"
    r"|(?P<open>\()|(?P<colon>(?<=[^\W\d_]):\s)",
    re.I,
)
_SURE: Final = re.compile(r"gồm|chia ra|\(|:", re.I)
_REST: Final = re.compile(r"còn lại", re.I)
_OPEN_END: Final = re.compile(r"v\.v|\.\.\.|…|một số|chủ yếu|như:", re.I)
_ITEM: Final = re.compile(r"^(?:[-–+*•·●○▪]|[a-zđ][.)]|\(?\d{1,2}[.)])\s*")
_OVERLAP: Final = re.compile(r"trong đó|lượt|bình quân|tăng|giảm|so với|mỗi|/", re.I)
_HAVING: Final = re.compile(
    rf"\d\s*{UNIT}\s+(?:có|được|dùng|sử dụng|tham gia|đạt|đã|đăng ký|vay|nhận)(?!\w)", re.I
)
_PAIR: Final = re.compile(r"\bnam\b.*\bnữ\b|\bnữ\b.*\bnam\b", re.I | re.S)
_WOMEN: Final = re.compile(r"\bnữ\b(?! sinh)", re.I)
_GAP: Final = 70
_MILLION: Final = 10**6
_TWO: Final = Fraction(12, 100)
_NEAR, _WIDELY_NEAR = Fraction(8, 100), Fraction(35, 100)


@dataclass(frozen=True, slots=True)
class _List:
    place: int
    total: Mention
    end: int
    items: list[Mention]
    words: str
    sure: bool
    bracket: bool


def check_lists(report: Report) -> Iterator[Finding]:
    """Add up the parts that follow a total in the sentence, in brackets, or line by line."""
    for place, paragraph in report.numbered():
        if paragraph.lines[0].cells:
            continue
        found = mentions(paragraph.bare)
        for link in _LINK.finditer(paragraph.bare):
            listed = _listed(report, place, found, link)
            if listed and (finding := _judged(listed)):
                yield finding


def _listed(report: Report, place: int, found: list[Mention], link: re.Match[str]) -> _List | None:
    bare = report.paragraphs[place].bare
    before = [each for each in found if each.until <= link.start()]
    if not bare[: link.start()].strip() and place:
        total = _first(report, place - 1)
    else:
        total = before[-1] if before and not before[-1].percent else None
        if total and link["colon"] and bare[total.until : link.start()].strip():
            total = None
        if total and not _leads(bare[total.until : link.start()]):
            total = None
    if total is None or total.rate or not total.dimension:
        return None
    region, end = _region(bare, link)
    if region.strip():
        items = _items(region, total.dimension)
    else:
        lines = _lines(report, place)
        items = [item for line in lines for item in _items(line, total.dimension)[:1]]
        region = " ; ".join(lines)
        if len(items) != len(lines):
            return None
    word = link["word"] or link["open"] or (":" if len(items) > 2 else "")
    sure = bool(_SURE.search(word)) or bool(_REST.search(region)) or bool(_PAIR.search(region))
    return _List(place, total, max(end, total.until), items, region, sure, bool(link["open"]))


def _first(report: Report, place: int) -> Mention | None:
    """Return the first amount of the paragraph before, which `Trong đó:` goes back to."""
    found = [each for each in mentions(report.paragraphs[place].bare) if not each.percent]
    return found[0] if found and not report.paragraphs[place].lines[0].cells else None


def _leads(gap: str) -> bool:
    return len(gap) <= _GAP and not re.search(r"[\d;%|]|\.\s|\)", gap)


def _region(bare: str, link: re.Match[str]) -> tuple[str, int]:
    """Return the words that list the parts, and where they end."""
    if link["open"]:
        stop = bare.find(")", link.end())
        inner = bare[link.end() : stop] if stop > 0 else ""
        return (inner or "-", stop + 1) if "(" not in inner else ("-", link.end())
    stop_at = re.search(r"\.(?=\s|$)", bare[link.end() :])
    end = link.end() + (stop_at.start() if stop_at else len(bare))
    return re.sub(r"\([^()]*\)", " ", bare[link.end() : end]), min(end, len(bare))


def _lines(report: Report, place: int) -> list[str]:
    """Return the lines below that are items of one list."""
    lines: list[str] = []
    sign = ""
    for paragraph in report.paragraphs[place + 1 : place + 31]:
        match = _ITEM.match(paragraph.text)
        here = match[0].strip()[-1] if match else ""
        if not match or paragraph.lines[0].cells or (sign and here != sign):
            break
        sign = here
        lines.append(re.sub(r"\([^()]*\)", " ", paragraph.bare[match.end() :]))
    return lines


def _items(region: str, dimension: str) -> list[Mention]:
    found: list[Mention] = []
    for item in re.split(r"[;+]|,(?!\d)|\svà\s", region):
        amounts = [each for each in mentions(item) if not each.percent]
        if not amounts:
            continue
        same = [each for each in amounts if each.dimension == dimension and not each.rate]
        if len(amounts) == 1 and not amounts[0].unit and dimension not in MEASURED:
            same = amounts  # nam 15, nữ 20
        if same:
            found.append(same[0])
    return found


def _judged(listed: _List) -> Finding | None:
    items = [item.value for item in listed.items]
    total, sum_ = listed.total.value, sum((item.value for item in listed.items), Fraction(0))
    if len(items) < 2 or not total or _OPEN_END.search(listed.words):
        return None
    slack = _slack(listed)
    verdict: Verdict = "agrees" if abs(sum_ - total) <= slack else "disagrees"
    if verdict == "disagrees":
        apart = abs(sum_ - total) / total
        if _WOMEN.search(listed.words) and not _PAIR.search(listed.words):
            return None
        if not listed.sure and len(_HAVING.findall(listed.words)) > 1:
            return None  # what they have or use, not what they are
        if _OVERLAP.search(listed.words) or apart > _WIDELY_NEAR:
            return None
        if listed.bracket and len(items) == 2 and not _PAIR.search(listed.words) and apart > _TWO:
            return None  # two of them may be named and the others not
        named = all(item.label or item.unit for item in listed.items)
        many = len(items) > 2
        units = all(item.unit for item in listed.items)
        if not (named and units and (listed.sure or (many and apart <= _NEAR))):
            money = listed.total.dimension == "đồng" and sum_ > total and units
            if not money:
                return None
    money = listed.total.dimension == "đồng" and total >= _MILLION
    unit = _MILLION if money else 1
    text = " + ".join(show(item / unit) for item in items) + f" = {show(sum_ / unit)}"
    text = say("audit.millions", sum=text) if money else text
    stated = f"{listed.total.text} {listed.total.unit}"
    return Finding(listed.place, listed.total.start, listed.end, stated, text, verdict)


def _slack(listed: _List) -> Fraction:
    """Return how far rounded parts may be from a rounded total."""
    decimals = max(
        min(one.decimals for one in printed_amount(each.text) or [])
        for each in (listed.total, *listed.items)
    )
    if not decimals:
        return Fraction(0)
    scale = listed.total.value / min(
        (one.value for one in printed_amount(listed.total.text) if one.value), default=Fraction(1)
    )
    return scale * Fraction(len(listed.items) + 1, 2 * 10**decimals)
