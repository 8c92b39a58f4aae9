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
SKIPPED = ("annotation", "script", "style")
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
Section = tuple[str, str, str]


class _Sections(HTMLParser):
    """Collects the text between headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._heading = False
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in SKIPPED or given.get("role") == "doc-backlink":
            self._skipping += 1
        if tag in HEADINGS and given.get("id"):
            self.sections.append((given["id"] or "", [], []))
            self._heading = True
        if tag == "img" and given.get("alt"):
            self.handle_data(f" {given['alt']} ")
        if tag in BLOCKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skipping and tag in (*SKIPPED, "a"):
            self._skipping -= 1
        if tag in HEADINGS:
            self._heading = False
        if tag in BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            _, heading, text = self.sections[-1]
            (heading if self._heading else text).append(data)


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says, for searching.

    Attributes
    ----------
    page : str
        Its path in the site.
    title : str
        With the chapter's number.
    sections : sequence of (str, str, str)
        Anchor, heading and text of each section; the first stands for the chapter itself.
    """

    page: str
    title: str
    sections: Sequence[Sequence[str]]


def page_text(chapter: Chapter, body: str, memo: Memo) -> PageText:
    """Return what the page of a chapter says."""
    known = memo.text(key_of(("sections", body)), lambda: json.dumps(_sections(body)))
    return PageText(chapter.page, f"{chapter.number} {chapter.title}".strip(), json.loads(known))


def _sections(body: str) -> list[Section]:
    parser = _Sections()
    parser.feed(body)
    parser.close()
    found = []
    for number, (anchor, heading, text) in enumerate(parser.sections):
        words = " ".join("".join(text).split())
        name = " ".join("".join(heading).split())
        if words or name or number == 0:
            found.append((anchor, name, words))
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
        script = call("text", text.page, text.title, text.sections)
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
