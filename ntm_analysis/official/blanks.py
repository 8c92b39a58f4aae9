"""Fields that only an office can fill in: marked in the text, shown as such, and listed."""

from __future__ import annotations

import re
import secrets
from typing import Final

from ntm_analysis.language import Lang, translate

_OPEN, _CLOSE = "\ue000", "\ue001"
# Nobody who writes data knows the word that marks a field in this process.
_WORD: Final = secrets.token_hex(8)
MARK: Final = re.compile(f"{_OPEN}{_WORD}:([a-z_]+):([^{_OPEN}{_CLOSE}]*){_CLOSE}")
"""A field within a text: its key, and what is shown in its place."""


def blank(key: str, lang: Lang) -> str:
    """Return the mark of a field that is to be filled in."""
    return f"{_OPEN}{_WORD}:{key}:{translate(f'official.shown_{key}', lang)}{_CLOSE}"


def has_blank(text: str) -> bool:
    """Return whether a text has a field that is to be filled in."""
    return MARK.search(text) is not None


def name_of(key: str, lang: Lang) -> str:
    """Return what a field is called in the list of what is to be filled in."""
    return translate(f"official.blank_{key}", lang)
