"""The commands from figures to the book: run, book, build."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ntm_analysis.cli.usage import App
from ntm_analysis.language import say

if TYPE_CHECKING:
    from ntm_analysis.cli.build import BookOptions


class Renderer(StrEnum):
    """Who renders the book."""

    auto = "auto"
    quarto = "quarto"
    builtin = "builtin"


class Division(StrEnum):
    """What each of several small books holds."""

    province = "province"
    district = "district"
    commune = "commune"


class Engine(StrEnum):
    """What runs the notebooks."""

    ntm = "ntm"
    kernel = "kernel"


class BookProfile(StrEnum):
    """Which communes a book holds."""

    communes = "communes"
    demo = "demo"


Ids = Annotated[
    list[str] | None, typer.Argument(metavar="ID", help=say("cli.ids"), show_default=False)
]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help=say("cli.jobs"))]
Force = Annotated[bool, typer.Option("--force", help=say("cli.force"))]
To = Annotated[str, typer.Option("--to", help=say("cli.to"))]
By = Annotated[Renderer, typer.Option("--renderer", help=say("cli.renderer"))]
SplitBy = Annotated[
    Division | None, typer.Option("--split-by", help=say("shelf.split_by"), show_default=False)
]
OfProfile = Annotated[BookProfile | None, typer.Option("--profile", help=say("cli.profile"))]
RunBy = Annotated[Engine, typer.Option("--engine", help=say("batch.engine"))]
Timeout = Annotated[
    float | None, typer.Option("--timeout", metavar="SECONDS", min=1, help=say("batch.timeout"))
]
FailFast = Annotated[
    bool, typer.Option("--fail-fast/--keep-going", help=say("batch.fail_fast"), show_default=False)
]
Cluster = Annotated[
    str | None, typer.Option("--cluster", metavar="ADDRESS", help=say("batch.cluster"))
]
ALL_FORMATS = "html,pdf,docx"


def run(
    ids: Ids = None,
    jobs: Jobs = None,
    force: Force = False,
    engine: RunBy = Engine.ntm,
    timeout: Timeout = None,
    fail_fast: FailFast = False,
    cluster: Cluster = None,
) -> None:
    """Run the notebooks."""
    from ntm_analysis.cli.run import RunOptions, run_notebooks

    options = RunOptions(jobs, force, engine.value, timeout, fail_fast, cluster)
    run_notebooks(ids, options)


def book(
    to: To = ALL_FORMATS,
    renderer: By = Renderer.auto,
    split_by: SplitBy = None,
    jobs: Jobs = None,
    profile: OfProfile = None,
) -> None:
    """Render the book."""
    from ntm_analysis.cli.build import make_book

    make_book(_book_options(to, renderer, split_by, jobs, profile))


def build(
    ids: Ids = None,
    to: To = ALL_FORMATS,
    renderer: By = Renderer.auto,
    jobs: Jobs = None,
    force: Force = False,
    engine: RunBy = Engine.ntm,
    timeout: Timeout = None,
    fail_fast: FailFast = False,
    cluster: Cluster = None,
    split_by: SplitBy = None,
    profile: OfProfile = None,
) -> None:
    """Check, run and render."""
    from ntm_analysis.cli.build import build_all
    from ntm_analysis.cli.run import RunOptions

    options = RunOptions(jobs, force, engine.value, timeout, fail_fast, cluster)
    build_all(ids, _book_options(to, renderer, split_by, jobs, profile), options)


def _book_options(
    to: str,
    renderer: Renderer,
    split_by: Division | None,
    jobs: int | None,
    profile: BookProfile | None,
) -> BookOptions:
    """Return what is asked of a book; the profile that Quarto's variable names is heeded, too."""
    from ntm_analysis.cli.build import BookOptions, is_demo

    demo = profile is BookProfile.demo or (profile is None and is_demo())
    return BookOptions(to, renderer.value, split_by.value if split_by else None, jobs, demo)


def register(app: App) -> None:
    """Add the commands."""
    app.command(help=say("cli.run_help"))(run)
    app.command(help=say("cli.book_help"))(book)
    app.command(help=say("cli.build_help"))(build)
