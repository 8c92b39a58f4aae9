"""Figures in the machine syntax of `figures.csv`."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from ntm_analysis.numbers.answers import ANSWERS, PLAIN, STATUS, STATUSES, Status

_NUMBER = r"-?\d+(?:\.\d+)?"
_PLAIN = re.compile(rf"^{_NUMBER}$")
_INEQUALITY = re.compile(rf"^(>=|<=|>|<|≥|≤) ?({_NUMBER})$")
_RANGE = re.compile(rf"^({_NUMBER}) ?[-–—] ?({_NUMBER})$")
_MEANT: Final = {**ANSWERS, **STATUSES}
_SIGN_WORDS: Final = (
    ("trên ", ">"),
    ("hơn ", ">"),
    ("over ", ">"),
    ("more than ", ">"),
    ("dưới ", "<"),
    ("under ", "<"),
    ("less than ", "<"),
    ("ít nhất ", ">="),
    ("tối thiểu ", ">="),
    ("at least ", ">="),
)
_DIGITS = re.compile(r"\d[\d.,\s]*\d|\d")
_THOUSANDS = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")
_WORD = r"(?:m[23]|[^\W\d_]+)"
_WRONG_LETTERS: Final = str.maketrans("OoQlI|", "000111")
_NUMBER_WITH_LETTERS: Final = re.compile(r"^(?=.*\d)[\dOoQlI|.,]+ ?%?$")
_UNIT_AT_END = re.compile(rf"(?<=\d)\s?(?:%|{_WORD}(?:[/ ]{_WORD})*)$")


class NotAFigure(ValueError):
    """A text that is no figure of `figures.csv`.

    Attributes
    ----------
    text : str
        What stands there.
    hint : str
        What is probably meant, in the right syntax; empty where we cannot tell.
    """

    def __init__(self, text: str, hint: str = "") -> None:
        self.text = text
        self.hint = hint
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class ParsedFigure:
    """A figure as reported.

    Attributes
    ----------
    low, high : float
        The value, twice; the ends of an inequality or a range (infinite where it is open-ended);
        1 or 0 for yes or no; NaN for a status word.
    low_open, high_open : bool
        Whether that end itself is excluded: `>40` excludes 40. An infinite end is open.
    status : {"number", "pending", "not_applicable"}
    text : str
        The figure in normal form: `>=40`, `80-110`, `yes`.
    """

    low: float
    high: float
    low_open: bool
    high_open: bool
    status: Status
    text: str

    @property
    def exact(self) -> bool:
        """Whether it is one plain number."""
        return self.status == "number" and self.low == self.high


def parse_figure(text: str) -> ParsedFigure:
    """Return the figure that `text` states.

    Parameters
    ----------
    text : str
        A number with a decimal point and no thousands marks (`2751`, `95.18`); an inequality
        (`>40`, `>=40`, `<5`, `≤5`); a range (`80-110`); `yes` or `no` (also `có`, `không`);
        `pending`; `not_applicable`. Full-width characters and stray spaces are forgiven.

    Returns
    -------
    ParsedFigure
        The ends of a range are left as written: the caller reports one whose ends are swapped.

    Raises
    ------
    NotAFigure
        If it is none of these; its `hint` says what is probably meant.
    """
    clean = _clean(text)
    figure = _parse(clean)
    if figure is None:
        raise NotAFigure(text, _hint(clean))
    return figure


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u2212", "-").split())


def _parse(text: str) -> ParsedFigure | None:
    word = text.casefold()
    if answer := PLAIN.get(word):
        value = float(answer == "yes")
        return ParsedFigure(value, value, False, False, "number", answer)
    if word in STATUS:
        return ParsedFigure(math.nan, math.nan, False, False, STATUS[word], word)
    if _PLAIN.match(text):
        value = float(text) + 0.0
        return ParsedFigure(value, value, False, False, "number", text)
    if match := _INEQUALITY.match(text):
        sign = match[1].replace("≥", ">=").replace("≤", "<=")
        return _inequality(sign, match[2])
    if match := _RANGE.match(text):
        low, high = float(match[1]), float(match[2])
        return ParsedFigure(low, high, False, False, "number", f"{match[1]}-{match[2]}")
    return None


def _inequality(sign: str, number: str) -> ParsedFigure:
    value, strict = float(number), len(sign) == 1
    if sign[0] == ">":
        return ParsedFigure(value, math.inf, strict, True, "number", f"{sign}{number}")
    return ParsedFigure(-math.inf, value, True, strict, "number", f"{sign}{number}")


def look_alike(text: str) -> str:
    """Return the number meant where letters stand for digits; empty where none does.

    Examples
    --------
    >>> look_alike("275O"), look_alike("l.2O5"), look_alike("275")
    ('2750', '1.205', '')
    """
    if not _NUMBER_WITH_LETTERS.match(text) or not re.search(r"[OoQlI|]", text):
        return ""
    return text.translate(_WRONG_LETTERS)


def _hint(text: str) -> str:
    """Return what `text` probably means; empty where we cannot tell."""
    word = text.casefold()
    if word in _MEANT:
        return _MEANT[word]
    for name, sign in _SIGN_WORDS:
        if word.startswith(name):
            word = sign + word[len(name) :]
    word = word.removeprefix("từ ").replace(" đến ", "-").replace("÷", "-").replace("~", "-")
    word = word.replace("%-", "-").replace("=>", ">=").replace("=<", "<=")
    if not word.endswith("l"):  # 80l may be litres
        word = look_alike(word) or word
    word = _UNIT_AT_END.sub("", word).rstrip(" .;").lstrip(" =+")
    if word.startswith((".", ",")):
        word = f"0{word}"
    word = _DIGITS.sub(lambda match: _machine(match[0]), word)
    figure = _parse(word)
    return figure.text if figure else ""


def _machine(digits: str) -> str:
    """Return a number with thousands marks or a decimal comma in machine form."""
    digits = re.sub(r"\s", "", digits)
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal = max(digits.rfind("."), digits.rfind(","))
        return re.sub(r"[.,]", "", digits[:decimal]) + "." + digits[decimal + 1 :]
    if points > 1 or commas > 1:
        return re.sub(r"[.,]", "", digits) if _THOUSANDS.match(digits) else digits
    return digits.replace(",", ".")
