"""Characters that no one types: invisible, turning the direction of text, or none at all."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ntm_analysis.language import say

# Control characters but tab and line ends; soft hyphen; what has no width; marks and overrides of
# direction; separators of lines; halves of a pair; what is no character.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINER: Final = "\u200d"
_NAMES: Final = {
    "\x00": "NULL",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
}


def forbidden(text: str) -> tuple[int, str] | None:
    r"""Return where the first forbidden character stands, from 0, and its name; None without one.

    Examples
    --------
    >>> forbidden("Liêm Cần") is None
    True
    >>> forbidden("Li\u200bêm Cần")
    (2, 'U+200B ZERO WIDTH SPACE')
    """
    if text.isascii() and text.isprintable():
        return None
    for match in _FORBIDDEN.finditer(text):
        if match[0] != _JOINER or not _joins_pictures(text, match.start()):
            return match.start(), name(match[0])
    return None


def _joins_pictures(text: str, place: int) -> bool:
    """Whether a joiner stands between two parts of one picture (emoji)."""
    before, after = text[:place].rstrip("\ufe0f")[-1:], text[place + 1 : place + 2]
    return bool(before and after) and all(
        unicodedata.category(one) in ("So", "Sk", "Sm") for one in (before, after)
    )


def name(letter: str) -> str:
    """Return a character's code and name."""
    own = _NAMES.get(letter) or unicodedata.name(letter, "")
    if not own:
        own = "SURROGATE" if "\ud800" <= letter <= "\udfff" else "CONTROL"
    return f"U+{ord(letter):04X} {own}"


def visible(text: str) -> str:
    r"""Return a text without its forbidden characters.

    Examples
    --------
    >>> visible("Li\u200bêm Cần")
    'Liêm Cần'
    """
    return _FORBIDDEN.sub("", text)


def words(text: str) -> tuple[str, str] | None:
    """Return what is wrong with the characters of a text, and what is wanted; None if nothing."""
    found = forbidden(text)
    if found is None:
        return None
    place, what = found
    before = text[max(0, place - 12) : place]
    # The name alone: printed, such a character could not be seen, or would turn the message.
    before = "".join(letter for letter in before if letter.isprintable())
    return say("limits.letter", name=what, before=before), say("limits.letter_wanted")
