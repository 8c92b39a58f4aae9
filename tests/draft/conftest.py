from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.rulebook import Rulebook, load_rulebook


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_LANG", "vi")


@pytest.fixture(scope="session")
def book(repository: Path) -> Rulebook:
    return load_rulebook(repository / "data" / "rulebook")
