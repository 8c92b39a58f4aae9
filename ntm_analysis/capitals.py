"""Capital letters of phrases that move into a sentence or to its beginning."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

import yaml

from ntm_analysis.yamlloader import Loader

_LETTERS: Final = re.compile(r"[^\W\d_]+")


def lower_first(text: str) -> str:
    """Return a phrase as it stands inside a sentence: names keep their capital.

    Names are acronyms (`OCOP`, `VNeID`), what `locale/names.yaml` lists (provinces, bodies), and
    what goes on with a capital (`Ban Chỉ huy`), unless its first word only says what kind of
    thing is named (`xã Liêm Cần`). All else begins with a small letter.

    Examples
    --------
    >>> lower_first("Ban Chỉ huy quân sự"), lower_first("Ban chỉ đạo")
    ('Ban Chỉ huy quân sự', 'ban chỉ đạo')
    >>> lower_first("Thanh Hóa"), lower_first("Xã Liêm Cần"), lower_first("Y tế")
    ('Thanh Hóa', 'xã Liêm Cần', 'y tế')
    """
    return text if _begins_with_name(text) else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _begins_with_name(text: str) -> bool:
    first = _LETTERS.match(text)
    if first is None or not text[0].isupper():
        return True  # nothing to change
    word, rest = first[0], text[first.end() :]
    if sum(letter.isupper() for letter in word) > 1 or (len(word) == 1 and rest[:1] in (".", "-")):
        return True
    names, before = words("names"), words("before_names")
    if any(text.startswith(one) and not text[len(one) : len(one) + 1].isalpha() for one in names):
        return True
    following = _LETTERS.match(rest[1:]) if rest[:1] == " " else None
    return (
        following is not None
        and following[0][0].isupper()
        and not _acronym(following[0])
        and word.lower() not in before
    )


def _acronym(word: str) -> bool:
    return len(word) > 1 and word[1].isupper()


@cache
def words(key: str) -> tuple[str, ...]:
    """Return one of the lists of `locale/names.yaml`."""
    path = resources.files("ntm_analysis").joinpath("locale", "names.yaml")
    return tuple(yaml.load(path.read_text("utf-8"), Loader=Loader)[key])
