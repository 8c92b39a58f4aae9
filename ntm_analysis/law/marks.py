"""Printed values in one spelling: signs, notes, and numbers that are no thresholds taken out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from ntm_analysis.spelling import fold

_SIGNS: Final = (
    (re.compile(r">\s*=|=\s*>|[≧⩾⪰]"), "≥"),
    (re.compile(r"<\s*=|=\s*<|[≦⩽⪯]"), "≤"),
    (re.compile(r"[＞﹥]"), ">"),
    (re.compile(r"[＜﹤]"), "<"),
    (re.compile(r"[％﹪]"), "%"),
)
_NOTE: Final = re.compile(
    r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\(\s*\d\s*\)\s*$|\[\d{1,2}\]|\(\s*\*+\s*\)|\*+|[†‡]|(?<=%)\d\b"
)
_UNIT_DIGITS: Final = re.compile(r"(?<![^\W\d_])(m|km)\s?[23²³](?!\d)", re.I)
_YEARS: Final = re.compile(
    r"\(?\b(?:(?:den|tu|trong)\s+)?(?:het\s+)?(?:giai doan|nam|cuoi nam)\s+((?:19|20)\d\d)"
    r"(?:\s*[-–—]\s*((?:19|20)\d\d))?\)?\s*:?|\(\s*((?:19|20)\d\d)(?:\s*[-–—]\s*(?:19|20)\d\d)?\s*\)"
)
_REFERENCE: Final = re.compile(
    r"\b(?:so\s+)?\d+(?:/\d{4})?/[a-z][\w-]*|\bngay \d{1,2}(?:/\d{1,2}/\d{4}| thang \d{1,2})(?: nam"
    r" \d{4})?|\b\d{1,2}/\d{1,2}/\d{4}\b|\b(?:dieu|khoan|muc|phu luc|diem) \d+(?:\.\d+)*\b"
    r"|\b(?:qcvn|tcvn) ?[\d:./-]+\w*|\b\d tai cho\b|\b(?:duoi|tren) \d+ tuoi\b|\b\d+ tuoi\b"
)
LEVEL: Final = re.compile(r"\b(?:muc do|muc|cap do|bac)\s+(?:so\s+)?(\d)\b")
NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed value.

    Attributes
    ----------
    text : str
        Its words folded: no accents, no capitals; signs in one form, notes and years taken out.
    note : bool
        Whether it refers to a note.
    years : tuple of str
        The years it names.
    broken : bool
        Whether it holds a letter that could not be read.
    """

    text: str
    note: bool
    years: tuple[str, ...]
    broken: bool


def printed_value(words: str) -> Printed:
    """Return a printed value in one spelling.

    Examples
    --------
    >>> printed_value("Năm 2023: >= 18 %¹")
    Printed(text='≥ 18 %', note=True, years=('2023',), broken=False)
    """
    text = unicodedata.normalize("NFC", words).replace("\u00a0", " ")
    broken = "\ufffd" in text or "\uf0b3" in text
    text = text.replace("\uf0b3", "≥").replace("\uf0a3", "≤")
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    text = _UNIT_DIGITS.sub(lambda match: f" {match[1] or 'm'}_", text)
    text = fold(text)
    text, notes = _NOTE.subn("", text)
    years: list[str] = []

    def year(match: re.Match[str]) -> str:
        years.extend(part for part in match.groups() if part)
        return " "

    text = _YEARS.sub(year, text)
    text = _REFERENCE.sub(" ", text)
    text = re.sub(r"[ \t]+", " ", text).strip(" .;,:\n")
    return Printed(text, bool(notes), tuple(dict.fromkeys(years)), broken and "≥" not in text)
