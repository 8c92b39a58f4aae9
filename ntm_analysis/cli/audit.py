"""`ntm audit`: the arithmetic of a report's text."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ntm_analysis.audit import VERDICTS, WRONG, AuditRow, audit, read_report
from ntm_analysis.cli.console import BAD_INPUT, out, stop, told, write
from ntm_analysis.language import say

COLUMNS = tuple(field.name for field in fields(AuditRow))
_LOOK = {
    "agrees": ("●", "green"),
    "disagrees": ("✕", "red"),
    "unattainable": ("✕", "red"),
    "inconsistent": ("≠", "magenta"),
    "unclear": ("?", "yellow"),
}


def audit_file(file: Path, form: str, everything: bool) -> None:
    """Print what an audit of a report gives; end with 1 if anything is wrong in it."""
    with told():
        rows = audit(read_report(file))
    if form == "json":
        write(json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=2))
    elif form == "csv":
        write(_csv(rows))
    else:
        _show(file, rows, everything)
    if any(row.verdict in WRONG for row in rows):
        stop(BAD_INPUT)


def _csv(rows: Sequence[AuditRow]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.as_dict() for row in rows)
    return stream.getvalue()


def _show(file: Path, rows: Sequence[AuditRow], everything: bool) -> None:
    shown = [row for row in rows if everything or row.verdict != "agrees"]
    if shown:
        table = Table(show_lines=True, header_style="bold")
        paged = any(row.page is not None for row in shown)
        table.add_column(say(f"audit.column_{'page' if paged else 'line'}"), justify="right")
        for key in ("quote", "stated", "recomputed", "check", "verdict"):
            table.add_column(say(f"audit.column_{key}"), overflow="fold")
        for row in shown:
            sign, colour = _LOOK[row.verdict]
            table.add_row(
                str(row.page if paged else row.line),
                Text(row.quote),
                Text(row.stated),
                Text(row.recomputed),
                Text(say(f"audit.check_{row.check}")),
                Text(f"{sign} {say(f'audit.verdict_{row.verdict}')}", style=colour),
            )
        out.print(table)
    counts = Counter(row.verdict for row in rows)
    words = ", ".join(f"{counts[v]} {say(f'audit.verdict_{v}')}" for v in VERDICTS if counts[v])
    out.print(
        say("audit.tally", file=file.name, total=len(rows), counts=words or "0"), markup=False
    )
