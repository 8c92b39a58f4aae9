"""`ntm documents`: what an office signs and sends."""

from __future__ import annotations

from pathlib import Path

from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import err, out, progress, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.language import Lang, say, translate
from ntm_analysis.problems import DataErrors, Problem


def make_documents(name: str, folder: Path, to: str, lang: Lang | None, *, force: bool) -> None:
    """Write the documents of one appraisal, and say what is to be filled in and checked."""
    project = project_here()
    with told(), alone(project, "documents", elsewhere=True):
        from ntm_analysis.official.write import FORMATS, write_documents

        formats = tuple(dict.fromkeys(part.strip() for part in to.split(",") if part.strip()))
        unknown = [one for one in formats if one not in FORMATS] or ([] if formats else [to])
        if unknown:
            wanted = say("official.format_wanted")
            raise DataErrors(
                Problem("--to", say("official.format_unknown", name=one), wanted) for one in unknown
            )
        with progress() as bar:
            task = bar.add_task(say("official.step"), total=None)
            made = write_documents(
                project,
                name,
                folder,
                formats=formats,
                lang=lang,
                force=force,
                on_progress=lambda step, n, all_: bar.update(
                    task, description=step, completed=n, total=all_
                ),
            )
    for one in made.made:
        pages = say("official.pages", file=one.file, count=one.pages) if one.pages else one.file
        out.print(pages, markup=False, soft_wrap=True)
    count = len(made.made)
    done = say("official.done", id=name, count=count, out=folder)
    out.print(done, style="green", markup=False, soft_wrap=True)
    if made.checks:
        err.print(say("official.to_check"), style="bold yellow", markup=False)
        for check in made.checks:
            err.print(f"- {check}", markup=False, soft_wrap=True)
    if any(one.blanks for one in made.made):
        err.print(say("official.to_fill"), style="bold yellow", markup=False)
        for one in made.made:
            if one.blanks:
                names = [translate(f"official.blank_{key}", made.lang) for key in one.blanks]
                err.print(f"- {one.file}: {'; '.join(names)}", markup=False, soft_wrap=True)
