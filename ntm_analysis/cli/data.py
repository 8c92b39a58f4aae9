"""`ntm check` and `ntm results`: the data and the verdicts, without the notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from ntm_analysis.cli.alone import mend_if_free
from ntm_analysis.cli.console import (
    BAD_INPUT,
    err,
    out,
    problems_json,
    show_problems,
    stop,
    told,
    write,
)
from ntm_analysis.communes import Case
from ntm_analysis.communes.checks import class_remark, day_remark, unit_remark
from ntm_analysis.language import Lang, say, translate, user_lang
from ntm_analysis.marks import MARKS
from ntm_analysis.paths import Project, find_project
from ntm_analysis.problems import DataErrors, Problem

if TYPE_CHECKING:
    import pandas as pd

    from ntm_analysis.assessment import Assessment
    from ntm_analysis.assessment.withdrawal import WithdrawalRisk
    from ntm_analysis.rulebook import Rule

_COLOURS: Mapping[str, str] = {
    "met": "green", "not_met": "red", "pending": "yellow", "no_data": "bright_black",
    "not_applicable": "cyan", "unproven": "yellow", "disputed": "magenta",
}  # fmt: skip
SHAPES: Mapping[str, tuple[str, str]] = {
    verdict: (mark.sign, _COLOURS[verdict]) for verdict, mark in MARKS.items()
}
"""Signs and a terminal's colours of verdicts, and of what is met short of firm."""

CONCLUDED: Mapping[str, str] = {"met": "green", "clarify": "magenta", "prove": "yellow"}


def project_here() -> Project:
    """Return the project around the working directory, or say that there is none and stop."""
    try:
        project = find_project()
    except FileNotFoundError:
        missing = Problem("_quarto.yml", say("cli.no_project"), say("cli.no_project_wanted"))
        show_problems([missing])
        stop(BAD_INPUT)
    mend_if_free(project)
    return project


def check_data(ids: Sequence[str] | None, *, as_json: bool) -> None:
    """Check rulebook, parameters and data, and print every problem."""
    from ntm_analysis.forms.check import load_sound

    project = project_here()
    try:
        cases = load_sound(project, ids)
    except DataErrors as error:
        if as_json:
            write(problems_json(error.problems))
        else:
            show_problems(error.problems, out)
        stop(BAD_INPUT)
    if as_json:
        write("[]")
        return
    from ntm_analysis.records.namesakes import namesakes

    for line in namesakes(project, {case.params.commune for case in cases}):
        err.print(line, style="yellow", markup=False)
    for case in cases:
        for remark in (
            unit_remark(case.commune, case.params.on, user_lang()),
            day_remark(case.params.year, case.params.on, user_lang()),
        ):
            if remark:
                err.print(f"{case.id}: {remark}", style="yellow", markup=False, soft_wrap=True)
        if remark := class_remark(case.rules, user_lang()):
            file = project.relative(project.communes / case.commune.id / "commune.yaml")
            line = f"{case.id}: {file}: {remark}"
            err.print(line, style="yellow", markup=False, soft_wrap=True)
    readings = sum(len(case.readings) for case in cases)
    out.print(say("cli.check_done", cases=len(cases), readings=readings), style="green")


def parse_changes(changes: Sequence[str]) -> dict[str, str]:
    """Return `name=value` options as a mapping.

    Raises
    ------
    DataErrors
        For options of another form.
    """
    pairs = {}
    problems = []
    for change in changes:
        name, sign, value = change.partition("=")
        if sign and name.strip() and value.strip():
            pairs[name.strip()] = value.strip()
        else:
            problems.append(Problem("--with", say("cli.with", text=change), say("cli.with_wanted")))
    if problems:
        raise DataErrors(problems)
    return pairs


def show_results(
    ids: Sequence[str] | None, form: str, changes: Sequence[str], by: str = "indicator"
) -> None:
    """Print the verdicts on communes, if need be under changed figures.

    Parameters
    ----------
    ids : sequence of str or None
    form : {"table", "csv", "json"}
    changes : sequence of str
        `variable=value`.
    by : {"indicator", "criterion"}
        What a row is.
    """
    from ntm_analysis.forms.check import load_sound

    project = project_here()
    with told():
        cases = load_sound(project, ids)
        pairs = parse_changes(changes)
        if pairs:
            cases = [case.with_figures(pairs) for case in cases]
        from ntm_analysis.assessment import assess
        from ntm_analysis.assessment.withdrawal import withdrawal_risk
        from ntm_analysis.narrative.titles import drafted_words

        assessment = assess(cases)
    table = assessment.criteria if by == "criterion" else assessment.published()
    if form == "csv":
        write(table.to_csv(index=False, lineterminator="\n"))
    elif form == "json":
        write(table.to_json(orient="records", force_ascii=False, indent=2, double_precision=12))
    else:
        for case in cases:
            if by == "indicator":
                _print_table(case, assessment.of(case), user_lang())
            _print_criteria(case, assessment, user_lang())
            if words := drafted_words(case, user_lang()):
                err.print(f"{case.id}: {words}", style="yellow", markup=False, soft_wrap=True)
            if remark := class_remark(case.rules, user_lang()):
                err.print(f"{case.id}: {remark}", style="yellow", markup=False, soft_wrap=True)
            tally = assessment.tally(case)
            words = ", ".join(
                f"{count} {translate(f'verdict.{verdict}', user_lang()).lower()}"
                for verdict, count in tally.items()
                if count
            )
            line = say("cli.results_tally", id=case.id, total=sum(tally.values()), tally=words)
            out.print(_counts(case, assessment), markup=False, soft_wrap=True)
            out.print(line, markup=False, soft_wrap=True)
            _print_risk(withdrawal_risk(case, assessment))


def _counts(case: Case, assessment: Assessment) -> str:
    """Return the four counts: claimed, computed, firm, concluded."""
    counts = assessment.counts(case)
    total = len(assessment.of(case))
    claim = case.appraisal.claim
    claimed = claim.indicators_met if claim else counts.claimed
    return say(
        "cli.results_counts",
        claimed=claimed,
        computed=counts.computed,
        firm=counts.firm,
        concluded=counts.concluded,
        total=total,
    )


def _print_risk(found: WithdrawalRisk) -> None:
    if found.risk in ("key", "most"):
        failed = ", ".join(map(str, found.failed))
        key = ", ".join(map(str, found.key_failed))
        fields = {"failed": failed, "key": key, "share": f"{found.share:.0f}"}
        out.print(say(f"cli.risk_{found.risk}", **fields), style="bold red", markup=False)


def _turning(case: Case, rule: Rule, row: pd.Series, lang: Lang) -> str:
    """Return which other figures of the dossier turn the verdict, if any do."""
    from ntm_analysis.assessment.stability import STABLE, Variants
    from ntm_analysis.communes.printing import print_reading

    book = case.rules.rulebook
    found = None if row["stability"] == STABLE else Variants(case, rule).flip(row["verdict"])
    if found is None:
        return ""
    changes = ", ".join(
        f"{book.variables[one.variable].label[lang]} = {print_reading(one, book, lang)[0]}"
        for one in found.changed
    )
    verdict = translate(f"verdict.{found.verdict}", lang)
    return translate("cli.turns", lang, verdict=verdict, changes=changes)


def _stands(verdict: str, standing: str, lang: Lang) -> Text:
    """Return a verdict as it stands; short of firm it has not the look of a plain one."""
    weak = standing in ("unproven", "disputed")
    shape, colour = SHAPES[standing if weak and verdict == "met" else verdict]
    words = translate(f"verdict.{verdict}", lang)
    if weak:
        words += f", {translate(f'standing.{standing}', lang).lower()}"
    return Text(f"{shape} {words}", style=colour)


def _print_criteria(case: Case, assessment: Assessment, lang: Lang) -> None:
    """Print the criteria: how many indicators are met, how firmly, and what is concluded."""
    title = say("cli.criteria_title", name=case.commune.name, year=case.params.year)
    table = Table(title=Text(title), header_style="bold")
    for key, right in (
        ("criterion", True),
        ("name", False),
        ("met", True),
        ("firm", True),
        ("verdict", False),
        ("conclusion", False),
    ):
        table.add_column(say(f"cli.column_{key}"), justify="right" if right else "left")
    names = case.rules.loaded.criterion
    rows = assessment.criteria
    mine = (rows["commune"] == case.params.commune) & (rows["year"] == case.params.year)
    for row in rows[mine].to_dict("records"):
        conclusion = str(row["conclusion"])
        table.add_row(
            str(row["criterion"]),
            Text(names[int(row["criterion"])].name[lang]),
            f"{row['counted']}/{row['indicators']}",
            f"{row['firm']}/{row['indicators']}",
            _stands(str(row["verdict"]), str(row["standing"]), lang),
            Text(translate(f"conclusion.{conclusion}", lang), style=CONCLUDED.get(conclusion, "")),
        )
    out.print(table)


def _concluded(row: pd.Series, lang: Lang) -> str:
    """Return the conclusion; the appraiser's own is called so."""
    text = translate(f"conclusion.{row['conclusion']}", lang)
    return translate("cli.decided", lang, conclusion=text) if row["decided"] else text


WIDE = 110
"""Columns from which words stand on one line."""


def _print_table(case: Case, rows: pd.DataFrame, lang: Lang) -> None:
    from ntm_analysis.numbers import (
        format_number,
        format_quantity,
        format_reading,
        format_requirement,
    )

    units = case.rules.rulebook.units
    title = say("cli.results_title", name=case.commune.name, year=case.params.year)
    table = Table(title=Text(title), header_style="bold", box=SIMPLE_HEAD, padding=0)
    narrow = 12 if out.width < WIDE else None
    for key, justify in (
        ("code", "left"),
        ("name", "left"),
        ("value", "right"),
        ("requires", "right"),
        ("margin", "right"),
        ("headroom", "right"),
        ("verdict", "left"),
        ("conclusion", "left"),
    ):
        most = narrow if key in ("verdict", "conclusion", "headroom") else None
        table.add_column(say(f"cli.column_{key}"), justify=justify, max_width=most)  # type: ignore[arg-type]
    turning = []
    for code, row in rows.iterrows():
        unit = units[row["unit"]]
        rule = case.rules.by_code[str(code)]
        limb = rule.limb(str(row["limb"]))
        part = "" if limb is rule.indicator.own or limb.name is None else f": {limb.name[lang]}"
        scale = case.rules.rulebook.scale_labels(limb, lang)
        if row["value_text"]:
            value = format_reading(row["value_text"], unit, lang)
        elif row["value"] != row["value"] or row["kind"] == "yes_no":
            value = ""
        elif row["kind"] == "grade":
            value = scale[int(row["value"])]
        else:
            value = format_number(row["value"], lang, decimals=None)
        missing = row["headroom"] != row["headroom"]
        table.add_row(
            str(code),
            Text(f"{rule.indicator.short[lang]}{part}"),
            value,
            Text(format_requirement(rule.requirements[limb.key], unit, lang, scale)),
            "" if row["margin"] != row["margin"] else format_number(row["margin"], lang, sign=True),
            "" if missing else format_quantity(row["headroom"], units[row["headroom_unit"]], lang),
            _stands(row["verdict"], row["standing"], lang),
            Text(_concluded(row, lang), style=CONCLUDED.get(row["conclusion"], "")),
        )
        if turns := _turning(case, rule, row, lang):
            turning.append(f"{code}: {turns}")
    out.print(table)
    for line in turning:
        out.print(line, style="magenta", markup=False)
