"""A document's blocks as the lines that an audit works on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ntm_analysis.audit.model import Line
from ntm_analysis.documents import Block, Document, read_document

KINDS: Final = (".docx", ".docm", ".pdf", ".txt")


def read_report(path: Path) -> list[Line]:
    """Return the lines of a report.

    Parameters
    ----------
    path : pathlib.Path
        A text in UTF-8 or UTF-16, a Word file (`.docx`; tables are read row by row, in the order
        of the document), or a PDF that holds text.

    Raises
    ------
    DataErrors
        If the file is missing, empty, unreadable, or of another kind.
    """
    return list(lines_of(read_document(path, KINDS).blocks))


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield blocks as lines; each forced break begins a line that goes on from the one before."""
    for block in blocks:
        if block.part == "margin":
            continue
        if block.cells:
            yield Line(block.text, block.number, block.page, block.table, block.row, block.cells)
            continue
        for index, text in enumerate(block.words.split("\n")):
            yield Line(text, block.number, block.page, goes_on=index > 0)


def remarks_of(document: Document) -> list[str]:
    """Return what a reader should know of how the document was read, in the user's language."""
    from ntm_analysis.language import say

    return [
        say(f"documents.remarks.{each.key}", count=each.count, detail=each.detail)
        for each in document.remarks
    ]
