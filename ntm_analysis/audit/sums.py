"""Totals and the parts that make them up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUMBER, Figure, read
from ntm_analysis.audit.masking import UNIT
from ntm_analysis.audit.passages import Passage
from ntm_analysis.audit.ratios import PERCENT
from ntm_analysis.audit.row import AuditRow, percent, printed, row

_OF_THESE = re.compile(r"(?P<word>trong đó|bao gồm|gồm có|gồm|chia ra|cụ thể)\s*:?", re.IGNORECASE)
_WHOLLY: Final = ("bao gồm", "gồm có", "gồm", "chia ra")
_BRACKETS = re.compile(
    rf"(?P<n>{NUMBER})\s*(?P<u>{UNIT})(?P<gap>[^().;%]{{0,40}})\((?P<inside>[^()]*\d[^()]*)\)"
)
_LISTED = re.compile(
    rf"(?P<n>{NUMBER})\s*(?P<u>{UNIT})(?P<gap>[^()\d.;%]{{0,40}}?)[,:]?\s*"
    rf"(?:bao gồm|gồm có|gồm|chia ra)\s*:?\s*(?P<inside>[^.;()]*)"
)
_PIECE = re.compile(rf"(?<![\d.,/%])(?P<n>{NUMBER})\s*(?P<u>{UNIT})(?!\s*/)")


def check_percent_sums(passage: Passage) -> Iterator[AuditRow]:
    """Add up the percentages that a total is said to consist of."""
    text = passage.masked
    for match in _OF_THESE.finditer(text):
        before = [m for m in PERCENT.finditer(text[: match.start()]) if m["about"] is None]
        if not before or len(text[before[-1].end() : match.start()]) > 60:
            continue
        if re.search(r"[;!?]", text[before[-1].end() : match.start()]):
            continue
        tail = _sentence(text, match.end())
        parts = [m for m in PERCENT.finditer(tail) if m["about"] is None]
        whole = read(before[-1]["p"])
        figures = [f for m in parts if (f := read(m["p"])) is not None]
        if whole is None or len(figures) < 2 or len(figures) < len(parts):
            continue
        yield from _compare(passage, match, before[-1], whole, figures, tail)


def _sentence(text: str, start: int) -> str:
    end = re.search(r"[.!?](?:\s|$)|\n", text[start:])
    return text[start : start + end.start()] if end else text[start:]


def _compare(
    passage: Passage,
    match: re.Match[str],
    head: re.Match[str],
    whole: Figure,
    parts: list[Figure],
    tail: str,
) -> Iterator[AuditRow]:
    total = sum((part.value for part in parts), Fraction(0))
    slack = sum(
        (Fraction(1, 2 * 10**f.decimals) for f in (whole, *parts) if f.decimals), Fraction(0)
    )
    agrees = abs(total - whole.value) <= slack
    wholly = (
        match["word"].lower() in _WHOLLY
        or len(parts) >= 3
        or "còn lại" in tail.lower()
        or ("nam" in tail.lower().split() and "nữ" in tail.lower().split())
    )
    near = whole.value / 2 < total < whole.value * 3 / 2 and all(
        p.value < whole.value for p in parts
    )
    if not agrees and not (wholly and near):
        return
    stated = f"{percent(whole.value, whole.decimals)} = " + " + ".join(
        percent(p.value, p.decimals) for p in parts
    )
    end = match.end() + len(tail)
    yield row(passage, (head.start(), min(end, match.end() + 90)), stated, percent(total, 2), "sum",
              "agrees" if agrees else "disagrees")  # fmt: skip


def check_count_sums(passage: Passage) -> Iterator[AuditRow]:
    """Add up the counts that a total is said to consist of: 3 schools (1 …, 1 …, 1 …)."""
    text = passage.masked
    for pattern in (_BRACKETS, _LISTED):
        for match in pattern.finditer(text):
            whole = read(match["n"])
            unit = match["u"].lower()
            pieces = [(read(m["n"]), m["u"].lower()) for m in _PIECE.finditer(match["inside"])]
            if whole is None or len(pieces) < 2 or "%" in match["inside"]:
                continue
            if re.search(r"(?<!\d)\d[\d.,]*\s*/", match["inside"]):
                continue
            parts = [f for f, u in pieces if f is not None and u == unit]
            if len(parts) < len(pieces) or _numbers(match["inside"]) != len(pieces):
                continue
            total = sum((part.value for part in parts), Fraction(0))
            stated = f"{printed(whole.value)} = " + " + ".join(printed(p.value) for p in parts)
            yield row(passage, match.span(), stated, printed(total), "sum",
                      "agrees" if total == whole.value else "disagrees")  # fmt: skip


def _numbers(text: str) -> int:
    return len(re.findall(NUMBER, text))
