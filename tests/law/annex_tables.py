"""Two made-up annexes as tables: code, name, what is printed, and what a person reads in it.

The first is worded as the nation's decision words it, the second as an office might; their values
are made up. Where a person would leave it to another, it says `person`.
"""

from __future__ import annotations

import csv
from pathlib import Path

Row = tuple[str, str, str, dict[str, str]]


def rows(name: str) -> list[Row]:
    """Return a table's rows; a criterion's has a name alone."""
    path = Path(__file__).with_name(f"annex_{name}.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["code"], row["name"], row["printed"], _limbs(row["requires"] or ""))
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def _limbs(text: str) -> dict[str, str]:
    return {key: asked for key, _, asked in (one.partition(" ") for one in text.split("; ") if one)}
