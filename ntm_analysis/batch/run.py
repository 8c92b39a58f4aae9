"""Running the notebooks of many communes: only what changed, one failure stops no other."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ntm_analysis.batch.apart import TimeUpError, WorkerDiedError
from ntm_analysis.batch.atomic import remove_parts, write_all
from ntm_analysis.batch.executors import Place, cluster_place, local_place
from ntm_analysis.batch.notebook import EngineName, check_parameters
from ntm_analysis.batch.outputs import Outputs, Task, run_task
from ntm_analysis.batch.plan import NOTEBOOK, executed, files_of, split_current
from ntm_analysis.communes import Case
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.provenance import rules_digest, software_digest

State = Literal["done", "unchanged", "failed", "left"]
SEAL = "provenance.json"


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of one run.

    Attributes
    ----------
    id : str
    state : {"done", "unchanged", "failed", "left"}
        `left` was not tried, because another failed and `fail_fast` was asked for.
    notebook : Path
        The executed notebook, or that of the failure.
    message : str
        Why it failed.
    seconds : float
    """

    id: str
    state: State
    notebook: Path
    message: str = ""
    seconds: float = 0.0


def run_cases(
    project: Project,
    cases: Sequence[Case],
    jobs: int | None = None,
    force: bool = False,
    on_result: Callable[[RunResult], None] | None = None,
    *,
    engine: EngineName = "ntm",
    timeout: float | None = None,
    fail_fast: bool = False,
    cluster: str | None = None,
) -> list[RunResult]:
    """Run the notebooks of several communes.

    Parameters
    ----------
    project : Project
    cases : sequence of Case
    jobs : int, optional
        How many at once; by default one a processor, at most one a commune.
    force : bool
        Run even what did not change.
    on_result : callable, optional
        Called with each result as it comes.
    engine : {"ntm", "kernel"}
        Warm processes, or papermill as it comes, with a Jupyter kernel for each notebook.
    timeout : float, optional
        Seconds after which a notebook is ended and reported as failed.
    fail_fast : bool
        Stop at the first failure.
    cluster : str, optional
        A Dask cluster to run on: the address of its scheduler, or a configuration file.

    Returns
    -------
    list of RunResult
        In the order of the cases.

    Raises
    ------
    DataErrors
        If the notebook's parameters are not those of the parameter files, or the cluster cannot
        be used.
    """
    source = project.notebooks / NOTEBOOK
    for case in cases[:1]:
        check_parameters(source, project.relative(source), case.params.for_notebook())
    rules_digest.cache_clear()  # a run looks anew
    names = [case.id for case in cases]
    current, todo = ([], names) if force else split_current(project, names)
    results: dict[str, RunResult] = {}

    def note(result: RunResult) -> None:
        results[result.id] = result
        if on_result:
            on_result(result)

    for name in current:
        note(RunResult(name, "unchanged", executed(project, name)))
    if todo:
        for name in todo:
            remove_parts(project.reports / name)
        place: AbstractContextManager[Place] = (
            cluster_place(cluster)
            if cluster
            else local_place(project, min(jobs or os.cpu_count() or 1, len(todo)), len(todo))
        )
        with place as where:
            for result in _Batch(project, where, engine, timeout).run(todo):
                note(result)
                if fail_fast and result.state == "failed":
                    break
    for name in names:
        results.setdefault(name, RunResult(name, "left", executed(project, name)))
    return [results[name] for name in names]


@dataclass(frozen=True, slots=True)
class _Batch:
    project: Project
    place: Place
    engine: EngineName
    timeout: float | None

    def run(self, names: Sequence[str]) -> Iterator[RunResult]:
        """Run all; those whose worker died once more, each alone."""
        died = []
        for name, outcome in self._outcomes(names, 2 * self.place.width):
            if isinstance(outcome, WorkerDiedError) and outcome.again:
                died.append(name)
            else:
                yield self._settle(name, outcome)
        for name, outcome in self._outcomes(died, 1):
            yield self._settle(name, outcome)

    def _outcomes(
        self, names: Sequence[str], window: int
    ) -> Iterator[tuple[str, Outputs | Exception]]:
        """Give each name with what came of it; no more are under way than the window says."""
        waiting = list(reversed(names))
        running: dict[Future[Outputs], str] = {}
        while waiting or running:
            while waiting and len(running) < window:
                name = waiting.pop()
                task = self._task(name)
                if isinstance(task, OSError):
                    yield name, task
                    continue
                running[self.place.executor.submit(run_task, task, self.timeout)] = name
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                name = running.pop(future)
                yield name, _outcome(future)

    def _task(self, name: str) -> Task | OSError:
        if not self.place.far:
            return Task(name, root=os.fspath(self.project.root), engine=self.engine)
        try:
            files = {self.project.relative(p): p.read_bytes() for p in _to_send(self.project, name)}
        except OSError as error:
            return error
        return Task(name, files=files, engine=self.engine, software=software_digest())

    def _settle(self, name: str, outcome: Outputs | Exception) -> RunResult:
        target = executed(self.project, name)
        if isinstance(outcome, Exception):
            return RunResult(name, "failed", target, _why(outcome, self.timeout))
        folder = target.parent
        started = time.perf_counter()
        try:
            write_all(folder, outcome.files, seal=SEAL if SEAL in outcome.files else "")
        except OSError as error:
            message = say("batch.not_written", reason=error.strerror or str(error))
            return RunResult(name, "failed", target, message, outcome.seconds)
        seconds = outcome.seconds + time.perf_counter() - started
        if outcome.message:
            kept = next(iter(outcome.files), "")
            where = folder / kept if kept else target
            return RunResult(name, "failed", where, outcome.message, seconds)
        return RunResult(name, "done", target, seconds=seconds)


def _to_send(project: Project, name: str) -> Iterator[Path]:
    yield project.root / "_quarto.yml"
    yield project.notebooks / NOTEBOOK
    yield from files_of(project, name)
    yield from sorted(project.rulebook.rglob("*.yaml"))


def _outcome(future: Future[Outputs]) -> Outputs | Exception:
    try:
        return future.result()
    except CancelledError:
        return ConnectionError("cancelled")
    except Exception as error:
        if type(error).__name__ == "KilledWorker":
            return WorkerDiedError(None, again=False)  # Dask has tried several times
        return error


def _why(error: Exception, timeout: float | None) -> str:
    if isinstance(error, TimeUpError):
        return say("batch.time_up", seconds=f"{timeout:g}")
    if isinstance(error, WorkerDiedError):
        return say("batch.worker_died", status=error.status if error.status is not None else "?")
    return f"{type(error).__name__}: {error}"
