"""Reading pages as a browser would: links, identifiers, pictures, text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass
class Page(HTMLParser):
    """One HTML page.

    Attributes
    ----------
    ids, links, sources, alts, texts : list of str
        In order of appearance; scripts and styles are no text.
    """

    path: Path
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    alts: list[str | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    _hidden: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._hidden += tag in ("script", "style")
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        for name in ("src", "href"):
            if tag in ("img", "script", "link") and found.get(name):
                self.sources.append(str(found[name]))
        if tag == "img":
            self.alts.append(found.get("alt"))

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All text, with single spaces."""
        return " ".join(" ".join(self.texts).replace("\u00a0", " ").split())


def pages(book: Path) -> list[Page]:
    """Return all pages of a book."""
    return [Page(path) for path in sorted(book.rglob("*.html")) if "site_libs" not in path.parts]


def outside(page: Page) -> list[str]:
    """Return addresses that a page would load from elsewhere."""
    return [s for s in page.sources if urlsplit(s).scheme in ("http", "https") or s[:2] == "//"]


def broken(page: Page, every: dict[Path, Page]) -> Iterator[str]:
    """Yield links and sources that lead nowhere."""
    for address in (*page.links, *page.sources):
        parts = urlsplit(address)
        if parts.scheme:
            continue
        target = page.path
        if parts.path:
            target = (page.path.parent / unquote(parts.path)).resolve()
        if not target.exists() or (
            parts.fragment and target in every and unquote(parts.fragment) not in every[target].ids
        ):
            yield address
