"""Seconds a commune: papermill as it comes, our engine, and a plain function; and `ntm run` idle.

The ways take turns, and each ratio is the median of its rounds, so that what else the machine does
falls on all of them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from papermill.execute import execute_notebook

from bench.project import make_project
from bench.results import record
from ntm_analysis.batch import NOTEBOOK, executed, run_cases
from ntm_analysis.batch.outputs import tables_of
from ntm_analysis.batch.plain import plain_story
from ntm_analysis.batch.plan import BESIDE, files_of
from ntm_analysis.communes import Case, list_ids, load_case, load_cases
from ntm_analysis.narrative import Report
from ntm_analysis.paths import Project
from ntm_analysis.provenance import inputs_of_files

ROUNDS, COMMUNES, UNCHANGED = 5, 6, 1000


def as_it_comes(project: Project, case: Case) -> None:
    """Run a notebook as papermill does by itself: a kernel, and a save before and after a cell."""
    execute_notebook(
        project.notebooks / NOTEBOOK,
        project.root / "as-it-comes.ipynb",
        parameters=case.params.for_notebook(),
        cwd=project.root,
        progress_bar=False,
    )


def plainly(project: Project, name: str) -> None:
    """Make the same tables, charts and text in this process, from one assessment."""
    report = Report(load_case(project, name), project)
    tables_of(report)
    plain_story(report)


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Measure and record."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder), COMMUNES)
        cases = load_cases(project)

        def ours() -> None:
            results = run_cases(project, cases, jobs=1, force=True)
            assert {result.state for result in results} == {"done"}, results

        def floor() -> None:
            for case in cases:
                plainly(project, case.id)

        ours()  # both warm
        floor()
        rounds = []
        for _ in range(ROUNDS):
            kernel = seconds(lambda: as_it_comes(project, cases[0]))
            rounds.append((kernel, seconds(ours) / COMMUNES, seconds(floor) / COMMUNES))
    record(
        papermill_ratio=round(statistics.median(kernel / own for kernel, own, _ in rounds), 2),
        floor_ratio=round(statistics.median(own / least for _, own, least in rounds), 2),
        papermill_s=round(statistics.median(kernel for kernel, _, _ in rounds), 3),
        ours_s=round(statistics.median(own for _, own, _ in rounds), 3),
        floor_s=round(statistics.median(least for _, _, least in rounds), 3),
        unchanged_1000_s=round(unchanged(UNCHANGED), 2),
    )


def unchanged(communes: int) -> float:
    """Return how long `ntm run` takes where nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder), communes)
        for name in list_ids(project):
            _pretend(project, name)
        command = [sys.executable, "-m", "ntm_analysis", "run"]
        environment = {**os.environ, "NTM_LANG": "en"}

        def idle() -> None:
            done = subprocess.run(
                command, cwd=folder, env=environment, check=True, capture_output=True, text=True
            )
            assert f"{communes} unchanged" in done.stdout, done.stdout

        return min(seconds(idle) for _ in range(3))


def _pretend(project: Project, name: str) -> None:
    """Leave what a run of a commune leaves."""
    target = executed(project, name)
    target.parent.mkdir(parents=True)
    inputs = inputs_of_files(project, files_of(project, name), project.notebooks / NOTEBOOK)
    (target.parent / "provenance.json").write_text(json.dumps(inputs.as_dict()), encoding="utf-8")
    for file in (target.name, *BESIDE):
        (target.parent / file).write_text(json.dumps({"id": name}), encoding="utf-8")


if __name__ == "__main__":
    main()
