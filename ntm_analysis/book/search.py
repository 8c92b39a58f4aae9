"""The search index of the HTML book: its text by section, as a script that any page can load."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html.parser import HTMLParser

from ntm_analysis.book.manuscript import Chapter

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
Record = list[str]


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


def records(chapter: Chapter, body: str) -> list[Record]:
    """Return one record for each section: page, anchor, chapter title, section title, text."""
    parser = _Sections()
    parser.feed(body)
    parser.close()
    title = f"{chapter.number} {chapter.title}".strip()
    found = []
    for number, (anchor, heading, text) in enumerate(parser.sections):
        words = " ".join("".join(text).split())
        name = " ".join("".join(heading).split())
        if words or name or number == 0:  # the first record stands for the chapter itself
            found.append([chapter.page, anchor, title, name, words])
    return found


def script(found: Sequence[Record]) -> str:
    """Return the index as a script: a page opened from a folder may not fetch data."""
    data = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.NTM_SEARCH={safe};\n"
