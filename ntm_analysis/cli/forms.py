"""`ntm form` and `ntm import`: Excel out, Excel in."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from pydantic import ValidationError
from rich.table import Table
from rich.text import Text

from ntm_analysis.batch.atomic import write_bytes
from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import BAD_INPUT, err, out, show_problems, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.new import check_place, tell_carried
from ntm_analysis.cli.place import place_or_default
from ntm_analysis.communes import Commune, load_case
from ntm_analysis.communes.checks import day_remark, unit_remark
from ntm_analysis.communes.names import RUN_ID
from ntm_analysis.language import Lang, say, user_lang, workbook_words
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.records.carry import add_year
from ntm_analysis.records.files import TABLES, Record, read_record
from ntm_analysis.records.merge import Tally
from ntm_analysis.records.namesakes import namesakes
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.rulebook.bases import legal_bases

if TYPE_CHECKING:
    from ntm_analysis.forms.store import Stored

_SHOWN = 40


def make_form(
    set_key: str, place: str | None, on: dt.date | None, target: Path, fill: str | None,
    lang: Lang | None, many: bool, force: bool,
) -> None:  # fmt: skip
    """Write a form, blank or filled with a commune's data."""
    from ntm_analysis.cli.rules import in_force
    from ntm_analysis.forms import write_form, write_many

    project = project_here()
    chosen = lang or user_lang()
    with told():
        if target.exists() and not force:
            problem = Problem(
                str(target), say("forms.form_exists"), say("forms.form_exists_wanted")
            )
            raise DataErrors([problem])
        if fill:
            content = _filled(project, fill, on, chosen)
        else:
            book, day = load_rulebook(project.rulebook), on or dt.date.today()
            where = place_or_default(book, place, day)
            rules = in_force(book, set_key, where, day, asked=on is not None)
            check_place(book, rules.place, day)
            content = write_many(rules, chosen) if many else write_form(rules, chosen)
        try:
            write_bytes(target, content)
        except OSError as error:
            problem = Problem(str(target), say("forms.unwritable", reason=error.strerror or ""),
                              say("forms.unwritable_wanted"))  # fmt: skip
            raise DataErrors([problem]) from error
    out.print(say("forms.form_written", path=target), markup=False)


def _filled(project: Project, fill: str, on: dt.date | None, lang: Lang) -> bytes:
    """Return the form of a commune-year: of the year of the day `on`, where that is another."""
    from ntm_analysis.assessment import assess
    from ntm_analysis.forms import filling_of, write_form

    match = RUN_ID.match(fill)
    commune, year = (match["commune"], int(match["year"])) if match else (fill, 0)
    asked = on.year if on is not None else year
    if asked and not (project.params / f"{commune}-{asked}.yaml").exists() and on is not None:
        held = read_record(project, commune)
        if held is not None and (
            source := year if year in held.appraisals else max(held.appraisals, default=0)
        ):
            return _of_a_new_year(project, held, source, on, lang)
    name = f"{commune}-{asked}" if asked else fill
    case = load_case(project, name, changes={"on": on} if on is not None else None)
    if name != fill or asked != year:
        out.print(say("forms.fill_year", id=name), markup=False)
    return write_form(case.rules, lang, filling_of(project, case), assess([case], lang))


def _of_a_new_year(project: Project, held: Record, source: int, on: dt.date, lang: Lang) -> bytes:
    from ntm_analysis.cli.rules import in_force
    from ntm_analysis.forms import write_form
    from ntm_analysis.forms.source import filling_for

    before = held.params.get(source, {})
    set_key = str(held.appraisals[source].get("set", before.get("set", "")))
    rules = in_force(
        load_rulebook(project.rulebook), set_key, str(held.profile.get("province", "")), on
    )
    params = {**before, "commune": held.commune, "year": on.year, "set": set_key, "on": on}
    made, carried = add_year(held, on.year, params, legal_bases(rules), lang, source)
    out.print(say("forms.fill_new", id=f"{held.commune}-{on.year}", source=source), markup=False)
    tell_carried(carried, source)
    options = {k: v for k, v in params.items() if k not in ("commune", "year", "set", "on")}
    content = filling_for(made, on.year, options)
    return write_form(rules, lang, content)


def import_forms(
    files: Sequence[Path], force: bool, set_key: str, on: dt.date | None, yes: bool = False
) -> None:
    """Import filled-in forms; each is written only if all of it is valid."""
    from ntm_analysis.forms import import_file

    project = project_here()
    defaults = {"set": set_key} | ({"on": on.isoformat()} if on else {})
    failed = False
    communes: set[str] = set()
    for file in files:
        try:
            with alone(project, "import"):
                done = import_file(
                    project, file, force=force, defaults=defaults, confirm=partial(_confirm, yes)
                )
        except DataErrors as error:
            show_problems(error.problems)
            _tell_missing(error.problems)
            failed = True
            continue
        _told_of(done.conversions)
        if done.blanks:
            cells = ", ".join(f"{place} “{text}”" for place, text in done.blanks.items())
            line = say("forms.blanks", count=len(done.blanks), cells=cells)
            err.print(line, style="yellow", markup=False)
        if done.sheets:
            out.print(say("forms.sheets_read", names=", ".join(done.sheets)), markup=False)
        if done.left:
            line = say("forms.sheets_left", names=", ".join(done.left))
            err.print(line, style="yellow", markup=False)
        for one in done.stored:
            _tell_stored(project, one)
            _tell_doubts(one)
            communes.add(one.change.record.commune)
    for line in namesakes(project, communes):
        err.print(line, style="yellow", markup=False)
    if failed:
        stop(BAD_INPUT)


def _tell_missing(problems: Sequence[Problem]) -> None:
    """Name the required cells that are blank, together."""
    with workbook_words():
        blank = (say("schema.missing"), say("forms.id_empty"))
    names = [
        f"{problem.label} ({problem.sheet}!{problem.column}{problem.row})"
        for problem in problems
        if problem.problem in blank and problem.label
    ]
    if len(names) > 1:
        line = say("forms.missing_cells", count=len(names), names="; ".join(names))
        err.print(line, style="yellow", markup=False)


def _confirm(yes: bool, losses: Sequence[Problem]) -> bool:
    if yes or not sys.stdin.isatty():
        return yes
    for loss in losses:
        err.print(loss.problem, style="yellow", markup=False)
    return typer.confirm(say("forms.loss_ask"))


def _tell_stored(project: Project, one: Stored) -> None:
    change = one.change
    if one.files:
        out.print(say("forms.imported", id=one.id, count=len(one.files)), markup=False)
    else:
        out.print(say("forms.unchanged", id=one.id), markup=False)
    for key in TABLES:
        tally: Tally = getattr(change, key)
        if key not in ("figures", "evidence") and not (tally.read or tally.moves):
            continue
        if key in change.kept:
            out.print(f"  {say(f'forms.kept_{key}', count=tally.read)}", markup=False)
            continue
        counts = {k: getattr(tally, k) for k in ("read", "added", "changed", "removed")}
        out.print(f"  {say(f'forms.tally_{key}', **counts)}", markup=False)
    if change.gone:
        items = ", ".join(say(f"records.entry_{key}") for key in change.gone)
        err.print(f"  {say('records.gone', items=items)}", style="yellow", markup=False)
    if change.others:
        years = ", ".join(map(str, change.others))
        out.print(f"  {say('forms.others', years=years)}", markup=False)
        if change.stamped:
            line = say("records.stamped", count=change.stamped, years=years)
            out.print(f"  {line}", markup=False)
        for key in change.moved:
            line = say("records.moved", entry=say(f"records.identity_{key}"), year=one.change.year)
            out.print(f"  {line}", markup=False)
    for old, new in change.renamed.items():
        out.print(f"  {say('records.renamed', old=old, new=new)}", markup=False)
    if one.kept is not None:
        line = say("forms.kept", path=project.relative(one.kept), name=one.kept.name)
        out.print(line, markup=False)
    if one.pruned:
        out.print(say("records.pruned", count=one.pruned), markup=False)


def _tell_doubts(one: Stored) -> None:
    """Say what is strange of the commune's code and of the day whose law applies."""
    record, year = one.change.record, one.change.year
    on = record.params.get(year, {}).get("on")
    try:
        commune = Commune.model_validate(record.profile).in_year(year)
    except ValidationError:
        return
    if isinstance(on, dt.date):
        lang = user_lang()
        for line in filter(None, (unit_remark(commune, on, lang), day_remark(year, on, lang))):
            err.print(f"{one.id}: {line}", style="yellow", markup=False, soft_wrap=True)


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
