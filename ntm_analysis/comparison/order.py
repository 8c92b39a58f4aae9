"""The order of the Vietnamese alphabet: đ after d, ă and â after a, tones last."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any, Final

import pandas as pd

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES: Final = {letter: chr(0x100 + place) for place, letter in enumerate(_ALPHABET)}
_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"


@cache
def place_of(name: str) -> str:
    """Return a text whose plain order is the alphabet's for `name`."""
    parts = unicodedata.normalize("NFD", name.casefold())
    tones = "".join(str(_TONES.index(sign) + 1) if sign in _TONES else "0" for sign in parts)
    bare = "".join(sign for sign in parts if sign not in _TONES)
    letters = unicodedata.normalize("NFC", bare)
    return "".join(_PLACES.get(letter, letter) for letter in letters) + "\0" + tones


def alphabetical(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column by which `DataFrame.sort_values(key=…)` sorts as the alphabet does."""
    if not pd.api.types.is_string_dtype(column):
        return column
    return column.map(place_of)
