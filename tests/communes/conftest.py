"""The real commune, and a copy of the project that a test may spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.communes import Case, load_case
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import Rulebook, load_rulebook
from tests.support.spoil import ID, Copy, copy_project


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_LANG", "en")


@pytest.fixture(scope="session")
def book(repository: Path) -> Rulebook:
    return load_rulebook(repository / "data" / "rulebook")


@pytest.fixture(scope="session")
def liem_can(repository: Path, book: Rulebook) -> Case:
    return load_case(Project(repository), ID, book)


@pytest.fixture
def copy(repository: Path, tmp_path: Path, book: Rulebook) -> Copy:
    return copy_project(repository, tmp_path, book)
