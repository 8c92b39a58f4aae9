"""A site read as browsers read it: broken links, ids, HTML, names of persons, weight.

html5lib reads each page by the rules of the HTML standard and tells where a page breaks them. It
is plain Python: publishing needs neither Java (vnu) nor Node (html-validate), also on Windows.
"""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import html5lib

from ntm_analysis.publish.people import Person, persons_in

HEAVY = 300_000
"""Bytes of a first view from which on a page is said to be heavy."""
_FEW = 40
"""Pages that are read sooner here than a pool of processes would start."""
_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_LOADS = {"script": "src", "img": "src", "link": "href", "source": "src"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a page.

    Attributes
    ----------
    page : str
    what : {"link", "anchor", "id", "html", "outside"}
    value : str
    line : int or None
    """

    page: str
    what: str
    value: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a page.

    Attributes
    ----------
    page : str
    ids : frozenset of str
    links : tuple of tuple of str
        Path in the site and anchor.
    faults : tuple of Fault
    persons : tuple of Person
    bytes : int
        Of the page and what it loads at once, compressed as web servers do.
    """

    page: str
    ids: frozenset[str]
    links: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]
    persons: tuple[Person, ...]
    bytes: int


def check_site(folder: Path, pages: Sequence[str], files: frozenset[str]) -> list[Read]:
    """Read all pages of a site; each knows its faults.

    Parameters
    ----------
    folder : Path
    pages : sequence of str
    files : frozenset of str
        All files of the site.
    """
    read = partial(_read, folder)
    if len(pages) <= _FEW:
        found = [read(page) for page in pages]
    else:
        with ProcessPoolExecutor() as pool:
            found = list(pool.map(read, pages, chunksize=8))
    ids = {one.page: one.ids for one in found}
    return [_linked(one, files, ids) for one in found]


def _linked(one: Read, files: frozenset[str], ids: Mapping[str, frozenset[str]]) -> Read:
    faults = list(one.faults)
    for path, anchor in dict.fromkeys(one.links):
        if path not in files:
            faults.append(Fault(one.page, "link", path))
        elif anchor and path in ids and anchor not in ids[path]:
            faults.append(Fault(one.page, "anchor", f"{path}#{anchor}"))
    return Read(one.page, one.ids, one.links, tuple(faults), one.persons, one.bytes)


def _read(folder: Path, page: str) -> Read:
    data = (folder / page).read_bytes()
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(data.decode("utf-8"))
    faults = [Fault(page, "html", code, place[0]) for place, code, _ in parser.errors]
    ids: dict[str, int] = {}
    links: list[tuple[str, str]] = []
    loaded: dict[str, None] = {}
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if name := element.get("id"):
            ids[name] = ids.get(name, 0) + 1
        faults += [Fault(page, "html", attribute) for attribute in _inline(element)]
        links += _links(page, element)
        attribute = _LOADS.get(element.tag)
        target = element.get(attribute, "") if attribute else ""
        if target and _is_loaded(element):
            if _OUTSIDE.match(target):
                if not target.startswith("data:"):
                    faults.append(Fault(page, "outside", target))
            elif element.get("loading") != "lazy":
                loaded[_path(page, target)] = None
    faults += [Fault(page, "id", name) for name, count in ids.items() if count > 1]
    weight = len(gzip.compress(data, 6)) + sum(_weight(folder / path) for path in loaded)
    persons = tuple(persons_in(page, tree))
    return Read(page, frozenset(ids), tuple(links), tuple(faults), persons, weight)


def _inline(element: Any) -> Iterator[str]:
    """Give what a strict policy stops: scripts within a tag."""
    yield from (name for name in element.attrib if name.startswith("on"))


def _is_loaded(element: Any) -> bool:
    kind = element.get("rel", "").split()
    return element.tag != "link" or bool({"stylesheet", "icon", "preload"} & set(kind))


def _links(page: str, element: Any) -> Iterator[tuple[str, str]]:
    kind = set(element.get("rel", "").split())
    if element.tag == "link" and kind & {"canonical", "alternate"}:
        return  # addresses of the public site
    for name in ("href", "src"):
        target = element.get(name)
        if target is None or _OUTSIDE.match(target):
            continue
        path, _, anchor = target.partition("#")
        yield _path(page, path) if path else page, unquote(anchor)


def _path(page: str, target: str) -> str:
    target = unquote(target.partition("#")[0].partition("?")[0])
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
    if target.endswith("/") or path == ".":
        path = posixpath.join(path, "index.html").removeprefix("./")
    return path


_packed: dict[Path, int] = {}


def _weight(path: Path) -> int:
    if path not in _packed:
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        done = path.suffix in (".png", ".woff2", ".jpg")
        _packed[path] = len(data) if done else len(gzip.compress(data, 6))
    return _packed[path]
