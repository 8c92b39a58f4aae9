"""The tutorials as a reader follows them: every command is given, every answer compared."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built

FENCE = re.compile(
    r'^```(?:(?P<console>console)|\{\.csv file="(?P<file>[^"]+)"(?: instead="(?P<old>[^"]+)")?\})\n'
    r"(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Edit:
    """Lines that the reader writes at a file's end, or in place of the lines that begin so."""

    file: str
    lines: str
    instead: str | None


@dataclass(frozen=True)
class Command:
    """A command with the answer that the page shows; `…` is anything."""

    words: tuple[str, ...]
    answer: str


def steps(page: str) -> Iterator[Edit | Command]:
    """Yield what the reader does, in order."""
    for block in FENCE.finditer(page):
        if block["console"]:
            for part in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
                line, _, answer = part.partition("\n")
                yield Command(tuple(shlex.split(line)), answer)
        else:
            yield Edit(block["file"], block["body"], block["old"])


def pattern(answer: str) -> re.Pattern[str]:
    """Return what matches an answer, however its words are spaced."""
    parts = (r"\s+".join(map(re.escape, part.split())) for part in answer.split("…"))
    return re.compile(r"\s*" + r"[\s\S]*".join(parts) + r"\s*")


def give(command: Command, project: Path, lang: str) -> str:
    """Give a command and return what it prints."""
    assert command.words[0] == "ntm", command
    done = subprocess.run(
        [sys.executable, "-m", "ntm_analysis", *command.words[1:]],
        cwd=project,
        env={**os.environ, "NTM_LANG": lang, "COLUMNS": "160", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("page", "lang"), [("first-report.md", "en"), ("bao-cao-dau-tien.md", "vi")]
)
def test_the_tutorial_does_what_it_says(
    repository: Path, built: Built, tmp_path: Path, page: str, lang: str
) -> None:
    project = tmp_path / "project"
    shutil.copytree(built.root, project, ignore=shutil.ignore_patterns("_book-demo"))
    text = (repository / "docs" / "tutorial" / page).read_text(encoding="utf-8")
    done = list(steps(text))
    assert len(done) > 15
    for step in done:
        if isinstance(step, Edit):
            file = project / step.file
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [one for one in lines if not (step.instead and one.startswith(step.instead))]
            file.write_text("".join([*kept, step.lines]), encoding="utf-8")
            continue
        printed = give(step, project, lang)
        assert "Traceback" not in printed
        assert pattern(step.answer).fullmatch(printed), (step, printed)


def test_both_tutorials_give_the_same_commands(repository: Path) -> None:
    said = [
        [
            one.words if isinstance(one, Command) else one
            for one in steps((repository / "docs" / "tutorial" / page).read_text(encoding="utf-8"))
        ]
        for page in ("first-report.md", "bao-cao-dau-tien.md")
    ]
    assert said[0] == said[1]
