"""`ntm rules test`: the tests of the law that lawyers write, tried."""

from __future__ import annotations

import json
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ntm_analysis.batch.atomic import write_text
from ntm_analysis.cli.console import BAD_INPUT, err, out, stop, told, write
from ntm_analysis.cli.data import project_here
from ntm_analysis.language import say, user_lang
from ntm_analysis.law_tests.appendix import appendix, verdict_word
from ntm_analysis.law_tests.reading import read_law_tests
from ntm_analysis.law_tests.trial import Outcome, try_law
from ntm_analysis.rulebook import load_rulebook


def try_rules(as_json: bool, page: Path | None) -> None:
    """Try all law tests; print those that fail; exit code 1 if any does."""
    project = project_here()
    with told():
        outcomes = try_law(read_law_tests(project, load_rulebook(project.rulebook)))
    if not outcomes:
        err.print(say("law_tests.none"), style="yellow", markup=False)
    failed = [one for one in outcomes if one.differences]
    if page is not None and outcomes:
        write_text(page, appendix(outcomes, user_lang()))
    if as_json:
        write(json.dumps([_plain(one) for one in outcomes], ensure_ascii=False, indent=2))
    else:
        _show(failed)
        out.print(say("law_tests.sum", tried=len(outcomes), failed=len(failed)), markup=False)
    if failed:
        stop(BAD_INPUT)


def _plain(outcome: Outcome) -> dict[str, object]:
    test = outcome.test
    return {
        "file": test.file,
        "row": test.line(),
        "name": test.entry.name[user_lang()],
        "set": test.set,
        "place": test.place,
        "on": test.on.isoformat(),
        "indicator": test.entry.indicator,
        "holds": not outcome.differences,
        "found": outcome.found,
        "differences": [
            {"entry": one.entry, "row": test.line(one.entry), "wanted": one.wanted,
             "found": one.found}
            for one in outcome.differences
        ],
    }  # fmt: skip


def _show(failed: list[Outcome]) -> None:
    lines = [
        (
            f"{one.test.file}:{one.test.line(each.entry)}",
            one.test.entry.indicator,
            one.test.entry.name[user_lang()],
            each.entry,
            _word(each.entry, each.wanted),
            _word(each.entry, each.found),
        )
        for one in failed
        for each in one.differences
    ]
    if not lines:
        return
    if not out.is_terminal:
        for place, code, name, entry, wanted, found in lines:
            said = say("law_tests.differs", entry=entry, wanted=wanted, found=found)
            out.print(Text(f"{place}: {code} {name}: {said}"), soft_wrap=True)
        return
    table = Table(header_style="bold", show_lines=True)
    for key in ("where", "code", "shows", "entry", "wanted", "found"):
        table.add_column(say(f"law_tests.head_{key}"), overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    out.print(table)


def _word(entry: str, value: str) -> str:
    if not value:
        return say("law_tests.empty")
    if entry == "verdict":
        return f"{value} ({verdict_word(value, user_lang())})"
    return value
