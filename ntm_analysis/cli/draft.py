"""`ntm draft`: the fractions of a report, as figures of the indicators."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ntm_analysis.audit import read_report
from ntm_analysis.cli.console import err, out, told, write
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.new import DEFAULT_PLACE
from ntm_analysis.cli.rules import in_force
from ntm_analysis.draft import draft_of
from ntm_analysis.language import say
from ntm_analysis.rulebook import load_rulebook

_COLUMNS = ("indicator", "variable", "value", "unit", "sure", "quote")


def draft_report(
    file: Path, set_key: str, place: str | None, on: dt.date | None, *, as_json: bool
) -> None:
    """Print the fractions read, and those that went nowhere; nothing is written."""
    with told():
        book = load_rulebook(project_here().rulebook)
        day = on or dt.date.today()
        rules = in_force(book, set_key, place or DEFAULT_PLACE, day, asked=on is not None)
        found = draft_of(read_report(file), rules)
    if as_json:
        write(json.dumps([asdict(each) for each in found.readings], ensure_ascii=False, indent=2))
    else:
        table = Table(*_COLUMNS, header_style="bold")
        for each in found.readings:
            table.add_row(*(Text(str(getattr(each, name))) for name in _COLUMNS))
        out.print(table)
    counts = Counter(each.sure for each in found.readings)
    err.print(
        Text(
            say(
                "draft.tally",
                count=len(found.readings),
                sure=counts["sure"],
                likely=counts["likely"],
                guess=counts["guess"],
            )
        )
    )
    if found.unplaced:
        err.print(Text(say("draft.missed", count=len(found.unplaced))))
        for missed in found.unplaced:
            err.print(Text(f"  {missed.section}: {missed.quote}"))
    err.print(Text(say("draft.scope")))
