"""Projects with many communes whose notebooks do next to nothing, or something bad."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat

from bench.project import make_project
from ntm_analysis.batch import RunResult, executed, run_cases
from ntm_analysis.communes import list_ids, load_cases
from ntm_analysis.paths import Project

NOTE_PID = """\
import os, pathlib, signal, time
place = pathlib.Path("pids"); place.mkdir(exist_ok=True)
with open(place / f"{commune}.txt", "a") as log: log.write(f"{os.getpid()}\\n")
number = int(commune[-2:])
"""


def project_of(folder: Path, communes: int, body: str) -> Project:
    """Return a project whose notebooks note their processes and then do what `body` says."""
    project = make_project(folder, communes)
    set_body(project, body)
    return project


def set_body(project: Project, body: str) -> None:
    """Change what the notebook does."""
    source = project.notebooks / "commune.ipynb"
    notebook = nbformat.read(source, as_version=4)
    texts = {"note": NOTE_PID, "body": body}
    cells = [nbformat.v4.new_code_cell(text, id=key) for key, text in texts.items()]
    notebook.cells = [*notebook.cells[:2], *cells]
    nbformat.write(notebook, source)


def run(project: Project, **options: object) -> dict[str, RunResult]:
    """Run all communes; return the results by the last two digits of their names."""
    results = run_cases(project, load_cases(project), **options)  # type: ignore[arg-type]
    return {result.id[6:8]: result for result in results}


def tries(project: Project) -> dict[str, int]:
    """Return how often each commune's notebook was started."""
    return {p.stem[-2:]: len(p.read_text().split()) for p in project.root.glob("pids/*.txt")}


def alive(project: Project) -> list[int]:
    """Return the processes of notebooks that are still there."""
    pids = [int(pid) for p in project.root.glob("pids/*.txt") for pid in p.read_text().split()]
    return [pid for pid in pids if exists(pid)]


def exists(pid: int) -> bool:
    """Return whether a process is there, and not only its end to be noted."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(what: Callable[[], bool], seconds: float = 300) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


LIMITED = """\
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
runpy.run_module("ntm_analysis", run_name="__main__")
"""


def start(project: Project, *options: str, limit: int | None = None) -> subprocess.Popen[str]:
    """Start `ntm run` as a command of its own, perhaps with a limit on the size of its files."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Where the tests run in a shell's background, commands would ignore the keyboard, too.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    module = ["-m", "ntm_analysis"] if limit is None else ["-c", LIMITED, str(limit)]
    return subprocess.Popen(
        [sys.executable, *module, "run", *options],
        cwd=project.root,
        env={**os.environ, "NTM_LANG": "en", "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(project: Project) -> set[str]:
    """Return the runs whose files are complete."""
    return {
        name
        for name in list_ids(project)
        if (project.reports / name / "provenance.json").is_file()
        and executed(project, name).is_file()
    }


def assert_whole(project: Project, names: set[str]) -> None:
    """Check that just these runs have files, all of them complete, and no parts lie about."""
    for name in names:
        nbformat.validate(nbformat.read(executed(project, name), as_version=4))
        folder = project.reports / name
        assert {p.name for p in folder.iterdir()} == {
            f"{name}.ipynb",
            "results.csv",
            "findings.csv",
            "card.json",
            "provenance.json",
        }
    assert finished(project) == names
