"""The numbers in a report's text, for checking that each of them comes from a result."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.language import Lang
from ntm_analysis.numbers.dates import MONTHS

_MONTHS = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_CODE = r"\d{1,3}(?:\.\d{1,3})*"
_CODES = rf"{_CODE}(?:(?:,|;| và| and|, and|–|-) ?{_CODE})*(?!\d|[.,]\d|[%/])"
_NOT_NUMBERS: Final = re.compile(
    "|".join(
        (
            r"data:[^\s)]+|https?://[^\s)]+|`[^`]*`",  # addresses and code
            r"\{[#.][^}]*\}|[@#][A-Za-z][\w:-]*",  # identifiers and references
            # numbers of documents: 43/2022/QĐ-UBND, 152/TTr-UBND, 01/ĐA, QCVN 01-1:2018/BYT
            r"\d[\d.-]*(?:/\d{4})?/[A-ZĐĂÂÊÔƠƯ][\w&-]*(?:@[a-z-]+)?",
            r"\b\d+-[A-ZĐ]{2,}[\w/-]*",  # 72-NQ-BCH, 01-NQ/TW
            r"\b(?:TCVN|QCVN|ISO) ?[\d.:/-]+\w*",
            # dates
            rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR}\b",
            rf"\b(?:0?[1-9]|1[0-2])/{_YEAR}\b",
            rf"(?i:ngày) \d{{1,2}}(?: tháng \d{{1,2}}|/\d{{1,2}}(?:/\d{{4}})?\b)(?: năm {_YEAR})?",
            rf"(?i:tháng) \d{{1,2}}(?: năm {_YEAR}|/{_YEAR})?",
            rf"\b\d{{1,2}} (?:{_MONTHS})(?: {_YEAR})?\b|\b(?:{_MONTHS}) {_YEAR}\b",
            # years: a number of four digits has a thousands mark, a year has none
            rf"(?<![\d.,/]){_YEAR}(?![\d%]|[.,/]\d)",
            # codes after the word for what they name: chỉ tiêu 17.8, criteria 5 and 9
            r"(?i:chỉ tiêu|tiêu chí|khoản|điều|mục|phụ lục|chương|bảng|hình|dòng|"
            r"indicators?|criteri(?:a|on)|articles?|clauses?|sections?|chapters?|annex|tables?|"
            r"figures?|lines?)"
            rf"(?: (?:số|no\.|number))?:? {_CODES}",
            r"^#+\s+\d+(?:\.\d+)*[.)]?\s|^\s*\d{1,3}[.)]\s",  # numbered heads and items
            r"[^\W\d_]\d+",  # m2, CO2
        )
    ),
    re.MULTILINE,
)
_DIGITS = re.compile(r"\d(?:[\d.,]*\d)?")
_GRAMMAR: Final = {
    "vi": re.compile(r"^(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$"),
    "en": re.compile(r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$"),
}
_BEFORE_MINUS: Final = " \t\n(:;=\u00a0"


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A number in a text.

    Attributes
    ----------
    value : Fraction
        Its exact value; a percentage as printed (95.18 for `95,18%`).
    text : str
        As printed, with its minus sign.
    start, end : int
        Where it stands in the text brought to NFC.
    """

    value: Fraction
    text: str
    start: int
    end: int


def number_tokens(text: str, lang: Lang, ignore: Collection[str] = ()) -> list[NumberToken]:
    """Return the numbers in a report's text, in order.

    Parameters
    ----------
    text : str
        Sentences or Markdown.
    lang : {"vi", "en"}
        `2.751` and `72,403` are read as Vietnamese or English papers print them.
    ignore : collection of str
        Words that are no numbers where they stand alone, such as the indicators' codes.

    Notes
    -----
    Left out: numbers of documents, dates and years, indicator codes (in Vietnamese whatever is
    no well-formed number, such as `17.8`; in both languages what follows words such as *chỉ
    tiêu*, *criterion*), numbered heads, identifiers, addresses, digits inside words (`m2`).
    A ratio `2.613/2.751` and a range `80–110` give two numbers each. Numbers in words are not
    found. A minus sign counts as one at the beginning, after a space or an opening bracket.
    """
    text = unicodedata.normalize("NFC", text)
    bare = _NOT_NUMBERS.sub(lambda match: "\x00" * len(match[0]), text)
    if ignore:
        words = "|".join(re.escape(word) for word in sorted(ignore, key=len, reverse=True))
        whole = rf"(?<![\w.,/−-])(?:{words})(?![\w%/]|[.,]\d)"
        bare = re.sub(whole, lambda match: "\x00" * len(match[0]), bare)
    grammar = _GRAMMAR[lang]
    tokens = []
    for match in _DIGITS.finditer(bare):
        if not grammar.match(match[0]):
            continue
        thousands, point = (".", ",") if lang == "vi" else (",", ".")
        value = Fraction(match[0].replace(thousands, "").replace(point, "."))
        start = match.start()
        if _negative(bare, start):
            value, start = -value, start - 1
        tokens.append(NumberToken(value, text[start : match.end()], start, match.end()))
    return tokens


def numbers_in(text: str, lang: Lang, ignore: Collection[str] = ()) -> list[Fraction]:
    """Return the values of the numbers in a report's text (see `number_tokens`)."""
    return [token.value for token in number_tokens(text, lang, ignore)]


def _negative(text: str, start: int) -> bool:
    if start == 0 or text[start - 1] not in "-\u2212":
        return False
    return start == 1 or text[start - 2] in _BEFORE_MINUS
