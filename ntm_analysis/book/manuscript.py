"""The whole book as numbered chapters: what every output format starts from."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from ntm_analysis.book import pandoc
from ntm_analysis.book.config import BookConfig, Place
from ntm_analysis.book.labels import Labels
from ntm_analysis.book.media import digest_of_pictures
from ntm_analysis.book.memo import Memo, key_of
from ntm_analysis.book.source import Source

Progress = Callable[[str, int, int], None]
SYNTHETIC_MARK = ".ntm-synthetic"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the chapter's title."""

    level: int
    id: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be referred to.

    Attributes
    ----------
    id : str
    text : str
        How a reference reads, e.g. `Hình 4.1` (with a no-break space).
    short : str
        The same without the word.
    page : str
        Path of its HTML page, relative to the site.
    anchor : str
        Its id on the page and in the printed book.
    """

    id: str
    text: str
    short: str
    page: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A chapter's document tree.

    Attributes
    ----------
    key : str
        What it was made from.
    version : str
        Of pandoc's document trees, as JSON.
    blocks : callable
        Gives the blocks as JSON; only asked where something has to be rendered.
    """

    key: str
    version: str
    blocks: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, numbered, as pandoc's document tree.

    Attributes
    ----------
    source : Source
    labels : Labels
        In the chapter's language.
    number : str
        `4`, `A`, or empty.
    title : str
    anchor : str
        Id of the title in the printed book; of the page's top in HTML.
    page : str
        Path of its HTML page, relative to the site.
    tree : Tree
    headings : tuple of Heading
    cites : tuple of str
        Ids referred to.
    links : tuple of str
        Sources linked to, from the project's root.
    pictures : tuple of str
        Pictures shown, by their paths in the manuscript's folder.
    """

    source: Source
    labels: Labels
    number: str
    title: str
    anchor: str
    page: str
    tree: Tree
    headings: tuple[Heading, ...]
    cites: tuple[str, ...]
    links: tuple[str, ...]
    pictures: tuple[str, ...]

    @property
    def path(self) -> str:
        """The chapter's source, as its author names it."""
        return self.source.entry.path

    @property
    def place(self) -> Place:
        """Where its page lies; see `Entry`."""
        return self.source.entry.place

    @property
    def label(self) -> str:
        """`Chương 4`, `Phụ lục A`, or empty."""
        kind = "apx" if self.source.entry.kind == "appendix" else "ch"
        return f"{self.labels[f'crossref-{kind}-prefix']} {self.number}" if self.number else ""

    @property
    def about_made_up(self) -> bool:
        """Whether it is about a made-up commune."""
        return bool(self.source.meta.get("synthetic"))

    @property
    def synthetic(self) -> bool:
        """Whether it is about a made-up commune and does not say so itself."""
        return self.about_made_up and SYNTHETIC_MARK not in self.source.text


@dataclass(frozen=True)
class Manuscript:
    """The whole book before it takes a form.

    Attributes
    ----------
    config : BookConfig
    labels : Labels
        In the book's language.
    chapters : tuple of Chapter
    targets : mapping of str to Target
    folder : Path
        Where its pictures are.
    memo : Memo
        What was rendered before.
    files : mapping of str to str
        What it was made from, relative to the project, with the hash of what was read.
    """

    config: BookConfig
    labels: Labels
    chapters: tuple[Chapter, ...]
    targets: dict[str, Target]
    folder: Path
    memo: Memo
    files: Mapping[str, str]

    def render(
        self,
        chapter: Chapter,
        options: Mapping[str, Any],
        args: Sequence[str],
        then: Callable[[str], str] = str,
    ) -> str:
        """Return what pandoc makes of a chapter with the given options and arguments.

        Parameters
        ----------
        chapter : Chapter
        options : mapping
            For our Lua filters.
        args : sequence of str
        then : callable, optional
            Applied to what pandoc writes.
        """
        tree = chapter.tree
        key = key_of((tree.key, json.dumps(options, sort_keys=True), *args, then.__qualname__))

        def made() -> str:
            text = pandoc.document(tree.version, {"ntm": options}, tree.blocks())
            return then(pandoc.run(["-f", "json", *args], text, chapter.path))

        return self.memo.text(key, made)

    @cached_property
    def digest(self) -> str:
        """One hash over what a printed book shows."""
        config = self.config
        cover = (config.title, config.subtitle, config.author, config.date, config.description)
        frame = (
            *cover,
            *config.cover,
            config.lang,
            config.toc_depth,
            self.labels["toc-title-document"],
        )
        parts = [
            (kind, part, part_note(chapters, self.labels), len(chapters))
            for kind, part, chapters in entries_by_part(self.listed)
        ]
        texts = [
            (chapter.tree.key, chapter.labels.lang, self.print_options(number))
            for number, chapter in enumerate(self.listed)
        ]
        shown = {name for chapter in self.listed for name in chapter.pictures}
        pictures = digest_of_pictures(self.folder, shown)
        return key_of([json.dumps([frame, parts, texts], sort_keys=True), pictures])

    @property
    def left_out(self) -> list[str]:
        """What outputs of its chapters hold that it cannot show, each after its chapter."""
        return [f"{c.path}: {note}" for c in self.chapters for note in c.source.left_out]

    @property
    def written(self) -> tuple[Chapter, ...]:
        """The chapters whose pages are this book's own."""
        return tuple(c for c in self.chapters if c.place != "elsewhere")

    @property
    def listed(self) -> tuple[Chapter, ...]:
        """The chapters that contents name and printed books have."""
        return tuple(c for c in self.chapters if c.place != "aside")

    @property
    def pictures(self) -> list[str]:
        """All pictures shown, by their paths in the manuscript's folder."""
        return sorted({name for chapter in self.chapters for name in chapter.pictures})

    def options(
        self, chapter: Chapter, mode: Literal["html", "print"], **more: Any
    ) -> dict[str, Any]:
        """Return what our Lua filters need to know about a chapter.

        In `html` references lead to pages, in `print` to places in the one document.
        """
        refs = {}
        for name in chapter.cites:
            if target := self.targets.get(name):
                href = f"#{target.anchor}"
                if mode == "html" and target.page != chapter.page:
                    href = relative(chapter.page, target.page) + href
                refs[name] = {"text": target.text, "short": target.short, "href": href}
        return {
            "refs": refs,
            "pages": {
                c.path: relative(chapter.page, c.page) if mode == "html" else f"#{c.anchor}"
                for c in self.chapters
                if c.path in chapter.links
            },
            "callouts": chapter.labels.callouts,
            **more,
        }

    def print_options(self, number: int, **more: Any) -> dict[str, Any]:
        """Return what our Lua filters need to know about chapter `number` of a printed book."""
        chapter = self.listed[number]
        return self.options(
            chapter,
            "print",
            prefix=f"c{number + 1}-",
            anchor=chapter.anchor,
            label=chapter.label,
            title=chapter.title,
            synthetic=chapter.labels.own("synthetic") if chapter.synthetic else "",
            mark=chapter.labels.own("synthetic_mark") if chapter.about_made_up else "",
            **more,
        )


def part_note(chapters: Sequence[Chapter], labels: Labels) -> str:
    """Return what a printed part says of itself: that it is made up, where all of it is."""
    made_up = all(chapter.about_made_up for chapter in chapters)
    return labels.own("synthetic_part_note") if made_up else ""


def relative(page: str, target: str) -> str:
    """Return the way from one page of the book to another."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def page_of(path: str) -> str:
    """Return the HTML page of a chapter's source, as Quarto names it."""
    return posixpath.splitext(path)[0] + ".html"


def entries_by_part(chapters: Sequence[Chapter]) -> list[tuple[str, str, list[Chapter]]]:
    """Return the chapters in groups of neighbours: kind, part title, chapters."""
    groups: list[tuple[str, str, list[Chapter]]] = []
    for chapter in chapters:
        entry = chapter.source.entry
        if not groups or groups[-1][:2] != (entry.kind, entry.part):
            groups.append((entry.kind, entry.part, []))
        groups[-1][2].append(chapter)
    return groups
