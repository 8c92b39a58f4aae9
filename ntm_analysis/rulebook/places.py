"""Provinces: which there are on a day, how their names are matched, and what came after them."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from ntm_analysis.rulebook.units import Schema
from ntm_analysis.spelling import fold

if TYPE_CHECKING:
    from ntm_analysis.rulebook.load import Rulebook

_KINDS = ("tinh ", "t.p.", "t.", "thanh pho ", "tp.", "tp ", "province of ")


class ProvinceSpan(Schema):
    """A province or city under the central government.

    Attributes
    ----------
    name : str
        Without the word for what it is.
    kind : {"tỉnh", "thành phố"}
    from_, until : date or None
        The first and the last day of that name, where bounded.
    into : str or None
        What it became or became part of after `until`.
    """

    name: str
    kind: Literal["tỉnh", "thành phố"]
    from_: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None
    into: str | None = None


class ProvincesFile(Schema):
    """`provinces.yaml`: all provinces, with their source."""

    source: str
    provinces: tuple[ProvinceSpan, ...]


def known_places(book: Rulebook) -> tuple[str, ...]:
    """Return the names of all provinces, and of whatever else has rules of its own."""
    return tuple(dict.fromkeys([*book.provinces, *book.places]))


def find_place(book: Rulebook, text: str) -> str | None:
    """Return the place that a text names, whatever its capitals and accents; None if none.

    `ha nam`, `Hà nam` and `tỉnh Hà Nam` are Hà Nam.
    """
    return match_place(known_places(book), text)


def match_place(names: Sequence[str], text: str) -> str | None:
    """Return the name among `names` that a text is, whatever its capitals and accents."""
    words = " ".join(text.split())
    if words in names:
        return words
    for way in (fold, _plain):
        found = [name for name in names if way(name) == way(words)]
        if len(found) == 1:
            return found[0]
    return None


def alike_places(book: Rulebook, text: str) -> list[str]:
    """Return the places whose names are most like a text."""
    return near_places(known_places(book), text)


def near_places(names: Sequence[str], text: str, cutoff: float = 0.6) -> list[str]:
    """Return those of `names` that are most like a text."""
    known = {_letters(name): name for name in names}
    near = difflib.get_close_matches(_plain(text), list(known), n=3, cutoff=cutoff)
    return [known[one] for one in near]


def _plain(name: str) -> str:
    """Return a name's letters without accents, and without the word for what it is."""
    words = " ".join(fold(name).split())
    for kind in _KINDS:
        if words.startswith(kind):
            words = words.removeprefix(kind)
            break
    return _letters(words)


def _letters(name: str) -> str:
    return "".join(letter for letter in fold(name) if letter.isalnum())


def has_own_rules(book: Rulebook, set_key: str, place: str) -> bool:
    """Return whether a criteria set has any rule of that place itself."""
    return place in book.places_of(set_key)


def gone_on(book: Rulebook, place: str, on: dt.date) -> ProvinceSpan | None:
    """Return a province that is no more on that day, with what it became; None if it is."""
    found = book.provinces.get(place)
    return found if found and found.until and found.until < on else None


def not_yet_on(book: Rulebook, place: str, on: dt.date) -> ProvinceSpan | None:
    """Return a province that does not bear that name yet on that day; None if it does."""
    found = book.provinces.get(place)
    return found if found and found.from_ and on < found.from_ else None


def last_day_of(book: Rulebook, place: str, year: int) -> dt.date:
    """Return the last day of a year on which a province exists, else 31 December."""
    end, found = dt.date(year, 12, 31), book.provinces.get(place)
    until = found.until if found else None
    return until if until is not None and until.year == year else end
