"""The lock of a project: held by one, freed by whatever ends its holder, read past by readers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_analysis.files.lock import BusyError, Holder, hold

HOLDING = """\
import pathlib, sys
from ntm_analysis.files.lock import hold
with hold(pathlib.Path(sys.argv[1]), "ntm build", 5):
    print("held", flush=True)
    sys.stdin.read()
"""


def _start(root: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(root)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_who_waits_is_told_for_whom(tmp_path: Path) -> None:
    other = _start(tmp_path)
    told: list[Holder | None] = []
    try:
        with pytest.raises(BusyError) as error, hold(tmp_path, "ntm run", 0.3, told.append):
            pytest.fail("two at once")
    finally:
        other.communicate("")
    assert error.value.holder is not None
    assert (error.value.holder.pid, error.value.holder.command) == (other.pid, "ntm build")
    assert told == [error.value.holder]


def test_a_holder_that_is_killed_leaves_no_lock(tmp_path: Path) -> None:
    other = _start(tmp_path)
    other.kill()
    other.communicate()
    with hold(tmp_path, "ntm run", 5):
        pass


@pytest.mark.parametrize("command", [["run"], ["import", "x.xlsx"], ["new", "xa-moi-2024"]])
def test_commands_that_write_wait_and_those_that_read_do_not(
    tmp_path: Path, command: list[str]
) -> None:
    from bench.project import make_project

    project = make_project(tmp_path / "Dự án của tôi", 1)
    (project.root / "x.xlsx").write_bytes(b"")
    other = _start(project.root)
    environment = {**os.environ, "NTM_LANG": "en", "NTM_WAIT": "0.3", "COLUMNS": "300"}

    def ntm(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ntm_analysis", *words],
            cwd=project.root, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    try:
        wrote, read = ntm(*command), ntm("check")
    finally:
        other.communicate("")
    assert wrote.returncode == 1
    assert f"ntm build (process {other.pid}" in wrote.stderr
    assert "Traceback" not in wrote.stderr
    assert read.returncode == 0, read.stderr
