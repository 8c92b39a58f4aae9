"""A report's lines as paragraphs, with every place known."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ntm_analysis.audit.figures import VULGAR
from ntm_analysis.audit.masking import THIN, mask
from ntm_analysis.audit.model import Line
from ntm_analysis.audit.words import UNIT

SENTENCE_END: Final = r"[;!?](?=\s|$)|[.…](?=\s|$)|\.(?=[A-ZĐÀ-Ỵ][^\W\d_])"
_END = re.compile(SENTENCE_END)
_MARKS = re.compile(r"\[bookmark:[^\]]*\]")
_SPACES = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u3000 ]+")
# three digits after a space belong to the number where what follows counts something
_SPACED = re.compile(
    rf"(?<![\w.,/])(?<!thôn )(?<!xóm )(?<!khu )(?<!tổ )(?<!bản )(?<!ấp )(?<!số )(?<!năm )(?<!đội )"
    rf"\d{{1,3}}(?: \d{{3}})+(?=\s?/\s?\d|\s?(?:{UNIT}|nghìn|triệu|tỷ|đồng)(?!\w)|\s*$)"
    rf"|(?<=/)\d{{1,3}}(?: \d{{3}})+(?![\d.,])",
    re.I,
)
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))
_SIGNS = str.maketrans({"％": "%", "∕": "/", "⁄": "/", "−": "-", "⩾": "≥", "⩽": "≤"})
_ITEM = re.compile(
    r"^(?:[-–+*•·●○▪]|[a-zđ0-9]{1,3}[.)](?!\d)|\(?[ivx]+[.)]|\d+(?:\.\d+)+\.?\s+[A-ZĐ])"
)
_GOES_ON = re.compile(rf"^(?:[a-zà-ỹđ(%={VULGAR}]|\d)")
_EXPRESSION = re.compile(r"^[\d\s().,+\-–x×*/:%=]+$")
_LONG: Final = 45
_FULL: Final = 0.8
_NARROW: Final = 0.7
_AROUND: Final = 70


def clean(text: str) -> str:
    """Return a line in NFC with plain spaces and signs.

    A space that divides thousands (`2 692 hộ`) becomes `THIN`, which is part of a number.
    """
    plain = unicodedata.normalize("NFC", text).translate(_NOTHING).translate(_SIGNS)
    plain = _SPACES.sub(" ", _MARKS.sub("", plain)).strip()
    return _SPACED.sub(lambda match: match[0].replace(" ", THIN), plain)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: one line, or several that were only wrapped.

    Attributes
    ----------
    text : str
    bare : str
        The same with dates, numbers of documents and the like hidden; places are the same.
    lines : tuple of Line
    starts : tuple of int
        Where each line begins in `text`.
    """

    text: str
    bare: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    def line_at(self, offset: int) -> Line:
        """Return the line that holds the letter at `offset`."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return where the sentence around `offset` begins and ends."""
        start = 0
        for match in _END.finditer(self.bare):
            if match.end() > offset:
                return start, match.start()
            start = match.end()
        return start, len(self.text)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield where each sentence begins and ends."""
        start = 0
        for match in _END.finditer(self.bare):
            if match.end() > start:
                yield start, match.start()
            start = match.end()
        if start < len(self.text):
            yield start, len(self.text)

    def quote(self, start: int, end: int) -> str:
        """Return the words around a place, within its sentence."""
        first, last = self.sentence(start)[0], self.sentence(max(start, end - 1))[1]
        left, right = max(first, start - _AROUND), min(max(last, end), end + _AROUND)
        before, after = "…" if left > first else "", "…" if right < last else ""
        if before:
            left = self.text.find(" ", left, start) + 1 or left
        if after:
            right = max(self.text.rfind(" ", end, right), end)
        return f"{before}{self.text[left:right].strip()}{after}"


def paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """Join wrapped lines and hide what is no number."""
    groups: list[list[Line]] = []
    lines = list(lines)
    widths: dict[int | None, int] = {}
    for line in lines:
        widths[line.page] = max(widths.get(line.page, 0), len(line.text))
    full = False
    for line in lines:
        # in a narrow column of a PDF a line is long that nearly fills it
        narrow = _NARROW * widths[line.page] if line.page is not None else _LONG
        long = min(_LONG, narrow)
        text = clean(line.text)
        here = replace(line, text=text)
        if not text:
            groups.append([])
        elif groups and groups[-1] and _one(groups[-1][-1], here, full=full, long=long):
            groups[-1].append(here)
        else:
            groups.append([here])
        # a full line of a PDF goes on in the next, whatever that begins with
        full = line.page is not None and len(line.text) >= _FULL * widths[line.page]
    return [_paragraph(group) for group in groups if group]


def _one(before: Line, after: Line, *, full: bool, long: float) -> bool:
    """Whether two lines are one paragraph."""
    if before.cells or after.cells:
        return False
    if after.goes_on and before.number == after.number:
        return before.text[-1] not in ".;:!?" and not _ITEM.match(after.text)
    return _wrapped(before.text, after.text, full=full, long=long)


def _wrapped(before: str, after: str, *, full: bool, long: float) -> bool:
    if len(before) < long or before[-1] in ".;:!?" or "|" in before or "|" in after:
        return False
    if (
        _ITEM.match(after)
        or _EXPRESSION.match(before)
        or (_EXPRESSION.match(after) and "=" in after)
    ):
        return False
    return full or bool(_GOES_ON.match(after)) or before[-1] in ",(–-/="


def _paragraph(group: Sequence[Line]) -> Paragraph:
    starts, parts, at = [], [], 0
    for line in group:
        starts.append(at)
        parts.append(line.text)
        at += len(line.text) + 1
    text = " ".join(parts)
    return Paragraph(text, mask(text), tuple(group), tuple(starts))
