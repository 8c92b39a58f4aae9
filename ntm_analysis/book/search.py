"""What the search of the HTML book reads: its text by section, as scripts that any page loads."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from ntm_analysis.book.manuscript import Chapter
from ntm_analysis.book.memo import Memo, key_of

INDEX = "search-index.js"

HEADINGS = ("h2", "h3", "h4")
ROW = "ntm-row"
"""The class of an indicator's row, which is found by its own address."""
SKIPPED = ("annotation", "script", "style")
ENTRIES = ("td", "dt")
SEPARATOR = " · "
BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "figcaption",
        "caption",
        "table",
        "section",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
    ]
)
Section = tuple[str, ...]


class _Sections(HTMLParser):
    """Collects the text between headings, and what rows of tables and definitions begin with."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[tuple[str, list[str], list[str], list[str]]] = [("", [], [], [])]
        self._here = self.sections[0]
        self._around: tuple[str, list[str], list[str], list[str]] | None = None
        self._heading = False
        self._first = False
        self._entry = False
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in SKIPPED or given.get("role") == "doc-backlink":
            self._skipping += 1
        if tag == "section" and ROW in (given.get("class") or "").split():
            self._around = self._here
            self._begin(given.get("id") or "")
        if tag in HEADINGS and given.get("id"):
            self._begin(given["id"] or "")
        self._heading = (
            self._heading
            or (tag in HEADINGS and bool(given.get("id")))
            or (tag == "h5" and self._around is not None)
        )
        self._entry = tag == "dt" or (tag == "td" and self._first) or (self._entry and tag != "td")
        if tag in ("tr", "td"):
            self._first = tag == "tr"
        if tag == "img" and given.get("alt"):
            self.handle_data(f" {given['alt']} ")
        if tag in BLOCKS:
            self.handle_data(" ")

    def _begin(self, anchor: str) -> None:
        self._here = (anchor, [], [], [])
        self.sections.append(self._here)

    def handle_endtag(self, tag: str) -> None:
        if tag == "section" and self._around is not None:
            self._here, self._around = self._around, None
        if self._skipping and tag in (*SKIPPED, "a"):
            self._skipping -= 1
        if tag in (*HEADINGS, "h5"):
            self._heading = False
        if tag in ENTRIES and self._entry:
            self._entry = False
            self._here[3].append(SEPARATOR)
        if tag in BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            _, heading, text, entries = self._here
            (heading if self._heading else text).append(data)
            if self._entry:
                entries.append(data)


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says, for searching.

    Attributes
    ----------
    page : str
        Its path in the site.
    title : str
        With the chapter's number.
    sections : sequence of (str, str, str) or (str, str, str, str)
        Anchor, heading and text of each section, and its entries where it has any: in an appendix,
        what rows of tables and definitions begin with. The first stands for the chapter itself.
    made_up : bool
        Whether it is about a made-up commune.
    """

    page: str
    title: str
    sections: Sequence[Sequence[str]]
    made_up: bool = False


def page_text(chapter: Chapter, body: str, memo: Memo) -> PageText:
    """Return what the page of a chapter says."""
    kind = chapter.source.entry.kind
    known = memo.text(
        key_of(("sections and rows", kind, body)),
        lambda: json.dumps(sections_of(body, entries=kind == "appendix")),
    )
    title = f"{chapter.number} {chapter.title}".strip()
    return PageText(chapter.page, title, json.loads(known), chapter.about_made_up)


def sections_of(body: str, *, entries: bool) -> list[Section]:
    """Return what the sections of a page say, with their entries or without; see `PageText`."""
    parser = _Sections()
    parser.feed(body)
    parser.close()
    found = []
    for number, (anchor, *parts) in enumerate(parser.sections):
        name, words, begin = (" ".join("".join(part).split()) for part in parts)
        if words or name or number == 0:
            begin = begin.removesuffix(SEPARATOR.rstrip()).rstrip()
            found.append((anchor, name, words, *([begin] if entries and begin else [])))
    return found


def index_file(folder: str = "") -> str:
    """Return the path in the site of the list of a book's texts."""
    return posixpath.join(folder, INDEX) if folder else posixpath.join("site", INDEX)


def text_file(page: str) -> str:
    """Return the path in the site of what a page says."""
    return page.removesuffix(".html") + ".text.js"


def write_texts(texts: Sequence[PageText], site: Path) -> None:
    """Write what pages say, a file a page, beside the pages."""
    for text in texts:
        path = site / text_file(text.page)
        made_up = [True] if text.made_up else []
        script = call("text", text.page, text.title, text.sections, *made_up)
        path.write_text(script, encoding="utf-8", newline="\n")


def write_index(texts: Sequence[PageText], site: Path, folder: str = "") -> None:
    """Write what the pages of a book say, and the list of the files that say it.

    They are scripts: a page opened from a folder may not fetch data.
    """
    write_texts(texts, site)
    files = [text_file(text.page) for text in texts]
    index = site / index_file(folder)
    index.write_text(call("files", files), encoding="utf-8", newline="\n")


def call(name: str, *arguments: object, owner: str = "ntmSearch") -> str:
    """Return a script that hands data to the search; no text can end the script."""
    data = ",".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in arguments)
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{owner}.{name}({safe});\n"
