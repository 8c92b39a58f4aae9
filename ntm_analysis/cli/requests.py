"""`ntm requests`: what to ask whom, what was asked, and what the answers changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import pandas as pd
from rich.table import Table
from rich.text import Text

from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import err, out, told, write
from ntm_analysis.cli.data import project_here
from ntm_analysis.communes import Case
from ntm_analysis.communes.requests import COLUMNS, FILE, OPTIONAL
from ntm_analysis.communes.table import read_table
from ntm_analysis.files.together import write_together
from ntm_analysis.language import Lang, say, user_lang
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.records.files import csv_text
from ntm_analysis.register.questions import (
    Question,
    new_rows,
    next_round,
    questions_frame,
    questions_of,
)
from ntm_analysis.register.wording import answered, shown_body, shown_question


def show_requests(
    ids: Sequence[str] | None,
    round_: int | None,
    due: dt.date | None,
    form: str,
    *,
    put: bool,
) -> None:
    """Print what is asked of each dossier; write what is new if wished."""
    project, lang = project_here(), user_lang()
    if put:
        with told(), alone(project, "requests"):
            found = _ask(project, ids, round_)
            written = {case.id: _write(project, case, qs, n, due) for case, qs, n in found}
    else:
        with told():
            found = _ask(project, ids, round_)
        written = {}
    if form == "table":
        for case, questions, _ in found:
            _print(case, questions, lang)
    else:
        table = pd.concat(
            [questions_frame(case, qs, lang, n, due) for case, qs, n in found], ignore_index=True
        )
        if form == "csv":
            write(table.to_csv(index=False, lineterminator="\n"))
        else:
            write(table.to_json(orient="records", force_ascii=False, indent=2))
    for line in written.values():
        err.print(line, markup=False, soft_wrap=True)


def _ask(
    project: Project, ids: Sequence[str] | None, round_: int | None
) -> list[tuple[Case, tuple[Question, ...], int]]:
    from ntm_analysis.assessment import assess
    from ntm_analysis.forms.check import load_sound
    from ntm_analysis.scrutiny import scrutinise

    cases = load_sound(project, ids)
    assessment = assess(cases)
    found = []
    for case in cases:
        following = next_round(case)
        if round_ is not None and round_ < following:
            fields = {"round": round_, "next": following}
            wanted = say("requests.round_low_wanted", **fields)
            raise DataErrors([Problem("--round", say("requests.round_low", **fields), wanted)])
        questions = questions_of(case, assessment, scrutinise(case, assessment))
        found.append((case, questions, round_ or following))
    return found


def _write(
    project: Project,
    case: Case,
    questions: Sequence[Question],
    round_: int,
    due: dt.date | None,
) -> str:
    """Put what is new into `requests.csv`, after the rows that are there; return what was done."""
    rows = new_rows(case, questions, round_, due, case.params.lang)
    if not rows:
        return say("requests.nothing", id=case.id)
    path = project.communes / case.params.commune / FILE
    name = project.relative(path)
    old: list[dict[str, str]] = []
    if path.exists():
        problems = Collector()
        old = [dict(row.cells) for row in read_table(path, name, COLUMNS, OPTIONAL, problems)]
        problems.raise_if_any()
    text = csv_text((*COLUMNS, *OPTIONAL), COLUMNS, [*old, *rows])
    write_together(project.root, {name: text.encode()})
    return say("requests.written", id=case.id, count=len(rows), round=round_, file=name)


def _print(case: Case, questions: Sequence[Question], lang: Lang) -> None:
    title = say("requests.title", name=case.commune.name, year=case.params.year)
    table = Table(title=Text(title), header_style="bold")
    for key in ("body", "id", "question", "settles", "state"):
        table.add_column(say(f"requests.head_{key}"), overflow="fold")
    for one in questions:
        table.add_row(
            Text(shown_body(one, case, lang)),
            one.request.id if one.request else "",
            Text(shown_question(one, lang)),
            Text(one.matter.settles[lang] if one.matter else ""),
            Text(answered(one, lang)),
        )
    out.print(table)
    count = Counter(shown_body(one, case, lang) for one in questions)
    words = "; ".join(f"{name} {n}" for name, n in count.items())
    out.print(say("requests.tally", id=case.id, tally=words), markup=False, soft_wrap=True)
