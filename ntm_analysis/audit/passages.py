"""A report's text as passages: pieces that are checked one by one, with where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ntm_analysis.audit.masking import mask

_MARK = re.compile(r"\[bookmark:[^\]]*\]")
_STOP = re.compile(r"([.;!?])\s+|\n")


@dataclass(frozen=True)
class Passage:
    """A paragraph of a report.

    Attributes
    ----------
    text : str
        In NFC, without the marks that converters leave.
    line : int or None
        The line of a text file or the paragraph of a document, from 1.
    page : int or None
        The page of a PDF, from 1.
    """

    text: str
    line: int | None = None
    page: int | None = None

    @cached_property
    def masked(self) -> str:
        """The text with dates, numbers of documents and the like blotted out, of equal length."""
        return mask(self.text)

    def quote(self, start: int, end: int, around: int = 45) -> str:
        """Return the text from `start` to `end` with a few words around it, on one line."""
        left, right = max(0, start - around), min(len(self.text), end + around // 2)
        while left > 0 and not self.text[left - 1].isspace():
            left -= 1
        while right < len(self.text) and not self.text[right].isspace():
            right += 1
        return " ".join(self.text[left:right].split())

    def sentences(self) -> list[tuple[int, int]]:
        """Return where the sentences begin and end."""
        bounds, start = [], 0
        for match in _STOP.finditer(self.text):
            after = self.text[match.end() : match.end() + 1]
            if match[1] in (None, ";") or not after.islower():
                bounds.append((start, match.start()))
                start = match.end()
        bounds.append((start, len(self.text)))
        return [(a, b) for a, b in bounds if self.text[a:b].strip()]


def passage(text: str, line: int | None = None, page: int | None = None) -> Passage:
    """Return a passage with its text made even: NFC, plain spaces, no converter's marks."""
    even = unicodedata.normalize("NFC", _MARK.sub("", text))
    even = even.translate({0xA0: " ", 0x202F: " ", 0x2007: " ", 0xAD: None, 0x200B: None})
    return Passage(even.replace("\t", " ").rstrip(), line, page)


def passages(lines: Iterable[str]) -> list[Passage]:
    """Return the passages of a text, one a line."""
    return [passage(line, number) for number, line in enumerate(lines, start=1)]


def joined_lines(lines: Sequence[str], page: int) -> list[Passage]:
    """Return the passages of a printed page, whose lines break within sentences."""
    found: list[Passage] = []
    block: list[str] = []

    def close() -> None:
        if block:
            # A number of a document may break after its hyphen or slash.
            text = re.sub(r"(?<=\w[-/]) (?=\w)", "", " ".join(block))
            found.append(passage(text, page=page))
            block.clear()

    for line in lines:
        bare = line.strip()
        if not bare:
            close()
            continue
        if block and (_begins(bare) or _ended(block[-1])):
            close()
        block.append(bare)
    close()
    return found


_BULLET = re.compile(r"^(?:[-+•*–▪]\s|\d+(?:\.\d+)*[.)]\s|[a-zđ][.)]\s|(?:Tiêu chí|Bảng|Hình) )")
_ARITHMETIC = re.compile(r"^[\d\s().,+\-x×*:/÷=%]+$")


def _begins(line: str) -> bool:
    return bool(_BULLET.match(line)) or bool(_ARITHMETIC.match(line))


def _ended(line: str) -> bool:
    return line.rstrip().endswith((".", ";", ":", "!", "?")) or bool(_ARITHMETIC.match(line))
