"""`ntm rules draft`, `ntm rules form`, `ntm rules import`: the law as people enter it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from ntm_analysis.batch.atomic import write_bytes
from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import BAD_INPUT, err, out, show_problems, stop, told, write
from ntm_analysis.cli.data import project_here
from ntm_analysis.files.together import write_together
from ntm_analysis.language import say, user_lang
from ntm_analysis.numbers import format_date
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import Rulebook, load_rulebook
from ntm_analysis.rulebook.places import find_place


def draft_law(
    annex: Path, set_key: str, about: dict[str, str], target: Path | None, *,
    as_json: bool, force: bool,
) -> None:  # fmt: skip
    """Read an annex; write the workbook, print the rows or how many there are."""
    from ntm_analysis.law.draft import counts, draft_annex
    from ntm_analysis.law.workbook import LawSheet, write_law

    book = load(set_key)
    with told():
        _free(target, force=force)
        with err.status(say("law.reading", file=annex.name)):
            draft = draft_annex(annex, book, set_key)
        if target is not None:
            source = {"source": about.get("source") or annex.name}
            sheet = LawSheet(set_key, {**_about(book, set_key, about), **source}, draft.items,
                             draft.divisions)  # fmt: skip
            _write(target, write_law(sheet, book, user_lang()))
    if as_json:
        write(json.dumps([one.as_dict() for one in draft.items], ensure_ascii=False, indent=2))
    for remark in draft.remarks:
        err.print(remark, style="yellow", markup=False, soft_wrap=True)
    console = err if as_json else out
    console.print(say("law.drafted", **counts(draft.items)), markup=False)
    if target is not None:
        console.print(say("law.written", path=target), markup=False)


def form_law(
    set_key: str, place: str, on: dt.date | None, target: Path, divisions: list[str], *,
    new: bool, force: bool,
) -> None:  # fmt: skip
    """Write a blank law workbook."""
    from ntm_analysis.law.workbook import LawSheet, set_columns, write_law

    book = load(None if new else set_key)
    if new and set_key in book.sets:
        there = say("law.set_there", set=set_key)
        show_problems([Problem("--set", there, say("law.set_there_wanted"), value=set_key)])
        stop(BAD_INPUT)
    day = format_date(on, "vi", "short") if on else ""
    about = _about(book, set_key, {"place": place, "from": day})
    columns = ("", *divisions) if new and divisions else tuple(divisions)
    columns = columns or set_columns(book, set_key, about["place"])
    sheet = LawSheet(set_key, about, (), columns)
    with told():
        _free(target, force=force)
        _write(target, write_law(sheet, book, user_lang()))
    out.print(say("law.form_written", path=target), markup=False)


def import_law(file: Path, division: str | None, *, force: bool) -> None:
    """Read a filled-in law workbook into the rulebook; nothing is written if anything is wrong."""
    from ntm_analysis.law.load import read_law, try_law

    project = project_here()
    with told(), alone(project, "rules import"):
        book = load_rulebook(project.rulebook)
        law = read_law(file, book, division)
        targets = {project.rulebook / name: text for name, text in law.files.items()}
        for target in targets:
            _free(target, force=force)
        try_law(law, project.rulebook, file.name)
        names = {project.relative(target): text for target, text in targets.items()}
        write_together(project.root, {name: text.encode() for name, text in names.items()})
    path = ", ".join(names)
    line = say(
        "law.imported", path=path, count=law.count, verified=law.verified, unknown=law.unknown
    )
    out.print(line, markup=False)
    if law.delegated:
        out.print(say("law.delegated_count", count=law.delegated), markup=False)
    if law.unread:
        line = say("law.unread_cells", count=len(law.unread), codes=", ".join(law.unread))
        err.print(line, style="yellow", markup=False, soft_wrap=True)
    if law.proposed:
        err.print(say("law.proposed"), style="yellow", markup=False, soft_wrap=True)
        for one in law.proposed:
            line = "  " + " · ".join(part for part in one if part)
            err.print(line, style="yellow", markup=False, soft_wrap=True)


def load(set_key: str | None) -> Rulebook:
    """Return the rulebook, or say that it has no such set and stop."""
    with told():
        book = load_rulebook(project_here().rulebook)
    if set_key is not None and set_key not in book.sets:
        wanted = say("case.set_wanted", sets=", ".join(book.sets))
        show_problems([Problem("--set", say("case.set", set=set_key), wanted, value=set_key)])
        stop(BAD_INPUT)
    return book


def _about(book: Rulebook, set_key: str, about: dict[str, str]) -> dict[str, str]:
    place = find_place(book, about["place"]) or about["place"]
    return {**about, "set": set_key, "place": place}


def _free(target: Path | None, *, force: bool) -> None:
    if target is not None and target.exists() and not force:
        raise DataErrors([Problem(str(target), say("law.exists"), say("law.exists_wanted"))])


def _write(target: Path, content: bytes) -> None:
    try:
        write_bytes(target, content)
    except OSError as error:
        told_ = say("forms.unwritable", reason=error.strerror or "")
        raise DataErrors([Problem(str(target), told_, say("forms.unwritable_wanted"))]) from error
