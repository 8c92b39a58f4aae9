"""One quantity with several values, and percentages that no whole count gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUMBER, Figure, read
from ntm_analysis.audit.masking import UNIT
from ntm_analysis.audit.passages import Passage
from ntm_analysis.audit.ratios import PERCENT, Share, shares
from ntm_analysis.audit.row import AuditRow, percent, printed, row
from ntm_analysis.language import say
from ntm_analysis.numbers.rounding import count_for, truncated_count_for

_NOT_NOW = re.compile(
    r"phấn đấu|mục tiêu|kế hoạch|dự kiến|đến năm|chỉ tiêu|yêu cầu|quy định|trước đây|năm trước|"
    r"giai đoạn|tăng|giảm|so với|trung bình",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?P<name>(?:tổng (?:số|diện tích|dân số)|dân số|"
    rf"số(?=\s+(?:hộ|nhân khẩu|người|lao động|học sinh|thôn)))"
    rf"(?:\s+[^\W\d_]+){{0,8}}?)\s*(?:là|:|có|=|gồm)?\s*:?\s*(?P<n>(?<![\d.,/]){NUMBER})\s*"
    rf"(?P<u>{UNIT})(?!\s*/)",
    re.IGNORECASE,
)
_HAS = re.compile(
    rf"(?:toàn xã|cả xã|xã)\s+(?:hiện\s+)?có\s+(?:tổng số\s+)?(?P<n>{NUMBER})\s*(?P<u>hộ)\b",
    re.IGNORECASE,
)
_SOME_HOUSEHOLDS = re.compile(
    r"hộ (?:chăn nuôi|nghèo|cận nghèo|sản xuất|kinh doanh|trồng|vay|chính sách|có công|đăng ký|"
    r"thoát|thành viên|hội viên|nông|phi|làm nghề|thuộc|di dân|mới|tái|tham gia|hưởng)|"
    r"chăn nuôi|sản xuất kinh doanh|hộ SXKD|cơ sở",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:19|20)\d\d|tháng\s+\d|quý|cuối năm|đầu năm|hiện nay|thời điểm|\d+/\d{4}", re.IGNORECASE
)
_FILLERS: Final = frozenset(
    [
        "là",
        "của",
        "toàn",
        "trong",
        "có",
        "tại",
        "trên",
        "địa",
        "bàn",
        "xã",
        "hiện",
        "nay",
        "cả",
        "dân",
        "gia",
        "đình",
    ]
)
_NEARNESS: Final = Fraction(15, 100)


@dataclass(frozen=True, slots=True)
class Named:
    """A count with the words that name it."""

    passage: Passage
    span: tuple[int, int]
    name: str
    figure: Figure
    when: str


def _name(words: str, unit: str) -> str:
    kept = [w for w in words.lower().split() if w not in _FILLERS]
    return " ".join([*kept, unit.lower() if unit.lower() not in kept else ""]).strip()


def named(passages: Sequence[Passage]) -> list[Named]:
    """Return the counts that are named in the same form wherever they stand."""
    found = []
    for passage in passages:
        text = passage.masked
        for match in _NAMED.finditer(text):
            figure = read(match["n"])
            start, end = _clause(passage.text, match.start(), match.end())
            if figure is None or _NOT_NOW.search(passage.text[start:end]):
                continue
            when = " ".join(m[0].lower() for m in _WHEN.finditer(passage.text[start:end]))
            found.append(
                Named(passage, match.span(), _name(match["name"], match["u"]), figure, when)
            )
    return found


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    left = max((text.rfind(sign, 0, start) for sign in ".;\n"), default=-1) + 1
    rights = [p for sign in (". ", ";", "\n") if (p := text.find(sign, end)) >= 0]
    return left, min(rights, default=len(text))


def check_quantities(passages: Sequence[Passage]) -> Iterator[AuditRow]:
    """Find quantities that are named alike and differ, and several totals of households."""
    groups: dict[tuple[str, str], list[Named]] = {}
    for one in named(passages):
        groups.setdefault((one.name, one.when), []).append(one)
    for (name, _), group in groups.items():
        values = {one.figure.value: one for one in reversed(group)}
        if len(values) < 2 or _is_total(name):
            continue
        first = group[0]
        other = next(one for one in group if one.figure.value != first.figure.value)
        yield row(
            other.passage, other.span, f"{name}: {printed(other.figure.value)}",
            say("audit.other_value", value=printed(first.figure.value)), "quantity", "inconsistent",
        )  # fmt: skip
    yield from _households(passages)


def _is_total(name: str) -> bool:
    return name in ("tổng số hộ", "số hộ")


def totals_of_households(passages: Sequence[Passage]) -> list[Named]:
    """Return what stands as the number of all households: named so, or as their share of 100 %."""
    found = [one for one in named(passages) if _is_total(one.name)]
    for passage in passages:
        for match in _HAS.finditer(passage.masked):
            figure = read(match["n"])
            after = passage.text[match.end("n") : match.end("n") + 30]
            if figure is not None and not _SOME_HOUSEHOLDS.search(after):
                found.append(Named(passage, match.span(), "tổng số hộ", figure, ""))
        found += [
            Named(passage, (share.start, share.end), "tổng số hộ", share.whole, "")
            for share in shares(passage)
            if share.unit.startswith("hộ") and not _of_some(passage, share)
        ]
    return found


def _of_some(passage: Passage, share: Share) -> bool:
    start, end = _clause(passage.text, share.start, share.end)
    return bool(_SOME_HOUSEHOLDS.search(passage.text[start:end]))


def _households(passages: Sequence[Passage]) -> Iterator[AuditRow]:
    found = totals_of_households(passages)
    if not found:
        return
    largest = max(one.figure.value for one in found)
    near = [one for one in found if largest - one.figure.value <= largest * _NEARNESS]
    stated = next((one for one in near if one.name == "tổng số hộ"), near[0])
    told = {stated.figure.value}
    for one in near:
        if one.figure.value in told:
            continue
        told.add(one.figure.value)
        yield row(
            one.passage, one.span, say("audit.households", value=printed(one.figure.value)),
            say("audit.other_value", value=printed(stated.figure.value)), "quantity",
            "inconsistent",
        )  # fmt: skip


# Percentages of households that no count gives ------------------------------------------------


def check_attainable(passages: Sequence[Passage]) -> Iterator[AuditRow]:
    """Find percentages of households that no whole number of the report's households gives."""
    bases = sorted({
        value
        for passage in passages
        for share in shares(passage)
        if share.unit.startswith("hộ")
        for value, decimals in share.whole.readings
        if decimals == 0
    } | {one.figure.value for one in totals_of_households(passages)})  # fmt: skip
    bases = [base for base in bases if base >= 50]
    if not bases:
        return
    for passage in passages:
        linked = {share.percent_at for share in shares(passage) if share.stated is not None}
        for match in PERCENT.finditer(passage.masked):
            figure = read(match["p"])
            if figure is None or not figure.decimals or match["about"] or match["more"]:
                continue
            if match.start("p") in linked or not _of_households(passage, match):
                continue
            yield from _unattainable(passage, match, figure, bases)


def _of_households(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether a percentage is one of households: its clause counts them, nothing else."""
    left = max(passage.text.rfind(sign, 0, match.start()) for sign in ".;,:(\n") + 1
    rights = [p for sign in ".;,\n" if (p := passage.text.find(sign, match.end())) >= 0]
    clause = passage.text[left : min(rights, default=len(passage.text))].lower()
    if _NOT_NOW.search(clause) or "+" in clause or "=" in clause or "lãi" in clause:
        return False
    return bool(
        re.search(r"\b(?:các|số|tỷ lệ|tỉ lệ|%)\s*(?:số\s+|các\s+)?hộ\b", clause)
    ) and not _SOME_HOUSEHOLDS.search(clause)


def _unattainable(
    passage: Passage, match: re.Match[str], figure: Figure, bases: Sequence[Fraction]
) -> Iterator[AuditRow]:
    value, decimals = figure.readings[0]
    if value > 100 or any(count_for(value, decimals, base) is not None for base in bases):
        return
    shown = ", ".join(printed(base) for base in bases)
    remark = say("audit.no_count", bases=shown)
    for base in bases:
        count = truncated_count_for(value, decimals, base)
        if count is not None:
            remark = say(
                "audit.no_count_cut", bases=shown, count=printed(count), base=printed(base),
                value=percent(100 * count / base, decimals + 2),
            )  # fmt: skip
            break
    yield row(passage, match.span(), percent(value, decimals), remark, "attainable", "unattainable")
