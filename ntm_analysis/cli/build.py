"""`ntm book`, `ntm build`: from figures to the book."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import BAD_INPUT, WRONG_USAGE, err, out, progress, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.run import LOG_EVERY, RunOptions, run_changed
from ntm_analysis.communes import list_ids
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem

if TYPE_CHECKING:
    from ntm_analysis.batch.card import Card
    from ntm_analysis.book.shelf import Division

LARGE = 50
"""Reports from which on one book is a burden to its makers and readers."""
WARNINGS = 10
"""Kinds of warnings of Quarto's that are listed."""
FORMATS = ("html", "pdf", "docx")


def _formats(to: str) -> list[str]:
    wanted = [part.strip().lower() for part in to.split(",") if part.strip()]
    unknown = [part for part in wanted if part not in FORMATS]
    if unknown or not wanted:
        err.print(
            say("cli.formats", unknown=", ".join(unknown), known=", ".join(FORMATS)),
            style="red",
            markup=False,
        )
        stop(WRONG_USAGE)
    return [name for name in FORMATS if name in wanted]


@dataclass(frozen=True, slots=True)
class BookOptions:
    """What is asked of a book.

    Attributes
    ----------
    to : str
        Formats, separated by commas.
    renderer : {"auto", "quarto", "builtin"}
    split_by : {"province", "district", "commune"} or None
        What each of several small books holds; None for one book.
    jobs : int or None
        Books made at once.
    demo : bool
        Whether made-up communes are in it.
    """

    to: str
    renderer: Literal["auto", "quarto", "builtin"]
    split_by: str | None = None
    jobs: int | None = None
    demo: bool = False


def make_book(options: BookOptions) -> None:
    """Render the book from the executed notebooks."""
    project = project_here()
    formats = _formats(options.to)
    with told(), alone(project, "book"):
        cards = book_cards(project, options.demo)
        _render(project, formats, options, cards, _behind(project, cards, ()))


def build_all(ids: Sequence[str] | None, options: BookOptions, running: RunOptions) -> None:
    """Check, run and render: the main job."""
    project = project_here()
    formats = _formats(options.to)
    with told(), alone(project, "build"):
        if not run_changed(project, ids, running, for_book=True):
            err.print(say("batch.no_book"), style="red")
            stop(BAD_INPUT)
        cards = book_cards(project, options.demo)
        just_run = set(ids or [card.id for card in cards])
        _render(project, formats, options, cards, _behind(project, cards, just_run))


def _behind(project: Project, cards: Sequence[Card], just_run: Collection[str]) -> set[str]:
    """Tell which reports are not those of their data; return those whose data cannot be used."""
    from ntm_analysis.batch import split_current
    from ntm_analysis.communes import read_cases

    _, behind = split_current(project, [c.id for c in cards if c.id not in just_run])
    if not behind:
        return set()
    line = say("cli.behind", count=len(behind), names=_some(behind))
    err.print(line, style="yellow", markup=False)
    unusable = list(read_cases(project, behind)[1])
    if unusable:
        err.print(
            say("cli.unusable", count=len(unusable), names=_some(unusable)),
            style="yellow",
            markup=False,
        )
    return set(unusable)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _render(
    project: Project,
    formats: Sequence[str],
    options: BookOptions,
    cards: Sequence[Card],
    unusable: Collection[str],
) -> None:
    from ntm_analysis.book import BookError

    make = _one_book if options.split_by is None else _shelf
    with progress() as bar:
        task = bar.add_task(say("cli.rendering"), total=None)

        logged = time.monotonic()

        def told_of(what: str, step: int, steps: int) -> None:
            nonlocal logged
            bar.update(task, description=what, completed=step, total=steps)
            if not err.is_terminal and time.monotonic() - logged > LOG_EVERY:
                logged = time.monotonic()
                err.print(f"{what}: {step}/{steps}", markup=False)

        try:
            summary = make(project, cards, unusable, formats, options, told_of)
        except BookError as error:
            bar.stop()
            err.print(str(error), style="red", markup=False)
            stop(BAD_INPUT)
    if not summary():
        stop(BAD_INPUT)


def _one_book(
    project: Project,
    cards: Sequence[Card],
    unusable: Collection[str],
    formats: Sequence[str],
    options: BookOptions,
    told_of: Callable[[str, int, int], None],
) -> Callable[[], bool]:
    from ntm_analysis.book import build_book
    from ntm_analysis.book.chapters import DEMO, write_chapters

    if len(cards) > LARGE:
        err.print(say("shelf.large", count=len(cards)))
    comparison = compare_cards(project, cards, unusable, DEMO if options.demo else "")
    write_chapters(project, cards, comparison)
    result = build_book(project.root, formats, options.renderer, told_of)

    def summary() -> bool:
        for path in result.files:
            out.print(f"  {project.from_here(path)}", markup=False, soft_wrap=True)
        _say_stale([path.name for path in result.stale])
        _say_warnings(result.warnings, result.renderer)
        _say_boxed(result.boxed)
        _say_where(project, result.output_dir, result.renderer)
        return True

    return summary


def _shelf(
    project: Project,
    cards: Sequence[Card],
    unusable: Collection[str],
    formats: Sequence[str],
    options: BookOptions,
    told_of: Callable[[str, int, int], None],
) -> Callable[[], bool]:
    from ntm_analysis.book.chapters import book_lang, write_appendices
    from ntm_analysis.book.shelf import plan
    from ntm_analysis.book.shelf_build import build_shelf

    lang = book_lang(cards)
    volumes = plan(cards, cast("Division", options.split_by), lang)
    largest = max(len(volume.cards) for volume in volumes)
    if largest > LARGE:
        err.print(say("shelf.large", count=largest))
    comparisons: dict[str, Path] = {}
    all_ids = frozenset(list_ids(project))
    for done, (slug, own) in enumerate([("", cards), *((v.slug, v.cards) for v in volumes)]):
        told_of(say("shelf.comparing"), done, len(volumes) + 1)
        # Years of one commune are compared in its own report.
        if len({card.commune for card in own}) > 1 and (
            path := compare_cards(project, own, unusable, slug, all_ids)
        ):
            comparisons[slug] = path
    result = build_shelf(
        project,
        volumes,
        comparisons,
        write_appendices(project, cards),
        formats,
        options.renderer,
        lang,
        options.jobs,
        told_of,
    )

    def summary() -> bool:
        for slug, message in result.failed.items():
            line = say("shelf.failed", slug=slug, message=message)
            err.print(line, style="red", markup=False, soft_wrap=True)
        counts = {"made": result.made, "unchanged": result.unchanged, "failed": len(result.failed)}
        out.print(say("shelf.made", **counts))
        _say_stale(result.stale)
        _say_warnings(result.warnings, result.renderer)
        _say_boxed(result.boxed)
        _say_where(project, result.output_dir, result.renderer)
        return not result.failed

    return summary


def _say_stale(names: Sequence[str]) -> None:
    if names:
        formats = ",".join(sorted({name.rpartition(".")[2] for name in names}))
        line = say("cli.stale", names=_some(names), count=len(names), formats=formats)
        err.print(line, markup=False)


def _say_warnings(warnings: Sequence[str], renderer: str) -> None:
    """Pass on what Quarto warned of, or what is left out, in a list that can be read."""
    if not warnings:
        return
    line = "cli.quarto_warns" if renderer == "quarto" else "cli.book_leaves_out"
    err.print(say(line, count=len(warnings)), style="yellow", markup=False)
    for warning in warnings[:WARNINGS]:
        err.print(f"  {warning}", markup=False, soft_wrap=True)
    if len(warnings) > WARNINGS:
        err.print(say("cli.quarto_warns_more", count=len(warnings) - WARNINGS), markup=False)


def _say_boxed(boxed: Mapping[str, str]) -> None:
    """Tell of letters for which the PDF shows boxes, and what helps."""
    if not boxed:
        return
    from ntm_analysis.book.letters import named

    err.print(say("letters.boxed"), style="yellow", markup=False, soft_wrap=True)
    for where, letters in list(boxed.items())[:WARNINGS]:
        line = say("letters.where", where=where, letters=named(letters))
        err.print(f"  {line}", markup=False, soft_wrap=True)
    if len(boxed) > WARNINGS:
        more = say("letters.places", count=len(boxed) - WARNINGS)
        err.print(f"  {more}", markup=False)
    err.print(say("letters.remedy"), markup=False, soft_wrap=True)


def _say_where(project: Project, folder: Path, renderer: str) -> None:
    home = folder / "index.html"
    where = project.from_here(home if home.is_file() else folder)
    line = say("cli.book_done", renderer=renderer, where=where)
    out.print(line, markup=False, soft_wrap=True)


def executed_cards(project: Project) -> list[Card]:
    """Return the cards of the communes whose reports have been run, real ones first."""
    from ntm_analysis.batch import executed
    from ntm_analysis.batch.card import read_cards
    from ntm_analysis.book.chapters import real_first

    ids = [name for name in list_ids(project) if executed(project, name).is_file()]
    if not ids:
        raise DataErrors([Problem("reports/", say("cli.no_reports"), say("cli.no_reports_wanted"))])
    return real_first(read_cards(project, ids))


def book_cards(project: Project, demo: bool) -> list[Card]:
    """Return the cards of the reports that the book holds, and say which made-up ones it has not.

    Parameters
    ----------
    project : Project
    demo : bool
        Whether made-up communes are in it. Quarto and our own renderer then read the profile
        `demo`.
    """
    from ntm_analysis.book.chapters import DEMO, for_readers

    cards = executed_cards(project)
    if demo:
        os.environ["QUARTO_PROFILE"] = DEMO
        return cards
    chosen = for_readers(cards)
    if left_out := len(cards) - len(chosen):
        err.print(say("cli.made_up_left", count=left_out), markup=False)
    return chosen


def is_demo() -> bool:
    """Return whether Quarto was told to render the profile `demo`."""
    from ntm_analysis.book.chapters import DEMO

    return DEMO in os.environ.get("QUARTO_PROFILE", "").split(",")


def compare_cards(
    project: Project,
    cards: Sequence[Card],
    unusable: Collection[str] = (),
    place: str = "",
    all_ids: frozenset[str] | None = None,
) -> Path | None:
    """Run the comparison where there is something to compare; a failure is told, not hidden."""
    from ntm_analysis.batch.comparison import NOTEBOOK, NotebookFailedError, run_comparison

    ids = [card.id for card in cards if card.id not in unusable]
    left_out = [card.id for card in cards if card.id in unusable]
    try:
        return run_comparison(
            project, ids, cards[0].lang, place=place, unusable=left_out, all_ids=all_ids
        )
    except NotebookFailedError as error:
        notebook = project.relative(project.notebooks / NOTEBOOK)
        line = say("cli.failed", id="comparison", message=str(error), notebook=notebook)
        err.print(line, style="red", markup=False, soft_wrap=True)
        stop(BAD_INPUT)
