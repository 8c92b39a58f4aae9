"""All chapters read, numbered and cross-referenced."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ntm_analysis.book import media, pandoc
from ntm_analysis.book.config import BookConfig
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.labels import Labels, read_labels
from ntm_analysis.book.manuscript import (
    Chapter,
    Heading,
    Manuscript,
    Progress,
    Target,
    Tree,
    page_of,
)
from ntm_analysis.book.memo import Memo, digest_of_file, key_of
from ntm_analysis.book.source import Source, read_source
from ntm_analysis.language import say

REFERENCE_KINDS = ("fig-", "tbl-", "sec-")


def read_manuscript(
    project: Path,
    config: BookConfig,
    folder: Path,
    on_progress: Progress | None = None,
    memo: Memo | None = None,
) -> Manuscript:
    """Read and number all chapters.

    Parameters
    ----------
    project : Path
    config : BookConfig
    folder : Path
        An empty folder for the book's pictures.
    on_progress : callable, optional
    memo : Memo, optional
        What was rendered before.

    Raises
    ------
    BookError
        If a chapter is missing or broken, an id stands twice, or a reference leads nowhere.
    """
    memo = memo or Memo()
    style = config.reference_doc
    styles = [(style, digest_of_file(project / style))] if style else []
    labels = read_labels(project, config)
    sources = [read_source(project, entry) for entry in config.entries]
    jobs = list(zip(sources, _numbers(sources), strict=True))
    spoken = {str(source.meta.get("lang") or "") for source in sources}
    labels_in = {lang: read_labels(project, config, lang) for lang in sorted(spoken)}
    stage = say("book.stage_read")

    def parsed(index: int) -> tuple[Chapter, list[dict[str, str]]]:
        source, number = jobs[index]
        own = labels_in[str(source.meta.get("lang") or "")]
        return _parse(project, config, folder, index, source, number, own, memo)

    chapters, targets = [], []
    with ThreadPoolExecutor(pandoc.workers()) as pool:
        for done, (chapter, found) in enumerate(pool.map(parsed, range(len(jobs))), 1):
            chapters.append(chapter)
            targets.append(found)
            if on_progress:
                on_progress(stage, done, len(jobs))
    known = _collect(chapters, targets)
    _check_references(chapters, known)
    read = _files(chapters, [labels, *labels_in.values()], folder)
    files = _agreed([*styles, *read])
    return Manuscript(config, labels, tuple(chapters), known, folder, memo, files)


def _files(
    chapters: Sequence[Chapter], labels: Iterable[Labels], folder: Path
) -> Iterator[tuple[str, str]]:
    """Give the files that were read, with the hash of what stood there."""
    for words in labels:
        yield words.file, words.digest
    for chapter in chapters:
        yield from chapter.source.files.items()
        for name in chapter.pictures:
            if not name.startswith(f"{media.MEDIA}/"):
                yield name, digest_of_file(folder / name)


def _agreed(read: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return one hash a file; none for one that changed between two chapters that have it."""
    files: dict[str, str] = {}
    for name, digest in read:
        files[name] = digest if files.get(name, digest) == digest else ""
    return files


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
    memo: Memo,
) -> tuple[Chapter, list[dict[str, str]]]:
    path = source.entry.path
    options = {
        "chapter": number,
        "depth": config.number_depth,
        "folder": posixpath.dirname(path),
        "fig": labels["crossref-fig-prefix"],
        "tbl": labels["crossref-tbl-prefix"],
        "title": source.title,
        "reader": pandoc.READER,
    }
    args = ["-f", pandoc.READER, "-t", "json", "-L", pandoc.lua_filter("number")]
    for key, value in options.items():
        args += ["-M", f"ntm-{key}={value}"]
    text = media.extract(source.text, folder, path)
    key = key_of(("tree", text, *args))
    blocks_key = key_of((key, "blocks"))

    def blocks() -> str:
        return memo.text(blocks_key, lambda: pandoc.dumps(_tree(args, text, path)["blocks"]))

    def facts() -> str:
        tree = _tree(args, text, path)
        memo.text(blocks_key, lambda: pandoc.dumps(tree["blocks"]))  # while they are at hand
        version = pandoc.dumps(tree["pandoc-api-version"])
        return pandoc.dumps({"version": version, **pandoc.plain(tree["meta"]["ntm"])})

    found = json.loads(memo.text(key, facts))
    media.copy_images(project, folder, found["images"], path)
    chapter = Chapter(
        source=source,
        labels=labels,
        number=number,
        title=found["title"] or posixpath.basename(path),
        anchor=found["id"] if found["id"].startswith("sec-") else f"ch-{index + 1}",
        page=source.entry.page or page_of(path),
        tree=Tree(key, found["version"], blocks),
        headings=tuple(
            Heading(int(h["level"]), h["id"], h["number"], h["text"]) for h in found["headings"]
        ),
        cites=tuple(dict.fromkeys(found["cites"])),
        links=tuple(dict.fromkeys(found["links"])),
        pictures=tuple(dict.fromkeys(found["images"])),
    )
    return chapter, found["targets"]


def _tree(args: Sequence[str], text: str, chapter: str) -> pandoc.Ast:
    try:
        tree: pandoc.Ast = json.loads(pandoc.run(args, text, chapter))
    except BookError as error:
        if "ntm-second-title: " in error.log:
            heading = error.log.split("ntm-second-title: ")[1].splitlines()[0]
            message = say("book.second_title", chapter=chapter, heading=heading)
            raise BookError(message, error.log) from None
        raise
    return tree


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
