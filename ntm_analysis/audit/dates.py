"""Documents that a report cites, with their dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ntm_analysis.audit.report import Report

_KIND = (
    r"quyết định|nghị quyết|kế hoạch|tờ trình|báo cáo|nghị định|thông tư|chỉ thị|công văn|"
    r"chương trình|đề án|thông báo|hướng dẫn|biên bản|văn bản|giấy chứng nhận|QĐ|NQ"
)
_CITED = re.compile(
    rf"(?:(?P<kind>{_KIND})\s+)?(?:số\s*:?\s*)?"
    r"(?P<number>(?<!\d)\d{1,6}[A-Za-z]?)(?:/(?P<year>(?:19|20)\d\d))?[/-](?P<code>[A-ZĐ]{2,}[\w&/.-]*)"
    r"(?P<gap>[\s,(]{1,3}(?:được\s+)?(?:ban hành\s+|ký\s+)?)"
    r"(?:ngày\s+(?P<d1>\d{1,2})\s+tháng\s+(?P<m1>\d{1,2})\s+năm\s+(?P<y1>\d{4})"
    r"|(?:ngày\s*)?(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>\d{4}))"
    r"(?=(?P<rest>[^;\n]{0,170}))"
)
_ISSUER = re.compile(
    r"^\W{0,3}của\s+(?P<issuer>(?:[^\W\d_]+(?:[ -]|\b)){1,9}?)(?=\s*(?:về|v/v|ban hành|phê duyệt|"
    r"quy định|sửa|công nhận|hướng dẫn|đối với|thì|là|[,.;()]|$))",
    re.I,
)
_NEXT = re.compile(rf"\.\s|\b(?:{_KIND})\s+(?:số|\d)", re.I)
_BODIES = (
    (re.compile(r"thủ tướng"), "ttg"),
    (re.compile(r"ủy ban nhân dân|uỷ ban nhân dân|chủ tịch ubnd|chủ tịch ủy ban"), "ubnd"),
    (re.compile(r"hội đồng nhân dân"), "hđnd"),
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document as cited in one place.

    Attributes
    ----------
    paragraph, start, end : int
        Where its number and date stand.
    number, year, code : str
        `43`, `2022` (empty if not in the number) and `QĐ-UBND`.
    day : datetime.date or None
        None where the report prints a day that does not exist.
    printed : str
        The date as printed.
    issuer : str
        In small letters and short words; empty if not said.
    title : str
        What follows.
    """

    paragraph: int
    start: int
    end: int
    number: str
    year: str
    code: str
    day: dt.date | None
    printed: str
    issuer: str
    title: str

    @property
    def name(self) -> str:
        """The number as printed."""
        return "/".join(part for part in (self.number, self.year, self.code) if part)


def cited(report: Report) -> Iterator[Cited]:
    """Yield the dated documents of a report in order."""
    for place, paragraph in report.numbered():
        for match in _CITED.finditer(paragraph.text):
            day, month, year = (int(match[f"{k}1"] or match[f"{k}2"]) for k in "dmy")
            rest = _NEXT.split(match["rest"])[0]
            issuer = _ISSUER.match(rest)
            name = " ".join(issuer["issuer"].lower().split()) if issuer else ""
            for pattern, short in _BODIES:
                name = pattern.sub(short, name)
            if "TTg" in match["code"]:
                name = "ttg"
            yield Cited(
                place,
                match.start(),
                match.end(),
                match["number"],
                match["year"] or "",
                match["code"].rstrip(".-/"),
                _date(year, month, day),
                "/".join(match[f"{k}1"] or match[f"{k}2"] for k in "dmy"),
                name,
                rest,
            )


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
