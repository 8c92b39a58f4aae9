"""HTML pages read back for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

VOID = frozenset(["meta", "link", "img", "input", "br", "hr", "col", "path", "rect", "circle"])


@dataclass
class Element:
    """One element with its attributes, text and children."""

    tag: str
    attrs: dict[str, str]
    children: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text in order, spaces collapsed."""
        return " ".join("".join(self.parts).split())

    def find(self, tag: str = "", cls: str = "") -> list[Element]:
        """All elements inside, by tag and class."""
        found = []
        for child in self.children:
            classes = child.attrs.get("class", "").split()
            if (not tag or child.tag == tag) and (not cls or cls in classes):
                found.append(child)
            found += child.find(tag, cls)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack[-1].children.append(Element(tag, {n: v or "" for n, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.stack[-1].tag == tag, f"</{tag}> closes <{self.stack[-1].tag}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        for element in self.stack:
            element.parts.append(data)


@cache
def read(path: Path) -> Element:
    """Return a page's root element; fails where tags are not closed in order."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    assert len(reader.stack) == 1
    return reader.root


def ids(page: Element) -> list[str]:
    """Return all ids of a page."""
    return [e.attrs["id"] for e in page.find() if "id" in e.attrs]


def broken_links(book: Path) -> list[str]:
    """Return every link, picture, style or script of a book that leads nowhere."""
    broken = []
    for path in sorted(book.rglob("*.html")):
        for element in read(path).find():
            for name in ("href", "src"):
                target = element.attrs.get(name, "")
                if not target or target.startswith(("http:", "https:", "data:", "mailto:")):
                    continue
                file, _, anchor = target.partition("#")
                other = (path.parent / unquote(file)).resolve() if file else path
                if not other.is_file() or (anchor and unquote(anchor) not in ids(read(other))):
                    broken.append(f"{path.relative_to(book)}: {target}")
    return broken
