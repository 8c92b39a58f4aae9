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
from ntm_analysis.book.source import read_source
from ntm_analysis.book.typesetting import lacking
from ntm_analysis.language import say

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
WARNING = re.compile(r"(?:\[WARNING\]|\(W\)|WARN(?:ING)?\b:?|warning:)\s*(?P<text>.*\S)")
PLACE = re.compile(r"^\([^()]*\.(?:lua|ts|js):\d+\)")
VARYING = re.compile(r"\b[0-9a-f]{8,}\b|\d+")
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


def render(project: Path, config: BookConfig, formats: Sequence[str], new: Path) -> list[str]:
    """Render a book with Quarto into a folder of the project.

    Parameters
    ----------
    project : Path
    config : BookConfig
    formats : sequence of str
        Among `html`, `pdf` and `docx`.
    new : Path
        A folder below the project that does not exist yet.

    Returns
    -------
    list of str
        What Quarto and its tools warned of, each kind once.

    Raises
    ------
    BookError
        If Quarto is missing or fails.
    """
    wanted = [QUARTO_NAMES[name] for name in formats]
    write_kit(project, config)
    if set(wanted) == set(config.formats):
        log = _run(project, [], new)
        _finish(new)
        return warnings_in(log)
    # Quarto empties its output folder for each `--to`, so each format gets a folder of its own.
    new.mkdir(parents=True)
    log = ""
    for name in wanted:
        folder = new.with_name(f"{new.name}-{name}")
        log += _run(project, ["--to", name], folder)
        shutil.copytree(folder, new, dirs_exist_ok=True)
        shutil.rmtree(folder)
    _finish(new)
    return warnings_in(log)


def boxed(project: Path, config: BookConfig) -> dict[str, str]:
    """Return the letters of the chapters' sources that no font has, by the chapter's path."""
    sources = [read_source(project, entry) for entry in config.entries]
    return lacking({source.entry.path: f"{source.title}{source.text}" for source in sources})


def warnings_in(log: str) -> list[str]:
    """Return what a log of Quarto's warns of, each kind once with its number.

    Warnings that differ only in numbers or digests are of one kind; the first one stands for all.
    """
    kinds: dict[str, list[str]] = {}
    for line in COLOURS.sub("", log).splitlines():
        if found := WARNING.match(line.strip()):
            text = PLACE.sub("", found["text"]).strip()
            kinds.setdefault(VARYING.sub("#", text), []).append(text)
    return [texts[0] + (f" (×{len(texts)})" if len(texts) > 1 else "") for texts in kinds.values()]


def _finish(folder: Path) -> None:
    for path in folder.glob("*.docx"):
        finish(path)


def _run(project: Path, args: Sequence[str], folder: Path) -> str:
    """Run Quarto; return what it said."""
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
    log = f"{done.stdout}\n{done.stderr}".strip()
    if done.returncode or not folder.is_dir():
        raise BookError(say("book.quarto", detail=_reason(log)), log)
    return log + "\n"


def _environment() -> dict[str, str]:
    # The hooks run in the Python that Quarto finds: it must be this one, activated or not.
    here = str(Path(sys.executable).parent)
    path = os.pathsep.join([here, os.environ.get("PATH", "")])
    return {**os.environ, "NTM_BOOK": "1", "PATH": path, "QUARTO_PYTHON": sys.executable}


def _reason(log: str) -> str:
    lines = [line.strip() for line in COLOURS.sub("", log).splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["?"])[-1]
