"""What commands print: problems as a table, tables, progress, and the way they end."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)

DONE, BAD_INPUT, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def stop(code: int) -> NoReturn:
    """End the command with an exit code."""
    raise SystemExit(code)


def show_problems(
    problems: Sequence[Problem], console: Console = err, summary: str = "cli.problems"
) -> None:
    """Print problems: as a table on a terminal, else one a line as editors read them.

    The summary is the key of the sentence below them, which is told their `count`.
    """
    if not console.is_terminal:
        for problem in problems:
            found = f" [{problem.value}]" if problem.value else ""
            line = Text(f"{problem.place}:{found} {problem.problem} {problem.wanted}")
            console.print(line, soft_wrap=True)
    else:
        table = Table(show_lines=True, header_style="bold")
        for key in ("file", "row", "column", "value", "problem", "wanted"):
            table.add_column(say(f"cli.problem_{key}"), overflow="fold")
        for problem in problems:
            file = f"{problem.file} › {problem.sheet}" if problem.sheet else problem.file
            row = "" if problem.row is None else str(problem.row)
            if problem.label:
                row = f"{row} “{problem.label}”"
            cells = (file, row, problem.column or "", problem.value or "")
            table.add_row(*map(Text, (*cells, problem.problem, problem.wanted)))
        console.print(table)
    console.print(Text(say(summary, count=len(problems))), style="bold red")


def problems_json(problems: Sequence[Problem]) -> str:
    """Return problems as the list that `ntm check --format json` prints."""
    return json.dumps([p.as_dict() for p in problems], ensure_ascii=False, indent=2)


@contextmanager
def told() -> Iterator[None]:
    """Turn `DataErrors` into a printed table and exit code 1."""
    try:
        yield
    except DataErrors as error:
        show_problems(error.problems)
        stop(BAD_INPUT)


def progress() -> Progress:
    """Return a progress display with a bar, a count and the time left; on a terminal only."""
    return Progress(
        SpinnerColumn(),
        TextColumn("[progress.description]{task.description}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=err,
        disable=not err.is_terminal,
        transient=True,
    )


def write(text: str) -> None:
    """Write plain text to standard output, whatever the terminal's width."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
