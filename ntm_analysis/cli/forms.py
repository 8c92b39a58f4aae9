"""`ntm form` and `ntm import`: Excel out, Excel in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ntm_analysis.batch.atomic import write_bytes
from ntm_analysis.cli.console import BAD_INPUT, out, show_problems, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.communes import load_case
from ntm_analysis.language import Lang, say, user_lang
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import RulesInForce, load_rulebook

_SHOWN = 40


def make_form(
    set_key: str, place: str, on: dt.date, target: Path, fill: str | None, lang: Lang | None,
    many: bool, force: bool,
) -> None:  # fmt: skip
    """Write a form, blank or filled with a commune's data."""
    from ntm_analysis.assessment import assess
    from ntm_analysis.cli.rules import in_force
    from ntm_analysis.forms import filling_of, write_form, write_many

    project = project_here()
    chosen = lang or user_lang()
    with told():
        if target.exists() and not force:
            problem = Problem(
                str(target), say("forms.form_exists"), say("forms.form_exists_wanted")
            )
            raise DataErrors([problem])
        if fill:
            case = load_case(project, fill)
            rules: RulesInForce = case.rules
            content = write_form(rules, chosen, filling_of(project, case), assess([case], chosen))
        else:
            rules = in_force(load_rulebook(project.rulebook), set_key, place, on)
            content = write_many(rules, chosen) if many else write_form(rules, chosen)
        try:
            write_bytes(target, content)
        except OSError as error:
            problem = Problem(str(target), say("forms.unwritable", reason=error.strerror or ""),
                              say("forms.unwritable_wanted"))  # fmt: skip
            raise DataErrors([problem]) from error
    out.print(say("forms.form_written", path=target), markup=False)


def import_forms(files: Sequence[Path], force: bool, set_key: str, on: dt.date | None) -> None:
    """Import filled-in forms; each is written only if all of it is valid."""
    from ntm_analysis.forms import import_file

    project = project_here()
    defaults = {"set": set_key} | ({"on": on.isoformat()} if on else {})
    failed = False
    for file in files:
        try:
            done = import_file(project, file, force=force, defaults=defaults)
        except DataErrors as error:
            show_problems(error.problems)
            failed = True
            continue
        _told_of(done.conversions)
        for one in done.stored:
            out.print(say("forms.imported", id=one.id, count=len(one.files)), markup=False)
            if one.kept is not None:
                out.print(say("forms.kept", path=project.relative(one.kept)), markup=False)
    if failed:
        stop(BAD_INPUT)


def _told_of(conversions: Sequence[tuple[str, str, str]]) -> None:
    if not conversions:
        return
    table = Table(title=say("forms.conversions", count=len(conversions)), header_style="bold")
    for key in ("place", "written", "read"):
        table.add_column(say(f"forms.{key}"))
    for place, written, read in conversions[:_SHOWN]:
        table.add_row(Text(place), Text(written), Text(read))
    out.print(table)
    if len(conversions) > _SHOWN:
        out.print(say("forms.more", count=len(conversions) - _SHOWN), markup=False)
