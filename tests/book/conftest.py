"""The small book, rendered once for all tests of a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_analysis.book import build_book
from tests.book.project import write_project


def _make(folder: Path) -> None:
    build_book(write_project(folder), renderer="builtin")


@pytest.fixture(scope="session")
def rendered(once_per_run: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The project of the small book; its `_book` holds all formats."""
    return once_per_run("small-book", _make)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in English, no profile or time from outside."""
    monkeypatch.setenv("NTM_LANG", "en")
    monkeypatch.delenv("QUARTO_PROFILE", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
