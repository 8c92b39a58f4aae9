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
        self.paragraphs: list[Paragraph] = paragraphs(lines)

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
