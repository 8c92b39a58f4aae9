"""PDFs before they are read: how much their streams hold, unpacked."""

from __future__ import annotations

import io
import re
import zlib
from typing import Final

from ntm_analysis.limits.archive import inflated
from ntm_analysis.limits.size import MIB, STREAM, STREAMS, beyond, limit

_STREAM: Final = re.compile(rb"\bstream\r?\n")
_PICTURE_OR_FONT: Final = re.compile(rb"/Subtype\s*/Image|/Length1\b|/FontFile|/Type0C|/OpenType")
_TWICE: Final = re.compile(rb"/Filter\s*\[[^\]]*?(?:Fl|LZW)[^\]]*?(?:Fl|LZW|RunLength|/RL)[^\]]*\]")
_BEFORE: Final = 2000


def check_streams(data: bytes, file: str) -> None:
    """Refuse a PDF that holds more, unpacked, than can be read.

    Raises
    ------
    DataErrors
    """
    if _TWICE.search(data):
        raise beyond(file, "packed_twice", 2, 1)
    total = 0
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _BEFORE) : match.start()]
        own = before[before.rfind(b"obj") + 1 :]
        most = limit(STREAMS if _PICTURE_OR_FONT.search(own) else STREAM)
        total += _unpacked(data, match.end(), most, file)
        if total > limit(STREAMS):
            raise beyond(file, "unpacked", f"{total / MIB:.0f}", f"{limit(STREAMS) / MIB:.0f}")


def _unpacked(data: bytes, start: int, most: int, file: str) -> int:
    if data[start : start + 1] not in (b"\x78", b"\x48", b"\x58", b"\x68"):
        return 0
    size = 0
    stream = io.BytesIO(data)
    stream.seek(start)
    try:
        for piece in inflated(stream):
            size += len(piece)
            if size > most:
                raise beyond(file, "unpacked", f"{size / MIB:.0f}", f"{most / MIB:.0f}")
    except zlib.error:
        pass  # no packed stream, or a broken one: for the reader to say
    return size
