"""How far the sheets of an .xls workbook reach, by its records alone."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Final

import xlrd

_BOUNDSHEET: Final = 0x0085
_BOF: Final = 0x0809
_EOF: Final = 0x000A
_MULRK: Final = 0x00BD
_FILLED: Final = frozenset(
    {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD, _MULRK}  # not those of blank cells
)


def xls_spread(data: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield each sheet of an .xls file with its last row and column in which something stands.

    What is no such file, or a broken one, has no sheets here: that is for its reader to say.
    """
    try:
        document = xlrd.compdoc.CompDoc(data, logfile=io.StringIO())
        stream = document.get_named_stream("Workbook") or document.get_named_stream("Book") or b""
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, LookupError, struct.error):
        return
    for code, place, size in _records(stream, 0):
        if code == _BOUNDSHEET and size > 8:
            start = int.from_bytes(stream[place : place + 4], "little")
            yield _name(stream[place + 6 : place + size]), *_reach(stream, start)


def _name(body: bytes) -> str:
    wide = body[1] & 1
    text = body[2 : 2 + body[0] * (1 + wide)]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")


def _reach(stream: bytes, start: int) -> tuple[int, int]:
    rows = columns = depth = 0
    for code, place, size in _records(stream, start):
        depth += (code == _BOF) - (code == _EOF)
        if depth <= 0:
            break
        if code in _FILLED and size >= 6:
            row, column = struct.unpack_from("<HH", stream, place)
            if code == _MULRK:
                (column,) = struct.unpack_from("<H", stream, place + size - 2)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows, columns


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Yield code, place and size of the records from a place on."""
    while place + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, place)
        if place + 4 + size > len(stream):
            return
        yield code, place + 4, size
        place += 4 + size
