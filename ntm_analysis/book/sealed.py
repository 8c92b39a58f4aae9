"""Whether a book on a shelf is as it would be made now: a record of what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.batch.atomic import write_text
from ntm_analysis.book.search import PageText
from ntm_analysis.spelling import words

SEALS = "volumes"
"""Below `reports`: a folder for each book of a shelf."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the search over all books knows of a page.

    Attributes
    ----------
    page : str
        Its path in the site.
    title : str
    words : tuple of str
        Folded, each once.
    """

    page: str
    title: str
    words: tuple[str, ...]


def words_of(text: PageText) -> Words:
    """Return the words of a page."""
    found: set[str] = words(text.title)
    for _, heading, section in text.sections:
        found |= words(heading) | words(section)
    return Words(text.page, text.title, tuple(sorted(found)))


class Seal:
    """The record of one book.

    Parameters
    ----------
    project : Path
    slug : str
        The book's folder in the site.
    """

    def __init__(self, project: Path, slug: str) -> None:
        self._project = project
        self._path = project / "reports" / SEALS / slug / "seal.json"

    def holds(self, key: str, site: Path) -> bool:
        """Return whether the book was made from just this, and is all there."""
        try:
            known = json.loads(self._path.read_bytes())
            if known["key"] != key or not self._words.is_file():
                return False
            if any((site / name).stat().st_size != size for name, size in known["made"].items()):
                return False
            inputs = known["inputs"].items()
            return all(_hash(self._project / name) == digest for name, digest in inputs)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False

    def set(
        self, key: str, inputs: Iterable[str], site: Path, made: Path, texts: Sequence[Words]
    ) -> None:
        """Record a book that was just put in place.

        Parameters
        ----------
        key : str
            All that decides it besides files.
        inputs : iterable of str
            Files it was made from, relative to the project.
        site : Path
        made : Path
            The book's folder in it.
        texts : sequence of Words
        """
        files = sorted(path for path in made.rglob("*") if path.is_file())
        record = {
            "key": key,
            "inputs": {name: _hash(self._project / name) for name in sorted(set(inputs))},
            "made": {path.relative_to(site).as_posix(): path.stat().st_size for path in files},
        }
        listed = [[text.page, text.title, list(text.words)] for text in texts]
        write_text(self._words, json.dumps(listed, ensure_ascii=False, separators=(",", ":")))
        write_text(self._path, json.dumps(record, ensure_ascii=False, indent=0))

    def break_(self) -> None:
        """Forget the record: the book is about to change."""
        self._path.unlink(missing_ok=True)

    def words(self) -> list[Words]:
        """Return the words of the book's pages; none where they are not known."""
        try:
            listed = json.loads(self._words.read_bytes())
        except (OSError, ValueError):
            return []
        return [Words(page, title, tuple(known)) for page, title, known in listed]

    @property
    def _words(self) -> Path:
        return self._path.with_name("words.json")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
