"""What a document is made of once it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final, Literal

Part = Literal["body", "text_box", "footnote", "endnote", "comment", "margin"]
CELLS: Final = " | "
"""What stands between the cells of a row in its text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    text : str
        Its paragraphs, divided by line ends.
    column : int
        Its first column in the table's grid, from 0.
    columns : int
        How many columns it spans.
    rows : int
        How many rows it spans; 0 where it only continues a cell that began above.
    """

    text: str
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table's row.

    Attributes
    ----------
    text : str
        Its words; forced line breaks are kept as line ends. A row's cells are divided by ` | `,
        without empty ones and without those that only continue from above.
    number : int
        Its number, from 1: in the document, in a text file the line, in a PDF the line of the page.
    page : int or None
        The page, from 1; None where the file has no pages of its own.
    part : {"body", "text_box", "footnote", "endnote", "comment", "margin"}
        Where it belongs; `margin` is a page's number or running head.
    level : int or None
        The level of a heading, from 1.
    label : str
        The number or bullet that the word processor puts before it: `2.1.`, `a)`, `-`.
    bold : bool
        Whether all of it is bold.
    table : int or None
        The table's number in the document, from 1; a table that goes on over pages keeps it.
    row : int or None
        The row's number in its table, from 0.
    cells : tuple of Cell
        The row's cells from left to right, all of the grid.
    """

    text: str
    number: int
    page: int | None = None
    part: Part = "body"
    level: int | None = None
    label: str = ""
    bold: bool = False
    table: int | None = None
    row: int | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def words(self) -> str:
        """Its label and text."""
        return f"{self.label} {self.text}" if self.label else self.text


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader should know of how the document was read.

    Attributes
    ----------
    key : str
        Of the message `documents.remarks.<key>`.
    count : int
    detail : str
    """

    key: str
    count: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document in reading order.

    Attributes
    ----------
    blocks : tuple of Block
    remarks : tuple of Remark
    """

    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = field(default=())

    def tables(self) -> Iterator[tuple[Block, ...]]:
        """Yield the tables, each as its rows."""
        rows = sorted(
            (each for each in self.blocks if each.table), key=lambda each: each.table or 0
        )
        for _, group in groupby(rows, key=lambda each: each.table):
            yield tuple(group)


def table_row(
    cells: list[Cell], number: int, table: int, row: int, page: int | None = None
) -> Block:
    """Return a table's row as a block."""
    shown = [" ".join(cell.text.split()) for cell in cells if cell.rows]
    text = CELLS.join(each for each in shown if each)
    return Block(text, number, page, table=table, row=row, cells=tuple(cells))


def renumbered(blocks: Iterator[Block]) -> Iterator[Block]:
    """Give blocks their numbers, from 1 in their order."""
    for number, block in enumerate(blocks, 1):
        yield replace(block, number=number)
