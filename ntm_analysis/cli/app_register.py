"""The commands on what a dossier holds and on what is asked about it."""

from __future__ import annotations

from typing import Annotated

import typer

from ntm_analysis.cli.table_format import TableFormat
from ntm_analysis.cli.usage import App
from ntm_analysis.language import say

Ids = Annotated[
    list[str] | None, typer.Argument(metavar="ID", help=say("cli.ids"), show_default=False)
]
Form = Annotated[TableFormat, typer.Option("--format", help=say("cli.results_format"))]


def evidence(ids: Ids = None, format: Form = TableFormat.table) -> None:
    """List the evidence."""
    from ntm_analysis.cli.register import show_evidence

    show_evidence(ids, format.value)


def register(app: App) -> None:
    """Add the commands to `ntm`."""
    app.command(help=say("register.help"))(evidence)
