"""Plain text: a line is a paragraph, or a table's row if cells are divided in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ntm_analysis.documents.model import Block, Cell, Document, table_row

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DIVIDED: Final = re.compile(r"\s?\|\s?|\t")
_RULE: Final = re.compile(r"^[\s|:+=-]+$")


class EncodingError(ValueError):
    """Text in another encoding than UTF-8 or UTF-16.

    Attributes
    ----------
    row : int
        The first line that cannot be read.
    """

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def read_plain(path: Path) -> Document:
    """Return the lines of a text in UTF-8 or UTF-16.

    Raises
    ------
    EncodingError
        If it is in another encoding.
    """
    raw = path.read_bytes()
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingError(raw[: error.start].count(b"\n") + 1) from error
    if "\x00" in text:
        raise EncodingError(1)
    return Document(tuple(blocks_of(text.splitlines())))


def blocks_of(lines: list[str]) -> Iterator[Block]:
    """Yield lines as blocks; two lines or more with ` | ` or tabs between cells are a table."""
    tables, row, ruled = 0, 0, False
    for number, line in enumerate(lines, 1):
        divided = _divided(line)
        if not divided:
            ruled = False
            yield Block(line, number)
            continue
        if not ruled:
            tables, row, ruled = tables + 1, 0, True
        if _RULE.match(line):
            yield Block("", number)
            continue
        cells = [Cell(text, column) for column, text in enumerate(divided)]
        yield table_row(cells, number, tables, row)
        row += 1


def _divided(line: str) -> list[str]:
    plain = line.strip(" ")
    if plain.startswith("|") and plain.endswith("|"):
        parts = plain[1:-1].split("|")  # a frame, within which cells may be empty
        return [part.strip() for part in parts] if len(parts) > 1 else []
    if "\t" not in plain and not re.search(r"\s\|\s", line):
        return []
    found = [part.strip() for part in _DIVIDED.split(plain)]
    return found if sum(bool(part) for part in found) > 1 else []
