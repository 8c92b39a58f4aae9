"""Functions in processes of their own."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import nbformat
import pytest

from ntm_analysis.batch import apart as module
from ntm_analysis.batch.apart import TimeUpError, WorkerDiedError, apart
from ntm_analysis.batch.notebook import execute
from tests.batch.torture import notebook


def test_it_gives_back_what_the_function_returns(tmp_path: Path) -> None:
    assert apart(os.path.basename, "a/b") == "b"
    assert apart(os.getpid) != os.getpid()


def test_it_raises_what_the_function_raises() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        apart(int, "x")


def test_the_environment_and_folder_are_the_callers_of_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart(os.getpid)
    monkeypatch.setenv("NTM_OF_NOW", "1")
    monkeypatch.chdir(tmp_path)
    assert apart(os.getenv, "NTM_OF_NOW") == "1"
    assert Path(apart(os.getcwd)) == tmp_path
    assert apart(os.getenv, module.WARM_PROJECT) is None


def test_one_that_ends_without_an_answer() -> None:
    with pytest.raises(WorkerDiedError) as caught:
        apart(os._exit, 7)
    assert caught.value.status == 7
    assert caught.value.again


def test_one_that_was_ended_on_purpose_is_not_to_be_tried_again() -> None:
    ending = threading.Timer(1, module.end_all)
    ending.start()
    with pytest.raises(WorkerDiedError) as caught:
        apart(time.sleep, 600)
    ending.join()
    assert not caught.value.again


def test_one_that_takes_too_long() -> None:
    with pytest.raises(TimeUpError):
        apart(time.sleep, 600, timeout=0.5)
    assert not module._running


@pytest.mark.skipif(module.method() != "forkserver", reason="only there is a parent to look at")
def test_the_warm_parent_has_one_python_thread_only() -> None:
    assert apart(threading.active_count) == 2  # the function's, and that which watches the parent


def test_it_works_where_processes_cannot_be_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "method", lambda: "spawn")
    made = notebook(("commune = 1", "import pandas as pd\npd.DataFrame({'a': [commune]})"))
    made.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(made, tmp_path / "in.ipynb")
    done = execute(tmp_path / "in.ipynb", {"commune": 2}, tmp_path)
    assert "<td>2</td>" in done.cells[2].outputs[0].data["text/html"]
