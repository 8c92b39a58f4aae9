"""The real book, made once a run from a copy of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

PARTS = ("_quarto.yml", "_quarto-demo.yml", "index.qmd", "book", "data", "notebooks", "params")


@dataclass(frozen=True)
class Built:
    """A project whose book was built, and what the command printed."""

    root: Path
    printed: str

    @property
    def book(self) -> Path:
        """The rendered book."""
        return self.root / "_book"

    @property
    def demonstration(self) -> Path:
        """The book that holds the made-up communes and the comparison as well."""
        return self.root / "_book-demo"

    @property
    def chapter(self) -> Path:
        """The page of Liêm Cần 2024."""
        return self.book / "reports" / "liem-can-2024" / "liem-can-2024.html"


def copy_project(repository: Path, folder: Path) -> None:
    """Copy what a user's project consists of."""
    for name in PARTS:
        source = repository / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns(".ipynb_*"))
        else:
            shutil.copy2(source, folder / name)


def ntm(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a project, in Vietnamese."""
    environment = {**os.environ, "NTM_LANG": "vi", "NTM_PROJECT": "", "PYTHONUTF8": "1"}
    environment.pop("NTM_PROJECT")
    return subprocess.run(
        [sys.executable, "-m", "ntm_analysis", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _build(repository: Path, renderer: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        copy_project(repository, folder)
        done = ntm(folder, "build", "--renderer", renderer)
        (folder / "printed.txt").write_text(done.stderr + done.stdout, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr
        if renderer == "builtin":
            shown = ntm(folder, "book", "--renderer", renderer, "--profile", "demo", "--to", "html")
            assert shown.returncode == 0, shown.stdout + shown.stderr

    return make


def _built(folder: Path) -> Built:
    return Built(folder, (folder / "printed.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def built(repository: Path, once_per_run: Callable[[str, Callable[[Path], None]], Path]) -> Built:
    """The book by the built-in renderer."""
    return _built(once_per_run("book-builtin", _build(repository, "builtin")))


@pytest.fixture(scope="session")
def built_by_quarto(
    repository: Path, once_per_run: Callable[[str, Callable[[Path], None]], Path]
) -> Built:
    """The book by Quarto, where it is on PATH."""
    if shutil.which("quarto") is None:
        pytest.skip("quarto is not on PATH")
    return _built(once_per_run("book-quarto", _build(repository, "quarto")))
