"""The command that prepares a site for the public."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_analysis.cli.usage import App
from ntm_analysis.language import say


def publish(
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help=say("publish.base_help"))
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("publish.out_help"))],
    books: Annotated[
        list[Path] | None, typer.Option("--book", metavar="DIR", help=say("publish.book_help"))
    ] = None,
    despite: Annotated[bool, typer.Option("--force", help=say("publish.force_help"))] = False,
) -> None:
    """Prepare the public site."""
    from ntm_analysis.cli.publish import make_site

    make_site(base_url, out, books or [], despite=despite)


def register(app: App) -> None:
    """Add the command to `ntm`."""
    app.command(help=say("publish.help"))(publish)
