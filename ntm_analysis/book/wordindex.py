"""The search over all books of a shelf: which pages have a word, in files by the word's beginning.

A reader's browser loads only the files of the words that were typed, and then what the few best
pages say; so the search costs the same however many books there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ntm_analysis.book.sealed import Words
from ntm_analysis.book.search import call
from ntm_analysis.spelling import words

FOLDER = "site/search"
MOST_BYTES = 96 * 1024
"""Of a file of words, where their beginnings can still be told apart."""
LONGEST_START = 6
PAGES = 256
"""Pages named in one file."""
TITLE, HEADING = "^", "#"
"""Before a word that stands in a page's title, or in a heading on it."""
NUMBER = re.compile(r"^(\d+|[A-Z])\s+")
"""The chapter's number before a title: nobody seeks a commune by it."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def write_word_index(pages: Sequence[Words], site: Path) -> int:
    """Write the index of some pages into a site.

    Parameters
    ----------
    pages : sequence of Words
        In the order in which equally good ones are shown, but for those that are made up: they
        come after all others.
    site : Path

    Returns
    -------
    int
        The number of files.
    """
    pages = sorted(pages, key=lambda page: page.made_up)
    real = sum(not page.made_up for page in pages)
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, str] = {}
    for at in range(0, len(pages), PAGES):
        chunk = [[page.page, page.title] for page in pages[at : at + PAGES]]
        files[f"pages-{at // PAGES}"] = _call("pages", at // PAGES, chunk)
    starts = []
    for start, entries in _shards(_postings(pages)):
        starts.append(start)
        files[_file(start)] = _call("postings", start, dict(entries))
    files["starts"] = _call("starts", starts, len(pages), PAGES, real)
    for name, script in files.items():
        (folder / f"{name}.js").write_text(script, encoding="utf-8", newline="\n")
    return len(files)


def _call(name: str, *arguments: object) -> str:
    return call(name, *arguments, owner="ntmShelf")


def _postings(pages: Sequence[Words]) -> list[tuple[str, str]]:
    where: dict[str, list[int]] = {}
    for number, page in enumerate(pages):
        for word in page.words:
            where.setdefault(word, []).append(number)
        for word in words(NUMBER.sub("", page.title)):
            where.setdefault(TITLE + word, []).append(number)
        for word in page.heads:
            where.setdefault(HEADING + word, []).append(number)
    return [(word, encoded(where[word])) for word in sorted(where)]


def encoded(numbers: Iterable[int]) -> str:
    """Return rising numbers as ranges in base 36: `0-9 c` for 0 to 9 and 12."""
    runs = []
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run_ = [number for _, number in run]
        first, last = base36(run_[0]), base36(run_[-1])
        runs.append(first if first == last else f"{first}-{last}")
    return " ".join(runs)


def base36(number: int) -> str:
    """Return a number in digits and letters."""
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
        if not number:
            return text


Entry = tuple[str, str]


def _shards(entries: Sequence[Entry], length: int = 2) -> Iterator[tuple[str, list[Entry]]]:
    for start, found in groupby(entries, lambda entry: entry[0][:length]):
        group = list(found)
        size = sum(len(word) + len(numbers) + 6 for word, numbers in group)
        longer = size > MOST_BYTES and length < LONGEST_START and len(start) == length
        if longer and len(group) > 1:
            yield from _shards(group, length + 1)
        else:
            yield start, group


def _file(start: str) -> str:
    plain = "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}" for c in start)
    return f"words-{plain}"
