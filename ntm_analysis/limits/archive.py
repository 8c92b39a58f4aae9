"""Packages (xlsx, docx, ods) before they are unpacked: how much is in them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from ntm_analysis.language import say
from ntm_analysis.limits.size import MARKUP, MIB, PARTS, UNPACKED, beyond, limit
from ntm_analysis.problems import DataErrors, Problem

_STEP: Final = MIB
_HEADER: Final = 30
_TEXT: Final = (".xml", ".rels", ".vml")
_DECLARATIONS: Final = tuple(
    text.encode(code) for text in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le")
)


def check_archive(data: bytes, file: str) -> None:
    """Refuse a package that holds more than can be read, or markup with declarations.

    What it says of its own sizes is not believed: every part is unpacked, and none is kept.

    Raises
    ------
    DataErrors
        If it is too large, or is no package at all.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_claims(parts, file)
            sizes = [
                (one.filename.lower(), size) for one in parts for size in [_size(data, one, file)]
            ]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError):
        raise DataErrors(
            [Problem(file, say("limits.archive"), say("limits.archive_wanted"))]
        ) from None
    _check_totals(sizes, file)


def _check_claims(parts: list[zipfile.ZipInfo], file: str) -> None:
    if len(parts) > limit(PARTS):
        raise beyond(file, "parts", len(parts), limit(PARTS))
    _check_totals([(one.filename.lower(), one.file_size) for one in parts], file)


def _check_totals(sizes: list[tuple[str, int]], file: str) -> None:
    markup = sum(size for name, size in sizes if name.endswith(_TEXT))
    for found, most in ((markup, MARKUP), (sum(size for _, size in sizes), UNPACKED)):
        if found > limit(most):
            raise beyond(file, "unpacked", f"{found / MIB:.0f}", f"{limit(most) / MIB:.0f}")


def _size(data: bytes, part: zipfile.ZipInfo, file: str) -> int:
    """Return how large a part truly is."""
    text = part.filename.lower().endswith(_TEXT)
    most = limit(MARKUP if text else UNPACKED)
    size, tail = 0, b""
    for piece in _pieces(data, part):
        size += len(piece)
        if size > most:
            raise beyond(file, "unpacked", f"{size / MIB:.0f}", f"{most / MIB:.0f}")
        if text:
            joined = tail + piece
            if any(one in joined for one in _DECLARATIONS):
                problem = say("limits.declaration", part=part.filename)
                raise DataErrors([Problem(file, problem, say("limits.archive_wanted"))])
            tail = joined[-20:]
    return size


def _pieces(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    start = part.header_offset
    header = data[start : start + _HEADER]
    if header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    lengths = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    start += _HEADER + sum(lengths)
    packed = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    yield from inflated(io.BytesIO(packed), -15)


def inflated(stream: BinaryIO, window: int = 15) -> Iterator[bytes]:
    """Yield what a stream holds, unpacked, piece by piece."""
    inflate = zlib.decompressobj(window)
    rest = stream.read(_STEP)
    while rest and not inflate.eof:
        yield inflate.decompress(rest, _STEP)
        rest = inflate.unconsumed_tail or stream.read(_STEP)
