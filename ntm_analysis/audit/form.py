"""What kind of report it says it is, and the elements that its form asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.outline import conclusion_start, preamble, title_of
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.text import Paragraph
from ntm_analysis.language import say

_APPRAISAL: Final = re.compile(r"thẩm tra|thẩm định", re.I)
_OWN: Final = re.compile(r"kết quả (?:thực hiện|xây dựng)|tự đánh giá", re.I)
_SELF: Final = re.compile(
    r"^[|\s]*(?:[-+*]\s*)?(?:[a-dđ]\s*[.)]\s*)?tự đánh giá\b[^\d]{0,60}$", re.I
)
_BY_OTHERS: Final = re.compile(
    r"^(?:(?:[IVX]+|\d+|[a-dđ])\s*[.)]\s*)?(?:kết quả|ý kiến) (?:thẩm tra|thẩm định)\W*$", re.I
)
_LEVEL: Final = re.compile(r"(?:nông thôn mới|NTM)\s+(?P<level>nâng cao|kiểu mẫu)", re.I)
_LEVELS: Final = ("nâng cao", "kiểu mẫu")
_REACHED: Final = re.compile(
    r"(?:duy trì|giữ vững|đã đạt|đạt chuẩn|được công nhận|đủ điều kiện|xét,? công nhận|"
    r"đề nghị (?:xét,? )?công nhận|hoàn thành|thẩm tra)(?P<between>[^.;:]{0,80})$",
    re.I,
)
_AHEAD: Final = re.compile(
    r"phấn đấu|tiến tới|hướng tới|trở thành|giai đoạn|định hướng|đăng ký|lộ trình|"
    r"(?:đến|vào|trong) (?:cuối )?năm\s+20\d\d|mục tiêu|tiếp tục xây dựng|làm cơ sở",
    re.I,
)
_OF_OTHERS: Final = re.compile(r"khu dân cư|thôn|xóm|vườn|huyện", re.I)
_CITED: Final = re.compile(r"Quyết định|Nghị quyết|Kế hoạch số|Bộ tiêu chí|Hướng dẫn|[“\"]")
_HEADING: Final = re.compile(r"^(?:(?:[IVX]+|\d+(?:\.\d+)*|[a-dđ])\s*[.)]\s)")

_NUMBER: Final = re.compile(r"^Số\s*:|(?<!\w)Số\s*:\s*[\d….]*\s*/\s*(?:BC|TTr|BB|TB)", re.I)
_DATED: Final = re.compile(
    r"^(?P<place>[^\W\d_][^,;:]{1,40})?,?\s*ngày\s*[\d….]*\s*tháng\s*[\d….]*\s*năm\s*[\d….]*\.?$",
    re.I,
)
_DATE_INSIDE: Final = re.compile(
    r"(?:^|\|\s*|(?i:số)\s*:\s*\S+\s+)"
    r"(?P<place>[A-ZĐÀ-Ỹ][^\W\d_]+(?: [A-ZĐÀ-Ỹ][^\W\d_]+){0,4}),\s*ngày\s*[\d….]*\s*tháng"
)
_SIGNED: Final = re.compile(
    r"^(?:TM\.|KT\.|TL\.|TUQ\.|Q\.|CHỦ TỊCH|PHÓ CHỦ TỊCH|TRƯỞNG (?:BAN|ĐOÀN|PHÒNG)|"
    r"PHÓ TRƯỞNG|GIÁM ĐỐC|ĐẠI DIỆN|THỦ TRƯỞNG|NGƯỜI (?:LẬP|KÝ))|\(\s*(?:đã ký|ký tên)",
    re.I,
)
_SIGNATORY: Final = re.compile(r"(?:TM|KT|TL|TUQ)\s*\.|CHỦ TỊCH|TRƯỞNG (?:BAN|ĐOÀN|PHÒNG)|đã ký")
_ENDS: Final = 25
_STARTS: Final = 15


def check_kind_of_report(report: Report) -> Iterator[Finding]:
    """Find headings and conclusions that belong to another kind of report than the title's."""
    title = title_of(report)
    if title is None:
        return
    _, words = title
    appraisal = bool(_APPRAISAL.search(words))
    if appraisal:
        yield from _headings(report, _SELF, "self")
    elif _OWN.search(words):
        yield from _headings(report, _BY_OTHERS, "appraisal")
    levels = {match["level"].lower() for match in _LEVEL.finditer(words)}
    if len(levels) == 1:
        yield from _levels(report, levels.pop(), title[0])


def _headings(report: Report, pattern: re.Pattern[str], key: str) -> Iterator[Finding]:
    found = [
        (place, one.text.strip())
        for place, one in report.numbered()
        if pattern.match(one.text) and len(one.text) < 90
    ]
    if found:
        place, text = found[0]
        said = say(f"audit.kind.{key}", count=len(found))
        yield Finding(place, 0, len(text), text, said, "inconsistent")


def _levels(report: Report, own: str, title: int) -> Iterator[Finding]:
    """Find what is said to be reached and is of a higher level than the title's."""
    higher = _LEVELS[_LEVELS.index(own) + 1 :]
    bases = set(preamble(report))
    told: set[str] = set()
    for place, paragraph in report.numbered():
        if place <= title or place in bases:
            continue
        for start, end in paragraph.sentences():
            sentence = paragraph.text[start:end]
            found = list(_LEVEL.finditer(sentence))
            if _AHEAD.search(sentence) or any(one["level"].lower() == own for one in found):
                continue
            for match in found:
                level, before = match["level"].lower(), sentence[: match.start()]
                reached = _REACHED.search(before)
                heading = bool(_HEADING.match(paragraph.text)) and len(paragraph.text) < 160
                if level not in higher or not (reached or heading) or level in told:
                    continue
                near = reached["between"] if reached else before
                if _OF_OTHERS.search(near) or _CITED.search(near):
                    continue
                told.add(level)
                yield Finding(
                    place,
                    start + match.start(),
                    start + match.end(),
                    match[0],
                    say("audit.kind.level", own=own),
                    "inconsistent",
                )


def check_formal_elements(report: Report) -> Iterator[Finding]:
    """Find a whole report without number, date, place or signatory (Nghị định 30/2020/NĐ-CP)."""
    title = title_of(report)
    if title is None or (not preamble(report) and conclusion_start(report) is None):
        return
    first = report.paragraphs[:_STARTS]
    ends = [*first, *report.paragraphs[-_ENDS:]]
    day = next((found for one in ends if (found := _day(one))), None)
    lacking = [
        key
        for key, there in (
            ("number", any(_NUMBER.search(one.text) for one in first)),
            ("day", day is not None),
            ("place", day is not None and bool((day["place"] or "").strip())),
            ("signatory", any(_signed(one) for one in report.paragraphs[-_ENDS:])),
        )
        if not there
    ]
    if lacking:
        place, _ = title
        parts = ", ".join(say(f"audit.form.{key}") for key in lacking)
        end = len(report.paragraphs[place].text)
        said = say("audit.form.lacking", parts=parts)
        yield Finding(place, 0, end, report.paragraphs[place].text[:80], said, "unclear")


def _day(paragraph: Paragraph) -> re.Match[str] | None:
    for line in paragraph.lines:
        for cell in [one.text for one in line.cells] or [line.text]:
            if found := _DATED.match(cell.strip()) or _DATE_INSIDE.search(cell):
                return found
    return None


def _signed(paragraph: Paragraph) -> bool:
    return any(
        _SIGNED.match(line.text.strip()) or (line.cells and _SIGNATORY.search(line.text))
        for line in paragraph.lines
    )
