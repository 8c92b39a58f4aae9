"""Rules of print, read from a tagged PDF: heads of tables, headings, pages left half empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
from pypdf.generic import DictionaryObject

HEAD = 56
"""Points from the upper edge of the paper that hold the running head."""
HEADING = re.compile(r"/H[1-6]")


@dataclass(frozen=True, slots=True)
class Leaf:
    """Something printed: its page, and the tags above it with their numbers, from the outermost."""

    page: int
    path: tuple[tuple[str, int], ...]

    def within(self, tag: str) -> int | None:
        """Return the number of the innermost element of a tag that holds it."""
        return next((number for name, number in reversed(self.path) if name == tag), None)

    @property
    def heading(self) -> tuple[str, int] | None:
        """The heading that it is of."""
        return next((one for one in self.path if HEADING.fullmatch(one[0])), None)


def leaves_of(pdf: Path) -> list[Leaf]:
    """Return what a tagged PDF prints, in the order in which it is read."""
    reader = pypdf.PdfReader(pdf)
    pages = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages, 1)
        if page.indirect_reference is not None
    }
    tree = reader.root_object["/StructTreeRoot"]
    count = iter(range(10**9))

    def walk(node: Any, page: int | None, path: tuple[tuple[str, int], ...]) -> Iterator[Leaf]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if not isinstance(node, DictionaryObject):
            if page is not None:
                yield Leaf(page, path)
            return
        if "/Pg" in node:
            page = pages[node.raw_get("/Pg").idnum]
        if node.get("/Type") == "/OBJR":
            return
        if "/S" in node:
            path = (*path, (str(node["/S"]), next(count)))
        if "/MCID" in node and page is not None:
            yield Leaf(page, path)
        kids: Any = node.get("/K")
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        if kids is not None:
            for kid in kids if isinstance(kids, list) else [kids]:
                yield from walk(kid, page, path)

    return list(walk(tree, None, ()))


def headings_last(leaves: list[Leaf]) -> list[str]:
    """Return the headings that end a page while what they head begins on the next."""
    found = []
    for one, after in pairwise(leaves):
        chapter = after.heading is not None and after.heading[0] == "/H1"
        if one.heading and one.heading != after.heading and after.page > one.page and not chapter:
            found.append(f"p. {one.page}: {one.heading[0]}")
    return found


def heads_alone(leaves: list[Leaf]) -> list[str]:
    """Return the tables whose caption and head stand on one page, and their first row on the next.

    A head that is repeated is tagged once, where it first stands.
    """
    head: dict[int, int] = {}
    first: dict[int, int] = {}
    for leaf in leaves:
        table = leaf.within("/Table")
        if table is None:
            continue
        if leaf.within("/Caption") is not None or leaf.within("/THead") is not None:
            head.setdefault(table, leaf.page)
        else:
            first.setdefault(table, leaf.page)
    return [f"p. {page}" for table, page in head.items() if first.get(table, page) != page]


def half_empty(pdf: Path, leaves: list[Leaf], bottom: float = 20 / 25.4 * 72) -> list[str]:
    """Return the pages less than half full before a picture that could have stood later."""
    with pypdfium2.PdfDocument(pdf) as document:
        ends = {}
        for number, page in enumerate(document, 1):
            height = page.get_size()[1]
            lows = [
                low
                for low, high in (
                    (one.get_bounds()[1], one.get_bounds()[3])
                    for one in page.get_objects(max_depth=2)
                )
                if high < height - HEAD and low > bottom / 2
            ]
            ends[number] = (height - HEAD - min(lows, default=height - HEAD)) / (
                height - HEAD - bottom
            )
    found = []
    for number, share in ends.items():
        opening = []
        for leaf in (one for one in leaves if one.page == number + 1):
            opening.append(leaf)
            if leaf.within("/Figure") is None and leaf.heading is None:
                break
        chapter = any(leaf.heading and leaf.heading[0] == "/H1" for leaf in opening)
        led = any(leaf.within("/Figure") is not None for leaf in opening)
        if share < 0.5 and led and not chapter:
            found.append(f"p. {number}: {share:.0%}")
    return found
