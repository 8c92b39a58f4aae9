"""Numbers as Vietnamese reports print them, and what rounds to what."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Final

NUM: Final = r"\d{1,15}(?:[.,]\d{1,15}){0,4}"
VULGAR: Final = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_GROUPED = re.compile(r"^[1-9]\d{0,2}(?:\.\d{3})+$|^[1-9]\d{0,2}(?:,\d{3})+$")


def readings(text: str, *, count: bool = False) -> list[Fraction]:
    """Return the numbers that `text` may mean, the likeliest first.

    Parameters
    ----------
    text : str
        Digits with points and commas: `2.751`, `72,403`, `1.234,5`, `04`.
    count : bool
        Whether whole numbers are counted; `72,403` people are then 72403.

    Returns
    -------
    list of Fraction
        Two where a point or comma before three digits can be either mark; none where the marks
        make no number.
    """
    found: list[Fraction] = []
    points, commas = text.count("."), text.count(",")
    if not points and not commas:
        return [Fraction(text)]
    if points and commas:
        decimal = max(text.rfind("."), text.rfind(","))
        whole, part = text[:decimal], text[decimal + 1 :]
        if _GROUPED.match(whole):
            found.append(Fraction(f"{re.sub('[.,]', '', whole)}.{part}"))
        return found
    grouped = bool(_GROUPED.match(text))
    if points + commas > 1:
        return [Fraction(re.sub("[.,]", "", text))] if grouped else []
    found.append(Fraction(text.replace(",", ".")))
    if grouped:
        whole_number = Fraction(re.sub("[.,]", "", text))
        found.insert(0 if points else 1, whole_number)
    if count:
        return [each for each in found if each.denominator == 1] or found
    return found


def vulgar(sign: str) -> tuple[str, str]:
    """Return numerator and denominator of a sign such as ¾."""
    parts = unicodedata.normalize("NFKC", sign).split("\u2044")
    return parts[0], parts[1]


@dataclass(frozen=True, slots=True)
class Printed:
    """A number with the decimals that are printed.

    Attributes
    ----------
    value : Fraction
    decimals : int
    text : str
        As printed, without a sign for percent.
    """

    value: Fraction
    decimals: int
    text: str

    @property
    def ulp(self) -> Fraction:
        """One unit of the last printed decimal."""
        return Fraction(1, 10**self.decimals)


def printed(text: str) -> Printed | None:
    """Return a number whose point or comma marks the decimals, such as a percentage."""
    marks = [match.start() for match in re.finditer("[.,]", text)]
    if len(marks) > 1:
        value = readings(text)
        if not value:
            return None
        decimals = 0 if _GROUPED.match(text) else len(text) - marks[-1] - 1
        return Printed(value[0], decimals, text)
    decimals = len(text) - marks[0] - 1 if marks else 0
    return Printed(Fraction(text.replace(",", ".")), decimals, text)


def printed_amount(text: str) -> list[Printed]:
    """Return the readings of a number that is no percentage, with their decimals."""
    found = []
    for value in readings(text):
        digits = len(text) - max(text.rfind("."), text.rfind(",")) - 1
        marks = text.count(".") + text.count(",")
        whole = marks == 0 or (value.denominator == 1 and bool(_GROUPED.match(text)))
        found.append(Printed(value, 0 if whole else digits, text))
    return found


def roundings(value: Fraction, decimals: int) -> set[Fraction]:
    """Return `value` rounded half up and half to even."""
    scaled = value * 10**decimals
    half_up = floor(scaled + Fraction(1, 2))
    return {Fraction(half_up, 10**decimals), Fraction(round(scaled), 10**decimals)}


def agrees(exact: Fraction, stated: Printed) -> bool:
    """Whether the exact value rounds to the stated number at its printed decimals."""
    return stated.value in roundings(exact, stated.decimals)


def truncates(exact: Fraction, stated: Printed) -> bool:
    """Whether the stated number is the exact value cut off after its printed decimals."""
    return Fraction(floor(exact * 10**stated.decimals), 10**stated.decimals) == stated.value


def show(value: Fraction, decimals: int = 4) -> str:
    """Return a number with a decimal comma, at most so many decimals, no idle zeros."""
    (rounded, *_) = sorted(roundings(value, decimals), reverse=True)
    text = f"{float(rounded):.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
