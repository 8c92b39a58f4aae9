"""The commands on what a dossier holds, what is asked about it, and whether a report holds."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer

from ntm_analysis.cli.table_format import TableFormat
from ntm_analysis.cli.usage import App
from ntm_analysis.language import say

Ids = Annotated[
    list[str] | None, typer.Argument(metavar="ID", help=say("cli.ids"), show_default=False)
]
Form = Annotated[TableFormat, typer.Option("--format", help=say("cli.results_format"))]


class VerifyFormat(StrEnum):
    """How a verification is printed."""

    table = "table"
    json = "json"


def evidence(ids: Ids = None, format: Form = TableFormat.table) -> None:
    """List the evidence."""
    from ntm_analysis.cli.register import show_evidence

    show_evidence(ids, format.value)


def requests(
    ids: Ids = None,
    round_: Annotated[
        int | None, typer.Option("--round", min=1, help=say("requests.round_help"))
    ] = None,
    due: Annotated[
        dt.datetime | None,
        typer.Option("--due", formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("requests.due_help")),
    ] = None,
    put: Annotated[bool, typer.Option("--write", help=say("requests.write_help"))] = False,
    format: Form = TableFormat.table,
) -> None:
    """Ask."""
    from ntm_analysis.cli.requests import show_requests

    show_requests(ids, round_, due.date() if due else None, format.value, put=put)


def verify(
    report: Annotated[str, typer.Argument(metavar="REPORT", help=say("verify.report_help"))],
    format: Annotated[
        VerifyFormat, typer.Option("--format", help=say("verify.format_help"))
    ] = VerifyFormat.table,
) -> None:
    """Verify a report."""
    from ntm_analysis.cli.verify import verify_report

    verify_report(report, as_json=format is VerifyFormat.json)


def register(app: App) -> None:
    """Add the commands to `ntm`."""
    app.command(help=say("verify.help"))(verify)
    app.command(help=say("register.help"))(evidence)
    app.command(help=say("requests.help"))(requests)
