"""The commands by which a commune or a year goes, gets another name and comes back."""

from __future__ import annotations

from typing import Annotated

import typer

from ntm_analysis.cli.usage import App
from ntm_analysis.language import say

Yes = Annotated[bool, typer.Option("--yes", "-y", help=say("records.yes"))]


def remove(
    name: Annotated[str, typer.Argument(metavar="ID", help=say("records.remove_id"))],
    yes: Yes = False,
) -> None:
    """Remove a commune or a year."""
    from ntm_analysis.cli.commune import remove as remove_it

    remove_it(name, yes)


def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help=say("records.remove_id"))],
    new: Annotated[str, typer.Argument(metavar="NEW", help=say("records.rename_new"))],
    yes: Yes = False,
) -> None:
    """Rename a commune or a year."""
    from ntm_analysis.cli.commune import rename as rename_it

    rename_it(old, new, yes)


def restore(
    name: Annotated[
        str | None, typer.Argument(metavar="BACKUP", help=say("records.restore_name"))
    ] = None,
    yes: Yes = False,
) -> None:
    """Restore a backup."""
    from ntm_analysis.cli.commune import restore as restore_it

    restore_it(name, yes)


def register(app: App) -> None:
    """Add the commands to `ntm`."""
    for command in (remove, rename, restore):
        app.command(help=say(f"records.{command.__name__}_help"))(command)
