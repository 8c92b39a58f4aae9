"""One book of a shelf: its plan, its first page, and the making of it if anything changed."""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from ntm_analysis.batch.atomic import write_text
from ntm_analysis.batch.card import Card
from ntm_analysis.batch.plan import executed
from ntm_analysis.book import builtin, pandoc, quarto_volume
from ntm_analysis.book.chapters import commune_chapters
from ntm_analysis.book.config import BookConfig, Entry, entries_of
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.made import SEALS, recognised, recorded_of_books
from ntm_analysis.book.manuscript import page_of
from ntm_analysis.book.memo import key_of
from ntm_analysis.book.output import files_in, keep_log, publish, workshop
from ntm_analysis.book.sealed import Seal, words_of
from ntm_analysis.book.shelf import Volume
from ntm_analysis.book.typesetting import source_date_epoch
from ntm_analysis.language import Lang, translate
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors
from ntm_analysis.tables import Md, escape, pipe_table

CATALOGUE = "catalogue.html"
"""The list of the books, in the index of the shelf."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is needed to make one book; sent to the process that makes it.

    Attributes
    ----------
    root : str
        The project's folder.
    config : BookConfig
        The book's plan.
    volume : Volume
    home : str
        Source of its first page, relative to the project.
    formats : tuple of str
    renderer : {"quarto", "builtin"}
    lang : {"vi", "en"}
    """

    root: str
    config: BookConfig
    volume: Volume
    home: str
    formats: tuple[str, ...]
    renderer: Literal["quarto", "builtin"]
    lang: Lang

    @property
    def key(self) -> str:
        """All that decides the book besides its sources."""
        parts = [json.dumps(asdict(self.config), sort_keys=True), *self.formats, self.renderer]
        if self.renderer == "quarto":
            parts.append(quarto_volume.settings_digest(Path(self.root)))
        return key_of([*parts, str(source_date_epoch())])


def volume_job(
    project: Project,
    base: BookConfig,
    appendices: Sequence[str],
    volume: Volume,
    comparison: Path | None,
    formats: Sequence[str],
    renderer: Literal["quarto", "builtin"],
    lang: Lang,
) -> Job:
    """Plan a book of a shelf, and write the source of its first page.

    Parameters
    ----------
    project : Project
    base : BookConfig
        The plan without the communes' chapters.
    appendices : sequence of str
        The generated ones.
    volume : Volume
    comparison : Path, optional
        The executed comparison of its communes.
    formats : sequence of str
    renderer : {"quarto", "builtin"}
    lang : {"vi", "en"}
    """
    home = posixpath.join("reports", SEALS, volume.slug, "index.qmd")
    write_text(project.root / home, home_text(project, volume, home, lang))
    own = entries_of(commune_chapters(project, volume.cards, comparison), "chapter")
    static = [replace(entry, place="elsewhere") for entry in base.entries]
    config = replace(
        base,
        subtitle=f"{volume.title} ({translate('shelf.synthetic', lang)})"
        if volume.synthetic
        else volume.title,
        cover=(),
        output_name=f"{base.output_name}-{volume.slug.replace('/', '-')}",
        entries=(
            Entry(home, "chapter", page=volume.home),
            *(entry for entry in static if entry.kind == "chapter"),
            *(replace(e, page=posixpath.join(volume.slug, page_of(e.path))) for e in own),
            *(entry for entry in static if entry.kind == "appendix"),
            *(Entry(path, "appendix", place="elsewhere") for path in appendices),
        ),
        folder=volume.slug,
        shelf="index.html",
    )
    return Job(os.fspath(project.root), config, volume, home, tuple(formats), renderer, lang)


def home_text(project: Project, volume: Volume, home: str, lang: Lang) -> str:
    """Return the Markdown of a book's first page: which reports are in it, and how they ended."""
    title = escape(translate("shelf.home", lang))
    what = translate(
        "shelf.holds",
        lang,
        reports=len(volume.cards),
        communes=volume.communes,
        place=volume.title,
    )
    text = f"# {title} {{.unnumbered}}\n\n{escape(what)}\n\n"
    made_up = sum(card.synthetic for card in volume.cards)
    if made_up:
        warning = escape(translate("shelf.made_up", lang, count=made_up))
        heading = translate("shelf.made_up_title", lang)
        text += f'::: {{.callout-important title="{heading}"}}\n{warning}\n:::\n\n'
    folder = posixpath.dirname(home)
    rows = [
        (
            named(
                card, posixpath.relpath(project.relative(executed(project, card.id)), folder), lang
            ),
            str(card.year),
            *tally(card),
        )
        for card in volume.cards
    ]
    return text + reports_table(rows, translate("shelf.home_caption", lang), "tbl-volume", lang)


def named(card: Card, link: str, lang: Lang) -> Md:
    """Return a commune's name as a link, marked where it is made up."""
    mark = f" ({escape(translate('shelf.synthetic', lang))})" if card.synthetic else ""
    return Md(f"[{escape(card.name)}]({link}){mark}")


def tally(card: Card) -> tuple[str, ...]:
    """Return how many indicators are met, firmly and by conclusion, and the other verdicts."""
    others = ("not_met", "pending", "no_data")
    return (
        f"{card.counted}/{card.indicators}",
        str(card.firm),
        f"{card.concluded}/{card.indicators}",
        *(str(card.verdicts.get(verdict, 0)) for verdict in others),
    )


def reports_table(rows: Sequence[Sequence[str]], caption: str, name: str, lang: Lang) -> Md:
    """Return a table of reports: commune, year, how many are met, firm, concluded, and open."""
    heads = ("commune", "year", "met", "firm", "concluded", "not_met", "pending", "no_data")
    return pipe_table(
        [translate(f"shelf.head_{head}", lang) for head in heads],
        rows,
        caption,
        name,
        (14, 5, 7, 6, 8, 7, 9, 9),
        ("left", *["right"] * 7),  # type: ignore[arg-type]
    )


def make_volume(job: Job, pandocs: int) -> str:
    """Make a book of a shelf and put it in its place.

    Parameters
    ----------
    job : Job
    pandocs : int
        How many may run at once.

    Returns
    -------
    str
        Why that failed; empty if it did not.
    """
    os.environ[pandoc.WORKERS] = str(pandocs)
    root = Path(job.root)
    site = root / job.config.output_dir
    slug = job.volume.slug
    seal = Seal(root, slug)
    key = job.key  # before anything is read: what changes meanwhile is for the next time
    try:
        with workshop(root) as folder:
            new = folder / "site"
            if job.renderer == "quarto":
                home = home_text(Project(root), job.volume, "index.qmd", job.lang)
                rendered = quarto_volume.render(
                    root, job.config, job.formats, folder, new, home, job.lang, seal.printed()
                )
            else:
                rendered = builtin.render(
                    root, job.config, job.formats, folder, new, seal.printed()
                )
                notes = quarto_volume.warnings_file(root, slug)
                notes.parent.mkdir(parents=True, exist_ok=True)
                notes.write_text("\n".join(rendered.book.left_out), encoding="utf-8")
            known = [words_of(text) for text in rendered.texts] or seal.words()
            before = _files_before(root, job, seal)
            seal.break_(_within(slug, files_in(new / slug) | before), rendered.printed)
            (site / slug).parent.mkdir(parents=True, exist_ok=True)
            files = publish(new / slug, site / slug, job.formats, before)
            made = _within(slug, files)
            write_text(boxed_file(root, slug), json.dumps(dict(rendered.boxed)))
            seal.set(key, rendered.book.files, site, made, known, rendered.printed, rendered.stale)
    except BookError as error:
        keep_log(root, error)
        return str(error)
    except DataErrors as error:
        return str(error)
    except OSError as error:
        return f"{error.filename or slug}: {error.strerror or error}"
    return ""


def boxed_file(root: Path, slug: str) -> Path:
    """Return where it stands which letters of a book show as boxes in its PDF."""
    return root / "reports" / SEALS / slug / "letters.json"


def _files_before(root: Path, job: Job, seal: Seal) -> set[str]:
    """Return the files in a book's place that were made here, by their paths in it."""
    recorded = seal.made()
    if recorded is None:  # another division may have had this folder
        recorded = recorded_of_books(root)
    folder = root / job.config.output_dir / job.volume.slug
    return _below(job.volume.slug, recorded) or recognised(folder, job.config.output_name)


def _within(slug: str, files: Iterable[str]) -> list[str]:
    """Return paths in the site of files of a book."""
    return [f"{slug}/{name}" for name in files]


def _below(slug: str, files: Iterable[str]) -> set[str]:
    """Return those files of the site that are in a book's folder, by their paths in it."""
    start = f"{slug}/"
    return {name.removeprefix(start) for name in files if name.startswith(start)}
