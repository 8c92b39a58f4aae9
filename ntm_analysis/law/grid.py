"""Tables as grids: every cell of a merged area has its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_analysis.documents import Block, Cell


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a grid.

    Attributes
    ----------
    text : str
        The words of the cell that covers it.
    origin : (int, int)
        That cell's first row and column.
    columns : int
        How many columns it covers.
    """

    text: str
    origin: tuple[int, int]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid.

    Attributes
    ----------
    spots : tuple of Spot
    page, row : int or None
        Where it stands: the page, and the row of the table or sheet (or line of the text), from 1.
    """

    spots: tuple[Spot, ...]
    page: int | None
    row: int | None

    def text(self, column: int) -> str:
        """Return the words at a column."""
        return self.spots[column].text if column < len(self.spots) else ""

    def own(self, column: int) -> bool:
        """Whether the cell at a column begins in this row."""
        spot = self.spots[column]
        return spot.origin[0] == (self.row or 0)


def lines_of(rows: Sequence[Block]) -> list[Line]:
    """Return a table's rows as lines of one width.

    Parameters
    ----------
    rows : sequence of Block
        A table, as `Document.tables` yields it.
    """
    width = max(
        (cell.column + max(1, cell.columns) for row in rows for cell in row.cells), default=0
    )
    lines: list[Line] = []
    above: dict[int, Spot] = {}
    for number, row in enumerate(rows):
        at = (row.row if row.row is not None else number) + 1
        spots = dict(_spread(row.cells, at, above))
        covered = {column for cell in row.cells for column in _columns(cell)}
        for column in range(width):
            if column not in spots:
                # a PDF's table leaves out what a cell from above covers
                held = above.get(column) if column not in covered and row.page else None
                spots[column] = held or Spot("", (at, column))
        line = Line(tuple(spots[column] for column in range(width)), row.page, at)
        lines.append(line)
        above = dict(enumerate(line.spots))
    return lines


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.column + max(1, cell.columns))


def _spread(cells: Sequence[Cell], at: int, above: dict[int, Spot]) -> Iterator[tuple[int, Spot]]:
    for cell in cells:
        spot = Spot(cell.text.strip(), (at, cell.column), max(1, cell.columns))
        if not cell.rows:
            spot = above.get(cell.column, spot)
        for column in _columns(cell):
            yield column, spot
