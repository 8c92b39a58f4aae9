"""The limits, and the sizes of files and lines."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem

VARIABLE: Final = "NTM_LIMIT"
MIB: Final = 2**20
FILE: Final = 64 * MIB
"""Bytes of a workbook, Word file or PDF as it lies on the disk."""
TEXT: Final = 16 * MIB
"""Bytes of a CSV or text file."""
YAML_TEXT: Final = 4 * MIB
"""Bytes of a YAML file."""
YAML_NODES: Final = 100_000
"""Values and keys in a YAML file."""
LINE: Final = 200_000
"""Characters of one line or paragraph."""
CELLS: Final = 4_000_000
"""Cells of a workbook: of each sheet from A1 to its last row and column."""
UNPACKED: Final = 256 * MIB
"""Bytes of all that a workbook or Word file holds, pictures too."""
MARKUP: Final = 48 * MIB
"""Bytes of its text, markup included."""
PARTS: Final = 10_000
"""Files within it."""
DEPTH: Final = 256
"""Elements within one another in a workbook of LibreOffice's."""
STREAM: Final = 8 * MIB
"""Bytes of a page's content in a PDF."""
STREAMS: Final = 256 * MIB
"""Bytes of all that a PDF holds, pictures too."""


def limit(standard: int) -> int:
    """Return a limit, times what `NTM_LIMIT` says."""
    try:
        factor = float(os.environ.get(VARIABLE, "1"))
    except ValueError:
        factor = 1.0
    return int(standard * factor) if 0 < factor < 1e9 else standard


def beyond(
    file: str,
    what: str,
    found: object,
    most: object,
    *,
    sheet: str | None = None,
    row: int | None = None,
) -> DataErrors:
    """Return the error of a file with too much in it; `what` is a message of `limits`."""
    problem = say(f"limits.{what}", found=found, most=most)
    wanted = say("limits.extent_wanted" if what == "extent" else "limits.wanted")
    return DataErrors([Problem(file, problem, wanted, sheet=sheet, row=row)])


def check_size(path: Path, file: str, most: int = FILE) -> None:
    """Refuse a file that is too large to be read.

    Raises
    ------
    DataErrors
    OSError
        If it is not there.
    """
    size, most = path.stat().st_size, limit(most)
    if size > most:
        raise beyond(file, "size", f"{size / MIB:.0f}", f"{most / MIB:.0f}")


def check_lines(text: str, file: str) -> None:
    """Refuse a text with a line that is too long for any person to have written it.

    Raises
    ------
    DataErrors
    """
    most = limit(LINE)
    if len(text) <= most:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > most:
            raise beyond(file, "line", len(line), most, row=number)
