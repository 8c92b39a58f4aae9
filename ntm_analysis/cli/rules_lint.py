"""`ntm rules lint`: errors of the rulebook, what is doubtful in it, what is missing."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from ntm_analysis.cli.console import BAD_INPUT, out, stop, write
from ntm_analysis.cli.data import project_here
from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.rulebook.lint import Remark, lint

_STYLES = {"error": "red", "doubtful": "yellow", "missing": ""}


def lint_rules(as_json: bool) -> None:
    """Print what to look at in the rulebook, errors first; exit code 1 if there are errors."""
    try:
        rows = list(lint(load_rulebook(project_here().rulebook)))
    except DataErrors as error:
        rows = [
            Remark("error", "", one.file, str(one.row or ""), f"{one.problem} {one.wanted}".strip())
            for one in error.problems
        ]
    if as_json:
        write(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        table = Table(header_style="bold")
        table.add_column(say("lint.grade"))
        for key in ("set", "place", "code", "missing"):
            table.add_column(say(f"cli.column_{key}"), overflow="fold")
        for row in rows:
            grade = Text(say(f"lint.{row.grade}"), style=_STYLES[row.grade])
            table.add_row(grade, *map(Text, (row.set, row.place, row.indicator, row.what)))
        if rows:
            out.print(table)
        counts = Counter(row.grade for row in rows)
        out.print(say("lint.sum", **{key: counts[key] for key in ("error", "doubtful", "missing")}))
    if any(row.grade == "error" for row in rows):
        stop(BAD_INPUT)
