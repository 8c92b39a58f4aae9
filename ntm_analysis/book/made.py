"""What of the site is ours: files made here may go when they are stale, a user's own stay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ntm_analysis.batch.atomic import write_text

RECORD = "book/made.json"
SEALS = "volumes"
"""Below `reports`: a folder for each book of a shelf."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made for a site.

    Attributes
    ----------
    files : frozenset of str or None
        By their paths in the site; None where that was never recorded.
    printed : mapping of str to str
        For each printed form of the book, the hash of the manuscript that it shows.
    """

    files: frozenset[str] | None = None
    printed: Mapping[str, str] = field(default_factory=dict)


def read_made(project: Path) -> Made:
    """Return what was made so far: of the one book or the index, and of all books of a shelf."""
    reports = project / "reports"
    own = _read(reports / RECORD)
    files = set(own.get("files", ()))
    known = "files" in own
    for seal in reports.joinpath(SEALS).rglob("seal.json"):
        made = _read(seal).get("made", {})
        files |= set(made)
        known = known or bool(made)
    return Made(frozenset(files) if known else None, own.get("printed", {}))


def write_made(project: Path, files: Iterable[str], printed: Mapping[str, str]) -> None:
    """Record what the one book or the index consists of."""
    data = {"files": sorted(files), "printed": dict(sorted(printed.items()))}
    write_text(project / "reports" / RECORD, json.dumps(data, ensure_ascii=False, indent=0))


def prepare(project: Path, before: Made, new: Iterable[str], printed: Mapping[str, str]) -> None:
    """Record that a site is about to change: its files before and after are not a user's own.

    Parameters
    ----------
    project : Path
    before : Made
    new : iterable of str
        The files that come into it.
    printed : mapping of str to str
        As it is to be; kept for the forms for which it was the same before.
    """
    same = {form: digest for form, digest in printed.items() if before.printed.get(form) == digest}
    write_made(project, (before.files or frozenset()) | set(new), same)


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
