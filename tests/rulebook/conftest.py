"""The real rulebook, and a copy that a test may spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.rulebook import LoadedSet, Rulebook, load_rulebook
from tests.support.spoil import Copy, copy_project


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_LANG", "en")


@pytest.fixture(scope="session")
def book(repository: Path) -> Rulebook:
    return load_rulebook(repository / "data" / "rulebook")


@pytest.fixture(scope="session")
def advanced(book: Rulebook) -> LoadedSet:
    return book.sets["advanced"]


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Copy:
    return copy_project(repository, tmp_path)
