"""`ntm evidence`: what a dossier holds, what is missing, who can give it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from rich.table import Table
from rich.text import Text

from ntm_analysis.cli.console import out, told, write
from ntm_analysis.cli.data import project_here
from ntm_analysis.communes import Case
from ntm_analysis.communes.exhibits import unnamed_files
from ntm_analysis.language import Lang, say, user_lang
from ntm_analysis.numbers import format_date
from ntm_analysis.register import Entry, index_frame, index_of
from ntm_analysis.register.index import named, shared_files, tally

STATES = {"filed": ("●", "green"), "named": ("○", "yellow"), "missing": ("□", "bright_black")}


def show_evidence(ids: Sequence[str] | None, form: str) -> None:
    """Print the index of each dossier."""
    from ntm_analysis.forms.check import load_sound

    project, lang = project_here(), user_lang()
    with told():
        cases = load_sound(project, ids)
        from ntm_analysis.assessment import assess

        assessment = assess(cases)
    frames = []
    for case in cases:
        entries = index_of(case, assessment)
        unnamed = unnamed_files(project.communes / case.params.commune, case.all_evidence)
        if form == "table":
            _print_index(case, entries, unnamed, lang)
        frames.append(index_frame(case, entries, lang, unnamed))
    table = pd.concat(frames, ignore_index=True)
    if form == "csv":
        write(table.to_csv(index=False, lineterminator="\n"))
    elif form == "json":
        write(table.to_json(orient="records", force_ascii=False, indent=2))


def _print_index(case: Case, entries: Sequence[Entry], unnamed: Sequence[str], lang: Lang) -> None:
    title = say("register.title", name=case.commune.name, year=case.params.year)
    table = Table(title=Text(title), header_style="bold")
    for key in ("indicator", "state", "document", "file", "grade", "given_by", "raises"):
        table.add_column(say(f"register.head_{key}"), overflow="fold")
    for one in entries:
        sign, colour = STATES[one.state]
        table.add_row(
            Text(f"{one.subject} {one.name[lang]}"),
            Text(f"{sign} {say(f'register.state_{one.state}')}", style=colour),
            Text(named(one, lang)),
            Text(_file(one, lang)),
            one.grade,
            Text(one.given_by.name[lang]),
            Text(one.raises[lang]),
        )
    out.print(table)
    line = say("register.tally", id=case.id, floor=case.params.evidence_floor, **tally(entries))
    out.print(line, markup=False, soft_wrap=True)
    for file, codes in shared_files(entries).items():
        line = say("register.shared", file=file, codes=", ".join(codes))
        out.print(line, markup=False, soft_wrap=True)
    if unnamed:
        line = say("register.unnamed", files=", ".join(unnamed))
        out.print(line, style="yellow", markup=False, soft_wrap=True)


def _file(one: Entry, lang: Lang) -> str:
    shown = one.exhibit
    parts = []
    if shown:
        size = f"{max(1, round(shown.size / 1024))} KiB"
        parts.append(f"{shown.name} ({shown.kind.upper()}, {size}, {shown.sha256[:12]}…)")
    if one.confirmed_by and one.confirmed_on:
        on = format_date(one.confirmed_on, lang, "short")
        parts.append(say("register.confirmed", body=one.confirmed_by, day=on))
    return "; ".join(parts)
