"""Opening a document by its kind, and saying clearly why one cannot be read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ntm_analysis.documents.legacy import legacy_text
from ntm_analysis.documents.model import Document
from ntm_analysis.documents.pdf import LockedError, read_pdf
from ntm_analysis.documents.plain import EncodingError, read_plain
from ntm_analysis.documents.sheets import read_sheets
from ntm_analysis.documents.word import read_word
from ntm_analysis.documents.workbook import read_workbook
from ntm_analysis.language import say
from ntm_analysis.limits import (
    TEXT,
    check_archive,
    check_lines,
    check_size,
    check_streams,
    check_workbook,
)
from ntm_analysis.problems import DataErrors, Problem

_READERS: Final[dict[str, Callable[[Path], Document]]] = {
    ".docx": read_word,
    ".docm": read_word,
    ".pdf": read_pdf,
    ".txt": read_plain,
    ".xlsx": read_workbook,
    ".xls": read_sheets,
    ".ods": read_sheets,
}
SUFFIXES: Final = tuple(_READERS)
_OTHER_WORD: Final = {".doc", ".rtf", ".odt", ".wps", ".dot"}
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def read_document(path: Path, suffixes: tuple[str, ...] = SUFFIXES) -> Document:
    """Return a document in reading order.

    Parameters
    ----------
    path : pathlib.Path
        A Word file (`.docx`), a PDF that holds text, a text in UTF-8 or UTF-16, a workbook.
    suffixes : tuple of str
        The kinds that are wanted.

    Raises
    ------
    DataErrors
        If the file is missing, empty, locked, broken, of another kind, or without text; also where
        its text is in an encoding from before Unicode that its fonts do not tell.

    Examples
    --------
    >>> from pathlib import Path
    >>> document = read_document(Path("bao-cao.docx"))  # doctest: +SKIP
    >>> [block.text for block in document.blocks][:1]  # doctest: +SKIP
    ['ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM']
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise bad_document(path, "missing")
    if suffix in _OTHER_WORD:
        raise bad_document(path, "old_word", value=suffix)
    if suffix not in suffixes:
        raise bad_document(path, "suffix", value=path.suffix or path.name)
    return read_with(path, _READERS[suffix])


def read_with(path: Path, reader: Callable[[Path], Document]) -> Document:
    """Return a document that a reader of its kind reads, or say why it cannot be read.

    Raises
    ------
    DataErrors
    """
    suffix = path.suffix.lower()
    try:
        if not path.stat().st_size:
            raise bad_document(path, "empty")
        if suffix in (".docx", ".docm") and (key := _compound(path)):
            raise bad_document(path, key, value=suffix)
        check_document(path, suffix)
        document = _read(path, reader)
    except OSError as error:
        raise bad_document(path, "unreadable", value=error.strerror) from error
    text = "\n".join(block.text for block in document.blocks)
    check_lines(text, path.as_posix())
    if not text.strip():
        raise bad_document(path, "no_text" if suffix == ".pdf" else "empty")
    if encoding := legacy_text(text):
        raise bad_document(path, "legacy", value=encoding)
    return document


def check_document(path: Path, suffix: str) -> None:
    """Refuse a document with more in it than can be read.

    Raises
    ------
    DataErrors
    """
    file = path.as_posix()
    if suffix == ".txt":
        check_size(path, file, TEXT)
        return
    check_size(path, file)
    if suffix in (".xlsx", ".xls", ".ods"):
        check_workbook(path, file)
    elif suffix == ".pdf":
        check_streams(path.read_bytes(), file)
    elif zipfile.is_zipfile(path):
        check_archive(path.read_bytes(), file)


def _read(path: Path, reader: Callable[[Path], Document]) -> Document:
    try:
        return reader(path)
    except LockedError as error:
        raise bad_document(path, "locked") from error
    except EncodingError as error:
        raise bad_document(path, "encoding", row=error.row) from error
    except (OSError, DataErrors):
        raise
    except Exception as error:  # what zipfile, lxml, pdfminer and calamine raise for broken files
        raise bad_document(path, "broken") from error


def _compound(path: Path) -> str | None:
    """Return what is wrong with a Word file that is not the package its name says."""
    with path.open("rb") as file:
        if file.read(len(_COMPOUND)) != _COMPOUND:
            return None
        file.seek(0)
        return "locked_word" if _ENCRYPTED in file.read() else "old_word"


def bad_document(
    path: Path, key: str, *, value: str | None = None, row: int | None = None
) -> DataErrors:
    """Return the error of a document that cannot be read."""
    problem = say(f"documents.problems.{key}")
    wanted = say(f"documents.problems.{key}_wanted")
    return DataErrors([Problem(path.as_posix(), problem, wanted, value=value, row=row)])
