from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.communes import Case, load_case
from ntm_analysis.forms import filling_of, write_form
from ntm_analysis.paths import Project
from tests.forms.spoil import grids


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_LANG", "vi")


@pytest.fixture(scope="session")
def project(repository: Path) -> Project:
    return Project(repository)


@pytest.fixture(scope="session")
def case(project: Project) -> Case:
    return load_case(project, "liem-can-2024")


@pytest.fixture(scope="session")
def filled(project: Project, case: Case) -> bytes:
    return write_form(case.rules, "vi", filling_of(project, case), assess([case]))


@pytest.fixture(scope="session")
def sheets(filled: bytes) -> dict[str, list[list[Any]]]:
    return grids(filled)


@pytest.fixture
def empty(repository: Path, tmp_path: Path) -> Project:
    """A project with the rulebook and no commune."""
    root = tmp_path / "project"
    shutil.copytree(repository / "data" / "rulebook", root / "data" / "rulebook")
    shutil.copy2(repository / "_quarto.yml", root)
    return Project(root)
