"""Quarto's hook finds the environment that has `ntm`, or says in plain words that there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.node import ROOT

HOOK = "book/quarto_hook.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    shutil.copy(ROOT / HOOK, tmp_path / HOOK)
    return tmp_path


def run(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, HOOK, "prerender"],
        cwd=project,
        env={**os.environ, "NTM_BOOK": "1"},  # then there is nothing left to do
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def environment(project: Path, options: str) -> None:
    program = project / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {options} "$@"\n', encoding="utf-8")
    program.chmod(0o755)


def test_without_the_environment(project: Path) -> None:
    done = run(project, "-S")  # no installed packages
    assert done.returncode == 1
    assert "Kích hoạt môi trường" in done.stderr
    assert "conda activate ntm_analysis" in done.stderr
    assert "Traceback" not in done.stderr


def test_with_it(project: Path) -> None:
    done = run(project)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="the environment is a script with a shebang")
def test_the_projects_own_environment_need_not_be_active(project: Path) -> None:
    environment(project, "")
    done = run(project, "-S")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="the environment is a script with a shebang")
def test_an_environment_that_lacks_it_is_not_asked_again(project: Path) -> None:
    environment(project, "-S")
    done = run(project, "-S")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "Kích hoạt môi trường" in done.stderr


def test_the_package_without_its_dependencies() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "ntm_analysis", "run"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "kích hoạt môi trường" in done.stderr
    assert "Traceback" not in done.stderr
