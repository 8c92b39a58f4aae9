"""One run: from a commune's files to the files of its report, without writing any."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import nbformat
from IPython.core.getipython import get_ipython

from ntm_analysis.batch.apart import WORTH_WARMING, apart, start_warming
from ntm_analysis.batch.card import card_of, card_text
from ntm_analysis.batch.notebook import EngineName, NotebookFailedError, execute, set_title
from ntm_analysis.batch.plan import CARD, NOTEBOOK
from ntm_analysis.communes import Case, load_case
from ntm_analysis.language import say
from ntm_analysis.narrative.report import Report
from ntm_analysis.narrative.titles import chapter_title
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors
from ntm_analysis.provenance import inputs_of, software_digest
from ntm_analysis.scrutiny import findings_frame


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to make one commune's report.

    Attributes
    ----------
    id : str
    root : str
        The project's folder; empty where its files are sent along.
    files : mapping of str to bytes
        The files the report is made from, by their paths in the project.
    engine : {"ntm", "kernel"}
    software : str
        Digest of the code and versions that must make it.
    """

    id: str
    root: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    engine: EngineName = "ntm"
    software: str = ""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a worker made.

    Attributes
    ----------
    id : str
    files : mapping of str to bytes
        By their paths in the report's folder; of a failed run its notebook under `failed/`.
    message : str
        Why it failed; empty if it did not.
    seconds : float
    """

    id: str
    files: Mapping[str, bytes]
    message: str = ""
    seconds: float = 0.0


def run_task(task: Task, timeout: float | None = None) -> Outputs:
    """Make the files of one report in a fresh process, ended after `timeout` seconds.

    Raises
    ------
    TimeUpError, WorkerDiedError
        See `apart`.
    """
    if task.software and task.software != software_digest():
        return Outputs(task.id, {}, say("batch.other_software"))
    if task.root:
        return apart(make_outputs, task.id, task.root, task.engine, timeout=timeout)
    # Here and not in the process: what is killed clears nothing away.
    with tempfile.TemporaryDirectory(prefix="ntm-task-", ignore_cleanup_errors=True) as folder:
        unpack(task.files, Path(folder))
        start_warming(Path(folder), WORTH_WARMING)  # this task is hardly the last
        return apart(make_outputs, task.id, folder, task.engine, timeout=timeout)


def unpack(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files below a folder.

    Raises
    ------
    ValueError
        If a path leads out of it.
    """
    for name, content in files.items():
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ValueError(name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def make_outputs(name: str, root: str, engine: EngineName) -> Outputs:
    """Make the files of one report and write none; for a fresh process.

    Parameters
    ----------
    name : str
        `<commune>-<year>`.
    root : str
        The project's folder.
    engine : {"ntm", "kernel"}
    """
    started = time.perf_counter()
    project = Project(Path(root))
    source = project.notebooks / NOTEBOOK
    try:
        case = load_case(project, name)
        inputs = inputs_of(project, case, source)
        notebook = execute(source, case.params.for_notebook(), project.root, engine, here=True)
        tables = tables_of(_made_by_notebook(case) or Report(case, project))
    except DataErrors as error:
        return Outputs(name, {}, str(error), time.perf_counter() - started)
    except NotebookFailedError as error:
        text = nbformat.writes(error.notebook)
        files = {f"failed/{name}.ipynb": text.encode()}
        return Outputs(name, files, str(error), time.perf_counter() - started)
    set_front_matter(notebook, case)
    provenance = json.dumps(inputs.as_dict(), ensure_ascii=False, indent=2)
    texts = {
        f"{name}.ipynb": nbformat.writes(notebook),
        **tables,
        "provenance.json": f"{provenance}\n",
    }
    files = {file: text.encode() for file, text in texts.items()}
    return Outputs(name, files, seconds=time.perf_counter() - started)


def _made_by_notebook(case: Case) -> Report | None:
    """Return the report that the notebook made in this process, if it is on just this case.

    Then the tables beside it hold the notebook's own verdicts, and nothing is assessed twice.
    """
    shell = get_ipython()
    report = shell.user_ns.get("report") if shell is not None else None
    return report if isinstance(report, Report) and _same(report.case, case) else None


def _same(one: Case, other: Case) -> bool:
    # Readings in words hold a NaN, which is not equal to itself.
    return replace(one, readings=()) == replace(other, readings=()) and repr(one.readings) == repr(
        other.readings
    )


def tables_of(report: Report) -> dict[str, str]:
    """Return what lies beside a report's notebook, by file name."""
    case = report.case
    tables = {
        "results.csv": report.assessment.published(),
        "findings.csv": findings_frame(case, report.findings, report.assessment),
    }
    texts = {file: table.to_csv(index=False, lineterminator="\n") for file, table in tables.items()}
    card = card_of(case, chapter_title(case), report.assessment)
    return texts | {CARD: card_text(card)}


def set_front_matter(notebook: nbformat.NotebookNode, case: Case) -> None:
    """Give the notebook the title of its chapter; parameters cannot reach it."""
    made_up = {"synthetic": True} if case.commune.synthetic else {}
    set_title(notebook, chapter_title(case), case.params.lang, **made_up)
