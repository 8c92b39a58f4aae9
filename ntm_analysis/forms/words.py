"""The words of a cell: units, and choices by their words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from ntm_analysis.communes.decisions import CONCLUSIONS
from ntm_analysis.communes.facts import KINDS, PARTS
from ntm_analysis.communes.requests import BODIES, STATES
from ntm_analysis.language import LANGUAGES, Lang, translate
from ntm_analysis.spelling import fold
from ntm_analysis.verdicts import VERDICTS

_LINE_END: Final = re.compile(r"\r\n|[\r\x85]")


def even(value: Any) -> Any:
    """Return a cell's value with even letters: NFC, plain spaces, one kind of line end.

    Lines and the spaces within them are kept, as they are part of a text.
    """
    if isinstance(value, str):
        value = _LINE_END.sub("\n", value)
        if not value.isascii():
            value = unicodedata.normalize("NFC", value).replace("\u00a0", " ")
        return value.strip()
    return value


def clean(value: Any) -> Any:
    """Return a cell's value as one line with single spaces, for what is compared or counted."""
    value = even(value)
    return " ".join(value.split()) if isinstance(value, str) else value


def words_of(text: str) -> list[str]:
    """Return the words of a unit's name, with small raised figures as plain ones."""
    return re.findall(r"[\w²³]+", text.casefold().replace("²", "2").replace("³", "3"))


def holds(words: list[str], part: list[str]) -> bool:
    """Return whether `part` stands in `words` as a whole."""
    return any(words[n : n + len(part)] == part for n in range(len(words)))


_KEYS: Final = {
    "verdict.": VERDICTS,
    "conclusion.": CONCLUSIONS,
    "requests.to_word.": BODIES,
    "requests.state_word.": STATES,
    "facts.kind_word.": KINDS,
    "facts.part_word.": PARTS,
}
"""What is chosen by its word, by the message that words it."""


def word_of(family: str, key: str, lang: Lang) -> str:
    """Return the word of a choice; the key itself where it is none."""
    return translate(f"{family}{key}", lang) if key in _KEYS[family] else key


def choices(family: str, lang: Lang) -> list[str]:
    """Return the words to choose from."""
    return [translate(f"{family}{key}", lang) for key in _KEYS[family]]


def keys_by_word(family: str) -> dict[str, str]:
    """Return the choices by their words in both languages, in small letters."""
    found = {}
    for key in _KEYS[family]:
        found[key] = key
        for lang in LANGUAGES:
            found[translate(f"{family}{key}", lang).casefold()] = key
    return found


def offered(words: Iterable[str], family: str, lang: Lang) -> str:
    """Return the words to choose from in the person's language, for an error."""
    own = choices(family, lang) if family else list(words)
    return ", ".join(f"“{word}”" for word in dict.fromkeys(own))


def without_accents(words: Mapping[str, str]) -> dict[str, str]:
    """Return words by their letters without accents; those that two choices share are left out."""
    found: dict[str, str] = {}
    for word, key in words.items():
        found[fold(word)] = key if found.get(fold(word), key) == key else ""
    return found
