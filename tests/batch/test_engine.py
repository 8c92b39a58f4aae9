"""Our papermill engine gives what a Jupyter kernel gives, and keeps notebooks apart."""

from __future__ import annotations

import ast
import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from ntm_analysis.batch.notebook import EngineName, NotebookFailedError, execute
from tests.batch.torture import CELLS, FAILING, notebook

ENGINES: tuple[EngineName, ...] = ("kernel", "ntm")


def _run(
    folder: Path, made: nbformat.NotebookNode, engine: EngineName, **given: Any
) -> nbformat.NotebookNode:
    # Both in a folder of one name: some cells print it.
    place = folder / engine / "here"
    place.mkdir(parents=True, exist_ok=True)
    source, output = place / "notebook.ipynb", place / "executed.ipynb"
    nbformat.write(made, source)
    name = {"kernel": None, "ntm": "ntm"}[engine]
    with contextlib.suppress(PapermillExecutionError):
        papermill.execute_notebook(
            source, output, engine_name=name, cwd=place, progress_bar=False, **given
        )
    return nbformat.read(output, as_version=4)


def _without_stamps(made: nbformat.NotebookNode) -> nbformat.NotebookNode:
    made.metadata.pop("papermill")
    made.cells = [cell for cell in made.cells if cell.cell_type == "code"]  # not its error notes
    for cell in made.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        cell.outputs = _joined(cell.outputs)
    return made


def _joined(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Return outputs with what was printed in pieces as one: a kernel sends it on by the clock."""
    whole: list[nbformat.NotebookNode] = []
    for output in outputs:
        last = whole[-1] if whole else None
        if last and "stream" == last.output_type == output.output_type and last.name == output.name:
            last.text += output.text
        else:
            whole.append(output)
    return whole


@pytest.mark.parametrize("cells", [CELLS, FAILING], ids=["ordinary", "errors"])
def test_outputs_are_those_of_the_kernel(
    tmp_path: Path, cells: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel catches less where it finds this
    made = notebook(cells, allow_errors=True)
    kernel, ours = (
        _without_stamps(_run(tmp_path, made, engine, allow_errors=True)) for engine in ENGINES
    )
    differing = [
        (one.source, one.outputs, other.outputs)
        for one, other in zip(kernel.cells, ours.cells, strict=True)
        if one != other
    ]
    assert differing == []
    assert ours.metadata == kernel.metadata


LEAVE_TRACES = """\
import os, random, sys, warnings
import matplotlib as mpl, matplotlib.pyplot as plt, numpy as np, pandas as pd
left = 1
sys.argv.append("x"); sys.path.append("/x"); os.environ["NTM_TRACE"] = "1"
open("own_module_of_one.py", "w").write("x = 1"); import own_module_of_one
os.makedirs("below", exist_ok=True); os.chdir("below")
warnings.simplefilter("error"); random.seed(1); np.random.seed(1)
mpl.rcParams["figure.dpi"] = 10; plt.figure(); pd.set_option("display.max_rows", 1)
import builtins, json; builtins.leaked = 1; json.leaked = 1
os.remove("../own_module_of_one.py")
"""
FIND_TRACES = """\
import os, random, sys, warnings, builtins, json
import matplotlib as mpl, matplotlib.pyplot as plt, numpy as np, pandas as pd
[
    "left" in globals(), "x" in sys.argv, "/x" in sys.path, "NTM_TRACE" in os.environ,
    "own_module_of_one" in sys.modules, os.path.basename(os.getcwd()) == "below",
    any(f[0] == "error" and f[2] is Warning for f in warnings.filters),
    random.getstate() == random.Random(1).getstate(),
    np.random.rand() == np.random.RandomState(1).rand(),
    mpl.rcParams["figure.dpi"] == 10, bool(plt.get_fignums()),
    pd.get_option("display.max_rows") == 1, hasattr(builtins, "leaked"), hasattr(json, "leaked"),
    "NTM_WARM_PROJECT" in os.environ, any(name.startswith("tests") for name in sys.modules),
]
"""


def test_nothing_leaks_from_one_notebook_to_the_next(tmp_path: Path) -> None:
    before = dict(os.environ), Path.cwd(), list(sys.argv)
    _run(tmp_path, notebook((LEAVE_TRACES,)), "ntm")
    found = _run(tmp_path, notebook((FIND_TRACES,)), "ntm")
    leaked = ast.literal_eval(found.cells[0].outputs[0].data["text/plain"])
    assert leaked == [False] * 16
    assert (dict(os.environ), Path.cwd(), list(sys.argv)) == before


def test_random_numbers_differ_from_run_to_run(tmp_path: Path) -> None:
    made = notebook(("import random, numpy\nrandom.random(), numpy.random.rand()",))
    one, other = (_run(tmp_path, made, "ntm").cells[0].outputs for _ in range(2))
    assert one != other


def test_a_failure_is_papermills(tmp_path: Path) -> None:
    made = notebook(("print('trước')", "1/0", "print('không tới')"))
    path = tmp_path / "in.ipynb"
    nbformat.write(made, path)
    seen = []
    for name in (None, "ntm"):
        with pytest.raises(PapermillExecutionError) as caught:
            papermill.execute_notebook(
                path, tmp_path / "out.ipynb", engine_name=name, progress_bar=False
            )
        kept = nbformat.read(tmp_path / "out.ipynb", as_version=4)
        outputs = [c.outputs for c in kept.cells if c.cell_type == "code"]
        notes = [c.source for c in kept.cells if c.cell_type == "markdown"]
        seen.append((str(caught.value), caught.value.exec_count, outputs, notes))
    assert seen[0] == seen[1]
    assert [len(outputs) for outputs in seen[1][2]] == [1, 1, 0]


def test_a_process_that_dies_is_a_dead_kernel(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="Kernel died"):
        _run(
            tmp_path, notebook(("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",)), "ntm"
        )


def test_a_cell_has_its_time_limit(tmp_path: Path) -> None:
    made = notebook(("import time\nprint('x', flush=True)\nwhile True: time.sleep(0.05)",))
    with pytest.raises(TimeoutError):
        _run(tmp_path, made, "ntm", execution_timeout=1)


def test_papermill_finds_the_engine_by_its_entry_point(tmp_path: Path) -> None:
    nbformat.write(notebook(("x = 1", "x + 1")), tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "--engine", "ntm"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    done = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert done.cells[1].outputs[0].data["text/plain"] == "2"


def test_the_callers_script_is_not_run_again(tmp_path: Path) -> None:
    nbformat.write(notebook(("1",)), tmp_path / "in.ipynb")
    script = tmp_path / "script.py"
    script.write_text(
        "import papermill\nprint('once')\n"
        "papermill.execute_notebook('in.ipynb', 'out.ipynb', engine_name='ntm', "
        "progress_bar=False)\n"
    )
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout == "once\n"


def test_the_reports_notebook_is_the_same_by_either_engine(repository: Path) -> None:
    source = repository / "notebooks" / "commune.ipynb"
    given = {
        "commune": "liem-can",
        "year": 2024,
        "set": "advanced",
        "on": "2024-11-26",
        "lang": "vi",
        "thin_margin": 0.02,
    }
    kernel, ours = (execute(source, given, repository, engine) for engine in ENGINES)
    assert nbformat.writes(ours) == nbformat.writes(kernel)
    markdown = [
        output.data["text/markdown"]
        for cell in ours.cells
        for output in cell.get("outputs", ())
        if "text/markdown" in output.get("data", {})
    ]
    from ntm_analysis.batch.plain import plain_report
    from ntm_analysis.narrative import Report
    from ntm_analysis.paths import Project

    assert plain_report(Report.load("liem-can", 2024, Project(repository))) == markdown


def test_a_notebook_that_fails_says_so_with_either_engine(tmp_path: Path) -> None:
    made = notebook(("commune = ''", "raise ValueError('hỏng')"))
    made.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(made, tmp_path / "in.ipynb")
    for engine in ENGINES:
        with pytest.raises(NotebookFailedError, match="ValueError: hỏng") as caught:
            execute(tmp_path / "in.ipynb", {"commune": "x"}, tmp_path, engine)
        assert caught.value.cell == 3
