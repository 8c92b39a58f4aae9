"""The commands of `ntm` and their options; each does its work in a module of its own."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ntm_analysis.cli.app_book import Ids
from ntm_analysis.cli.app_book import register as register_book
from ntm_analysis.cli.app_communes import Yes, register
from ntm_analysis.cli.app_documents import register as register_documents
from ntm_analysis.cli.app_law import register as register_law
from ntm_analysis.cli.app_publish import register as register_publish
from ntm_analysis.cli.app_register import register as register_register
from ntm_analysis.cli.table_format import ResultRow, TableFormat
from ntm_analysis.cli.usage import App
from ntm_analysis.language import say

app = App(
    name="ntm",
    help=say("cli.help"),
    epilog=say("cli.epilog"),
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = App(help=say("cli.rules_help"), no_args_is_help=True, rich_markup_mode="markdown")
app.add_typer(rules_app, name="rules")


class CheckFormat(StrEnum):
    """How problems are printed."""

    table = "table"
    json = "json"


class FormLanguage(StrEnum):
    """The language of a form."""

    vi = "vi"
    en = "en"


Set = Annotated[str, typer.Option("--set", help=say("cli.set"))]
Place = Annotated[str, typer.Option("--place", help=say("cli.place"))]


@app.command(help=say("cli.check_help"))
def check(
    ids: Ids = None,
    format: Annotated[
        CheckFormat, typer.Option("--format", help=say("cli.check_format"))
    ] = CheckFormat.table,
) -> None:
    """Check the data."""
    from ntm_analysis.cli.data import check_data

    check_data(ids, as_json=format is CheckFormat.json)


register_book(app)


@app.command(help=say("cli.results_help"))
def results(
    ids: Ids = None,
    format: Annotated[
        TableFormat, typer.Option("--format", help=say("cli.results_format"))
    ] = TableFormat.table,
    changes: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="VARIABLE=VALUE", help=say("cli.results_with")),
    ] = None,
    by: Annotated[
        ResultRow, typer.Option("--by", help=say("cli.results_by"))
    ] = ResultRow.indicator,
) -> None:
    """Show the verdicts."""
    from ntm_analysis.cli.data import show_results

    show_results(ids, format.value, changes or [], by.value)


Language = Annotated[FormLanguage | None, typer.Option("--lang", help=say("forms.lang"))]


@app.command(help=say("forms.help_form"))
def form(
    out: Annotated[Path, typer.Option("--out", help=say("forms.out"))],
    set_key: Set = "advanced",
    place: Annotated[str | None, typer.Option("--place", help=say("cli.place"))] = None,
    on: Annotated[
        dt.datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("forms.form_on")),
    ] = None,
    fill: Annotated[
        str | None, typer.Option("--fill", metavar="ID", help=say("forms.fill"))
    ] = None,
    lang: Language = None,
    many: Annotated[bool, typer.Option("--many", help=say("forms.many"))] = False,
    force: Annotated[bool, typer.Option("--force", help=say("forms.force"))] = False,
) -> None:
    """Write an Excel form."""
    from ntm_analysis.cli.forms import make_form

    day = on.date() if on else None
    make_form(set_key, place, day, out, fill, lang.value if lang else None, many, force)


@app.command("import", help=say("forms.help_import"))
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=say("forms.files"))],
    force: Annotated[bool, typer.Option("--force", help=say("forms.force"))] = False,
    yes: Yes = False,
    set_key: Set = "advanced",
    on: Annotated[
        dt.datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("forms.form_on")),
    ] = None,
) -> None:
    """Read a filled-in form."""
    from ntm_analysis.cli.forms import import_forms

    import_forms(files, force, set_key, on.date() if on else None, yes)


@app.command(hidden=True)
def prerender() -> None:
    """Make the chapters of the book; Quarto calls this before it renders."""
    from ntm_analysis.cli.quarto import before_render

    before_render()


@app.command(hidden=True)
def postrender() -> None:
    """Finish what Quarto made; it calls this after it has rendered."""
    from ntm_analysis.cli.quarto import after_render

    after_render()


@app.command(hidden=True)
def draw(root: Path) -> None:
    """Draw the SVGs named on standard input as PNGs, for Quarto's Word document."""
    from ntm_analysis.cli.quarto import draw_pictures

    draw_pictures(root)


Day = Annotated[
    dt.datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("cli.on")),
]


Classes = Annotated[
    list[str] | None, typer.Option("--class", metavar="KEY", help=say("cli.rules_class"))
]


@rules_app.command("list", help=say("cli.rules_list_help"))
def rules_list(
    set_key: Set = "advanced",
    place: Place = "",
    on: Day = None,
    classes: Classes = None,
    format: Annotated[
        TableFormat, typer.Option("--format", help=say("cli.results_format"))
    ] = TableFormat.table,
) -> None:
    """List what is in force."""
    from ntm_analysis.cli.rules_list import list_rules

    list_rules(set_key, place, on.date() if on else None, classes or [], format.value)


@rules_app.command("show", help=say("cli.rules_show_help"))
def rules_show(
    code: Annotated[str, typer.Argument(metavar="CODE", help=say("cli.code"))],
    set_key: Set = "advanced",
) -> None:
    """Show one indicator."""
    from ntm_analysis.cli.rules import show_rule

    show_rule(code, set_key)


@rules_app.command("diff", help=say("cli.rules_diff_help"))
def rules_diff(
    before: Annotated[
        dt.datetime,
        typer.Argument(metavar="FROM", formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("cli.diff_from")),
    ],
    after: Annotated[
        dt.datetime | None,
        typer.Argument(metavar="TO", formats=["%Y-%m-%d", "%d/%m/%Y"], help=say("cli.diff_to")),
    ] = None,
    set_key: Set = "advanced",
    place: Place = "",
    other_set: Annotated[str | None, typer.Option("--other-set", help=say("cli.other_set"))] = None,
    other_place: Annotated[
        str | None, typer.Option("--other-place", help=say("cli.other_place"))
    ] = None,
    classes: Classes = None,
    other_classes: Annotated[
        list[str] | None,
        typer.Option("--other-class", metavar="KEY", help=say("cli.other_class")),
    ] = None,
    communes: Annotated[
        list[str] | None,
        typer.Option("--communes", metavar="ID", help=say("cli.diff_communes")),
    ] = None,
) -> None:
    """Compare two days, places or sets."""
    from ntm_analysis.cli.rules import Side, diff_rules

    own = tuple(classes or ())
    first = Side(set_key, place, before.date(), own)
    other = tuple(other_classes) if other_classes else own
    second = Side(other_set or set_key, other_place or place, (after or before).date(), other)
    ids = None if communes is None else [one for one in communes if one != "all"]
    diff_rules(first, second, ids)


@rules_app.command("lint", help=say("cli.rules_lint_help"))
def rules_lint(
    format: Annotated[
        CheckFormat, typer.Option("--format", help=say("cli.check_format"))
    ] = CheckFormat.table,
) -> None:
    """List what is missing in the rulebook."""
    from ntm_analysis.cli.rules_lint import lint_rules

    lint_rules(format is CheckFormat.json)


@app.command(help=say("cli.new_help"))
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help=say("cli.new_id"))],
    set_key: Set = "advanced",
    place: Annotated[str | None, typer.Option("--place", help=say("cli.place"))] = None,
    on: Day = None,
    commune: Annotated[str | None, typer.Option("--name", help=say("cli.new_name"))] = None,
    district: Annotated[
        str | None, typer.Option("--district", help=say("cli.new_district"))
    ] = None,
    lang: Language = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="ID", help=say("records.from_help"))
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="CODE", help=say("units.help"))
    ] = None,
) -> None:
    """Scaffold a commune, or one more year of it."""
    from ntm_analysis.cli.new import scaffold

    day = on.date() if on else None
    scaffold(
        name, set_key, place, day, commune, district, lang.value if lang else "vi", source, unit
    )


register(app)
register_register(app)
register_documents(app)
register_publish(app)
register_law(rules_app)


@app.command(help=say("cli.schemas_help"))
def schemas() -> None:
    """Write the JSON Schemas of the YAML files."""
    from ntm_analysis.cli.schemas import write_schemas

    write_schemas()


@app.command(help=say("audit.help"))
def audit(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("audit.file_help"))],
    format: Annotated[
        TableFormat, typer.Option("--format", help=say("audit.format_help"))
    ] = TableFormat.table,
    show_all: Annotated[bool, typer.Option("--all", help=say("audit.all_help"))] = False,
) -> None:
    """Check the arithmetic of a report's text."""
    from ntm_analysis.cli.audit import audit_report

    audit_report(file, format.value, show_all=show_all)


@app.command(help=say("draft.help"))
def draft(
    reports: Annotated[list[Path], typer.Argument(metavar="REPORT…", help=say("draft.reports"))],
    id: Annotated[str, typer.Option("--id", help=say("draft.id"))],
    set_key: Set = "advanced",
    place: Annotated[str | None, typer.Option("--place", help=say("cli.place"))] = None,
    on: Day = None,
    out: Annotated[Path | None, typer.Option("--out", help=say("draft.out"))] = None,
    form: Annotated[Path | None, typer.Option("--form", help=say("draft.form"))] = None,
    explain: Annotated[str | None, typer.Option("--explain", help=say("draft.explain"))] = None,
    format: Annotated[
        CheckFormat, typer.Option("--format", help=say("draft.format"))
    ] = CheckFormat.table,
    anyway: Annotated[bool, typer.Option("--anyway", help=say("draft.anyway"))] = False,
    force: Annotated[bool, typer.Option("--force", help=say("draft.force"))] = False,
) -> None:
    """Read hand-written reports into a form."""
    from ntm_analysis.cli.draft import draft_reports

    draft_reports(
        reports, id, set_key, place, on.date() if on else None, out, form, explain,
        as_json=format is CheckFormat.json, force=force, anyway=anyway,
    )  # fmt: skip


@app.command(help=say("dataset.help"))
def export(
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("dataset.out_help"))],
    ids: Ids = None,
    force: Annotated[bool, typer.Option("--force", help=say("dataset.force_help"))] = False,
) -> None:
    """Write the open dataset."""
    from ntm_analysis.cli.dataset import export_dataset

    export_dataset(ids, folder, force=force)


@app.command(help=say("sample.help"))
def sample(
    n: Annotated[int, typer.Option("--n", min=1, max=9999, help=say("sample.n"))] = 10,
    seed: Annotated[int, typer.Option("--seed", min=0, help=say("sample.seed"))] = 1,
    years: Annotated[str, typer.Option("--years", help=say("sample.years_help"))] = "2024",
    faults: Annotated[
        float, typer.Option("--faults", min=0, max=1, help=say("sample.faults"))
    ] = 0.3,
    set_key: Set = "advanced",
    place: Place = "Hà Nam",
    force: Annotated[bool, typer.Option("--force", help=say("sample.force"))] = False,
) -> None:
    """Write made-up communes."""
    from ntm_analysis.cli.sample import make_samples

    make_samples(n, seed, years, faults, set_key, place, force=force)
