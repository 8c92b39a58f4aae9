"""Whether the result that a criterion reports meets what the criterion requires."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ntm_analysis.audit.limits import Limit, Within, limits
from ntm_analysis.audit.model import Finding, Verdict
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.sections import Section, items, sections
from ntm_analysis.audit.words import likeness, meaning
from ntm_analysis.language import say

_SURE, _WIDELY_SURE = 0.6, 0.75
_OTHER: Final = re.compile(
    r"chưa|không|riêng|còn lại|trước đây|thôn [A-ZĐ]|so với|cùng kỳ|tăng|giảm|năm trước|đầu năm"
)
_PLAN: Final = re.compile(
    r"phấn đấu|mục tiêu|kế hoạch|năm tới|dự kiến|yêu cầu của tiêu chí|năm 202\d.*phấn", re.I
)
_VERDICTS: Final[dict[Within, Verdict]] = {"yes": "agrees", "no": "disagrees", "open": "unclear"}
_CLAUSE: Final = re.compile(r"[;:]|,(?=\s)|\.(?=\s|[A-ZĐ])|\((?!\s*\d)")


@dataclass(frozen=True, slots=True)
class _Claim:
    place: int
    start: int
    end: int
    words: str
    limit: Limit
    linked: bool = True
    wide: str = ""


def check_thresholds(report: Report) -> Iterator[Finding]:
    """Compare results with the thresholds of their criterion."""
    for section in sections(report):
        yield from _section(report, section)
    for place, paragraph in report.numbered():
        if paragraph.text.count(" | ") >= 2:
            yield from _row(place, paragraph.text, paragraph.bare)


def _section(report: Report, section: Section) -> Iterator[Finding]:
    wanted = [each for each in _required(report, section) if each.limit.sign != "?"]
    reached = list(_reached(report, section))
    pairs = [(match, each) for each in reached if (match := _threshold(each, wanted, reached))]
    passed = {id(match) for match, each in pairs if _within(match.limit, each.limit) == "yes"}
    for match, result in pairs:
        within = _within(match.limit, result.limit)
        if within == "no":
            elsewhere = _OTHER.search(result.wide) and not _OTHER.search(match.words)
            # an earlier state beside the present one, or a part of the commune
            if id(match) in passed or elsewhere or section.failed(report):
                continue
        if within:
            yield _finding(match, result.place, result.start, result.end, result.limit, within)


def _required(report: Report, section: Section) -> Iterator[_Claim]:
    for place, start, text in items(report, section.required):
        found = list(limits(text))
        for index, limit in enumerate(found):
            words = text[: limit.start] + " " + text[limit.end :]
            if len(found) > 1:
                stop = found[index + 1].start if index + 1 < len(found) else len(text)
                begin = found[index - 1].end if index else 0
                words = text[begin : limit.start] + " " + text[limit.end : stop]
            yield _Claim(place, start + limit.start, start + limit.end, words, limit)


def _reached(report: Report, section: Section) -> Iterator[_Claim]:
    before, last_place = 0, -1
    for place, start, text in items(report, section.results):
        paragraph = report.paragraphs[place]
        for limit in limits(text):
            first, last = paragraph.sentence(start + limit.start)
            sentence = paragraph.bare[first:last]
            if _PLAN.search(sentence) or _in_brackets(sentence, start + limit.start - first):
                continue
            words, linked = _clause(paragraph.bare[first : start + limit.start])
            after = re.split(r"[.;,(]", paragraph.bare[start + limit.end : last])[0]
            if not linked:
                words = after
            elif limit.sign == "=" and len(meaning(words)) < 2:
                words = f"{words} {after}"
            begin, end = start + limit.start, start + limit.end
            if re.search(r"[+]\s*$", paragraph.bare[:begin]) or re.match(
                r"\s*[+]", paragraph.bare[end:]
            ):
                continue
            wide = paragraph.bare[max(first, before) : begin] if place == last_place else ""
            wide = wide or paragraph.bare[first:begin]
            before, last_place = end, place
            linked_at_all = linked or len(meaning(after)) > 1
            yield _Claim(place, begin, end, words, limit, linked_at_all, wide)


def _in_brackets(sentence: str, at: int) -> bool:
    """Whether a place is in brackets that repeat the requirement."""
    opened = sentence.rfind("(", 0, at)
    inside = opened >= 0 and ")" not in sentence[opened:at]
    return inside and bool(
        re.search(r"yêu cầu|quy định|tiêu chí|mục tiêu", sentence[opened:at], re.I)
    )


def _clause(before: str) -> tuple[str, bool]:
    """Return the words that lead to a figure, and whether they do (*đạt*, *là*, …)."""
    linked = bool(
        re.search(r"(?:đạt|là|=|chiếm|:|lệ|còn|xuống)\s*(?:tỷ lệ|tỉ lệ)?\s*$", before, re.I)
    )
    parts = [part for part in _CLAUSE.split(before) if len(meaning(part)) > 1]
    return (parts[-1] if parts else before), linked


def _threshold(result: _Claim, wanted: list[_Claim], reached: list[_Claim]) -> _Claim | None:
    """Return the one threshold that a result is surely meant for."""
    fitting = [each for each in wanted if _alike(each.limit.unit, result.limit.unit)]
    scored = sorted(
        ((likeness(each.words, result.words), i) for i, each in enumerate(fitting)), reverse=True
    )
    if scored and scored[0][0] >= _SURE and (len(scored) == 1 or scored[1][0] < scored[0][0]):
        return fitting[scored[0][1]] if result.linked else None
    if result.linked:
        wide = sorted(
            ((likeness(each.words, result.wide), i) for i, each in enumerate(fitting)), reverse=True
        )
        if wide and (len(wide) == 1 or wide[1][0] < wide[0][0]):
            best = fitting[wide[0][1]]
            every = set(meaning(best.words)) <= set(meaning(result.wide))
            if wide[0][0] >= (_SURE if every else _WIDELY_SURE):
                return best
    same = [each for each in reached if _alike(each.limit.unit, result.limit.unit)]
    if len(fitting) != 1 or len(same) != 1 or len(wanted) != 1 or not result.linked:
        return None
    shared = set(meaning(fitting[0].words)) & set(meaning(result.words))
    failing = _within(fitting[0].limit, result.limit) == "no"
    return fitting[0] if len(shared) >= (3 if failing else 1) else None


def _alike(first: str, second: str) -> bool:
    return first == second


def _within(threshold: Limit, result: Limit) -> Within | None:
    """Return whether a result meets a threshold; a bare `100%` asks for all."""
    if threshold.sign != "=":
        return threshold.admits(result)
    if threshold.unit != "%":
        return None
    full = Limit(threshold.low, None, False, "%", 0, 0, threshold.text, ">=")
    return full.admits(result)


def _finding(
    wanted: _Claim, place: int, start: int, end: int, result: Limit, within: Within
) -> Finding:
    text = say(f"audit.threshold_{within}", required=wanted.limit.text)
    return Finding(place, start, end, result.text, text, _VERDICTS[within])


def _row(place: int, text: str, bare: str) -> Iterator[Finding]:
    """Compare the cells of a table's row: a threshold, a result, and the word *Đạt*."""
    cells = [(m.start(), m[0]) for m in re.finditer(r"[^|\s](?:[^|]*[^|\s])?", bare)]
    claims = [cell for _, cell in cells if re.fullmatch(r"đạt(?: chuẩn)?\.?", cell, re.I)]
    if not claims:
        return
    required: Limit | None = None
    for start, cell in cells:
        found = list(limits(cell))
        whole = len(found) == 1 and found[0].text == cell.strip("() ")
        if not whole and required is None:
            continue
        if required is None and found[0].sign in {">", ">=", "<", "<="}:
            required = found[0]
        elif required is not None and found and found[0].unit == required.unit:
            within = required.admits(found[0])
            wanted = _Claim(place, start, start, "", required)
            yield _finding(wanted, place, start, start + len(cell), found[0], within)
            return
