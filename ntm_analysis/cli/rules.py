"""`ntm rules`: what is in force, an indicator's history, what changed between two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rich.table import Table
from rich.text import Text

from ntm_analysis.cli.console import BAD_INPUT, err, out, show_problems, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.place import place_or_default
from ntm_analysis.communes import load_cases
from ntm_analysis.communes.cells import closest
from ntm_analysis.language import Lang, say, translate, user_lang
from ntm_analysis.numbers import format_date, format_number, format_requirement
from ntm_analysis.problems import Problem
from ntm_analysis.rulebook import (
    NATIONAL,
    Indicator,
    Limb,
    NoRulesError,
    Rule,
    Rulebook,
    RulesInForce,
    load_rulebook,
    rules_in_force,
)
from ntm_analysis.rulebook.divisions import Locality, known_classes
from ntm_analysis.rulebook.overlaps import worded_for
from ntm_analysis.rulebook.periods import outside
from ntm_analysis.rulebook.places import (
    alike_places,
    find_place,
    gone_on,
    has_own_rules,
    not_yet_on,
)
from ntm_analysis.rulebook.requirement import DELEGATED, parse_relative, parse_requirement
from ntm_analysis.rulebook.spans import InForce
from ntm_analysis.spelling import fold


@dataclass(frozen=True, slots=True)
class Side:
    """A set in a place on a day, for communes of some classes: one side of a comparison.

    Attributes
    ----------
    set, place : str
    on : date
    classes : tuple of str
        Classes of the commune, or the region, zone or group it is told to belong to.
    """

    set: str
    place: str
    on: dt.date
    classes: tuple[str, ...] = ()


def rulebook_here() -> Rulebook:
    """Return the rulebook of the project, or say what is wrong with it and stop."""
    with told():
        return load_rulebook(project_here().rulebook)


def _fail(option: str, problem: str, wanted: str, value: str) -> None:
    show_problems([Problem(option, problem, wanted, value=value)])
    stop(BAD_INPUT)


def in_force(
    book: Rulebook,
    set_key: str,
    place: str,
    on: dt.date,
    *,
    asked: bool = True,
    classes: Sequence[str] = (),
) -> RulesInForce:
    """Return what is in force, or say what is wrong with set, place or day and stop.

    A day outside the set's period is taken only where it was asked for, and then told.

    A place is found by its name whatever its accents and capitals. Where its province is no more
    on that day, or has no rules of its own, that is told.
    """
    if set_key not in book.sets:
        wanted = say("case.set_wanted", sets=", ".join(book.sets))
        _fail("--set", say("case.set", set=set_key), wanted, set_key)
    if (beyond := outside(book, set_key, on, user_lang())) is not None:
        if not asked:
            _fail("--on", beyond[0], f"{beyond[1]} {say('period.day_wanted')}", on.isoformat())
        err.print(" ".join(beyond), style="yellow", markup=False, soft_wrap=True)
    found = find_place(book, place)
    if found is None:
        alike = alike_places(book, place)
        names = ", ".join(alike or book.places)
        wanted = say(
            "figures.alike" if alike else "case.no_place_wanted", names=names, places=names
        )
        _fail("--place", say("places.unknown", place=place), wanted, place)
    name = str(found)
    day = format_date(on, user_lang(), "short")
    remark = _of_the_day(book, name, on)
    own = name == NATIONAL or has_own_rules(book, set_key, name)
    try:
        rules = rules_in_force(book, set_key, _locality(book, set_key, name, classes), on)
    except NoRulesError:
        told = say("case.no_rules" if own else "places.no_rules", place=name, on=day)
        wanted = say("case.no_rules_wanted", places=", ".join(book.places_of(set_key)))
        if not book.sets[set_key].indicators:
            about = book.sets[set_key].about
            counts = {"criteria": about.criteria, "indicators": about.indicators or "…"}
            told = say("case.empty_set", name=about.name[user_lang()], **counts)
            wanted = say("case.empty_set_wanted", set=set_key, page=PAGE)
        elif not own:
            wanted = say("places.no_rules_wanted", page=PAGE)
        _fail("--place", told, f"{remark} {wanted}".strip(), name)
        raise
    for line in filter(
        None, (remark, "" if own else say("places.national", place=name, page=PAGE))
    ):
        err.print(line, style="yellow", markup=False, soft_wrap=True)
    return rules


def _locality(book: Rulebook, set_key: str, place: str, classes: Sequence[str]) -> Locality:
    """Return a commune's place, its classes checked; nothing told where none is given."""
    if not classes:
        return Locality(place)
    parts = known_classes(book.sets[set_key].divisions, place)
    known = {**book.classes, **parts}
    names = {fold(text): key for key, label in known.items() for text in (key, label.vi, label.en)}
    found = []
    for one in (each for each in classes if fold(each) not in _NONE):
        if fold(one) not in names:
            wanted = closest(one, sorted(known), "classes.unknown_wanted")
            _fail("--class", say("classes.unknown", name=one), wanted, one)
        found.append(names[fold(one)])
    return Locality(place, "", frozenset(found))


_NONE = frozenset({"-", "none", "khong"})
PAGE = "docs/how-to/add-a-province.md"


def _of_the_day(book: Rulebook, place: str, on: dt.date) -> str:
    """Return what is to be said of a place that is no province on that day."""
    lang = user_lang()
    if (gone := gone_on(book, place, on)) is not None and gone.until is not None:
        last = format_date(gone.until, lang, "short")
        return say("places.gone", place=place, until=last, into=gone.into or "…")
    if (early := not_yet_on(book, place, on)) is not None and early.from_ is not None:
        before = [one.name for one in book.provinces.values() if one.into == place]
        first = format_date(early.from_, lang, "short")
        return say("places.not_yet", place=place, first=first, before=", ".join(before) or "…")
    return ""


def _required(book: Rulebook, rule: Rule, lang: Lang) -> str:
    lines = []
    for limb in rule.indicator.limbs:
        text = format_requirement(
            rule.requirements[limb.key], book.units[limb.unit], lang, book.scale_labels(limb, lang)
        )
        lines.append(f"{limb.name[lang]}: {text}" if limb.name else text)
    return "\n".join(lines)


def _stated(
    book: Rulebook, indicator: Indicator, requires: str | dict[str, str], lang: Lang
) -> str:
    """Return requirements as a report prints them; those of several limbs by their names."""
    limbs = {limb.key: limb for limb in indicator.limbs}
    if isinstance(requires, str):
        return _printed(book, indicator.limbs[0], requires, lang)
    parts = []
    for key, asked in requires.items():
        text, name = _printed(book, limbs[key], asked, lang), limbs[key].name
        parts.append(f"{name[lang]}: {text}" if name else text)
    return "; ".join(parts)


def _printed(book: Rulebook, limb: Limb, text: str, lang: Lang) -> str:
    if (relative := parse_relative(text)) is not None:
        sign = {">=": "≥", "<=": "≤"}.get(relative.op, relative.op)
        factor = format_number(relative.times, lang)
        return f"{sign} {factor} × {relative.set}/{relative.code}"
    asked = parse_requirement(text, book.scale_of(limb))
    if asked.text == DELEGATED.text:
        return translate("status.delegated", lang)
    return format_requirement(asked, book.units[limb.unit], lang, book.scale_labels(limb, lang))


def show_rule(code: str, set_key: str) -> None:
    """Print one indicator with its whole history."""
    lang = user_lang()
    book = rulebook_here()
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
    criterion = book.sets[set_key].criterion[int(code.partition(".")[0])]
    if department := indicator.department or criterion.department:
        guidance = book.decisions[department.decision].number if department.decision else ""
        named = f"{department.name[lang]} ({guidance or department.source})"
        table.add_row(say("cli.rule_department"), Text(named))
    for key, spans in (("in_force", indicator.in_force), ("threshold", indicator.thresholds)):
        for span in spans:
            until = format_date(span.until, lang, "short") if span.until else "…"
            period = f"{format_date(span.from_, lang, 'short')} – {until}"
            requires = getattr(span, "requires", "")
            worded = worded_for(indicator, span)
            text = _stated(book, worded, requires, lang) if requires else ""
            if isinstance(span, InForce) and not span.applies:
                text = say("cli.rule_absent")
            checked = "" if span.verified else say("cli.rule_unverified")
            number = book.decisions[span.decision].number
            printed, points = getattr(span, "printed", None), getattr(span, "points", None)
            if isinstance(printed, dict):
                printed = "; ".join(printed.values())
            words = [period, span.place, span.division or "", span.commune or "", text,
                     f"“{printed}”" if printed else "",
                     "" if points is None
                     else say("cli.rule_points", points=format_number(points, lang)),
                     number, checked]  # fmt: skip
            row = " · ".join(word for word in words if word)
            table.add_row(say(f"cli.rule_{key}"), Text(f"{row}\n{span.source}"))
    if indicator.note:
        table.add_row(say("cli.rule_note"), Text(indicator.note[lang]))
    out.print(table)


def diff_rules(before: Side, after: Side, ids: Sequence[str] | None) -> None:
    """Print which indicators differ between two days, places or sets, and whose verdicts flip.

    Parameters
    ----------
    before, after : Side
    ids : sequence of str or None
        Communes whose verdicts are compared; none by default.
    """
    lang = user_lang()
    book = rulebook_here()
    before, after = (
        replace(side, place=place_or_default(book, side.place, side.on)) for side in (before, after)
    )
    sides = [
        in_force(book, side.set, side.place, side.on, classes=side.classes)
        for side in (before, after)
    ]
    table = Table(header_style="bold", show_lines=True)
    for key in ("code", "name"):
        table.add_column(say(f"cli.column_{key}"), overflow="fold")
    for side in (before, after):
        table.add_column(_side(side, before, after, lang), overflow="fold")
    changed = _changes(book, sides, lang)
    for code, name, old, new in changed:
        table.add_row(code, *map(Text, (name, old, new)))
    if changed:
        out.print(table)
    out.print(say("cli.rules_changed", count=len(changed)))
    if ids is not None:
        _show_flips(sides, ids, lang)


def _side(side: Side, before: Side, after: Side, lang: Lang) -> str:
    parts = [format_date(side.on, lang, "short")] if before.on != after.on else []
    parts += [side.place] if before.place != after.place else []
    parts += [side.set] if before.set != after.set else []
    parts += [", ".join(side.classes)] if before.classes != after.classes else []
    return " · ".join(parts) or format_date(side.on, lang, "short")


def _changes(
    book: Rulebook, sides: Sequence[RulesInForce], lang: Lang
) -> list[tuple[str, str, str, str]]:
    codes = dict.fromkeys(code for side in sides for code in side.by_code)
    found = []
    for code in codes:
        rules = [side.by_code.get(code) for side in sides]
        texts = [_required(book, r, lang) if r else say("cli.rule_absent") for r in rules]
        named = next(rule for rule in rules if rule is not None).indicator
        other = len({r.indicator.name[lang] for r in rules if r is not None}) > 1
        if texts[0] != texts[1] or other:
            names = dict.fromkeys(r.indicator.name[lang] for r in rules if r is not None)
            title = " → ".join(names) if other else named.name[lang]
            found.append((code, title, texts[0], texts[1]))
    order = {code: n for n, code in enumerate(_in_order(codes))}
    return sorted(found, key=lambda row: order[row[0]])


def _in_order(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: tuple(map(int, code.split("."))))


def _show_flips(sides: Sequence[RulesInForce], ids: Sequence[str], lang: Lang) -> None:
    """Print the verdicts of communes that differ under the two sides' rules."""
    from ntm_analysis.assessment import assess

    with told():
        cases = load_cases(project_here(), ids or None)
    results = [
        assess([replace(case, rules=side) for case in cases], lang).results.set_index(
            ["commune", "year", "indicator"]
        )["verdict"]
        for side in sides
    ]
    table = Table(header_style="bold")
    for key in ("commune", "code", "before", "after"):
        table.add_column(say(f"cli.column_{key}"))
    flips = 0
    absent = say("cli.rule_absent")
    for case in cases:
        codes = dict.fromkeys(code for side in sides for code in side.by_code)
        for code in codes:
            place = (case.params.commune, case.params.year, code)
            old, new = (str(one[place]) if place in one.index else "" for one in results)
            if old != new:
                flips += 1
                words = [translate(f"verdict.{v}", lang) if v else absent for v in (old, new)]
                table.add_row(case.id, code, *words)
    if flips:
        out.print(table)
    out.print(say("cli.rules_flips", count=flips, communes=len(cases)))
