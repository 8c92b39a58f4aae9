"""The real project, and copies of it that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_analysis.communes import Case, load_case
from ntm_analysis.paths import Project


@pytest.fixture(scope="session")
def project(repository: Path) -> Project:
    return Project(repository)


@pytest.fixture(scope="session")
def liem_can(project: Project) -> Case:
    return load_case(project, "liem-can-2024")


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Project:
    """A project of one's own: data, parameters and plan, no notebooks."""
    for name in ("data", "params"):
        shutil.copytree(repository / name, tmp_path / name)
    shutil.copy2(repository / "_quarto.yml", tmp_path)
    return Project(tmp_path)


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_LANG", "vi")


@pytest.fixture
def edit(copy: Project) -> Callable[[str, str, str], None]:
    """Replace a piece of a file of the copy; the piece must be there."""

    def replace(file: str, old: str, new: str) -> None:
        path = copy.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
