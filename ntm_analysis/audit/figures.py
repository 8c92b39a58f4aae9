"""Numbers as reports print them: decimal comma or point, thousands point, vulgar fractions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

NUMBER: Final = r"\d+(?:[.,]\d+)*"
VULGAR: Final = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5",
                 "⅖": "2/5", "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8",
                 "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}  # fmt: skip
_GROUPED = re.compile(r"^[1-9]\d{0,2}(?:[.,]\d{3})+$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number.

    Attributes
    ----------
    readings : tuple of (Fraction, int)
        What it can mean, the likeliest first, each with its number of decimals: `2.751` is
        2751 or 2.751.
    """

    readings: tuple[tuple[Fraction, int], ...]

    @property
    def value(self) -> Fraction:
        """The likeliest value."""
        return self.readings[0][0]

    @property
    def decimals(self) -> int:
        """The decimals of the likeliest value."""
        return self.readings[0][1]


def read(text: str) -> Figure | None:
    """Return the number that a text is; None where it is none."""
    marks = re.sub(r"\d", "", text)
    if not re.fullmatch(NUMBER, text):
        return None
    if not marks:
        return Figure(((Fraction(text), 0),))
    whole = (Fraction(re.sub(r"[.,]", "", text)), 0)
    if len(marks) == 1:
        decimal = _decimal(text, marks)
        if not _GROUPED.match(text):
            return Figure((decimal,))
        # Vietnamese papers write 2.751 for a count and 72,403 for a decimal number.
        return Figure((whole, decimal) if marks == "." else (decimal, whole))
    if len(set(marks)) == 1:
        return Figure((whole,)) if _GROUPED.match(text) else None
    last = marks[-1]
    if marks.count(last) > 1:
        return None
    head, _, tail = text.rpartition(last)
    if not _GROUPED.match(head):
        return None
    return Figure(((Fraction(f"{re.sub(r'[.,]', '', head)}.{tail}"), len(tail)),))


def _decimal(text: str, mark: str) -> tuple[Fraction, int]:
    head, _, tail = text.partition(mark)
    return Fraction(f"{head}.{tail}"), len(tail)
