"""Where a cell stands, as a person looking at the workbook names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: sheet, row from 1, and the letters of its column.

    Attributes
    ----------
    sheet : str
    row : int
    column : str
    label : str
        What its row is called in the workbook; empty where it has no name.
    """

    sheet: str
    row: int
    column: str
    label: str = ""

    def __str__(self) -> str:
        cell = f"{self.column}{self.row}"
        return f"{self.sheet}!{cell}" if self.sheet else cell
