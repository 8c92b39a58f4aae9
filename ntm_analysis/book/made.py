"""What of the site is ours: files made here may go when they are stale, a user's own stay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntm_analysis.batch.atomic import write_text

RECORD = "site/made.json"
"""Lies in the site itself, to go where that goes."""
SEALS = "volumes"
"""Below `reports`: a folder for each book of a shelf."""
PRINTED = (".pdf", ".docx")
FOLDERS = ("book", "reports", "site", "site_libs")
"""Whatever lies in these was made here, by either renderer."""
PICTURES = "ntm-media"
"""So, too, here, at any depth: books of a shelf have it."""
ENDINGS = (".html", ".text.js")
INDEXES = ("search-index.js", "search.json")


@dataclass(frozen=True, slots=True)
class Made:
    """What was made for a site.

    Attributes
    ----------
    files : frozenset of str
        By their paths in the site.
    printed : mapping of str to str
        For each printed form of the book, the hash of the manuscript that it shows.
    """

    files: frozenset[str] = frozenset()
    printed: Mapping[str, str] = field(default_factory=dict)


def read_made(project: Path, site: Path, name: str) -> Made:
    """Return what was made so far: of the one book or the index, and of all books of a shelf.

    Where that was not recorded, files count as made here that look like it.

    Parameters
    ----------
    project : Path
    site : Path
    name : str
        Of the printed forms, without suffix.
    """
    own = read_record(site / RECORD)
    files = own["files"] if "files" in own else recognised(site, name)
    return Made(frozenset(files) | recorded_of_books(project), own.get("printed", {}))


def recorded_of_books(project: Path) -> frozenset[str]:
    """Return the files of all books of a shelf that are recorded, by their paths in the site."""
    seals = (project / "reports" / SEALS).rglob("seal.json")
    return frozenset(name for seal in seals for name in read_record(seal).get("made", {}))


def recognised(folder: Path, name: str) -> set[str]:
    """Return the files of a site, or of a book in it, that look as if they were made here.

    Parameters
    ----------
    folder : Path
    name : str
        Of the book's printed forms, without suffix.
    """
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and _looks_made(path.relative_to(folder), name)
    } - {RECORD}


def _looks_made(place: Path, name: str) -> bool:
    folders = place.parts[:-1]
    if any(part.startswith(".") for part in place.parts):  # such as `.git`
        return False
    return (
        place.name.endswith(ENDINGS)
        or place.name in INDEXES
        or place.name in ["-".join((name, *folders)) + suffix for suffix in PRINTED]
        or folders[:1] in [(folder,) for folder in FOLDERS]
        or PICTURES in folders
    )


def write_made(site: Path, files: Iterable[str], printed: Mapping[str, str]) -> None:
    """Record in a site what the one book or the index consists of."""
    data = {"files": sorted(set(files) - {RECORD}), "printed": dict(sorted(printed.items()))}
    write_text(site / RECORD, json.dumps(data, ensure_ascii=False, indent=0))


def prepare(site: Path, before: Made, new: Iterable[str], printed: Mapping[str, str]) -> None:
    """Record that a site is about to change: its files before and after are not a user's own.

    Parameters
    ----------
    site : Path
        Or the folder that is to take its place.
    before : Made
    new : iterable of str
        The files that come into it.
    printed : mapping of str to str
        As it is to be; kept for the forms for which it was the same before.
    """
    same = {form: digest for form, digest in printed.items() if before.printed.get(form) == digest}
    write_made(site, before.files | set(new), same)


def read_record(path: Path) -> dict[str, Any]:
    """Return a record that was written here; an empty one where it is lost or spoilt."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return data if _is_record(data) else {}


def _is_record(data: object) -> bool:
    if not isinstance(data, dict):
        return False
    kinds = {"files": list, "stale": list, "made": dict, "printed": dict, "inputs": dict}
    if any(not isinstance(data[name], kind) for name, kind in kinds.items() if name in data):
        return False
    return all(isinstance(name, str) for name in (*data.get("files", ()), *data.get("stale", ())))
