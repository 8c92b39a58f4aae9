"""Names of places as people type them: in capitals, with the place around them, with their kind."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from ntm_analysis.language import LANGUAGES, translate
from ntm_analysis.spelling import bare_name, district_kind, fold
from ntm_analysis.units import all_units

_LETTERS: Final = re.compile(r"[^\W\d_]+(?:[ '’-]+[^\W_]+)*")
_NUMERAL: Final = re.compile(r"I{1,3}|IV|VI{2,3}|IX")
_REST: Final = re.compile(r"^(?P<own>.+?)\s*(?:[,;/|([]|\s[-–—]\s)\s*(?P<rest>.+?)[)\]\s.]*$")
_PARTS: Final = re.compile(r"\s*[,;/|()[\]]+\s*|\s+[-–—]\s+")
_KIND: Final = re.compile(
    r"^(?:huyện|h\.|thị xã|tx\.?|quận|q\.|thành phố|tp\.?|tỉnh|t\.|district|province)\s*(?=\w)",
    re.IGNORECASE,
)
_NO_COMMUNE: Final = re.compile(
    r"^(?P<word>thị trấn|t\.?t\.|tt(?=\s)|phường|đặc khu|ward|township|thị tứ)\s*(?=\w)",
    re.IGNORECASE,
)


def proper_name(text: str, kind: str) -> str:
    """Return a name without the word for what it is, and with capitals where names have them.

    Parameters
    ----------
    text : str
        As typed: `XÃ LIÊM CẦN`, `liêm cần`.
    kind : {"commune", "district", "province"}

    Examples
    --------
    >>> proper_name("XÃ LIÊM CẦN", "commune"), proper_name("huyện bình lục", "district")
    ('Liêm Cần', 'Bình Lục')
    >>> proper_name("EA H'LEO", "district"), proper_name("PHÚ XUÂN II", "commune")
    ("Ea H'leo", 'Phú Xuân II')
    """
    name = bare_name(text, kind)
    prefix, own = "", name
    if kind == "district":
        own = district_kind(name)[1]
        prefix = name.removesuffix(own)
    if own in {translate("cli.new_unnamed", lang) for lang in LANGUAGES}:
        return name
    if not _LETTERS.fullmatch(own) or not (own.isupper() or _begins_small(own)):
        return name
    known = _names().get(own.casefold(), ())
    if own in known:
        return name
    if len(known) == 1:
        return prefix + known[0]
    # A single word of plain letters may be anything; several are a name in the wrong case.
    if not (own.isupper() or own.islower()) or (own.isascii() and " " not in own):
        return name
    return prefix + re.sub(r"[^\s-]+", lambda word: _capital(word[0], own.isupper()), own)


def own_part(text: str, kind: str) -> str:
    """Return what of a text is the unit's own name, where a larger unit follows it; else nothing.

    Examples
    --------
    >>> own_part("Lam Sơn (Bình Lục)", "commune"), own_part("Bình Lục, Hà Nam", "district")
    ('Lam Sơn', 'Bình Lục')
    >>> own_part("Chân Mây - Lăng Cô", "commune"), own_part("Lam Sơn", "commune")
    ('', '')
    """
    name = bare_name(text, kind)
    found = _REST.match(name)
    if found is None or name.casefold() in _names():
        return ""
    rest = [part for part in _PARTS.split(found["rest"]) if part]
    if all(_KIND.match(part) or fold(part) in _around() for part in rest):
        return proper_name(found["own"], kind)
    return ""


def no_commune(text: str) -> str:
    """Return the word by which a text names a town, ward or special zone; nothing else.

    Examples
    --------
    >>> no_commune("TT. Bình Mỹ"), no_commune("phường Lam Hạ"), no_commune("Thị Sơn")
    ('TT.', 'phường', '')
    """
    found = _NO_COMMUNE.match(" ".join(text.split()))
    return found["word"] if found else ""


def _capital(word: str, upper: bool) -> str:
    if upper and _NUMERAL.fullmatch(word):
        return word
    return word[:1].upper() + word[1:].lower()


def _begins_small(name: str) -> bool:
    return any(word[:1].islower() for word in name.split())


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return the names of communes and districts by their letters in small."""
    found: dict[str, set[str]] = {}
    for unit in all_units():
        for name in (unit.name, district_kind(unit.district)[1] if unit.district else ""):
            if name:
                found.setdefault(name.casefold(), set()).add(name)
    return {letters: tuple(sorted(names)) for letters, names in found.items()}


@cache
def _around() -> frozenset[str]:
    """Return the names of districts and provinces, without accents."""
    names = {district_kind(unit.district)[1] for unit in all_units() if unit.district}
    return frozenset(fold(name) for name in names | {unit.province for unit in all_units()})
