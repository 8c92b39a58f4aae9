"""`ntm audit`: the arithmetic of a report's text."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ntm_analysis.audit import CHECKS, COLUMNS, UNCHECKED, VERDICTS, Audit, AuditRow, examine_file
from ntm_analysis.cli.console import BAD_INPUT, DONE, err, out, stop, told, write
from ntm_analysis.language import say, user_lang

_STYLES = {
    "agrees": "green",
    "disagrees": "bold red",
    "unattainable": "bold red",
    "inconsistent": "bold red",
    "unclear": "yellow",
}


def audit_report(file: Path, format_: str, *, show_all: bool) -> None:
    """Print what the audit of a report finds; exit code 1 if anything is wrong."""
    with told(), err.status(say("audit.reading", file=file.name)):
        audit = examine_file(file)
    rows = audit.rows
    listed = _in_order(rows, audit.unchecked) if show_all else rows
    if format_ == "json":
        write(json.dumps([row.as_dict() for row in listed], ensure_ascii=False, indent=2))
    elif format_ == "csv":
        write(_csv(listed))
    else:
        _table(listed if show_all else [row for row in rows if row.verdict != "agrees"])
        _tally(rows)
    _counts(audit, out if format_ == "table" else err, show_all=show_all)
    stop(BAD_INPUT if any(row.wrong for row in rows) else DONE)


def _in_order(rows: list[AuditRow], unchecked: list[AuditRow]) -> list[AuditRow]:
    return sorted([*rows, *unchecked], key=lambda row: (row.page or 0, row.line or 0))


def _counts(audit: Audit, console: Console, *, show_all: bool) -> None:
    """Say how much was checked: silence must not look like approval."""
    parts = [
        say(f"audit.held.{kind}", held=audit.held[kind], checked=audit.checked[kind])
        for kind in audit.held
    ]
    left = sum(audit.held.values()) - sum(audit.checked.values())
    console.print(Text(say("audit.held.all", parts="; ".join(parts))))
    if left:
        key = "audit.held.left_listed" if show_all else "audit.held.left"
        console.print(Text(say(key, count=left)))
    for remark in audit.remarks:
        console.print(Text(say("audit.held.remark", remark=remark)))


def _csv(rows: list[AuditRow]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.as_dict() for row in rows)
    return text.getvalue()


def _table(rows: list[AuditRow]) -> None:
    if not rows:
        return
    titles = {check.key: check.title[user_lang()] for check in CHECKS}
    titles[UNCHECKED] = say("audit.unchecked.title")
    paged = any(row.page for row in rows)
    table = Table(header_style="bold", show_lines=True)
    table.add_column(say("audit.columns.place"), justify="right", no_wrap=True)
    for key in ("quote", "stated", "recomputed", "check", "verdict"):
        table.add_column(say(f"audit.columns.{key}"), overflow="fold")
    for row in rows:
        place = f"{row.page}:{row.line}" if paged else str(row.line)
        verdict = Text(say(f"audit.verdicts.{row.verdict}"), style=_STYLES[row.verdict])
        cells = (place, row.quote, row.stated, row.recomputed, titles[row.check])
        table.add_row(*map(Text, cells), verdict)
    out.print(table)


def _tally(rows: list[AuditRow]) -> None:
    counts = Counter(row.verdict for row in rows)
    parts = [
        f"{say(f'audit.verdicts.{verdict}')}: {counts[verdict]}"
        for verdict in VERDICTS
        if counts[verdict]
    ]
    out.print(Text(say("audit.tally", count=len(rows), parts="; ".join(parts) or "–")))
