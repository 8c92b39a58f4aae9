"""Thresholds and results as intervals, and whether one lies within the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from ntm_analysis.audit.figures import NUM, readings

_SIGN: Final = (
    r"(?P<rel>≥|≤|>=|<=|>|<|trên|dưới|từ|ít nhất|tối thiểu|không quá|đạt trên|hơn|gần|khoảng)?"
)
_UNITS: Final = (
    r"(?P<u>%|triệu(?: đồng)?|lít|HTX|hợp tác xã|sản phẩm|mô hình|vùng|người|hộ|điểm|\x01+/người|"
    r"tổ chức|trường|\x01+)"
)
_VALUE = re.compile(
    rf"{_SIGN}\s*(?<![\d.,/])(?P<n>{NUM})\s*(?:%?\s*(?:-|–|đến)\s*(?P<to>{NUM}))?\s*\(?{_UNITS}"
    r"(?P<up>\s*(?:trở lên|trở xuống))?",
    re.I,
)
_KINDS: Final = {
    ">": ">", "trên": ">", "đạt trên": ">", "hơn": ">", "≥": ">=", ">=": ">=", "từ": ">=",
    "ít nhất": ">=", "tối thiểu": ">=", "<": "<", "dưới": "<", "≤": "<=", "<=": "<=",
    "không quá": "<=", "gần": "?", "khoảng": "?",
}  # fmt: skip
Within = Literal["yes", "no", "open"]


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold or a result.

    Attributes
    ----------
    low, high : Fraction or None
        The ends; None where open.
    strict : bool
        Whether the ends themselves are excluded.
    unit : str
    start, end : int
        Where it stands in the text searched.
    text : str
        As printed.
    sign : str
        `=`, `>`, `>=`, `<`, `<=`, `..` for a range, `?` for about.
    """

    low: Fraction | None
    high: Fraction | None
    strict: bool
    unit: str
    start: int
    end: int
    text: str
    sign: str

    def admits(self, result: Limit) -> Within:
        """Return whether a result meets this threshold for certain, for certain not, or perhaps."""
        if result.sign == "?":
            return "open"
        if self.low is not None:
            bound, low, high = self.low, result.low, result.high
            excluded = self.strict
        elif self.high is not None:
            bound = -self.high
            low = None if result.high is None else -result.high
            high = None if result.low is None else -result.low
            excluded = self.strict
        else:
            return "open"
        if low is not None and (low > bound or (low == bound and (not excluded or result.strict))):
            return "yes"
        if high is not None and (high < bound or (high == bound and (excluded or result.strict))):
            return "no"
        return "open"


def limits(text: str) -> Iterator[Limit]:
    """Yield the amounts in a text whose dates and codes are hidden."""
    for match in _VALUE.finditer(text):
        percent = match["u"] == "%"
        found = readings(match["n"])
        if not found:
            continue
        value = min(found) if percent or len(found) == 1 else _amount(match["n"], found)
        sign = _KINDS.get((match["rel"] or "").lower(), "=")
        if match["up"]:
            sign = ">=" if "lên" in match["up"] else "<="
        low: Fraction | None = value
        high: Fraction | None = value
        if match["to"]:
            tops = readings(match["to"])
            if not tops:
                continue
            high, sign = tops[-1], ".."
        elif sign.startswith(">"):
            high = None
        elif sign.startswith("<"):
            low = None
        unit = " ".join(match["u"].lower().split()).replace("triệu đồng", "triệu")
        text_ = _tidy(match[0])
        strict = sign in "><"
        yield Limit(low, high, strict, unit, match.start(), match.end(), text_, sign)


def _tidy(text: str) -> str:
    plain = text.replace("\x01", "").replace("(", " ").strip(" /")
    return re.sub(r"(\d)([^\W\d_])", r"\1 \2", " ".join(plain.split()))


def _amount(text: str, found: list[Fraction]) -> Fraction:
    return min(found) if "," in text else found[0]
