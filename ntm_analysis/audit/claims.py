"""What claims a percentage: the count or amount that it belongs to, and the base it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUM, Printed, printed
from ntm_analysis.audit.mentions import MEASURED, Mention, mentions, sentence_start
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.shares import RELATION, RELATIONS, Relation
from ntm_analysis.audit.text import SENTENCE_END

_LINKS: Final = (
    r"(?:đạt|chiếm|bằng|=|\(|tương đương|tương ứng|ứng với|tức là|tức|hay|với|đều đạt|"
    r"(?:tỷ|tỉ) lệ(?: là| đạt| chiếm)?|(?:tỷ|tỉ) trọng|chỉ|mới|là|ước|:|,|;|-|–)"
)
# from a count to its percentage: words of what is counted, then a link
_GAP: Final = re.compile(
    rf"^(?P<words>[^\d%|/\x01]{{0,80}}?)(?P<link>(?:\s*{_LINKS}\s*)*?(?:đạt|chiếm|bằng|=|\(|tương "
    rf"đương|tương ứng|ứng với|(?:tỷ|tỉ) lệ|(?:tỷ|tỉ) trọng)\s*(?:{_LINKS}\s*)*)"
    rf"(?P<rel>{RELATION})?\s*$",
    re.I,
)
_BEFORE: Final = re.compile(
    r"^\s*(?:[^\d%|()]{0,40}\(\s*(?:tức |tương ứng |với |là )?|,?\s*(?:tức là|tức|tương đương|"
    r"tương ứng|ứng với)(?: với| là)?\s*)$",
    re.I,
)
_ENDED: Final = re.compile(SENTENCE_END)
_SOFT_END: Final = re.compile(r"^[^.!?…]*;[^\w]*(?:(?:tỷ|tỉ) lệ|đạt|chiếm|tương)", re.I)
_APART: Final = re.compile(
    r"so với|bình quân|trung bình|còn lại|trong khi|trong đó|ngoài ra|đồng thời|lãi suất|"
    r"phấn đấu|kế hoạch|chỉ tiêu|yêu cầu|quy định|mục tiêu|năm trước|"
    r"(?:tăng|giảm|vượt)(?:\s+[^\W\d_]+){0,2}\s*$|(?:tỷ|tỉ) lệ[^%]*[^\W\d_]{2,}[^%]*(?:,|;)",
    re.I,
)
# a count of its own whose number is the percentage: `3.310 người, số qua đào tạo chiếm 84%`
_NEW_COUNT: Final = re.compile(
    r"[,;]\s*số(?:\s+(?!đạt|chiếm|bằng)[^\W\d_]+)+\s+(?:đạt|chiếm|bằng)\s*$", re.I
)
_CHANGE: Final = re.compile(
    r"(?:tăng|giảm|vượt|hụt|thêm|bớt|nhiều hơn|ít hơn|cao hơn|thấp hơn)", re.I
)
_DOWN_TO: Final = re.compile(r"(?:xuống|lên)(?: còn| tới| đến| thành)?\s*$|còn\s*$", re.I)
_AMOUNT: Final = rf"(?P<n>{NUM})(?![\d/]|[.,]\d|\s*%)\s*(?P<u>[^\W\d_]+(?:\s[^\W\d_]+)?)?"
_PLANS: Final = r"kế hoạch|KH\b|dự toán|chỉ tiêu|mục tiêu|cùng kỳ"
_NAMED_WITH: Final = re.compile(
    r"^\s*\)?\s*(?:so với |của |trên |trong |/ ?|theo )?"
    r"(?P<what>(?:tổng(?: số| cộng| diện tích| vốn| kinh phí)?|năm trước|năm \x01+|dân số|"
    rf"toàn (?:xã|thôn)|số|{_PLANS})(?:[^\d.;,%()|]{{0,45}}?))"
    rf"\s*[(:]?\s*(?:là |với |\()?{_AMOUNT}",
    re.I,
)
_NAMED: Final = re.compile(
    r"^\s*(?:so với |của |trên |trong )?\s*(?P<what>(?:tổng |toàn bộ |số |dân số|diện tích|"
    rf"nhân khẩu|nghị quyết|giá trị|cơ cấu|khối lượng|{_PLANS})[^.;,()|\d%]{{0,60}})",
    re.I,
)
_TIMES: Final = re.compile(r"(?:tuổi|năm|tháng|ngày|giờ|tuần|lần|khoản|điều)(?!\w)", re.I)
_PLAN: Final = re.compile(r"kế hoạch|\bKH\b|dự toán|chỉ tiêu|mục tiêu|nghị quyết|giao", re.I)
_THEN: Final = re.compile(r"cùng kỳ|năm trước|năm ngoái|đầu năm|so với năm", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """A percentage with the amount that it is said of.

    Attributes
    ----------
    place, start, end : int
        The paragraph, and what is quoted of it.
    part : Mention
    percent : Printed
    relation : str
        How the percentage is meant (see `shares`).
    base : tuple of Fraction or None
        The readings of a base that stands beside it; None where there is none.
    named : str
        The words for its base, such as *tổng số hội viên*; empty if none.
    plan : bool
        Whether that base is a plan or a requirement.
    change : bool
        Whether it says how much something grew or fell.
    foreign : bool
        Whether it compares with another time, or who knows what with.
    """

    place: int
    start: int
    end: int
    part: Mention
    percent: Printed
    relation: Relation
    base: tuple[Fraction, ...] | None
    named: str
    plan: bool
    change: bool
    foreign: bool


def claims(report: Report) -> Iterator[Claim]:
    """Yield the percentages that belong to a count or an amount and to no fraction."""
    for place, paragraph in report.numbered():
        if paragraph.lines[0].cells:
            continue
        found = mentions(paragraph.bare)
        for index, mention in enumerate(found):
            if mention.percent and not report.is_share(place, mention.start, mention.end):
                claim = _claim(report, place, found, index)
                if claim:
                    yield claim


def _claim(report: Report, place: int, found: list[Mention], index: int) -> Claim | None:
    bare, percent = report.paragraphs[place].bare, found[index]
    stated = printed(percent.text)
    if stated is None:
        return None
    part, relation = None, "="
    opened = _bracket_closed(bare, found[index - 1].until if index else 0, percent.start)
    earlier = [each for each in found[:index] if opened is None or each.until <= opened]
    before = earlier[-1] if earlier else None
    if before and _usable(report, place, before) and (match := _linked(bare, before, percent)):
        part, relation = before, " ".join((match["rel"] or "").lower().split())
    elif index + 1 < len(found):
        after = found[index + 1]
        between = bare[percent.until : after.start]
        if (
            _usable(report, place, after)
            and after.unit
            and _BEFORE.match(between)
            and not _APART.search(between)
        ):
            part = after
            lead = re.search(rf"(?P<rel>{RELATION})\s*$", bare[: percent.start], re.I)
            relation = " ".join(lead["rel"].lower().split()) if lead else ""
    if part is None:
        return None
    after_at = max(percent.until, part.until if part.start > percent.start else 0)
    return _with_base(place, bare, part, percent, stated, RELATIONS.get(relation, "="), after_at)


def _bracket_closed(bare: str, start: int, end: int) -> int | None:
    """Return where the bracket opened that closes between two places; None if none does."""
    closed = bare.find(")", start, end)
    if closed < 0 or "(" in bare[start:closed]:
        return None
    opened = bare.rfind("(", 0, closed)
    return opened if opened >= 0 else None


def _usable(report: Report, place: int, mention: Mention) -> bool:
    return not (
        mention.percent or mention.rate or report.is_share(place, mention.start, mention.end)
    )


def _linked(bare: str, part: Mention, percent: Mention) -> re.Match[str] | None:
    between = bare[part.until : percent.start]
    if ")" in between:
        between = re.sub(r"\([^()]*\)", " ", between)
    if _ENDED.search(between) and not _SOFT_END.match(between):
        return None
    match = _GAP.match(between)
    if not match or _APART.search(between) or _NEW_COUNT.search(between):
        return None
    if not part.dimension and not part.label:
        return None
    words = match["words"]
    return match if len(words) <= 45 or "," not in words else None


def _with_base(
    place: int,
    bare: str,
    part: Mention,
    percent: Mention,
    stated: Printed,
    relation: Relation,
    at: int,
) -> Claim:
    rest = bare[at:]
    rest = rest[: (_ENDED.search(rest) or re.search("$", rest)).start()]  # type: ignore[union-attr]
    clause = bare[sentence_start(bare, part.start) : part.start]
    last = re.split(r"[,;:(]", clause)[-1]
    change = bool(_CHANGE.search(last)) and not _DOWN_TO.search(last)
    base, named, plan, foreign = None, "", False, False
    if (match := _NAMED_WITH.match(rest)) and (values := _values(match, part)):
        base, named = values, match["what"]
    elif match := _NAMED.match(rest):
        named = " ".join(match["what"].split())
    plan = bool(_PLAN.search(named))
    foreign = bool(_THEN.search(rest[:40])) and base is None
    if change and base is not None and not _THEN.search(named) and not plan:
        base = None
    start, end = min(part.start, percent.start), max(part.until, percent.until)
    return Claim(place, start, end, part, stated, relation, base, named, plan, change, foreign)


def _values(match: re.Match[str], part: Mention) -> tuple[Fraction, ...]:
    """Return the readings of a base that stands beside, if it is of the part's dimension."""
    text = f"{match['n']} {match['u'] or ''}"
    found = mentions(text)
    if not found or found[0].rate:
        return ()
    one = found[0]
    if _TIMES.match(match["u"] or "") or match["what"].rstrip().endswith(("từ", "dưới", "trên")):
        return ()
    both = {one.dimension, part.dimension}
    return () if "" not in both and len(both) > 1 and both & MEASURED else one.values
