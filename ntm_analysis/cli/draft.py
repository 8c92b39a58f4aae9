"""`ntm draft`: hand-written reports read into the commune's form."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ntm_analysis.batch.atomic import write_bytes
from ntm_analysis.cli.console import err, out, told, write
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.place import place_or_default
from ntm_analysis.communes.names import RUN_ID, SLUG, is_reserved
from ntm_analysis.draft.accepted import accepted
from ntm_analysis.draft.fill import filling_from, primary
from ntm_analysis.draft.model import Draft, Found
from ntm_analysis.draft.reading import draft_documents
from ntm_analysis.draft.suits import misfits
from ntm_analysis.forms.source import Filling
from ntm_analysis.language import say, user_lang
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import RulesInForce, load_rulebook

_FIRST = 8


def draft_reports(
    files: Sequence[Path], name: str, set_key: str, place: str | None, on: dt.date | None,
    target: Path | None, form: Path | None, explain: str | None, *, as_json: bool, force: bool,
    anyway: bool,
) -> None:  # fmt: skip
    """Read reports; write the form, print what was read or how much of it."""
    from ntm_analysis.cli.rules import in_force
    from ntm_analysis.documents import read_document
    from ntm_analysis.forms import write_form

    project = project_here()
    with told():
        commune, year = _id(name)
        if target is not None and target.exists() and not force:
            wanted = say("forms.form_exists_wanted")
            raise DataErrors([Problem(str(target), say("forms.form_exists"), wanted)])
        if target is None and not as_json and explain is None:
            raise DataErrors([Problem("--out", say("draft.no_out"), say("draft.no_out_wanted"))])
        book = load_rulebook(project.rulebook)
        day = on or dt.date(year, 12, 31) if year else on or dt.date.today()
        if year and day.year != year:
            problem = say("draft.other_year", year=year, on=day.year)
            raise DataErrors([Problem("--on", problem, say("draft.other_year_wanted"))])
        where = place_or_default(book, place, day)
        rules = in_force(book, set_key, where, day, asked=on is not None)
        problems: list[Problem] = []
        documents = []
        with err.status(say("draft.reading", file="")) as status:
            for file in files:
                status.update(say("draft.reading", file=file.name))
                try:
                    documents.append(read_document(file))
                except DataErrors as error:
                    problems += error.problems
            if problems:
                raise DataErrors(problems)
            names = [file.name for file in files]
            odd = misfits(documents, names, rules)
            if odd and not anyway:
                raise DataErrors(odd)
            status.update(say("draft.placing"))
            draft = draft_documents(documents, rules)
            if not draft.numbers and not draft.found:
                wanted = say("draft.nothing_wanted")
                raise DataErrors([Problem(names[0], say("draft.nothing"), wanted)])
            draft.remarks += [f"{one.file}: {one.problem}" for one in odd]
            if target is not None:
                held = _base(project, rules, commune, form)
                content = filling_from(draft, rules, commune, names, held)
                content = accepted(content, rules, commune)
                _write(target, write_form(rules, user_lang(), content))
    if as_json:
        rows = [one.as_dict() for one in draft.found]
        write(json.dumps(rows, ensure_ascii=False, indent=2))
    if explain is not None:
        _explain(draft, explain, rules)
    _summary(draft, rules, target, commune)


def _id(name: str) -> tuple[str, int]:
    match = RUN_ID.match(name)
    commune, year = (match["commune"], int(match["year"])) if match else (name, 0)

    if not re.match(SLUG, commune) or is_reserved(commune):
        raise DataErrors([Problem("--id", say("forms.id"), say("forms.id_wanted"), value=name)])
    return commune, year


def _base(project: Project, rules: RulesInForce, commune: str, form: Path | None) -> Filling | None:
    """Return what is there already: a form that was filled in, else the commune's own data."""
    from ntm_analysis.communes import load_case
    from ntm_analysis.draft.held import form_held
    from ntm_analysis.forms import filling_of

    if form is not None:
        return form_held(form, rules)
    run = f"{commune}-{rules.on.year}"
    if (project.params / f"{run}.yaml").exists():
        err.print(say("draft.kept", id=run), style="yellow", markup=False)
        return filling_of(project, load_case(project, run))
    return None


def _write(target: Path, content: bytes) -> None:
    try:
        write_bytes(target, content)
    except OSError as error:
        problem = say("forms.unwritable", reason=error.strerror or "")
        raise DataErrors([Problem(str(target), problem, say("forms.unwritable_wanted"))]) from error


def _summary(draft: Draft, rules: RulesInForce, target: Path | None, commune: str) -> None:
    sure = Counter(one.sure for one in draft.found)
    missed = Counter(one.reason for one in draft.missed)
    open_ = sum(missed[key] for key in ("unplaced", "unsure", "part", "elsewhere", "refused"))
    lines = [
        say("draft.figures", count=len(draft.found), sure=sure["sure"], likely=sure["likely"],
            guess=sure["guess"]),
        say("draft.numbers", numbers=draft.numbers, placed=draft.placed, open=open_,
            aside=len(draft.missed) - open_),
        say("draft.evidence", papers=len({(p.indicator, p.number) for p in draft.papers}),
            dated=len({(p.indicator, p.number) for p in draft.papers if p.issued_on}),
            targets=len(draft.targets)),
        say("draft.facts", count=len(draft.facts)),
    ]  # fmt: skip
    for line in lines:
        err.print(Text(line), soft_wrap=True)
    silent = [
        rule.code for rule in rules.rules
        if not any(one.indicator == rule.code for one in draft.found)
    ]  # fmt: skip
    first = []
    for key, group in _disputed(draft).items():
        values = ", ".join(dict.fromkeys(one.value for one in group))
        first.append(say("draft.look_readings", name=_label(rules, key[0]), code=key[1] or "–",
                         values=values, used=primary(group).value))  # fmt: skip
    guesses = [one for one in draft.found if one.sure == "guess"]
    if guesses:
        codes = ", ".join(dict.fromkeys(one.indicator or one.variable for one in guesses))
        first.append(say("draft.look_guesses", codes=codes))
    if silent:
        first.append(say("draft.look_silent", count=len(silent), codes=", ".join(silent)))
    first += draft.remarks
    if first:
        err.print(Text(say("draft.look_first")), style="yellow")
        for line in first[:_FIRST]:
            err.print(Text(f"  - {line}"), soft_wrap=True)
        if len(first) > _FIRST:
            err.print(Text(say("forms.more", count=len(first) - _FIRST)))
    if target is not None:
        out.print(say("draft.written", path=target), markup=False, soft_wrap=True)


def _disputed(draft: Draft) -> dict[tuple[str, str], list[Found]]:
    groups: dict[tuple[str, str], list[Found]] = {}
    for one in draft.found:
        groups.setdefault((one.variable, one.indicator), []).append(one)
    return {key: group for key, group in groups.items() if len({o.value for o in group}) > 1}


def _label(rules: RulesInForce, variable: str) -> str:
    return rules.rulebook.variables[variable].label[user_lang()]


def _explain(draft: Draft, code: str, rules: RulesInForce) -> None:
    """Print why figures of an indicator, or of a variable, were taken."""
    mine = [one for one in draft.found if code in (one.indicator, one.variable)]
    if not mine:
        err.print(Text(say("draft.explain_none", code=code)), style="yellow")
    table = Table(header_style="bold", show_lines=True)
    for key in ("what", "value", "sure", "why", "where"):
        table.add_column(say(f"draft.explain_{key}"))
    for one in mine:
        score, _, gap = (one.why[1] if len(one.why) > 1 else "").partition("/")
        rival = one.why[2] if len(one.why) > 2 else ""
        why = say("draft.explain_score", score=score)
        if gap:
            why += " " + say("draft.explain_gap", gap=gap, rival=rival or "–")
        table.add_row(
            Text(_label(rules, one.variable)), Text(one.value),
            Text(say(f"forms.sure_{one.sure}")), Text(why), Text(one.spot.words),
        )  # fmt: skip
    out.print(table)


__all__ = ["draft_reports"]
