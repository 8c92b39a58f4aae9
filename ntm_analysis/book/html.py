"""The HTML book: a page a chapter, with navigation and search, readable from a plain folder."""

from __future__ import annotations

import os
import posixpath
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from ntm_analysis.book import pandoc, search
from ntm_analysis.book.manuscript import (
    Chapter,
    Heading,
    Manuscript,
    Progress,
    entries_by_part,
    relative,
)
from ntm_analysis.language import say

ASSETS = "site"
FONTS = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
FILES = ("book.css", "book.js", "search.js")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with those below it."""

    heading: Heading
    children: list[Section]


def outline(headings: Sequence[Heading], depth: int = 4) -> list[Section]:
    """Return headings as a tree, down to a level."""
    top: list[Section] = []
    open_: list[Section] = []
    for heading in headings:
        if heading.level > depth:
            continue
        while open_ and open_[-1].heading.level >= heading.level:
            open_.pop()
        section = Section(heading, [])
        (open_[-1].children if open_ else top).append(section)
        open_.append(section)
    return top


def write_html(
    book: Manuscript,
    target: Path,
    downloads: Sequence[str] = (),
    on_progress: Progress | None = None,
) -> list[Path]:
    """Write the HTML book into a folder.

    Parameters
    ----------
    book : Manuscript
    target : Path
        The folder.
    downloads : sequence of str
        Files beside `index.html` that the pages offer.
    on_progress : callable, optional

    Returns
    -------
    list of Path
        The pages.

    Raises
    ------
    BookError
        If pandoc fails on a chapter.
    """
    _copy_assets(book, target)
    pages, records = [], []
    stage = say("book.stage_html")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        bodies = pool.map(lambda chapter: _body(book, chapter), book.chapters)
        for number, (chapter, body) in enumerate(zip(book.chapters, bodies, strict=True)):
            path = target / chapter.page
            path.parent.mkdir(parents=True, exist_ok=True)
            page = _page(book, number, body, downloads)
            path.write_text(page, encoding="utf-8", newline="\n")
            pages.append(path)
            records += search.records(chapter, body)
            if on_progress:
                on_progress(stage, number + 1, len(book.chapters))
    index = target / ASSETS / "search-index.js"
    index.write_text(search.script(records), encoding="utf-8", newline="\n")
    home = target / "index.html"
    if home not in pages:
        shutil.copyfile(pages[0], home) if pages[0].parent == target else _forward(pages[0], home)
    return pages


def _copy_assets(book: Manuscript, target: Path) -> None:
    shutil.copytree(book.folder, target, dirs_exist_ok=True, ignore=_no_typst)
    folder = target / ASSETS
    folder.mkdir(parents=True, exist_ok=True)
    package = resources.files("ntm_analysis")
    for name in FILES:
        (folder / name).write_bytes(package.joinpath("book", "assets", name).read_bytes())
    for name in FONTS:
        (folder / name).write_bytes(package.joinpath("fonts", name).read_bytes())


def _no_typst(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.endswith(".typ")}


def _forward(page: Path, home: Path) -> None:
    way = page.relative_to(home.parent).as_posix()
    home.write_text(
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={way}">'
        f'<a href="{way}">{way}</a>\n',
        encoding="utf-8",
    )


def _root(chapter: Chapter) -> str:
    way = posixpath.relpath(".", posixpath.dirname(chapter.page) or ".")
    return "" if way == "." else f"{way}/"


def _body(book: Manuscript, chapter: Chapter) -> str:
    options = book.options(chapter, "html", root=_root(chapter))
    args = ["-t", "html5", "--mathml", "--wrap=none", "--eol=lf"]
    for name in ("resolve", "html"):
        args += ["-L", pandoc.lua_filter(name)]
    return book.render(chapter, options, args)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("ntm_analysis.book"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(book: Manuscript, number: int, body: str, downloads: Sequence[str]) -> str:
    chapter = book.chapters[number]
    chapters = book.chapters

    def way(to: Chapter) -> str:
        return relative(chapter.page, to.page)

    context: dict[str, Any] = {
        "book": book.config,
        "labels": book.labels,
        "own": book.labels.own,
        "chapter": chapter,
        "lang": chapter.labels.lang,
        "body": Markup(body),
        "root": _root(chapter),
        "assets": ASSETS,
        "groups": entries_by_part(chapters),
        "outline": outline(chapter.headings),
        "way": way,
        "home": chapters[0],
        "is_home": number == 0,
        "previous": chapters[number - 1] if number else None,
        "next": chapters[number + 1] if number + 1 < len(chapters) else None,
        "downloads": downloads,
    }
    return _templates().get_template("page.html.j2").render(context)
