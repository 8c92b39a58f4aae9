"""Percentages of all there is, which together cannot pass a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUM, Printed, printed, show
from ntm_analysis.audit.model import Finding, Verdict
from ntm_analysis.audit.report import Report

_HEAD: Final = re.compile(
    r"dân tộc(?! thiểu số)|tôn giáo|thành phần|phân loại|xếp loại|học lực|hạnh kiểm|"
    r"cơ cấu nguồn|nguồn vốn",
    re.I,
)
_TAIL: Final = re.compile(
    r"(?:trong|của)\s+(?:tổng\s+)?cơ cấu\s+(?:kinh tế|ngành|lao động|thu nhập|giá trị|sản xuất)",
    re.I,
)
_PART: Final = re.compile(
    rf"(?P<rel>[<>≥≤]|trên|dưới|tăng|giảm|từ|hơn|gần)?\s*(?<![\d.,/-])(?P<p>{NUM})\s*%", re.I
)
_NOT_PARTS: Final = re.compile(
    r"tăng|giảm|so với|phấn đấu|trở lên|(?:tỷ|tỉ) lệ.*(?:tỷ|tỉ) lệ|đạt chuẩn|hoàn thành|kế hoạch|"
    r"trong đó.*trong đó|từng|mỗi|\bnữ\b(?!.*\bnam\b)",
    re.I | re.S,
)
_FEWEST: Final = 3
_HIGHEST: Final = 130


def check_partitions(report: Report) -> Iterator[Finding]:
    """Add up the shares of peoples, faiths, grades and sources that a sentence lists."""
    for place, paragraph in report.numbered():
        if paragraph.lines[0].cells:
            continue
        for head in _HEAD.finditer(paragraph.bare):
            stop = re.search(r"\.(?=\s|$)", paragraph.bare[head.end() :])
            end = head.end() + (stop.start() if stop else len(paragraph.bare))
            if finding := _added(place, paragraph.bare, head.start(), end):
                yield finding
                break
        for tail in _TAIL.finditer(paragraph.bare):
            start, _ = paragraph.sentence(tail.start())
            if finding := _added(place, paragraph.bare, start, tail.start()):
                yield finding


def _added(place: int, bare: str, start: int, end: int) -> Finding | None:
    text = bare[start:end]
    found = list(_PART.finditer(bare, start, end))
    parts = [each for match in found if (each := printed(match["p"]))]
    if len(parts) < _FEWEST or _NOT_PARTS.search(text) or any(match["rel"] for match in found):
        return None
    sum_ = sum((part.value for part in parts), Fraction(0))
    if parts[0].value == sum_ - parts[0].value or not 95 <= sum_ <= _HIGHEST:
        return None
    verdict = _verdict(sum_, parts)
    if verdict is None:
        return None
    sums = " + ".join(f"{part.text}%" for part in parts) + f" = {show(sum_)}%"
    return Finding(place, start, found[-1].end(), "100%", sums, verdict)


def _verdict(sum_: Fraction, parts: list[Printed]) -> Verdict | None:
    slack = max(part.ulp for part in parts) * len(parts) / 2
    if abs(sum_ - 100) <= slack:
        return "agrees"
    return "disagrees" if sum_ > 100 + slack else None
