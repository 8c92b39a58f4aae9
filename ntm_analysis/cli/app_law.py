"""The commands of `ntm rules` by which people enter law."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ntm_analysis.language import say

_DATES = ["%Y-%m-%d", "%d/%m/%Y"]
Set = Annotated[str, typer.Option("--set", help=say("cli.set"))]
Place = Annotated[str, typer.Option("--place", help=say("cli.place"))]
Force = Annotated[bool, typer.Option("--force", help=say("law.force_help"))]


class DraftFormat(StrEnum):
    """How a draft is printed."""

    table = "table"
    json = "json"


def register(rules: typer.Typer) -> None:
    """Add the commands."""
    rules.command("draft", help=say("law.help_draft"))(rules_draft)
    rules.command("form", help=say("law.help_form"))(rules_form)
    rules.command("import", help=say("law.help_import"))(rules_import)
    rules.command("test", help=say("law_tests.help"))(rules_test)


def rules_draft(
    annex: Annotated[Path, typer.Argument(metavar="ANNEX", help=say("law.annex_help"))],
    set_key: Set = "advanced",
    place: Place = "",
    decision: Annotated[str, typer.Option("--decision", help=say("law.decision_help"))] = "",
    date: Annotated[
        dt.datetime | None, typer.Option("--date", formats=_DATES, help=say("law.date_help"))
    ] = None,
    since: Annotated[
        dt.datetime | None, typer.Option("--from", formats=_DATES, help=say("law.from_help"))
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help=say("law.out_help"))] = None,
    format: Annotated[
        DraftFormat, typer.Option("--format", help=say("law.format_help"))
    ] = DraftFormat.table,
    force: Force = False,
) -> None:
    """Read an annex into the law workbook."""
    from ntm_analysis.cli.law import draft_law

    days = {"date": date, "from": since}
    about = {"place": place, "decision": decision}
    about |= {key: f"{day:%d/%m/%Y}" if day else "" for key, day in days.items()}
    draft_law(annex, set_key, about, out, as_json=format is DraftFormat.json, force=force)


def rules_form(
    out: Annotated[Path, typer.Option("--out", help=say("law.out_help"))],
    set_key: Set = "advanced",
    place: Place = "",
    on: Annotated[
        dt.datetime | None, typer.Option("--on", formats=_DATES, help=say("law.from_help"))
    ] = None,
    divisions: Annotated[
        list[str] | None, typer.Option("--division", help=say("law.division_help"))
    ] = None,
    new: Annotated[bool, typer.Option("--new", help=say("law.new_help"))] = False,
    force: Force = False,
) -> None:
    """Write a blank law workbook."""
    from ntm_analysis.cli.law import form_law

    day = on.date() if on else None
    form_law(set_key, place, day, out, divisions or [], new=new, force=force)


def rules_import(
    file: Annotated[Path, typer.Argument(metavar="LAW", help=say("law.file_help"))],
    division: Annotated[
        str | None, typer.Option("--division", help=say("law.division_help"))
    ] = None,
    force: Force = False,
) -> None:
    """Read a filled-in law workbook."""
    from ntm_analysis.cli.law import import_law

    import_law(file, division, force=force)


def rules_test(
    format: Annotated[
        DraftFormat, typer.Option("--format", help=say("law_tests.format_help"))
    ] = DraftFormat.table,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PAGE.md", help=say("law_tests.out_help"))
    ] = None,
) -> None:
    """Try the tests of the law."""
    from ntm_analysis.cli.rules_test import try_rules

    try_rules(format is DraftFormat.json, out)
