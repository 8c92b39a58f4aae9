"""A report prepared for the checks: its paragraphs with the shares found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from ntm_analysis.audit.model import Line
from ntm_analysis.audit.shares import Share, shares
from ntm_analysis.audit.text import Paragraph, paragraphs


class Report:
    """A report's text.

    Parameters
    ----------
    lines : iterable of Line
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        given = list(lines)
        self.paragraphs: list[Paragraph] = paragraphs(given)
        self._raw = {(line.page, line.number, line.table, line.row): line for line in given}

    def raw(self, line: Line) -> Line:
        """Return a paragraph's line as the file has it, with its spaces."""
        return self._raw.get((line.page, line.number, line.table, line.row), line)

    @cached_property
    def shares(self) -> list[list[Share]]:
        """The shares of each paragraph."""
        return [shares(paragraph.bare) for paragraph in self.paragraphs]

    def numbered(self) -> Iterator[tuple[int, Paragraph]]:
        """Yield the paragraphs with their places."""
        yield from enumerate(self.paragraphs)

    def is_share(self, paragraph: int, start: int, end: int) -> bool:
        """Whether that part of a paragraph belongs to a share."""
        return any(share.start < end and start < share.end for share in self.shares[paragraph])
