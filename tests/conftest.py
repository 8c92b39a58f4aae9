"""Fixtures that several test modules share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.get_chromium import Chromium, find
from tests.support.node import ROOT, UnavailableError, open_playwright
from tests.support.once import once

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the source checkout."""
    return ROOT


@pytest.fixture(scope="session")
def once_per_run(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Callable[[Path], None]], Path]:
    """`once_per_run(name, make)`: a folder that `make(folder)` fills once in the whole run.

    Also where pytest-xdist runs the tests in several processes; for what is costly, such as a book.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    return lambda name, make: once(base / "once" / name, make)


@pytest.fixture(scope="session")
def chromium_program() -> Chromium:
    """A Chromium that starts."""
    try:
        return find()
    except UnavailableError as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def chromium(chromium_program: Chromium) -> Iterator[Browser]:
    """A headless Chromium, driven by Playwright.

    One a module, not one a session: while Playwright's synchronous interface is open, no other
    test of the process could start an event loop (running a notebook does).
    """
    with open_playwright() as playwright, chromium_program.launch(playwright) as browser:
        yield browser
