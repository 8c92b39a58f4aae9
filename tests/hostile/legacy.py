"""A workbook of Excel 97's with the given texts, written record by record."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begun(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _sheet(texts: Sequence[str]) -> bytes:
    cells = b"".join(
        _record(
            0x0204,
            struct.pack("<HHHHB", row, 0, 0, len(text.encode("utf-16-le")) // 2, 1)
            + text.encode("utf-16-le"),
        )
        for row, text in enumerate(texts)
    )
    size = _record(0x0200, struct.pack("<IIHHH", 0, len(texts), 0, 1, 0))
    return _begun(0x0010) + size + cells + _record(0x000A, b"")


def _globals(name: str, place: int) -> bytes:
    named = struct.pack("<IHBB", place, 0, len(name), 1) + name.encode("utf-16-le")
    return _begun(0x0005) + _record(0x0085, named) + _record(0x000A, b"")


def xls(texts: Sequence[str], name: str = "Số liệu") -> bytes:
    """Return a workbook of one sheet with a text a row."""
    head = len(_globals(name, 0))
    stream = _globals(name, head) + _sheet(texts)
    stream = stream.ljust(max(len(stream), 4096), b"\0")
    return _container(stream)


def _container(stream: bytes) -> bytes:
    """Return a compound file (MS-CFB) with one stream, `Workbook`."""
    count = -(-len(stream) // _SECTOR)
    fats = 1
    while fats + 1 + count > fats * 128:
        fats += 1
    chain = [*range(fats + 2, fats + 1 + count), _END]
    table = [_FAT] * fats + [_END] + chain
    table += [_FREE] * (fats * 128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, fats + 1, stream)
    entries += b"".join(_entry("", 0, _FREE, 0, 0) for _ in range(2))
    body = struct.pack(f"<{len(table)}I", *table) + entries
    return header + body + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, content: bytes | int) -> bytes:
    size = content if isinstance(content, int) else len(content)
    written = f"{name}\0".encode("utf-16-le") if name else b""
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
