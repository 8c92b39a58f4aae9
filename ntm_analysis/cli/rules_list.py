"""`ntm rules list`: what is in force, as a table or for tools."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from ntm_analysis.cli.console import err, out, write
from ntm_analysis.cli.place import place_or_default
from ntm_analysis.cli.rules import in_force, rulebook_here
from ntm_analysis.language import Lang, say, user_lang
from ntm_analysis.numbers import format_date, format_requirement
from ntm_analysis.rulebook import RulesInForce, parse_requirement
from ntm_analysis.rulebook.listing import COLUMNS, Row, listing


def list_rules(
    set_key: str, place: str, on: dt.date | None, classes: Sequence[str], form: str
) -> None:
    """Print every indicator in force, with what it requires.

    Parameters
    ----------
    set_key, place : str
    on : date or None
        Today by default.
    classes : sequence of str
        The classes of a commune, or the region, zone or group it is told to belong to.
    form : {"table", "csv", "json"}
    """
    lang = user_lang()
    book = rulebook_here()
    day = on or dt.date.today()
    where = place_or_default(book, place, day)
    rules = in_force(book, set_key, where, day, asked=on is not None, classes=classes)
    rows = listing(rules)
    if form == "json":
        write(json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=2))
        return
    if form == "csv":
        stream = io.StringIO()
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row.as_dict() for row in rows)
        write(stream.getvalue())
        return
    out.print(_table(rules, rows, lang))
    out.print(say("cli.rules_count", count=len(rules.rules)))
    for lack in rules.lacks:
        err.print(lack.words(lang), style="yellow", markup=False, soft_wrap=True)


def _table(rules: RulesInForce, rows: Sequence[Row], lang: Lang) -> Table:
    day = format_date(rules.on, lang, "short")
    table = Table(title=f"{rules.name(lang)} · {rules.place} · {day}", header_style="bold")
    for key in ("code", "name", "requires", "status", "decision"):
        table.add_column(say(f"cli.column_{key}"), overflow="fold")
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    for code, held in by_code.items():
        rule = rules.by_code.get(code)
        indicator = rule.indicator if rule else rules.loaded.indicators[code]
        required = "\n".join(_words(rules, row, lang) for row in held if row.status != "ended")
        states = dict.fromkeys(_state(row) for row in held)
        keys = dict.fromkeys(row.decision for row in held if row.decision)
        numbers = ", ".join(rules.rulebook.decisions[key].number for key in keys)
        table.add_row(code, Text(indicator.name[lang]), Text(required), ", ".join(states), numbers)
    return table


def _state(row: Row) -> str:
    if row.status == "known":
        return say("status.verified" if row.verified else "status.unverified")
    return say(f"status.{row.status}")


def _words(rules: RulesInForce, row: Row, lang: Lang) -> str:
    book, rule = rules.rulebook, rules.by_code[row.code]
    limb = rule.limb(row.limb)
    required = rule.requirements[row.limb]
    if row.division and row.requires != required.text:
        required = parse_requirement(row.requires, book.scale_of(limb))
    if row.status == "delegated":
        text = say("status.delegated")
    else:
        text = format_requirement(
            required, book.units[limb.unit], lang, book.scale_labels(limb, lang)
        )
    names = {part.key: part.name[lang] for one in rules.loaded.divisions for part in one.parts}
    before = [names.get(row.division, row.division)] if row.division else []
    before += [limb.name[lang]] if limb.name else []
    return ": ".join([" · ".join(before), text] if before else [text])
