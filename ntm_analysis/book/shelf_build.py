"""A shelf made: its books, each only if anything changed, and the index that searches them all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ntm_analysis.batch.apart import WorkerDiedError, apart, end_all
from ntm_analysis.batch.atomic import write_text
from ntm_analysis.book import builtin, quarto
from ntm_analysis.book.catalogue import areas, catalogue
from ntm_analysis.book.config import BookConfig, Entry, read_config
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.front import area_rows, front_html
from ntm_analysis.book.labels import read_labels
from ntm_analysis.book.made import PRINTED, SEALS, prepare, read_made, read_record, write_made
from ntm_analysis.book.manuscript import page_of
from ntm_analysis.book.output import files_in, merge, workshop
from ntm_analysis.book.quarto_volume import warnings_file
from ntm_analysis.book.sealed import Seal, words_of
from ntm_analysis.book.shelf import Volume
from ntm_analysis.book.volume import CATALOGUE, Job, boxed_file, make_volume, volume_job
from ntm_analysis.book.wordindex import write_word_index
from ntm_analysis.language import Lang, say
from ntm_analysis.paths import Project

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ShelfResult:
    """What became of a shelf.

    Attributes
    ----------
    output_dir : Path
    renderer : str
        That made the books; the index is always by the built-in one.
    made, unchanged : int
        Books.
    failed : dict of str to str
        Why, by the folder of the book; what it was before is still in its place.
    stale : list of str
        Printed forms from before that show something else than their book does now.
    warnings : list of str
        What Quarto warned of, or what the built-in renderer leaves out, in the books made now, each
        after its book's folder.
    boxed : dict of str to str
        Letters that show as boxes in the PDF, by book and chapter; of books made before, too.
    """

    output_dir: Path
    renderer: str
    made: int
    unchanged: int
    failed: dict[str, str] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    boxed: dict[str, str] = field(default_factory=dict)


def build_shelf(
    project: Project,
    volumes: Sequence[Volume],
    comparisons: dict[str, Path],
    appendices: Sequence[str],
    formats: Sequence[str],
    renderer: Literal["auto", "quarto", "builtin"],
    lang: Lang,
    jobs: int | None = None,
    on_progress: Progress | None = None,
) -> ShelfResult:
    """Make the books of a shelf that changed, and its index.

    Each book is put in its place when it is whole; one that fails leaves the others alone, and an
    interrupted build goes on where it was.

    Parameters
    ----------
    project : Project
    volumes : sequence of Volume
    comparisons : dict of str to Path
        Executed comparisons by the folder of their book; that of all is under the empty name.
    appendices : sequence of str
        Generated ones.
    formats : sequence of str
    renderer : {"auto", "quarto", "builtin"}
        Of the books.
    lang : {"vi", "en"}
    jobs : int, optional
        Books made at once; by default one a processor.
    on_progress : callable, optional

    Raises
    ------
    DataErrors
        If `_quarto.yml` or the language file cannot be read.
    BookError
        If the index cannot be made, or none of the books.
    """
    chosen: Literal["quarto", "builtin"] = (
        "builtin" if renderer == "builtin" or (renderer == "auto" and not quarto.available())
        else "quarto"
    )  # fmt: skip
    place = read_config(project.root).output_dir  # a profile may name another than the plan
    base = replace(read_config(project.root, profiles=False), output_dir=place)
    work = [
        volume_job(project, base, appendices, volume, comparisons.get(volume.slug), formats, chosen,
                   lang)
        for volume in volumes
    ]  # fmt: skip
    read_labels(project.root, base)  # mistakes in it are everybody's
    site = project.root / base.output_dir
    todo = [job for job in work if not Seal(project.root, job.volume.slug).holds(job.key, site)]
    failed = {}
    for done, (job, message) in enumerate(_each(todo, jobs or os.cpu_count() or 1), start=1):
        if message:
            failed[job.volume.slug] = message
        if on_progress:
            on_progress(say("shelf.stage"), done, len(todo))
    there = [volume for volume in volumes if _is_there(site, volume, base)]
    if not there:
        raise BookError("\n".join(f"{slug}: {message}" for slug, message in failed.items()))
    index = _index_config(base, appendices, comparisons.get(""), there, project, lang)
    keep = [volume.slug for volume in volumes]  # what one that failed was before stays, too
    of_index = _make_index(project, index, there, keep, formats, on_progress)
    boxed = _boxed(project.root, there) | of_index
    _forget(project, volumes)
    builtin.memo_of(project.root).prune()
    made = len(todo) - len(failed)
    stale = [
        f"{volume.slug}/{name}"
        for volume in there
        for name in Seal(project.root, volume.slug).stale()
    ]
    warnings = _warnings(project.root, todo)
    return ShelfResult(site, chosen, made, len(work) - len(todo), failed, stale, warnings, boxed)


def _boxed(root: Path, volumes: Sequence[Volume]) -> dict[str, str]:
    found: dict[str, str] = {}
    for volume in volumes:
        known = read_record(boxed_file(root, volume.slug))
        found.update({f"{volume.slug}: {where}": str(known[where]) for where in known})
    return found


def _warnings(root: Path, made: Sequence[Job]) -> list[str]:
    found = []
    for job in made:
        file = warnings_file(root, job.volume.slug)
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        found += [f"{job.volume.slug}: {line}" for line in lines]
    return found


def _each(work: Sequence[Job], at_once: int) -> Iterator[tuple[Job, str]]:
    """Make books, each in a process of its own: one that is killed takes no other along.

    Gives each with the reason why it could not be made, or nothing.
    """
    if not work:
        return
    at_once = min(at_once, len(work))
    pandocs = max(1, (os.cpu_count() or 1) // at_once)
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="ntm-book")
    try:
        futures = {pool.submit(_apart, job, pandocs): job for job in work}
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        end_all()
        pool.shutdown(wait=True)


def _apart(job: Job, pandocs: int) -> str:
    try:
        try:
            return apart(make_volume, job, pandocs)
        except WorkerDiedError as error:
            if not error.again:
                raise
            return apart(make_volume, job, pandocs)
    except WorkerDiedError as error:
        return say("batch.worker_died", status="?" if error.status is None else error.status)
    except Exception as error:  # what nobody foresaw stops this book only
        return f"{type(error).__name__}: {error}"


def _index_config(
    base: BookConfig,
    appendices: Sequence[str],
    comparison: Path | None,
    volumes: Sequence[Volume],
    project: Project,
    lang: Lang,
) -> BookConfig:
    site = project.root / base.output_dir
    stale = {volume.slug: Seal(project.root, volume.slug).stale() for volume in volumes}

    def offered(volume: Volume, suffix: str) -> bool:
        name = _printed_name(volume, suffix, base)
        return (site / volume.slug / name).is_file() and name not in stale[volume.slug]

    printed = [suffix for suffix in PRINTED if all(offered(v, suffix) for v in volumes)]
    pages = catalogue(volumes, lang, printed, base.output_name)
    for entry, text in pages.items():
        write_text(project.root / entry.path, text)
    first, *others = [entry for entry in base.entries if entry.kind == "chapter"]
    compared = [] if comparison is None else [Entry(project.relative(comparison), "chapter")]
    listed, *aside = pages
    ways = {entry.path: page_of(entry.path) for entry in base.entries}
    ways |= {path: page_of(path) for path in appendices}
    if comparison is not None:
        ways[compared[0].path] = page_of(compared[0].path)
    cards = [card for volume in volumes for card in volume.cards]
    rows = area_rows(areas(volumes, lang), lang)
    return replace(
        base,
        entries=(
            first,
            listed,
            *others,
            *compared,
            *aside,
            *(entry for entry in base.entries if entry.kind == "appendix"),
            *(Entry(path, "appendix") for path in appendices),
        ),
        catalogue=CATALOGUE,
        front=front_html(cards, rows, ways, lang, CATALOGUE),
    )


def _is_there(site: Path, volume: Volume, base: BookConfig) -> bool:
    folder = site / volume.slug
    printed = (folder / _printed_name(volume, suffix, base) for suffix in PRINTED)
    return any(path.is_file() for path in (site / volume.home, *printed))


def _printed_name(volume: Volume, suffix: str, base: BookConfig) -> str:
    return f"{base.output_name}-{volume.slug.replace('/', '-')}{suffix}"


def _make_index(
    project: Project,
    config: BookConfig,
    volumes: Sequence[Volume],
    keep: Sequence[str],
    formats: Sequence[str],
    on_progress: Progress | None,
) -> dict[str, str]:
    """Make the index; return the letters that show as boxes in its PDF, by chapter."""
    site = project.root / config.output_dir
    with workshop(project.root) as folder:
        new = folder / "site"
        before = read_made(project.root, site, config.output_name)
        rendered = builtin.render(
            project.root, config, formats, folder, new, before.printed, on_progress
        )
        if "html" in formats:
            pages = [words_of(text) for text in rendered.texts]
            for volume in volumes:
                own = Seal(project.root, volume.slug).words()
                # The first page and the comparison of a book of made-up communes are of them, too.
                pages += [replace(one, made_up=True) for one in own] if volume.synthetic else own
            write_word_index(pages, new)
        prepare(site, before, files_in(new), rendered.printed)
        files = merge(new, site, formats, keep, before.files)
        write_made(site, files, rendered.printed)
    return dict(rendered.boxed)


def _forget(project: Project, volumes: Sequence[Volume]) -> None:
    """Remove the records of books that are no longer on the shelf."""
    slugs = {volume.slug for volume in volumes}
    folder = project.reports / SEALS
    for seal in sorted(folder.rglob("seal.json")):
        if seal.parent.relative_to(folder).as_posix() not in slugs:
            for path in seal.parent.iterdir():  # books of another division may lie below
                if path.is_file():
                    path.unlink()
