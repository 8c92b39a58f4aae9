"""How commands print tables."""

from __future__ import annotations

from enum import StrEnum


class TableFormat(StrEnum):
    """How results are printed."""

    table = "table"
    csv = "csv"
    json = "json"


class ResultRow(StrEnum):
    """What a row of results is."""

    indicator = "indicator"
    criterion = "criterion"
