"""Letters that no font of a PDF has: a box stands there in their place, and readers are told."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ntm_analysis.language import say

LISTED: Final = 8
"""Letters of one place that are told of by name."""
_LACKING: Final = re.compile(
    r'^error: \S+ error: the text `"(?P<text>.+?)"` could not be displayed[^\n]*'
    r"(?:\n\s*┌─ (?P<file>[^\n]+?):\d+:\d+)?",
    re.MULTILINE,
)
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_WRITTEN: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def boxed_letters(log: str) -> dict[str, str]:
    r"""Return the letters that no font has, as typst tells of them when a standard forbids boxes.

    Parameters
    ----------
    log : str
        What typst said.

    Returns
    -------
    dict of str to str
        Letters, each once, by the file that holds them; those of pictures, which typst gives no
        place for, under the empty name.

    Examples
    --------
    >>> boxed_letters('error: PDF/UA-1 error: the text `"漢"` could not be displayed with a font')
    {'': '漢'}
    """
    found: dict[str, dict[str, None]] = {}
    for error in _LACKING.finditer(log):
        file = re.split(r"[\\/]", error["file"] or "")[-1]
        found.setdefault(file, {}).update(dict.fromkeys(_ESCAPE.sub(_letter, error["text"])))
    return {file: _seen(letters) for file, letters in found.items()}


def named(letters: str) -> str:
    """Return letters with their codes, as somebody can search for them.

    Examples
    --------
    >>> named("漢")
    '漢 (U+6F22)'
    """
    names = [_named(letter) for letter in letters[:LISTED]]
    if len(letters) > LISTED:
        names.append(say("letters.more", count=len(letters) - LISTED))
    return ", ".join(names)


def _letter(escape: re.Match[str]) -> str:
    code, sign = escape.groups()
    return chr(int(code, 16)) if code else _WRITTEN.get(sign, sign)


def _seen(letters: dict[str, None]) -> str:
    """Return those that somebody would look for: not the joiners within a picture, say."""
    seen = [one for one in letters if not one.isascii() and not _is_joiner(one)]
    return "".join(seen or letters)


def _is_joiner(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


def _named(letter: str) -> str:
    code = f"U+{ord(letter):04X}"
    # Marks, blanks and signs without a shape would not show alone, or change what stands around.
    return code if unicodedata.category(letter)[0] in "CMZ" else f"{letter} ({code})"
