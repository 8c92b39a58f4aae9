"""Documents that a report dates or numbers in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ntm_analysis.audit.passages import Passage
from ntm_analysis.audit.row import AuditRow, row
from ntm_analysis.language import say

_NUMBER: Final = r"\d{1,5}(?:/(?P<year>\d{4}))?(?:/|\s?-\s?)[A-ZĐ][\w&.]*(?:[-–/][A-ZĐ][\w&.]*)*"
_MENTION = re.compile(
    rf"(?:s[ốô]\s*:?\s*)?(?P<number>{_NUMBER})[\s,]*(?:ký\s+|ban hành\s+)?(?:ngày\s+)?"
    r"(?P<day>\d{1,2})(?:\s?[/.-]\s?|\s+tháng\s+)(?P<month>\d{1,2})(?:\s?[/.-]\s?|\s+năm\s+)"
    r"(?P<in>\d{4})(?P<after>[^\n]{0,60})"
)
_ISSUER = re.compile(
    r"^[\s,]*(?:của|do)\s+"
    r"((?:(?!\b(?:về|phê duyệt|ban hành|sửa đổi|quy định|công nhận|v/v|việc|thì)\b)"
    r"[\w.&]+\s*){1,10})",
    re.IGNORECASE,
)
_SAME: Final = (
    ("ủy ban nhân dân", "ubnd"),
    ("uỷ ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("thủ tướng chính phủ", "ttg"),
    ("chủ tịch ", ""),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a document is named with its date."""

    passage: Passage
    span: tuple[int, int]
    number: str
    year: str
    date: tuple[int, int, int]
    issuer: str

    @property
    def day(self) -> str:
        """The date in print."""
        day, month, year = self.date
        return f"{day:02d}/{month:02d}/{year}"


def mentions(passages: Sequence[Passage]) -> list[Mention]:
    """Return every document that is named together with its date."""
    found = []
    for passage in passages:
        for match in _MENTION.finditer(passage.text):
            date = (int(match["day"]), int(match["month"]), int(match["in"]))
            if not (1 <= date[0] <= 31 and 1 <= date[1] <= 12):
                continue
            issuer = _ISSUER.match(match["after"])
            found.append(
                Mention(
                    passage,
                    (match.start(), match.start("after")),
                    re.sub(r"\s", "", match["number"]).rstrip("."),
                    match["year"] or "",
                    date,
                    _plain(issuer[1]) if issuer else "",
                )
            )
    return found


def _plain(issuer: str) -> str:
    text = " ".join(issuer.lower().split())
    for old, new in _SAME:
        text = text.replace(old, new)
    return text.strip()


def _key(number: str) -> str:
    head, _, tail = number.upper().replace("–", "-").partition("/")
    return f"{head.lstrip('0')}/{tail}"


def _may_be_one(one: Mention, other: Mention) -> bool:
    """Return whether two mentions can be of one document: no two issuers are named."""
    if not one.issuer or not other.issuer:
        return True
    return one.issuer.startswith(other.issuer) or other.issuer.startswith(one.issuer)


def check_documents(passages: Sequence[Passage]) -> Iterator[AuditRow]:
    """Find documents with two dates, or with a date outside the year of their number."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions(passages):
        groups.setdefault(_key(mention.number), []).append(mention)
    undated = Counter((_bare(key), m.date) for key, group in groups.items() for m in group)
    for key, group in groups.items():
        yield from _two_dates(group, {m.date: undated[_bare(key), m.date] for m in group})
        for mention in {m.date: m for m in reversed(group)}.values():
            if mention.year and int(mention.year) != mention.date[2]:
                yield row(
                    mention.passage, mention.span, f"{mention.number}, {mention.day}",
                    say("audit.year", year=mention.year), "document", "inconsistent",
                )  # fmt: skip
    yield from _without_year(groups)


def _bare(key: str) -> str:
    """Return a number without its year, as careless writers print it."""
    return re.sub(r"/\d{4}/", "/", key)


def _two_dates(group: list[Mention], counts: dict[tuple[int, int, int], int]) -> Iterator[AuditRow]:
    if len(counts) < 2:
        return
    usual = max(counts, key=lambda date: counts[date])  # the first of equals
    told: set[tuple[int, int, int]] = set()
    for mention in group:
        others = [m for m in group if m.date == usual and _may_be_one(m, mention)]
        if mention.date == usual or mention.date in told or not others:
            continue
        told.add(mention.date)
        yield row(
            mention.passage, mention.span, f"{mention.number}, {mention.day}",
            say("audit.other_date", day=others[0].day, where=_where(others[0].passage)),
            "document", "inconsistent",
        )  # fmt: skip


def _without_year(groups: dict[str, list[Mention]]) -> Iterator[AuditRow]:
    """Find 43/QĐ-UBND beside 43/2022/QĐ-UBND of the same day: one of them lacks its year."""
    full = {(_bare(key), m.date): m for key, group in groups.items() for m in group if m.year}
    for key, group in groups.items():
        for mention in group:
            other = full.get((key, mention.date))
            if mention.year or other is None or not _may_be_one(mention, other):
                continue
            yield row(
                mention.passage, mention.span, f"{mention.number}, {mention.day}",
                say("audit.number", number=other.number, where=_where(other.passage)),
                "document", "inconsistent",
            )  # fmt: skip
            break


def _where(passage: Passage) -> str:
    if passage.page is not None:
        return say("audit.page", page=passage.page)
    return say("audit.line", line=passage.line)
