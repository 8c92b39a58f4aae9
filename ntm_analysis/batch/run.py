"""Running the notebooks of many communes: only what changed, one failure stops no other."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import nbformat
import yaml

from ntm_analysis.assessment import assess
from ntm_analysis.batch.atomic import write_text
from ntm_analysis.batch.notebook import NotebookFailedError, check_parameters, execute
from ntm_analysis.communes import Case
from ntm_analysis.narrative.report import chapter_title
from ntm_analysis.paths import Project
from ntm_analysis.provenance import inputs_of
from ntm_analysis.scrutiny import findings_frame, scrutinise

NOTEBOOK = "commune.ipynb"
State = Literal["done", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of one run.

    Attributes
    ----------
    id : str
    state : {"done", "unchanged", "failed"}
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


def executed(project: Project, name: str) -> Path:
    """Return where the executed notebook of a run lies."""
    return project.reports / name / f"{name}.ipynb"


def is_current(project: Project, case: Case) -> bool:
    """Return whether the run's notebook was made from just these inputs."""
    provenance = project.reports / case.id / "provenance.json"
    if not executed(project, case.id).is_file():
        return False
    try:
        made_from = json.loads(provenance.read_text(encoding="utf-8"))["digest"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(made_from == inputs_of(project, case, project.notebooks / NOTEBOOK).digest)


def set_front_matter(notebook: nbformat.NotebookNode, case: Case) -> None:
    """Give the notebook's first cell the title of its chapter; parameters cannot reach it."""
    data: dict[str, object] = {"title": chapter_title(case), "lang": case.params.lang}
    if case.commune.synthetic:
        data["synthetic"] = True
    header = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    notebook.cells[0].source = f"---\n{header}---"


def run_case(project: Project, case: Case) -> RunResult:
    """Run one commune's notebook and write it, its results, its findings and its provenance.

    A failed run leaves what a good one wrote before, and its own notebook under `failed/`.
    """
    started = time.perf_counter()
    source = project.notebooks / NOTEBOOK
    target = executed(project, case.id)
    inputs = inputs_of(project, case, source)
    try:
        notebook = execute(source, case.params.for_notebook(), project.root)
        set_front_matter(notebook, case)
    except NotebookFailedError as error:
        failed = target.parent / "failed" / target.name
        write_text(failed, nbformat.writes(error.notebook))
        return RunResult(case.id, "failed", failed, str(error), time.perf_counter() - started)
    assessment = assess([case])
    results = assessment.published()
    findings = findings_frame(case, scrutinise(case, assessment))
    provenance = target.parent / "provenance.json"
    provenance.unlink(missing_ok=True)
    write_text(target, nbformat.writes(notebook))
    write_text(target.parent / "results.csv", results.to_csv(index=False, lineterminator="\n"))
    write_text(target.parent / "findings.csv", findings.to_csv(index=False, lineterminator="\n"))
    write_text(provenance, json.dumps(inputs.as_dict(), ensure_ascii=False, indent=2) + "\n")
    return RunResult(case.id, "done", target, seconds=time.perf_counter() - started)


def run_cases(
    project: Project,
    cases: Sequence[Case],
    jobs: int | None = None,
    force: bool = False,
    on_result: Callable[[RunResult], None] | None = None,
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

    Returns
    -------
    list of RunResult
        In the order of the cases.

    Raises
    ------
    DataErrors
        If the notebook's parameters are not those of the parameter files.
    """
    source = project.notebooks / NOTEBOOK
    for case in cases[:1]:
        check_parameters(source, project.relative(source), case.params.for_notebook())
    results: dict[str, RunResult] = {}
    todo = []
    for case in cases:
        if not force and is_current(project, case):
            result = RunResult(case.id, "unchanged", executed(project, case.id))
            results[case.id] = result
            if on_result:
                on_result(result)
        else:
            todo.append(case)
    for result in _run_all(project, todo, jobs or os.cpu_count() or 1):
        results[result.id] = result
        if on_result:
            on_result(result)
    return [results[case.id] for case in cases]


def _run_all(project: Project, cases: Sequence[Case], jobs: int) -> Iterator[RunResult]:
    workers = min(jobs, len(cases))
    if workers <= 1:
        for case in cases:
            yield run_case(project, case)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _gather(project, cases, pool)


def _gather(project: Project, cases: Sequence[Case], pool: Executor) -> Iterator[RunResult]:
    futures: dict[Future[RunResult], Case] = {
        pool.submit(run_case, project, case): case for case in cases
    }
    for future in as_completed(futures):
        case = futures[future]
        try:
            yield future.result()
        except Exception as error:
            yield RunResult(case.id, "failed", executed(project, case.id), repr(error))
