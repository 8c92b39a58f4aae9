"""A document's tables of requirements, each with its columns and rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm_analysis.documents import Document
from ntm_analysis.law.columns import Columns, columns_of
from ntm_analysis.law.grid import lines_of
from ntm_analysis.law.lines import text_rows
from ntm_analysis.law.names import Names
from ntm_analysis.law.rows import AnnexRow, Context, rows_of


@dataclass(frozen=True, slots=True)
class Table:
    """A table of requirements.

    Attributes
    ----------
    columns : Columns or None
        None for rows read from lines of text.
    rows : tuple of AnnexRow
    """

    columns: Columns | None
    rows: tuple[AnnexRow, ...]


def tables_of(document: Document, names: Names) -> list[Table]:
    """Return the tables of requirements in a document; where there are none, its lines as one.

    Parameters
    ----------
    document : Document
    names : Names
        Of the criteria set.
    """
    found = list(_tables(document, names))
    if not any(table.rows for table in found):
        rows = tuple(text_rows(document, names))
        return [Table(None, rows)] if rows else []
    return found


def _tables(document: Document, names: Names) -> Iterator[Table]:
    context, before = Context(), None
    for blocks in document.tables():
        lines = lines_of(blocks)
        columns = columns_of(lines, names, before)
        if columns is None:
            continue
        rows = rows_of(lines, columns, names, context)
        before = columns
        yield Table(columns, tuple(rows))
