"""All chapters read, numbered and cross-referenced: what every output format starts from."""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ntm_analysis.book import media, pandoc
from ntm_analysis.book.config import BookConfig, Entry
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.labels import Labels, read_labels
from ntm_analysis.book.source import Source, read_source
from ntm_analysis.language import say

Progress = Callable[[str, int, int], None]
REFERENCE_KINDS = ("fig-", "tbl-", "sec-")
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
        Path of its HTML page, relative to the book.
    anchor : str
        Its id on the page and in the printed book.
    """

    id: str
    text: str
    short: str
    page: str
    anchor: str


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
        Path of its HTML page, relative to the book.
    ast : dict
    headings : tuple of Heading
    cites : tuple of str
        Ids referred to.
    """

    source: Source
    labels: Labels
    number: str
    title: str
    anchor: str
    page: str
    ast: pandoc.Ast
    headings: tuple[Heading, ...]
    cites: tuple[str, ...]

    @property
    def path(self) -> str:
        """The chapter's source, as its author names it."""
        return self.source.entry.path

    @property
    def label(self) -> str:
        """`Chương 4`, `Phụ lục A`, or empty."""
        kind = "apx" if self.source.entry.kind == "appendix" else "ch"
        return f"{self.labels[f'crossref-{kind}-prefix']} {self.number}" if self.number else ""

    @property
    def synthetic(self) -> bool:
        """Whether it is about a made-up commune and does not say so itself."""
        return bool(self.source.meta.get("synthetic")) and SYNTHETIC_MARK not in self.source.text


@dataclass(frozen=True, slots=True)
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
    """

    config: BookConfig
    labels: Labels
    chapters: tuple[Chapter, ...]
    targets: dict[str, Target]
    folder: Path

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
            },
            "folder": posixpath.dirname(chapter.path),
            "callouts": chapter.labels.callouts,
            **more,
        }


def relative(page: str, target: str) -> str:
    """Return the way from one page of the book to another."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def page_of(path: str) -> str:
    """Return the HTML page of a chapter's source, as Quarto names it."""
    return posixpath.splitext(path)[0] + ".html"


def read_manuscript(
    project: Path, config: BookConfig, folder: Path, on_progress: Progress | None = None
) -> Manuscript:
    """Read and number all chapters.

    Parameters
    ----------
    project : Path
    config : BookConfig
    folder : Path
        An empty folder for the book's pictures.
    on_progress : callable, optional

    Raises
    ------
    BookError
        If a chapter is missing or broken, an id stands twice, or a reference leads nowhere.
    """
    labels = read_labels(project, config)
    sources = [read_source(project, entry) for entry in config.entries]
    jobs = list(zip(sources, _numbers(sources), strict=True))
    stage = labels.own("stage_read")

    def parsed(index: int) -> tuple[Chapter, list[dict[str, str]]]:
        source, number = jobs[index]
        own = read_labels(project, config, str(source.meta.get("lang") or ""))
        return _parse(project, config, folder, index, source, number, own)

    chapters, targets = [], []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, (chapter, found) in enumerate(pool.map(parsed, range(len(jobs))), 1):
            chapters.append(chapter)
            targets.append(found)
            if on_progress:
                on_progress(stage, done, len(jobs))
    known = _collect(chapters, targets)
    _check_references(chapters, known)
    return Manuscript(config, labels, tuple(chapters), known, folder)


def _numbers(sources: Sequence[Source]) -> Iterator[str]:
    chapter = appendix = 0
    for source in sources:
        if not source.numbered:
            yield ""
        elif source.entry.kind == "appendix":
            appendix += 1
            yield _letters(appendix)
        else:
            chapter += 1
            yield str(chapter)


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _parse(
    project: Path,
    config: BookConfig,
    folder: Path,
    index: int,
    source: Source,
    number: str,
    labels: Labels,
) -> tuple[Chapter, list[dict[str, str]]]:
    path = source.entry.path
    options = {
        "chapter": number,
        "depth": config.number_depth,
        "folder": posixpath.dirname(path),
        "fig": labels["crossref-fig-prefix"],
        "tbl": labels["crossref-tbl-prefix"],
        "title": source.title,
    }
    args = ["-f", pandoc.READER, "-t", "json", "-L", pandoc.lua_filter("number")]
    for key, value in options.items():
        args += ["-M", f"ntm-{key}={value}"]
    text = media.extract(source.text, folder, path)
    try:
        ast: pandoc.Ast = json.loads(pandoc.run(args, text, path))
    except BookError as error:
        if "ntm-second-title: " in error.log:
            heading = error.log.split("ntm-second-title: ")[1].splitlines()[0]
            message = say("book.second_title", chapter=path, heading=heading)
            raise BookError(message, error.log) from None
        raise
    found = pandoc.plain(ast["meta"]["ntm"])
    media.copy_images(project, folder, found["images"], path)
    chapter = Chapter(
        source=source,
        labels=labels,
        number=number,
        title=found["title"] or posixpath.basename(path),
        anchor=found["id"] if found["id"].startswith("sec-") else f"ch-{index + 1}",
        page=page_of(path),
        ast=ast,
        headings=tuple(
            Heading(int(h["level"]), h["id"], h["number"], h["text"]) for h in found["headings"]
        ),
        cites=tuple(dict.fromkeys(found["cites"])),
    )
    return chapter, found["targets"]


def _collect(
    chapters: Sequence[Chapter], targets: Sequence[Sequence[dict[str, str]]]
) -> dict[str, Target]:
    known: dict[str, Target] = {}
    twice = []
    for chapter, found in zip(chapters, targets, strict=True):
        own = [_target(chapter, item) for item in found]
        if chapter.anchor.startswith("sec-"):
            text, short = (
                (chapter.label, chapter.number)
                if chapter.number
                else (
                    chapter.title,
                    chapter.title,
                )
            )
            text = text.replace(" ", "\u00a0") if chapter.number else text
            own.append(Target(chapter.anchor, text, short, chapter.page, chapter.anchor))
        for target in own:
            if target.id in known:
                twice.append(say("book.id_twice", chapter=chapter.path, id=target.id))
            known[target.id] = target
    if twice:
        raise BookError("\n".join(twice))
    return known


def _target(chapter: Chapter, item: dict[str, str]) -> Target:
    word = chapter.labels[f"crossref-{item['kind']}-prefix"]
    number = item["number"]
    text = f"{word}\u00a0{number}" if number else item["text"]
    return Target(item["id"], text, number or item["text"], chapter.page, item["id"])


def _check_references(chapters: Sequence[Chapter], known: dict[str, Target]) -> None:
    missing = [
        say("book.unresolved", chapter=chapter.path, id=name)
        for chapter in chapters
        for name in chapter.cites
        if name.startswith(REFERENCE_KINDS) and name not in known
    ]
    if missing:
        raise BookError("\n".join(missing))


def entries_by_part(chapters: Sequence[Chapter]) -> list[tuple[str, str, list[Chapter]]]:
    """Return the chapters in groups of neighbours: kind, part title, chapters."""
    groups: list[tuple[str, str, list[Chapter]]] = []
    for chapter in chapters:
        entry: Entry = chapter.source.entry
        if not groups or groups[-1][:2] != (entry.kind, entry.part):
            groups.append((entry.kind, entry.part, []))
        groups[-1][2].append(chapter)
    return groups
