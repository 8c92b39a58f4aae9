"""`ntm run`: the notebooks of all communes, what became of them, and what is left."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import BAD_INPUT, err, out, progress, show_problems, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.communes import list_ids, together
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors

if TYPE_CHECKING:
    from ntm_analysis.batch import RunResult

LOG_EVERY = 20.0
"""Seconds between lines on progress where there is no terminal."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How notebooks are run; see `ntm_analysis.batch.run_cases`."""

    jobs: int | None = None
    force: bool = False
    engine: Literal["ntm", "kernel"] = "ntm"
    timeout: float | None = None
    fail_fast: bool = False
    cluster: str | None = None


def run_notebooks(ids: Sequence[str] | None, options: RunOptions) -> None:
    """Run the notebooks of communes: only what changed."""
    project = project_here()
    with told(), alone(project, "run"):
        if not run_changed(project, ids, options):
            stop(BAD_INPUT)


def run_changed(
    project: Project, ids: Sequence[str] | None, options: RunOptions, *, for_book: bool = False
) -> bool:
    """Run what changed, tell of it, and return whether all of it went well.

    A commune whose data cannot be used fails like one whose notebook does: the others go on. What
    a book needs is all or nothing.

    Raises
    ------
    DataErrors
        If the data of none can be used; with `fail_fast` or `for_book`, if those of any cannot.
    """
    from ntm_analysis.batch import split_current

    names = list(dict.fromkeys(ids or list_ids(project)))
    current, todo = ([], names) if options.force else split_current(project, names)
    tally = _Tally(project, len(current))
    if todo or not names:
        from ntm_analysis.forms.check import read_sound

        if todo and not options.cluster:
            from ntm_analysis.batch.apart import start_warming

            start_warming(project.root, len(todo))  # it goes on while the data are checked
        cases, faulty = read_sound(project, todo)
        if faulty and (not (cases or current) or options.fail_fast or for_book):
            raise together(faulty)
        tally.expect(len(cases), faulty)

        from ntm_analysis.batch import run_cases

        with progress() as bar:
            task = bar.add_task(say("cli.running"), total=tally.total)

            def told_of(result: RunResult) -> None:
                bar.advance(task)
                tally.note(result)

            try:
                results = run_cases(
                    project,
                    cases,
                    options.jobs,
                    True,
                    told_of,
                    engine=options.engine,
                    timeout=options.timeout,
                    fail_fast=options.fail_fast,
                    cluster=options.cluster,
                )
            except KeyboardInterrupt:
                bar.stop()
                err.print(say("batch.interrupted", done=tally.done, total=tally.total))
                raise
        tally.left = sum(result.state == "left" for result in results)
    tally.tell()
    return not (tally.failed or tally.faulty)


@dataclass(slots=True)
class _Tally:
    project: Project
    unchanged: int
    total: int = 0
    done: int = 0
    left: int = 0
    failed: list[RunResult] = field(default_factory=list)
    faulty: dict[str, DataErrors] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)
    logged: float = field(default_factory=time.monotonic)

    def expect(self, total: int, faulty: dict[str, DataErrors]) -> None:
        """Note how many will run, and print what is wrong with the data of the others."""
        self.total, self.faulty = total, faulty
        if faulty:
            show_problems(together(faulty).problems, summary="batch.problems")

    def note(self, result: RunResult) -> None:
        """Count a result; print a line if it failed."""
        if result.state == "failed":
            self.failed.append(result)
            notebook = self.project.relative(result.notebook)
            line = say("cli.failed", id=result.id, message=result.message, notebook=notebook)
            err.print(line, style="red", markup=False, soft_wrap=True)
        else:
            self.done += 1
        if not err.is_terminal and time.monotonic() - self.logged > LOG_EVERY:
            self.logged = time.monotonic()
            finished = self.done + len(self.failed)
            seconds = (self.logged - self.started) / finished * (self.total - finished)
            left = f"{int(seconds // 3600)}:{int(seconds // 60 % 60):02}:{int(seconds % 60):02}"
            err.print(say("batch.so_far", done=finished, total=self.total, left=left))

    def tell(self) -> None:
        """Print the summary: how many, and which failed and why."""
        why = {one: say("batch.faulty", count=len(e.problems)) for one, e in self.faulty.items()}
        why |= {result.id: result.message for result in self.failed}
        counts = {"done": self.done, "unchanged": self.unchanged, "failed": len(why)}
        out.print(say("cli.ran", **counts))
        if self.left:
            out.print(say("batch.left", left=self.left))
        if len(why) > 1 or self.faulty:
            err.print(say("batch.failures", count=len(why)), style="red")
            for name, message in why.items():
                line = say("batch.failure", id=name, message=message)
                err.print(f"  {line}", style="red", markup=False, soft_wrap=True)
