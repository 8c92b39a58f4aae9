"""The command on what an office signs and sends."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ntm_analysis.cli.usage import App
from ntm_analysis.language import say


class Language(StrEnum):
    """The language of the documents."""

    vi = "vi"
    en = "en"


def documents(
    name: Annotated[str, typer.Argument(metavar="ID", help=say("official.id_help"))],
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("official.out_help"))],
    to: Annotated[str, typer.Option("--to", help=say("official.to_help"))] = "docx,pdf",
    lang: Annotated[Language | None, typer.Option("--lang", help=say("official.lang_help"))] = None,
    force: Annotated[bool, typer.Option("--force", help=say("official.force_help"))] = False,
) -> None:
    """Write the documents to sign."""
    from ntm_analysis.cli.documents import make_documents

    make_documents(name, folder, to, lang.value if lang else None, force=force)


def register(app: App) -> None:
    """Add the command to `ntm`."""
    app.command(help=say("official.help"))(documents)
