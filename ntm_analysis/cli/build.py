"""`ntm book`, `ntm build`: from figures to the book."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ntm_analysis.cli.console import BAD_INPUT, WRONG_USAGE, err, out, progress, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.run import RunOptions, run_changed
from ntm_analysis.communes import Case, list_ids, load_cases
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem

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


def make_book(to: str, renderer: str) -> None:
    """Render the book from the executed notebooks."""
    project = project_here()
    formats = _formats(to)
    with told():
        _book(project, formats, renderer)


def _book(project: Project, formats: Sequence[str], renderer: str) -> None:
    from ntm_analysis.batch import executed
    from ntm_analysis.book import BookError, build_book
    from ntm_analysis.book.chapters import real_first, write_chapters

    ids = [name for name in list_ids(project) if executed(project, name).is_file()]
    if not ids:
        raise DataErrors([Problem("reports/", say("cli.no_reports"), say("cli.no_reports_wanted"))])
    cases = real_first(load_cases(project, ids))
    write_chapters(project, cases, _compare(project, cases))
    with progress() as bar:
        task = bar.add_task(say("cli.rendering"), total=None)

        def told_of(what: str, step: int, steps: int) -> None:
            bar.update(task, description=what, completed=step, total=steps)

        try:
            result = build_book(project.root, formats, renderer=renderer, on_progress=told_of)  # type: ignore[arg-type]
        except BookError as error:
            bar.stop()
            err.print(str(error), style="red", markup=False)
            stop(BAD_INPUT)
    for path in result.files:
        out.print(f"  {project.relative(path)}", markup=False)
    home = result.output_dir / "index.html"
    where = home if home.is_file() else result.output_dir
    out.print(say("cli.book_done", renderer=result.renderer, where=project.relative(where)))


def build_all(ids: Sequence[str] | None, to: str, renderer: str, options: RunOptions) -> None:
    """Check, run and render: the main job."""
    project = project_here()
    formats = _formats(to)
    with told():
        run_changed(project, ids, options)
        _book(project, formats, renderer)


def before_render() -> None:
    """Run what changed and write the book's generated chapters; nothing inside `ntm book`."""
    if os.environ.get("NTM_BOOK"):
        return
    project = project_here()
    from ntm_analysis.book.chapters import real_first, write_chapters

    with told():
        run_changed(project, None, RunOptions())
        cases = real_first(load_cases(project))
        write_chapters(project, cases, _compare(project, cases))


def _compare(project: Project, cases: Sequence[Case]) -> Path | None:
    """Run the comparison where there is something to compare; a failure is told, not hidden."""
    from ntm_analysis.batch.comparison import NOTEBOOK, NotebookFailedError, run_comparison

    if not cases:
        return None
    try:
        return run_comparison(project, [case.id for case in cases], cases[0].params.lang)
    except NotebookFailedError as error:
        notebook = project.relative(project.notebooks / NOTEBOOK)
        line = say("cli.failed", id="comparison", message=str(error), notebook=notebook)
        err.print(line, style="red", markup=False, soft_wrap=True)
        stop(BAD_INPUT)
