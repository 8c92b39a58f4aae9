"""Reading a report: plain text, Word documents, PDF."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ntm_analysis.audit.passages import Passage, joined_lines, passage, passages
from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem

SUFFIXES = (".txt", ".docx", ".pdf")


def read_report(path: Path) -> list[Passage]:
    """Return the passages of a report.

    Parameters
    ----------
    path : Path
        A `.txt`, `.docx` or `.pdf` file.

    Raises
    ------
    DataErrors
        If it is missing, of another kind, broken, or holds no text (a scan).
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise _error(path, "audit.suffix", kinds=", ".join(SUFFIXES))
    if not path.is_file():
        raise _error(path, "file.folder" if path.is_dir() else "file.missing")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _error(path, "file.denied") from error
    found = {".txt": _text, ".docx": _docx, ".pdf": _pdf}[suffix](path, data)
    if not any(one.text.strip() for one in found):
        raise _error(path, "audit.empty")
    return found


def _error(path: Path, key: str, **fields: object) -> DataErrors:
    wanted = {"file.folder": "file.missing_wanted"}.get(key, f"{key}_wanted")
    return DataErrors([Problem(path.name, say(key, **fields), say(wanted, **fields))])


def _text(path: Path, data: bytes) -> list[Passage]:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",)
    for encoding in encodings:
        try:
            return passages(data.decode(encoding).splitlines())
        except UnicodeDecodeError:
            continue
    raise _error(path, "file.encoding")


def _docx(path: Path, data: bytes) -> list[Passage]:
    import io

    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(io.BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise _error(path, "audit.broken") from error
    return [passage(text, number) for number, text in enumerate(_blocks(document), start=1)]


def _blocks(document: Any) -> Iterator[str]:
    """Yield paragraphs and rows of tables in the order of the document."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _rows(block)
        else:
            yield from block.text.split("\n")


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            text = " ".join(cell.text.split())
            if text and (not cells or cells[-1] != text):  # a merged cell comes once a column
                cells.append(text)
        yield " | ".join(cells)


def _pdf(path: Path, data: bytes) -> list[Passage]:
    import io
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    found: list[Passage] = []
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _error(path, "audit.locked")
        for number, page in enumerate(reader.pages, start=1):
            found += joined_lines(page.extract_text().splitlines(), number)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _error(path, "audit.broken") from error
    return found
