"""The lines of a report in .txt, .docx or .pdf."""

from __future__ import annotations

import codecs
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ntm_analysis.audit.model import Line
from ntm_analysis.audit.text import CELLS
from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_report(path: Path) -> list[Line]:
    """Return the lines of a report.

    Parameters
    ----------
    path : pathlib.Path
        A text in UTF-8 or UTF-16, a Word file (`.docx`; tables are read row by row, in the order
        of the document), or a PDF that holds text.

    Raises
    ------
    DataErrors
        If the file is missing, empty, unreadable, or of another kind.
    """
    if not path.is_file():
        raise _bad(path, "missing")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise _bad(path, "suffix", value=path.suffix or path.name)
    try:
        if not path.stat().st_size:
            raise _bad(path, "empty")
        lines = list(reader(path))
    except OSError as error:
        raise _bad(path, "unreadable", value=error.strerror) from error
    if not any(line.text.strip() for line in lines):
        raise _bad(path, "no_text" if path.suffix.lower() == ".pdf" else "empty")
    return lines


def _bad(path: Path, key: str, value: str | None = None) -> DataErrors:
    problem = say(f"audit.problems.{key}")
    wanted = say(f"audit.problems.{key}_wanted")
    return DataErrors([Problem(path.as_posix(), problem, wanted, value=value)])


def _read_txt(path: Path) -> Iterator[Line]:
    raw = path.read_bytes()
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start].count(b"\n") + 1
        raise _encoding(path, before) from error
    if "\x00" in text:
        raise _encoding(path, 1)
    for number, line in enumerate(text.splitlines(), 1):
        yield Line(line, number)


def _encoding(path: Path, row: int) -> DataErrors:
    problem, wanted = say("audit.problems.encoding"), say("audit.problems.encoding_wanted")
    return DataErrors([Problem(path.as_posix(), problem, wanted, row=row)])


def _read_docx(path: Path) -> Iterator[Line]:
    from docx import Document

    try:
        document = Document(str(path))
    except Exception as error:  # python-docx raises what zipfile and lxml raise
        raise _bad(path, "broken") from error
    for number, text in enumerate(_blocks(document), 1):
        yield Line(text, number)


def _blocks(document: Document) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield from block.text.split("\n")


def _rows(table: Table) -> Iterator[str]:
    """Yield a table row by row; a cell merged downwards counts in its first row only."""
    above: list[_Cell] = []
    for row in table.rows:
        cells: list[_Cell] = []
        for cell in row.cells:
            if not _among(cell, cells):
                cells.append(cell)
        fresh = [cell for cell in cells if not _among(cell, above)]
        above = cells
        texts = [" ".join(cell.text.split()) for cell in fresh]
        yield CELLS.join(text for text in texts if text)
        for cell in fresh:
            for inner in cell.tables:
                yield from _rows(inner)


def _among(cell: _Cell, cells: list[_Cell]) -> bool:
    return any(cell._tc is each._tc for each in cells)


def _read_pdf(path: Path) -> Iterator[Line]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _bad(path, "locked")
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _bad(path, "broken") from error
    for page, text in enumerate(pages, 1):
        for number, line in enumerate(text.splitlines(), 1):
            yield Line(line, number, page)


_READERS: Final[dict[str, Callable[[Path], Iterator[Line]]]] = {
    ".txt": _read_txt,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
}
