"""Documents that a report cites: without number or year, or apart from its legal bases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ntm_analysis.audit.dates import cited
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.outline import conclusion_start, is_whole, preamble
from ntm_analysis.audit.report import Report
from ntm_analysis.language import say

_KINDS: Final = (
    r"(?:Quyết định|Nghị quyết|Thông tư|Nghị định|Công văn|Chỉ thị|Thông báo|Kế hoạch|Đề án)"
)
_BODY: Final = (
    r"(?:UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Chủ tịch|Thủ tướng|Chính phủ|Bộ|Sở|Tỉnh ủy|Huyện ủy|"
    r"Tỉnh uỷ|Huyện uỷ)"
)
_NAMED: Final = re.compile(
    rf"(?<!\w)(?:[Tt]heo|[Tt]ại|[Cc]ăn cứ|[Bb]ằng)\s+(?P<what>{_KINDS}\s+của\s+{_BODY}(?!\w)"
    r"(?P<rest>[^.;\n]{0,160}))"
)
_BARE_NUMBER: Final = re.compile(
    rf"(?<!\w)(?P<what>(?i:{_KINDS})\s+số\s*:?\s*(?P<number>\d{{1,5}}))(?![\d]|\s*[/-]|[.,]\d)"
    r"(?P<rest>[^.;\n]{0,80})"
)
_UNDATED: Final = re.compile(
    rf"(?<!\w)(?P<what>(?i:{_KINDS})\s+(?:số\s*:?\s*)?(?P<number>\d{{1,6}}[A-Za-z]?)\s*[/-]\s*"
    r"(?P<code>[A-ZĐ]{2,}[\w-]*))(?![\w/])(?P<rest>[^.;\n]{0,60})"
)
_NUMBERED: Final = re.compile(
    r"(?:số\s*:?\s*)?\d{1,6}[A-Za-z]?\s?[/-]\s?(?:\d{4}\s?[/-]\s?)?[A-ZĐ]{2}|số\s+\d"
)
_DATED: Final = re.compile(
    r"ngày\s+\d|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|năm\s+(?:19|20)\d\d"
)
_QUOTED: Final = 110
_DOCUMENT: Final = re.compile(
    r"(?<![\d/])(?P<number>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?\s?[/-]\s?(?P<code>[A-ZĐ]{2,}[\w-]*)"
)
_OF_CRITERIA: Final = re.compile(r"tiêu chí", re.I)
_LAW: Final = re.compile(r"^(?:QĐ|NQ|NĐ|TT)-")
_PROVINCE: Final = re.compile(
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân)\s+(?:tỉnh|thành phố)", re.I
)
_NATION: Final = re.compile(r"-(?:TTg|CP|QH\d*|B[A-ZĐ]+)$")
_JUDGED: Final = re.compile(r"\d+\s?/\s?\d+\s+(?:tiêu chí|chỉ tiêu)", re.I)
_AGAINST: Final = re.compile(r"đối chiếu|(?:theo|tại)\s+(?:các\s+)?Quyết định", re.I)


def check_bare_documents(report: Report) -> Iterator[Finding]:
    """Find documents that are cited without their number, or without a day or year."""
    dated = {(each.number.lower(), _plain(each.code)) for each in cited(report)}
    told: set[str] = set()
    for place, paragraph in report.numbered():
        text = paragraph.text
        for match in _NAMED.finditer(text):
            if _NUMBERED.search(match["rest"]) or _DATED.search(match["rest"]):
                continue
            what = match["what"][:_QUOTED].strip()
            if what.lower() not in told:
                told.add(what.lower())
                yield _bare(place, match.start("what"), match.end("what"), what, "no_number")
        for match in _BARE_NUMBER.finditer(text):
            what = " ".join(match["what"].split())
            if not _DATED.search(match["rest"]) and what.lower() not in told:
                told.add(what.lower())
                yield _bare(place, match.start("what"), match.end("what"), what, "no_sign")
        for match in _UNDATED.finditer(text) if is_whole(report) else ():
            key = match["number"].lower(), _plain(match["code"])
            if _DATED.search(match["rest"]) or key in dated or _year_in(text, match):
                continue
            dated.add(key)
            what = " ".join(match["what"].split())
            yield _bare(place, match.start("what"), match.end("what"), what, "no_day")


def _year_in(text: str, match: re.Match[str]) -> bool:
    """Whether the day or year stands before it: `năm 2023, Quyết định 5/QĐ-UBND`, in brackets."""
    return bool(re.search(r"\(\s*$", text[: match.start()])) and bool(
        _DATED.search(text[max(0, match.start() - 60) : match.start()])
    )


def _bare(place: int, start: int, end: int, what: str, lacking: str) -> Finding:
    return Finding(place, start, end, what, say(f"audit.bare.{lacking}"), "unclear")


@dataclass(frozen=True, slots=True)
class _Law:
    place: int
    start: int
    end: int
    name: str
    key: tuple[str, str]


def check_legal_bases(report: Report) -> Iterator[Finding]:
    """Find decisions on the criteria that text and preamble do not share."""
    bases = preamble(report)
    if len(bases) < 2:
        return
    last = max(bases)
    named = {law.key for law in _laws(report, bases)}
    every = {
        (match["number"], _plain(match["code"]))
        for place in bases
        for match in _DOCUMENT.finditer(report.paragraphs[place].text)
    }
    body = [place for place, _ in report.numbered() if place > last]
    found = list(_laws(report, body))
    told: set[tuple[str, str]] = set()
    for law in found:
        if law.key not in every and law.key not in told:
            told.add(law.key)
            yield _apart(law, "not_in_preamble")
    used = {
        (match["number"], _plain(match["code"]))
        for place in body
        for match in _DOCUMENT.finditer(report.paragraphs[place].text)
    }
    if used & named:
        for law in _laws(report, bases):
            if law.key not in used and law.key not in told and _sets_criteria(report, law):
                told.add(law.key)
                yield _apart(law, "not_in_text")
    yield from _conclusion(report, found)


def _conclusion(report: Report, found: list[_Law]) -> Iterator[Finding]:
    """Find a conclusion that is under other decisions than the results."""
    start = conclusion_start(report)
    if start is None:
        return
    results = {
        law.key
        for law in found
        if law.place < start and _AGAINST.search(report.paragraphs[law.place].text)
    }
    concluded = [
        law
        for law in found
        if law.place >= start and _JUDGED.search(report.paragraphs[law.place].text)
    ]
    if results and concluded and not results & {law.key for law in concluded}:
        yield _apart(concluded[0], "conclusion")


def _apart(law: _Law, key: str) -> Finding:
    return Finding(law.place, law.start, law.end, law.name, say(f"audit.bases.{key}"), "unclear")


def _laws(report: Report, places: list[int]) -> Iterator[_Law]:
    """Yield the decisions on criteria that paragraphs cite."""
    for place in places:
        text = report.paragraphs[place].text
        for match in _DOCUMENT.finditer(text):
            after = text[match.end() : match.end() + 220]
            stop = _DOCUMENT.search(after)
            about = after[: stop.start()] if stop else after
            code = match["code"]
            ours = _NATION.search(code) or _PROVINCE.search(about[:90])
            if _LAW.match(code) and ours and _OF_CRITERIA.search(about):
                key = match["number"], _plain(code)
                yield _Law(place, match.start(), match.end(), match[0], key)


def _sets_criteria(report: Report, law: _Law) -> bool:
    text = report.paragraphs[law.place].text[law.end : law.end + 220]
    return bool(re.search(r"Bộ tiêu chí", text, re.I))


def _plain(code: str) -> str:
    return code.rstrip(".-/").upper()
