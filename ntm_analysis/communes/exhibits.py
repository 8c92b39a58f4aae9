"""The files of evidence: what `evidence.csv` names lies in the commune's folder `evidence`."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from ntm_analysis.communes.cells import closest
from ntm_analysis.communes.evidence import Evidence
from ntm_analysis.communes.names import is_reserved
from ntm_analysis.language import say
from ntm_analysis.problems import Collector, Problem

FOLDER: Final = "evidence"
_ROOTED: Final = re.compile(r"^(/|[A-Za-z]:|~)")
_ODD: Final = re.compile(r'[<>:"|?*\x00-\x1f]')
_STARTS: Final[dict[str, tuple[bytes, ...]]] = {
    "pdf": (b"%PDF",),
    "docx": (b"PK",),
    "xlsx": (b"PK",),
    "zip": (b"PK",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "tif": (b"II*\x00", b"MM\x00*"),
    "tiff": (b"II*\x00", b"MM\x00*"),
}
"""How files begin that are what their ending says."""
_HEAD: Final = 1024
"""A PDF may begin with a few other bytes."""


@dataclass(frozen=True)
class Exhibit:
    """One file of evidence.

    Attributes
    ----------
    name : str
        Its path in the folder `evidence`, with `/`.
    path : Path
    size : int
        In bytes.
    """

    name: str
    path: Path
    size: int

    @property
    def kind(self) -> str:
        """Its ending in small letters, without the dot."""
        return self.path.suffix.lower().lstrip(".")

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of its bytes."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def exhibits(
    commune: Path, file: str, evidence: Iterable[Evidence], problems: Collector
) -> dict[str, Exhibit]:
    """Return the files that rows of evidence name, by that name, and note what is wrong with them.

    Parameters
    ----------
    commune : Path
        The commune's folder.
    file : str
        The register's name for the user.
    evidence : iterable of Evidence
        The rows of one year.
    problems : Collector
        Takes, with row and column: names that lead out of the folder, links, names that Windows
        keeps, files that are missing, empty, unreadable, not of their kind, or there twice.
    """
    found: dict[str, Exhibit] = {}
    named = [one for one in evidence if one.file]
    told: set[str] = set()
    for one in named:
        if one.file in found:
            continue
        wrong = _wrong_name(one.file, commune.name)
        result = wrong or _look(commune / FOLDER, one.file)
        if isinstance(result, Exhibit):
            found[one.file] = result
        elif one.file not in told:
            told.add(one.file)
            problems.add(_at(one, file, *result))
    _check_copies(named, found, file, problems)
    return found


def unnamed_files(commune: Path, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the files in the folder `evidence` that no row names."""
    folder = commune / FOLDER
    named = {unicodedata.normalize("NFC", one.file) for one in evidence if one.file}
    return tuple(name for name in _listed(folder) if name not in named)


def _listed(folder: Path) -> list[str]:
    """Return the files below a folder, in NFC; what systems put there by themselves left out."""
    if not folder.is_dir():
        return []
    return sorted(
        unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".", "~$")) and path.name != "Thumbs.db"
    )


def _at(one: Evidence, file: str, problem: str, wanted: str) -> Problem:
    return Problem(file, problem, wanted, row=one.row, column="file", value=one.file)


def _said(key: str, **fields: object) -> tuple[str, str]:
    return say(f"exhibits.{key}", **fields), say(f"exhibits.{key}_wanted", **fields)


def _wrong_name(name: str, commune: str) -> tuple[str, str] | None:
    """Return why a name cannot be that of a file in the folder, and what to write."""
    parts = name.split("/")
    if FOLDER in parts[:-1]:
        # `data/communes/<id>/evidence/…`, or `../../<id>/evidence/…`: whose folder is it?
        place = len(parts) - 2 - parts[:-1][::-1].index(FOLDER)
        owner = parts[place - 1] if place else commune
        if owner not in (commune, "..", "."):
            return _said("other_commune", commune=commune, other=owner, name=parts[-1])
        if place == 0 or owner == commune:
            return _said("folder_twice", name="/".join(parts[place + 1 :]))
    if _ROOTED.match(name):
        return _said("absolute", name=parts[-1], commune=commune)
    if ".." in parts:
        return _said("outside", name=parts[-1], commune=commune)
    for part in parts:
        if not part or part == ".":
            return _said("empty_part")
        if is_reserved(part.split(".")[0].rstrip()):
            return _said("reserved", part=part)
        if _ODD.search(part) or part.endswith((".", " ")):
            return _said("letters", part=part)
    return None


def _look(folder: Path, name: str) -> Exhibit | tuple[str, str]:
    """Return the file of a name, or what is wrong with it."""
    path = folder
    if folder.is_symlink():
        return _said("link", name=FOLDER)
    for part in name.split("/"):
        there = _entry(path, part)
        if there is None:
            known = _listed(folder)
            alike = closest(name, known, "exhibits.missing_wanted")
            return say("exhibits.missing", commune=folder.parent.name), alike
        if there.name != part and unicodedata.normalize("NFC", there.name) != part:
            return _said("case", name=there.name)
        if there.is_symlink():
            return _said("link", name=part)
        path = there
    if not path.is_file():
        return _said("no_file")
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        return _said("unreadable", reason=reason)
    if not size:
        return _said("empty")
    starts = _STARTS.get(path.suffix.lower().lstrip("."))
    if starts and not any(
        start in head if start == b"%PDF" else head.startswith(start) for start in starts
    ):
        return _said("kind", kind=path.suffix.lower().lstrip(".").upper())
    return Exhibit(name, path, size)


def _entry(folder: Path, part: str) -> Path | None:
    """Return the entry of a name, or the one that differs only in capitals, as Windows takes it."""
    try:
        entries = {unicodedata.normalize("NFC", one.name): one for one in folder.iterdir()}
    except OSError:
        return None
    wanted = unicodedata.normalize("NFC", part)
    if wanted in entries:
        return entries[wanted]
    return next(
        (one for name, one in entries.items() if name.casefold() == wanted.casefold()), None
    )


def _check_copies(
    named: Sequence[Evidence], found: dict[str, Exhibit], file: str, problems: Collector
) -> None:
    """Note files with the same content under two names: one document would count as two."""
    sizes: dict[int, list[Exhibit]] = {}
    for exhibit in found.values():
        sizes.setdefault(exhibit.size, []).append(exhibit)
    first: dict[str, str] = {}
    for group in sizes.values():
        for exhibit in group if len(group) > 1 else ():
            try:
                other = first.setdefault(exhibit.sha256, exhibit.name)
            except OSError:
                continue
            if other != exhibit.name:
                one = next(row for row in named if row.file == exhibit.name)
                row = next(row.row for row in named if row.file == other)
                at = _at(one, file, *_said("copy", other=other, row=row))
                problems.add(replace(at, other=row))
