"""Tables as text that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any, Final

import pyarrow as pa

from ntm_analysis.dataset.schema import Table

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula in a spreadsheet, with the wide forms of East Asian keyboards."""


def safe(text: str) -> str:
    """Return text with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


_WRITERS: dict[str, Callable[[Any], str]] = {
    "string": safe,
    "integer": str,
    "number": _number,
    "boolean": lambda value: "true" if value else "false",
    "date": lambda value: value.isoformat(),
}


def to_csv(table: Table, data: pa.Table) -> bytes:
    """Return a table as UTF-8 CSV: a full stop in numbers, ISO dates, nothing where missing."""
    columns = []
    for field in table.fields:
        write = _WRITERS[field.type]
        cells = data.column(field.name).to_pylist()
        columns.append(["" if cell is None else write(cell) for cell in cells])
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(zip(*columns, strict=True))
    return stream.getvalue().encode()
