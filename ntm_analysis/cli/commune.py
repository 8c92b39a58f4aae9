"""`ntm remove`, `ntm rename`, `ntm restore`: a commune or one of its years goes, or comes back."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import typer
from rich.table import Table
from rich.text import Text

from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import BAD_INPUT, err, out, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.records.backup import Backup, find_backup, list_backups, params_of
from ntm_analysis.records.backup import restore as put_back
from ntm_analysis.records.change import Plan, remove_plan, rename_plan
from ntm_analysis.records.files import year_of
from ntm_analysis.rulebook import load_rulebook


def remove(name: str, yes: bool) -> None:
    """Remove a commune, or one year of it, after a backup."""
    project = project_here()
    with told(), alone(project, "remove"):
        plan = remove_plan(project, name)
        _agree(project, plan, yes)
        kept = plan.carry_out(project, load_rulebook(project.rulebook), f"ntm remove {name}")
    out.print(say("records.removed", id=name), markup=False)
    _after(project, plan, kept)


def rename(old: str, new: str, yes: bool) -> None:
    """Give a commune another id, or an appraisal another year, after a backup."""
    project = project_here()
    with told(), alone(project, "rename"):
        plan = rename_plan(project, old, new)
        _agree(project, plan, yes)
        kept = plan.carry_out(project, load_rulebook(project.rulebook), f"ntm rename {old} {new}")
    out.print(say("records.renamed_run", old=old, new=new), markup=False)
    _after(project, plan, kept)


def restore(name: str | None, yes: bool) -> None:
    """Put a backup back, or list what there is."""
    project = project_here()
    if name is None:
        _list(list_backups(project))
        return
    with told(), alone(project, "restore"):
        one = find_backup(project, name)
        there = (project.communes / one.commune).exists()
        now = [year_of(path.stem, one.commune) for path in params_of(project, one.commune)]
        fields = {"now": ", ".join(map(str, now)), "years": ", ".join(map(str, one.years))}
        if there and not _sure(
            say("records.restore_ask", id=one.commune, name=name, **fields), yes
        ):
            stop(BAD_INPUT)
        kept, files = put_back(project, one)
    for path in files:
        out.print(f"  {project.relative(path)}", markup=False)
    out.print(say("records.restored", name=name), markup=False)
    if kept is not None:
        out.print(say("forms.kept", path=project.relative(kept), name=kept.name), markup=False)


def _list(backups: Sequence[Backup]) -> None:
    if not backups:
        out.print(say("records.no_backups"))
        return
    table = Table(header_style="bold")
    for key in ("name", "years", "on", "before"):
        table.add_column(say(f"records.backup_{key}"), overflow="fold")
    for one in backups:
        years = ", ".join(map(str, one.years))
        table.add_row(*map(Text, (one.name, years, one.on, one.before)))
    out.print(table)


def _agree(project: Project, plan: Plan, yes: bool) -> None:
    """Show what would follow, and ask."""
    for path in plan.files:
        out.print(f"  {project.relative(path)}", markup=False)
    for path in plan.reports:
        out.print(f"  {project.relative(path)}", markup=False)
    if not _sure(say(plan.question, **plan.fields), yes):
        stop(BAD_INPUT)


def _sure(question: str, yes: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        raise DataErrors([Problem("--yes", question, say("records.yes_wanted"))])
    return typer.confirm(question)


def _after(project: Project, plan: Plan, kept: object) -> None:
    for path in plan.reports:
        shutil.rmtree(path, ignore_errors=True)
    if kept is not None:
        name = str(kept).replace("\\", "/").rpartition("/")[2]
        out.print(say("forms.kept", path=f"data/backup/{name}", name=name), markup=False)
    if project.book.exists():
        err.print(say("records.book_stale"), style="yellow")
