"""Names as Vietnamese has them: without accents in paths and in search, in the alphabet's order."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

WORD = re.compile(r"[^\W_]+(?:[.,/][^\W_]+)*")
"""A word or a number, as the book's search reads them (`assets/search.js`)."""
_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES: Final = {letter: chr(0x100 + place) for place, letter in enumerate(_ALPHABET)}
_KINDS: Final = {
    "commune": ("xã", "x.", "commune of"),
    "province": ("tỉnh", "t.p.", "t.", "thành phố", "tp.", "tp", "province of"),
}
_DISTRICTS: Final = {
    "rural": r"huyện|h\.|district\s+of",
    "town": r"thị\s+xã|t\.?x\.?",
    "city": r"thành\s+phố|t\.?p\.?",
    "urban": r"quận|q\.",
}
"""The kinds of units at the level of a district (Luật Tổ chức chính quyền địa phương 2015)."""
_KIND: Final = re.compile(
    "|".join(rf"(?P<{kind}>(?:{words})(?:\s+|(?<=\.)))" for kind, words in _DISTRICTS.items()),
    re.I,
)
_WORDS: Final = {"town": "Thị xã", "city": "Thành phố", "urban": "Quận"}
_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    if base == "đ":
        return "d"
    return base if len(base) == 1 else letter


def fold(text: str) -> str:
    """Return text without accents and capitals, a letter for a letter."""
    return text.lower() if text.isascii() else "".join(map(_plain, text))


def slug(name: str) -> str:
    """Return a name as the name of a folder: `Liêm Cần` gives `liem-can`."""
    bare = fold(unicodedata.normalize("NFC", name))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def bare_name(text: str, kind: str) -> str:
    """Return the name of a commune, district or province without the word for what it is.

    A town, a city or an urban district keeps its word: only a district goes without.

    Parameters
    ----------
    text : str
    kind : {"commune", "district", "province"}

    Examples
    --------
    >>> bare_name("xã Liêm Cần", "commune"), bare_name("Tỉnh  Hà Nam", "province")
    ('Liêm Cần', 'Hà Nam')
    """
    if kind == "district":
        return district_name(text)
    words = " ".join(text.split())
    for prefix in _KINDS[kind]:
        start, rest = words[: len(prefix)], words[len(prefix) :]
        if start.casefold() == prefix and (rest.startswith(" ") or prefix.endswith(".")):
            # "Xã xã Liêm Cần": the word of the sheet's heading, and once more the writer's.
            return bare_name(rest, kind) if rest.strip() else words
    return words


def is_kind_alone(text: str, kind: str) -> bool:
    """Return whether a name is nothing but the word for what it names.

    Examples
    --------
    >>> is_kind_alone("Xã", "commune"), is_kind_alone("Xã Vân", "commune")
    (True, False)
    >>> is_kind_alone("huyện", "district"), is_kind_alone("T.X.", "district")
    (True, True)
    """
    words = " ".join(text.split())
    if kind == "district":
        return _KIND.fullmatch(f"{words} ") is not None
    return words.casefold().rstrip(".") in {prefix.rstrip(".") for prefix in _KINDS[kind]}


def district_kind(name: str) -> tuple[str, str]:
    """Return what kind of unit a district's name says that it is, and the name without the word.

    Parameters
    ----------
    name : str
        A district has no word before its name: `Bình Lục`, but `Thị xã Duy Tiên`.

    Returns
    -------
    kind : {"rural", "town", "city", "urban"}
    name : str

    Examples
    --------
    >>> district_kind("TX. Duy Tiên"), district_kind("Bình Lục"), district_kind("Quản Bạ")
    (('town', 'Duy Tiên'), ('rural', 'Bình Lục'), ('rural', 'Quản Bạ'))
    """
    words = " ".join(name.split())
    found = _KIND.match(words)
    bare = words[found.end() :] if found else ""
    return (str(found.lastgroup), bare) if found and bare else ("rural", words)


def district_name(name: str) -> str:
    """Return a district's name as it stands alone, in a list or a cell.

    Examples
    --------
    >>> district_name("huyện Bình Lục"), district_name("TX Duy Tiên")
    ('Bình Lục', 'Thị xã Duy Tiên')
    """
    kind, bare = district_kind(name)
    return f"{_WORDS[kind]} {bare}" if kind in _WORDS else bare


@cache
def place_of(name: str) -> str:
    """Return a text whose plain order is the alphabet's: đ after d, ă and â after a, tones last."""
    parts = unicodedata.normalize("NFD", name.casefold())
    tones = "".join(str(_TONES.index(sign) + 1) if sign in _TONES else "0" for sign in parts)
    bare = "".join(sign for sign in parts if sign not in _TONES)
    letters = unicodedata.normalize("NFC", bare)
    return "".join(_PLACES.get(letter, letter) for letter in letters) + "\0" + tones


def words(text: str) -> set[str]:
    """Return the folded words of a text; of `2.751/2.751` also its parts."""
    found = set()
    for word in WORD.findall(fold(text)):
        found.add(word)
        if not word.isalnum():
            parts = re.split(r"[.,/]", word)
            # A word may be sought from any of its parts on: `751/2` in `2.751/2`.
            rest = word
            for part in parts[:-1]:
                rest = rest[len(part) + 1 :]
                found.add(rest)
    return found
