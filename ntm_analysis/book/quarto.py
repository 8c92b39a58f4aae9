"""The book rendered by Quarto, where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ntm_analysis.book.config import BookConfig
from ntm_analysis.book.docx import finish
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.quarto_kit import write_kit
from ntm_analysis.language import say

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
QUARTO_NAMES = {"html": "html", "pdf": "typst", "docx": "docx"}


def available() -> str | None:
    """Return Quarto's path, or None."""
    return shutil.which("quarto")


@cache
def version() -> str:
    """Return what Quarto says of itself; empty where it is not installed."""
    program = available()
    if program is None:
        return ""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def render(project: Path, config: BookConfig, formats: Sequence[str], new: Path) -> None:
    """Render a book with Quarto into a folder of the project.

    Parameters
    ----------
    project : Path
    config : BookConfig
    formats : sequence of str
        Among `html`, `pdf` and `docx`.
    new : Path
        A folder below the project that does not exist yet.

    Raises
    ------
    BookError
        If Quarto is missing or fails.
    """
    wanted = [QUARTO_NAMES[name] for name in formats]
    write_kit(project, config)
    if set(wanted) == set(config.formats):
        _run(project, [], new)
        _finish(new)
        return
    # Quarto empties its output folder for each `--to`, so each format gets a folder of its own.
    new.mkdir(parents=True)
    for name in wanted:
        folder = new.with_name(f"{new.name}-{name}")
        _run(project, ["--to", name], folder)
        shutil.copytree(folder, new, dirs_exist_ok=True)
        shutil.rmtree(folder)
    _finish(new)


def _finish(folder: Path) -> None:
    for path in folder.glob("*.docx"):
        finish(path)


def _run(project: Path, args: Sequence[str], folder: Path) -> None:
    program = available()
    if program is None:
        raise BookError(say("book.no_quarto"))
    place = folder.relative_to(project).as_posix()
    done = subprocess.run(
        [program, "render", *args, "--output-dir", place],
        cwd=project,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode or not folder.is_dir():
        log = f"{done.stdout}\n{done.stderr}".strip()
        raise BookError(say("book.quarto", detail=_reason(log)), log)


def _environment() -> dict[str, str]:
    # The hooks run in the Python that Quarto finds: it must be this one, activated or not.
    here = str(Path(sys.executable).parent)
    path = os.pathsep.join([here, os.environ.get("PATH", "")])
    return {**os.environ, "NTM_BOOK": "1", "PATH": path, "QUARTO_PYTHON": sys.executable}


def _reason(log: str) -> str:
    lines = [line.strip() for line in COLOURS.sub("", log).splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["?"])[-1]
