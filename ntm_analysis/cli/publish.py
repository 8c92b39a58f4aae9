"""`ntm publish`: a built book made into a folder for the public."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import err, out, progress, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.language import say, user_lang

if TYPE_CHECKING:
    from ntm_analysis.publish import Published

SHOWN = 20
"""Lines of one kind that are printed."""


def make_site(base_url: str, folder: Path, books: Sequence[Path], *, despite: bool) -> None:
    """Publish, and say what a person should look at before the folder is uploaded."""
    project = project_here()
    with told(), alone(project, "publish", elsewhere=True):
        from ntm_analysis.publish import publish_site

        with progress() as bar:
            task = bar.add_task(say("publish.stage"), total=None)
            made = publish_site(
                project,
                base_url,
                folder,
                books,
                despite=despite,
                on_progress=lambda step, n, all_: bar.update(
                    task, description=step, completed=n, total=all_
                ),
            )
    _warn(made)
    done = say("publish.done", out=folder, pages=made.pages, reports=made.reports, news=made.news)
    out.print(done, style="green", markup=False, soft_wrap=True)
    if made.hidden:
        out.print(say("publish.hidden", count=made.hidden), markup=False, soft_wrap=True)


def _warn(made: Published) -> None:
    from ntm_analysis.publish.page import size

    lang = user_lang()
    faults = [
        f"{one.page}{f':{one.line}' if one.line else ''}: "
        + say(f"publish.fault_{one.what}", value=one.value)
        for one in made.faults
    ]
    _list(say("publish.faults", count=len(faults)), faults)
    persons = [
        f"{one.page}#{one.anchor}: {say(f'publish.person_{one.kind}')}: {one.value}"
        for one in made.persons
    ]
    _list(say("publish.persons", count=len(persons)), persons)
    heavy = [f"{page}: {size(count, lang)}" for page, count in made.heavy]
    _list(say("publish.heavy", count=len(heavy)), heavy)
    page, count = made.heaviest
    if page and not heavy:
        err.print(
            say("publish.heaviest", page=page, size=size(count, lang)), markup=False, soft_wrap=True
        )


def _list(title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    err.print(title, style="bold yellow", markup=False, soft_wrap=True)
    for line in lines[:SHOWN]:
        err.print(f"- {line}", markup=False, soft_wrap=True)
    if len(lines) > SHOWN:
        err.print(say("publish.more", count=len(lines) - SHOWN), markup=False)
