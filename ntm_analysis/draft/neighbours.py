"""The words of an amount's own clause, and those of the like amount that follows it."""

from __future__ import annotations

import re
from typing import Final

from ntm_analysis.audit.words import UNIT
from ntm_analysis.draft.passages import Passage
from ntm_analysis.draft.quantities import Quantity
from ntm_analysis.draft.topics import words_of

_PAUSE: Final = re.compile(r"[;:(]|,(?=\s)|\.(?=\s)")
_NEXT: Final = re.compile(
    rf"[^;.\d]{{0,12}}[,;(]?\s*(?P<words>[^;.\d]{{0,60}}\d[\d.,]*\s*{UNIT}[^,;.()\d]{{0,50}})", re.I
)


def beside(passage: Passage, one: Quantity) -> tuple[set[str], set[str]]:
    """Return the words of an amount's own clause, and of the like amount that follows it."""
    if passage.role != "prose" or one.kind != "amount":
        return set(), set()
    bare = passage.bare
    first, end = passage.report.paragraphs[passage.place].sentence(one.start)
    parts = _PAUSE.split(bare[max(first, passage.start) : one.start])
    rest = bare[one.end : end]
    next_ = _NEXT.match(rest)
    own = {
        *words_of(parts[-1]),
        *words_of(re.split(r"\d", _PAUSE.split(rest)[0])[0]),
        *words_of(one.inner),
    }
    return own, set(words_of(next_["words"])) if next_ else set()
