"""The HTML book: a page a chapter, with navigation and search, readable from a plain folder."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from ntm_analysis.book import pandoc, search
from ntm_analysis.book.front import front_of_book
from ntm_analysis.book.manuscript import (
    Chapter,
    Heading,
    Manuscript,
    Progress,
    entries_by_part,
    relative,
)
from ntm_analysis.book.policy import POLICY, without_styles
from ntm_analysis.language import say
from ntm_analysis.numbers import format_number

ASSETS = "site"
FONTS = ("ReportSans-Regular.woff2", "ReportSans-Bold.woff2")
SHELF = "shelf.js"
"""What an index of several books has besides."""
TABLES = ("results.csv", "findings.csv")
"""What a run leaves beside its notebook for readers who reckon themselves."""
STYLES = ("book.css", "report.css")
"""One file on the site; Quarto takes the second alone, so a commune's page looks alike."""
FILES = ("book.js", "search.js", "start.js")


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
    project: Path,
    downloads: Sequence[str] = (),
    on_progress: Progress | None = None,
) -> list[search.PageText]:
    """Write the HTML book into the folder of its site.

    Parameters
    ----------
    book : Manuscript
    target : Path
        The folder of the site; a book of several lies in a folder of its own below it, and shares
        the site's style, scripts and fonts.
    project : Path
        Where the chapters come from: tables beside a notebook go along with its page.
    downloads : sequence of str
        Files beside the book's first page that the pages offer.
    on_progress : callable, optional

    Returns
    -------
    list of PageText
        What the pages say, for searching.

    Raises
    ------
    BookError
        If pandoc fails on a chapter.
    """
    _copy_assets(book, target)
    texts = []
    stage = say("book.stage_html")
    chapters = book.written
    front = book.config.front or _front(book, project)
    with ThreadPoolExecutor(pandoc.workers()) as pool:
        bodies = pool.map(lambda chapter: _body(book, chapter), chapters)
        for done, (chapter, body) in enumerate(zip(chapters, bodies, strict=True), 1):
            path = target / chapter.page
            path.parent.mkdir(parents=True, exist_ok=True)
            tables = _tables(project, chapter, path.parent)
            page = _page(book, chapter, body, downloads, tables, front)
            path.write_text(page, encoding="utf-8", newline="\n")
            texts.append(search.page_text(chapter, body, book.memo))
            if on_progress:
                on_progress(stage, done, len(chapters))
    search.write_index(texts, target, book.config.folder)
    first, home = target / chapters[0].page, target / book.config.folder / "index.html"
    if not home.exists():
        shutil.copyfile(first, home) if first.parent == home.parent else _forward(first, home)
    return texts


def _front(book: Manuscript, project: Path) -> str:
    """Return what the first page opens with; a book of several leaves that to their index."""
    if book.config.folder:
        return ""
    home = book.written[0].page
    ways = {chapter.path: relative(home, chapter.page) for chapter in book.listed}
    return front_of_book(project, ways, book.labels.lang)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that a page offers beside it."""

    name: str
    word: str
    size: str


def _tables(project: Path, chapter: Chapter, folder: Path) -> list[Table]:
    """Put the tables of a commune's run beside its page, and return what the page offers."""
    source = project / chapter.source.entry.path
    offered = []
    for name in TABLES if source.suffix == ".ipynb" and chapter.place != "elsewhere" else ():
        held = source.with_name(name)
        if not held.is_file():
            continue
        shutil.copyfile(held, folder / name)
        size = format_number(max(held.stat().st_size / 1000, 1), chapter.labels.lang, 0)
        offered.append(Table(name, chapter.labels.own(f"table_{held.stem}"), f"{size} kB"))
    return offered


def _copy_assets(book: Manuscript, target: Path) -> None:
    own = target / book.config.folder
    shutil.copytree(book.folder, own, dirs_exist_ok=True, ignore=_no_typst)
    if book.config.folder:
        return
    folder = target / ASSETS
    folder.mkdir(parents=True, exist_ok=True)
    package = resources.files("ntm_analysis")
    styles = [package.joinpath("book", "assets", name).read_bytes() for name in STYLES]
    (folder / "book.css").write_bytes(b"".join(styles))
    for name in (*FILES, *([SHELF] if book.config.catalogue else [])):
        (folder / name).write_bytes(package.joinpath("book", "assets", name).read_bytes())
    for name in FONTS:
        (folder / name).write_bytes(package.joinpath("fonts", name).read_bytes())


def _no_typst(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.endswith(".typ")}


def _forward(page: Path, home: Path) -> None:
    way = page.relative_to(home.parent).as_posix()
    home.write_text(
        '<!doctype html><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta http-equiv="refresh" content="0;url={way}">'
        f'<a href="{way}">{way}</a>\n',
        encoding="utf-8",
    )


def _way(chapter: Chapter, folder: str) -> str:
    """Return what leads from a chapter's page to a folder of the site: empty, or `…/`."""
    way = relative(chapter.page, folder or ".")
    return "" if way == "." else f"{way}/"


def _body(book: Manuscript, chapter: Chapter) -> str:
    options = book.options(chapter, "html", root=_way(chapter, book.config.folder))
    args = ["-t", "html5", "--mathml", "--wrap=none", "--eol=lf"]
    for name in ("resolve", "html", "fold"):
        args += ["-L", pandoc.lua_filter(name)]
    return book.render(chapter, options, args, without_styles)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("ntm_analysis.book"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(
    book: Manuscript,
    chapter: Chapter,
    body: str,
    downloads: Sequence[str],
    tables: Sequence[Table],
    front: str,
) -> str:
    config = book.config
    own = [c for c in book.written if c.place == "here"]
    place = own.index(chapter) if chapter in own else None
    before = own[place - 1] if place else None
    after = own[place + 1] if place is not None and place + 1 < len(own) else None

    def way(to: Chapter) -> str:
        return relative(chapter.page, to.page)

    context: dict[str, Any] = {
        "book": config,
        "policy": POLICY,
        "labels": book.labels,
        "own": book.labels.own,
        "chapter": chapter,
        "lang": chapter.labels.lang,
        "body": Markup(body),
        "root": _way(chapter, ""),
        "base": _way(chapter, config.folder),
        "assets": ASSETS,
        "search_index": search.index_file(config.folder),
        "shelf": relative(chapter.page, config.shelf) if config.shelf else "",
        "catalogue": relative(chapter.page, config.catalogue) if config.catalogue else "",
        "groups": entries_by_part(book.listed),
        "outline": outline(chapter.headings),
        "way": way,
        "home": own[0],
        "is_home": place == 0,
        "front": Markup(front),
        "previous": before,
        "next": after,
        "downloads": downloads,
        "tables": tables,
        "version": metadata.version("ntm_analysis"),
    }
    return _templates().get_template("page.html.j2").render(context)
