"""The amounts that a paragraph states: how many of what, in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUM, readings
from ntm_analysis.audit.text import SENTENCE_END
from ntm_analysis.audit.words import UNIT, countable, same_unit

MEASURED: Final = frozenset({"đồng", "ha", "km", "tấn"})
_MONEY: Final = (
    r"(?:(?P<scale>nghìn|ngàn|triệu|trđ|tr\.?đ|tỷ|tỉ)(?:\s*đồng|\s*đ)?|đồng|đ|VNĐ)(?!\w)"
)
_NUMBER: Final = re.compile(
    rf"(?<![\d.,/\w≥≤<>-])(?P<n>{NUM})(?![\d/]|[.,]\d)\s*"
    rf"(?:(?P<percent>%)|(?P<money>{_MONEY})|(?P<unit>{UNIT})|(?P<word>[^\W\d_]+(?: [^\W\d_]+)?))?",
    re.I,
)
_PER: Final = re.compile(r"\s*/\s*[^\W\d_]")
_SCALES: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "trđ": 10**6, "tỷ": 10**9}
_SCALES_ALIKE: Final = {"tr.đ": "trđ", "tr đ": "trđ", "tỉ": "tỷ"}
_SIZES: Final = {
    "ha": ("ha", Fraction(1)), "m2": ("ha", Fraction(1, 10**4)), "m²": ("ha", Fraction(1, 10**4)),
    "km2": ("ha", Fraction(100)), "km²": ("ha", Fraction(100)), "km": ("km", Fraction(1)),
    "m": ("km", Fraction(1, 1000)), "mét": ("km", Fraction(1, 1000)), "tấn": ("tấn", Fraction(1)),
    "tạ": ("tấn", Fraction(1, 10)), "kg": ("tấn", Fraction(1, 1000)),
}  # fmt: skip
_FUNCTION_WORDS: Final = (
    "là và của có được đạt chiếm trong trên so với thì nên để cho bằng tại ở từ đến năm tháng ngày "
    "giờ lần tuổi phút tuần quý kỳ hoặc hay còn tăng giảm theo do khi như nhưng mà tương tỷ tỉ "
    "trở lên xuống đã đang sẽ không gồm bao đó này nay vào về"
)
_NO_UNITS: Final = frozenset(_FUNCTION_WORDS.split())
_BOUNDARY: Final = re.compile(rf"[,:(|\x01]|{SENTENCE_END}|\d")
_SENTENCE: Final = re.compile(SENTENCE_END)


@dataclass(frozen=True, slots=True)
class Mention:
    """An amount in a paragraph.

    Attributes
    ----------
    start, end : int
        Where the number stands; `until` is where its unit ends.
    text : str
        The number as printed.
    values : tuple of Fraction
        Its readings in the dimension's own unit, the likeliest first.
    dimension : str
        What is counted or measured (`hộ`, `người`, `đồng`, `ha`); empty if it is not said.
    unit : str
        The unit as printed.
    label : str
        The words of the clause that lead to it.
    percent, rate : bool
        Whether it is a percentage; whether it is so much for each of something.
    """

    start: int
    end: int
    until: int
    text: str
    values: tuple[Fraction, ...]
    dimension: str
    unit: str
    label: str
    percent: bool = False
    rate: bool = False

    @property
    def value(self) -> Fraction:
        """The likeliest reading."""
        return self.values[0]


def mentions(bare: str) -> list[Mention]:
    """Return the amounts of a paragraph whose dates and codes are hidden, in order."""
    found = []
    for match in _NUMBER.finditer(bare):
        if _AGE.match(bare, match.end("n")):
            continue
        label = label_before(bare, match.start("n"))
        unit, dimension, factor = _unit(match)
        until = match.end("n")
        if match["percent"] or match["money"] or match["unit"]:
            until = match.end()
        elif unit:
            until = match.start("word") + len(unit)
        whole = bool(dimension) and dimension not in MEASURED and not match["percent"]
        values = tuple(value * factor for value in readings(match["n"], count=whole))
        if not values:
            continue
        found.append(
            Mention(
                match.start("n"),
                match.end("n"),
                until,
                match["n"],
                values,
                dimension or (named_unit(label) if _CLOSED.match(bare, until) else ""),
                unit,
                label,
                percent=bool(match["percent"]),
                rate=bool(_PER.match(bare, until)),
            )
        )
    return found


def _unit(match: re.Match[str]) -> tuple[str, str, Fraction]:
    """Return the printed unit, what it measures, and its size in that dimension's own unit."""
    if match["percent"]:
        return "%", "%", Fraction(1)
    if match["money"]:
        scale = (match["scale"] or "").lower()
        factor = _SCALES.get(_SCALES_ALIKE.get(scale, scale), 1)
        return match["money"], "đồng", Fraction(factor)
    if match["unit"]:
        name = " ".join(match["unit"].lower().split())
        if name in _SIZES:
            return match["unit"], *_SIZES[name]
        return match["unit"], kind(match["unit"]), Fraction(1)
    words = (match["word"] or "").lower().split()
    if not words or words[0] in _NO_UNITS or match["word"][0].isupper():
        return "", "", Fraction(1)
    return match["word"].split()[0], words[0], Fraction(1)


def kind(unit: str) -> str:
    """Return one name for what is counted."""
    name = same_unit(unit)
    return "em" if name in _CHILDREN else name


_CHILDREN: Final = {"em", "em học sinh", "học sinh", "cháu", "trẻ", "trẻ em"}
_AGE: Final = re.compile(r"\s*(?:(?:-|–|đến)\s*\d{1,2}\s*)?tuổi(?!\w)", re.I)
_CLOSED: Final = re.compile(r"\s*(?:[,;.:()|=]|$|đạt|chiếm|(?:tỷ|tỉ) lệ|bằng)", re.I)
_ANY_UNIT: Final = re.compile(rf"(?<!\w)(?P<u>{UNIT})", re.I)


def named_unit(label: str) -> str:
    """Return what a label says is counted: `Số hộ nghèo:`, `Hội viên nòng cốt`."""
    found = _ANY_UNIT.search(label)
    return kind(found["u"]) if found and countable(found["u"]) else ""


def label_before(bare: str, at: int) -> str:
    """Return the words of the clause that lead to a place."""
    start = 0
    for match in _BOUNDARY.finditer(bare, max(0, at - 120), at):
        start = match.end()
        # the label of `Tổng số hộ: 656` stands before its colon
        if match[0] in ":" and not bare[start:at].strip():
            begin = max(
                (each.end() for each in _BOUNDARY.finditer(bare, 0, match.start())), default=0
            )
            start = begin
    return bare[max(start, at - 120) : at].strip(" :-–+*•")


def sentence_start(bare: str, at: int) -> int:
    """Return where the sentence around a place begins."""
    return max((match.end() for match in _SENTENCE.finditer(bare, 0, at)), default=0)
