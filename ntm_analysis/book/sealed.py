"""Whether a book on a shelf is as it would be made now: a record of what it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntm_analysis.batch.atomic import write_text
from ntm_analysis.book.made import SEALS, read_record
from ntm_analysis.book.memo import digest_of_file
from ntm_analysis.book.search import PageText
from ntm_analysis.spelling import words


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
    heads : tuple of str
        Those among them that stand in headings, or begin entries of an appendix.
    made_up : bool
        Whether the page is about made-up communes.
    """

    page: str
    title: str
    words: tuple[str, ...]
    heads: tuple[str, ...] = ()
    made_up: bool = False


def words_of(text: PageText) -> Words:
    """Return the words of a page."""
    heads: set[str] = set()
    found = words(text.title)
    for _, heading, section, *entries in text.sections:
        heads |= words(" ".join((heading, *entries)))
        found |= words(section)
    every = tuple(sorted(found | heads))
    return Words(text.page, text.title, every, tuple(sorted(heads)), text.made_up)


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
            known = self._record()
            if known["key"] != key or not self._words.is_file():
                return False
            if any((site / name).stat().st_size != size for name, size in known["made"].items()):
                return False
            inputs = known["inputs"].items()
            return all(digest_of_file(self._project / name) == digest for name, digest in inputs)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False

    def made(self) -> frozenset[str] | None:
        """Return the book's files by their paths in the site; None where they are not known."""
        known = self._record().get("made")
        return None if known is None else frozenset(known)

    def printed(self) -> dict[str, str]:
        """Return, for each printed form, the hash of the manuscript that it shows."""
        return dict(self._record().get("printed", {}))

    def stale(self) -> list[str]:
        """Return the printed forms that show something else than the book does now."""
        return list(self._record().get("stale", ()))

    def _record(self) -> dict[str, Any]:
        return read_record(self._path)

    def set(
        self,
        key: str,
        inputs: Mapping[str, str],
        site: Path,
        made: Iterable[str],
        texts: Sequence[Words],
        printed: Mapping[str, str],
        stale: Sequence[str],
    ) -> None:
        """Record a book that was just put in place.

        Parameters
        ----------
        key : str
            All that decides it besides files.
        inputs : mapping of str to str
            Files it was made from, relative to the project, with the hash of what was read: by now
            they may say something else.
        site : Path
        made : iterable of str
            The book's files, by their paths in it.
        texts : sequence of Words
        printed : mapping of str to str
            For each printed form, the hash of the manuscript that it shows.
        stale : sequence of str
            Those among them that show something else than the book does now.
        """
        record = {
            "key": key,
            "inputs": dict(sorted(inputs.items())),
            "made": {name: (site / name).stat().st_size for name in sorted(made)},
            "printed": dict(printed),
            "stale": list(stale),
        }
        listed = [
            [text.page, text.title, list(text.words), list(text.heads), text.made_up]
            for text in texts
        ]
        write_text(self._words, json.dumps(listed, ensure_ascii=False, separators=(",", ":")))
        write_text(self._path, json.dumps(record, ensure_ascii=False, indent=0))

    def break_(self, made: Iterable[str], printed: Mapping[str, str]) -> None:
        """Forget what the book was made from: it is about to change.

        Which files are not a user's own is kept, whatever becomes of the change.

        Parameters
        ----------
        made : iterable of str
            The files of the book before and after, by their paths in the site.
        printed : mapping of str to str
            As it is to be; kept for the forms for which it was the same before.
        """
        known = self._record()
        before = known.get("printed", {})
        record = {
            **known,
            "key": "",
            "made": {**dict.fromkeys(sorted(made), -1), **known.get("made", {})},
            "printed": {form: digest for form, digest in printed.items()
                        if before.get(form) == digest},
        }  # fmt: skip
        write_text(self._path, json.dumps(record, ensure_ascii=False, indent=0))

    def words(self) -> list[Words]:
        """Return the words of the book's pages; none where they are not known."""
        try:
            listed = json.loads(self._words.read_bytes())
            return [
                Words(page, title, tuple(all_), tuple(heads), *made_up)
                for page, title, all_, heads, *made_up in listed
            ]
        except (OSError, ValueError, TypeError):  # not there, or as an earlier version wrote it
            return []

    @property
    def _words(self) -> Path:
        return self._path.with_name("words.json")
