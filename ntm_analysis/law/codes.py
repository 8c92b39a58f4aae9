"""Codes of criteria and indicators as annexes print them: `1.1`, `TC 1`, `II`, `a)`, `-`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ntm_analysis.spelling import fold

_WORD: Final = r"(?:(?:tieu chi|chi tieu|tc|ct|noi dung|muc|nhom)\s*(?:so|thu)?\s*:?\s*)"
_DOTTED: Final = re.compile(
    rf"^{_WORD}?(?:[ivx]+\s*[.\-]\s*)?(\d{{1,2}}(?:\s*[.,\-]\s*\d{{1,2}}){{1,2}})\.?\)?$"
)
_WHOLE: Final = re.compile(rf"^{_WORD}?(\d{{1,2}})\s*[.)]?$")
_ROMAN: Final = re.compile(rf"^{_WORD}?([ivxl]+)\s*[.)]?$")
_ROMAN_SUB: Final = re.compile(rf"^{_WORD}?([ivxl]+)\s*[.\-]\s*(\d{{1,2}})\.?$")
_BULLET: Final = re.compile(r"^(?:[-–—+•*·●▪○]|[a-zđ]\s*[.)]|\(?[a-z]\))$")
_DATE: Final = re.compile(r"^(\d\d)/(\d\d)/(?:19|20)\d\d$")
_HEAD: Final = re.compile(
    r"^\s*(?P<code>(?:(?:tiêu chí|chỉ tiêu|TC|CT|Tiêu chí|Chỉ tiêu|TIÊU CHÍ|CHỈ TIÊU)"
    r"\s*(?:số\s*)?)?"
    r"(?:\d{1,2}(?:\.\d{1,2}){1,2}\s*[.):]?|\d{1,2}\s*[.):](?!\d)|[IVXL]{1,6}\s*[.)]"
    r"|(?:TC|CT|Tiêu chí|Chỉ tiêu|TIÊU CHÍ|CHỈ TIÊU)\s*(?:số\s*)?\d{1,2}\s*[.):]?)"
    r"|[-–—+•*·●▪○](?=\s|[A-ZĐÀ-Ỹ])|\(?[a-zđ]\)|[a-zđ]\.(?=\s))\s*[-–:]?\s*(?P<rest>\S.*)$",
    re.S,
)
_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Code:
    """A printed code.

    Attributes
    ----------
    numbers : tuple of int
        `(17, 10)`; empty for a bullet or letter.
    bullet : bool
    roman : bool
    """

    numbers: tuple[int, ...] = ()
    bullet: bool = False
    roman: bool = False

    @property
    def text(self) -> str:
        """The code as the rulebook writes it."""
        return ".".join(map(str, self.numbers))


def read_code(text: str) -> Code | None:
    """Return the code that a cell holds; None if it holds none.

    Examples
    --------
    >>> read_code("TC 17.10").text, read_code("II").text, read_code("Giao thông")
    ('17.10', '2', None)
    """
    words = " ".join(text.split())
    if match := _DATE.match(words):  # a workbook made a day of 1.1
        return Code((int(match[1]), int(match[2])))
    plain = fold(words).strip()
    if match := _DOTTED.match(plain):
        return Code(tuple(int(part) for part in re.split(r"\s*[.,\-]\s*", match[1])))
    if match := _WHOLE.match(plain):
        return Code((int(match[1]),))
    if match := _ROMAN_SUB.match(plain):
        return Code((_roman(match[1]), int(match[2])))
    if match := _ROMAN.match(plain):
        return Code((_roman(match[1]),), roman=True)
    return Code(bullet=True) if _BULLET.match(plain) else None


def code_and_name(text: str) -> tuple[Code | None, str]:
    """Return the code that a name begins with, and the name without it."""
    match = _HEAD.match(text)
    if match is None:
        return None, text.strip()
    return read_code(match["code"].rstrip(" .:")), match["rest"].strip()


def _roman(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < other else one for one, other in pairs)
