"""`ntm rules`: what is in force, an indicator's history, what changed between two days."""

from __future__ import annotations

import datetime as dt

from rich.table import Table
from rich.text import Text

from ntm_analysis.cli.console import BAD_INPUT, out, show_problems, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.communes.cells import closest
from ntm_analysis.language import Lang, say, user_lang
from ntm_analysis.numbers import format_date, format_requirement
from ntm_analysis.problems import Problem
from ntm_analysis.rulebook import (
    Indicator,
    NoRulesError,
    Rule,
    Rulebook,
    RulesInForce,
    load_rulebook,
    rules_in_force,
)


def _rulebook() -> Rulebook:
    with told():
        return load_rulebook(project_here().rulebook)


def _fail(option: str, problem: str, wanted: str, value: str) -> None:
    show_problems([Problem(option, problem, wanted, value=value)])
    stop(BAD_INPUT)


def in_force(book: Rulebook, set_key: str, place: str, on: dt.date) -> RulesInForce:
    """Return what is in force, or say what is wrong with set or place and stop."""
    if set_key not in book.sets:
        wanted = say("case.set_wanted", sets=", ".join(book.sets))
        _fail("--set", say("case.set", set=set_key), wanted, set_key)
    try:
        return rules_in_force(book, set_key, place, on)
    except NoRulesError:
        day = format_date(on, user_lang(), "short")
        wanted = say("case.no_rules_wanted", places=", ".join(book.places))
        _fail("--place", say("case.no_rules", place=place, on=day), wanted, place)
        raise


def _required(book: Rulebook, rule: Rule, lang: Lang) -> str:
    lines = []
    for limb in rule.indicator.limbs:
        text = format_requirement(
            rule.requirements[limb.key], book.units[limb.unit], lang, book.scale_labels(limb, lang)
        )
        lines.append(f"{limb.name[lang]}: {text}" if limb.name else text)
    return "\n".join(lines)


def _named(indicator: Indicator, requires: dict[str, str], lang: Lang) -> str:
    names = {limb.key: limb.name for limb in indicator.limbs}
    parts = []
    for key, text in requires.items():
        name = names[key]
        parts.append(f"{name[lang]}: {text}" if name else text)
    return "; ".join(parts)


def list_rules(set_key: str, place: str, on: dt.date) -> None:
    """Print every indicator in force, with what it requires."""
    lang = user_lang()
    book = _rulebook()
    rules = in_force(book, set_key, place, on)
    table = Table(
        title=f"{rules.name(lang)} · {place} · {format_date(on, lang, 'short')}",
        header_style="bold",
        show_lines=False,
    )
    for key in ("code", "name", "requires", "decision"):
        table.add_column(say(f"cli.column_{key}"), overflow="fold")
    for rule in rules.rules:
        decision = book.decisions[rule.decision].number if rule.decision else ""
        name, required = Text(rule.indicator.name[lang]), Text(_required(book, rule, lang))
        table.add_row(rule.code, name, required, decision)
    out.print(table)
    out.print(say("cli.rules_count", count=len(rules.rules)))


def show_rule(code: str, set_key: str) -> None:
    """Print one indicator with its whole history."""
    lang = user_lang()
    book = _rulebook()
    if set_key not in book.sets:
        wanted = say("case.set_wanted", sets=", ".join(book.sets))
        _fail("--set", say("case.set", set=set_key), wanted, set_key)
    indicators = book.sets[set_key].indicators
    if code not in indicators:
        wanted = closest(code, indicators, "figures.indicator_unknown_wanted")
        _fail("CODE", say("figures.indicator_unknown", code=code), wanted, code)
    indicator = indicators[code]
    table = Table(title=f"{code} · {indicator.name[lang]}", show_header=False, show_lines=True)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for limb in indicator.limbs:
        name = limb.name[lang] if limb.name else say("cli.rule_formula")
        table.add_row(Text(name), Text(limb.formula))
    table.add_row(say("cli.rule_evidence"), Text(indicator.evidence[lang]))
    if indicator.department:
        table.add_row(say("cli.rule_department"), Text(indicator.department[lang]))
    for key, spans in (("in_force", indicator.in_force), ("threshold", indicator.thresholds)):
        for span in spans:
            until = format_date(span.until, lang, "short") if span.until else "…"
            period = f"{format_date(span.from_, lang, 'short')} – {until}"
            requires = getattr(span, "requires", "")
            text = requires if isinstance(requires, str) else _named(indicator, requires, lang)
            checked = "" if span.verified else f" · {say('cli.rule_unverified')}"
            number = book.decisions[span.decision].number
            table.add_row(
                say(f"cli.rule_{key}"),
                Text(f"{period} · {span.place} · {text} · {number}{checked}\n{span.source}"),
            )
    if indicator.note:
        table.add_row(say("cli.rule_note"), Text(indicator.note[lang]))
    out.print(table)


def diff_rules(before: dt.date, after: dt.date, set_key: str, place: str) -> None:
    """Print which indicators differ between two days in one place."""
    lang = user_lang()
    book = _rulebook()
    old = in_force(book, set_key, place, before).by_code
    new = in_force(book, set_key, place, after).by_code
    table = Table(header_style="bold", show_lines=True)
    for key in ("code", "name"):
        table.add_column(say(f"cli.column_{key}"), overflow="fold")
    table.add_column(format_date(before, lang, "short"), overflow="fold")
    table.add_column(format_date(after, lang, "short"), overflow="fold")
    changed = 0
    for code in book.sets[set_key].indicators:
        sides = [
            _required(book, rules[code], lang) if code in rules else say("cli.rule_absent")
            for rules in (old, new)
        ]
        if sides[0] != sides[1]:
            changed += 1
            name = book.sets[set_key].indicators[code].name[lang]
            table.add_row(code, Text(name), *map(Text, sides))
    if changed:
        out.print(table)
    out.print(say("cli.rules_changed", count=changed))
