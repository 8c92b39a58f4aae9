"""The form's sheet of figures: a row a variable, further readings below, live rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ntm_analysis.communes.figures import POSSIBLE
from ntm_analysis.forms.drafts import annotate, colour, columns_for, word_of
from ntm_analysis.forms.layout import FIGURES, HIDDEN, sheet_name
from ntm_analysis.forms.sheets import FIRST_ROW, Book, Sheet
from ntm_analysis.forms.source import Filling
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import NotAFigure, parse_date, parse_figure
from ntm_analysis.rulebook import Rulebook, RulesInForce, Variable
from ntm_analysis.scrutiny.arithmetic import is_share

FURTHER_ROWS: Final = 40
Entry = tuple[int, dict[str, str]]


def padded(entries: Sequence[Entry], first: int, last: int) -> list[tuple[int, Entry]]:
    """Return the rows from first to last, each with an entry or a blank one."""
    blank: Entry = (-1, {})
    rows = range(first, last + 1)
    return [(r, entries[n] if n < len(entries) else blank) for n, r in enumerate(rows)]


def users(rules: RulesInForce) -> dict[str, list[str]]:
    """Return the codes of the indicators in force that use each variable."""
    found: dict[str, list[str]] = {}
    for rule in rules.rules:
        for name in (*rule.indicator.variables, *rule.indicator.context):
            found.setdefault(name, []).append(rule.code)
    return found


def asked(rules: RulesInForce) -> dict[int, list[str]]:
    """Return what the indicators in force are computed from, by criterion, each quantity once.

    Under 0 stands what several criteria use.
    """
    needed: dict[str, dict[int, None]] = {}
    for rule in rules.rules:
        for limb in rule.indicator.limbs:
            for name in limb.parsed.variables:
                needed.setdefault(name, {})[rule.indicator.criterion] = None
    found: dict[int, list[str]] = {}
    for name, criteria in needed.items():
        first = next(iter(criteria)) if len(criteria) == 1 else 0
        found.setdefault(first, []).append(name)
    order = [0, *dict.fromkeys(rule.indicator.criterion for rule in rules.rules)]
    return {key: found[key] for key in order if found.get(key)}


def stated(rules: RulesInForce) -> list[str]:
    """Return the rates that can stand for parts which nobody has counted."""
    parts = {name for names in asked(rules).values() for name in names}
    found = dict.fromkeys(
        limb.stated for rule in rules.rules for limb in rule.indicator.limbs if limb.stated
    )
    return [name for name in found if name not in parts]


def variables_in_order(rules: RulesInForce) -> list[str]:
    """Return the variables that a form has places for: those asked, then the rates."""
    return [*(name for names in asked(rules).values() for name in names), *stated(rules)]


def label_of(name: str, book: Rulebook, lang: Lang) -> str:
    """Return a variable's label where it leads back to the variable, else its key."""
    label = book.variables[name].label[lang]
    same = [one for one, other in book.variables.items() if other.label[lang] == label]
    return label if same[0] == name else name


def figures_sheet(book: Book, rules: RulesInForce, content: Filling) -> Sheet:
    """Add the sheet of figures: what is asked by criterion, stated rates, and a free list."""
    lang, codes = book.lang, users(rules)
    rows_of: dict[str, list[Entry]] = {}
    for number, entry in enumerate(content.figures):
        rows_of.setdefault(entry["variable"], []).append((number, entry))
    groups = [(_heading(key, rules, lang), names) for key, names in asked(rules).items()]
    groups.append((translate("forms.stated", lang), stated(rules)))
    groups = [(heading, names) for heading, names in groups if names]
    shown = {name for _, names in groups for name in names}
    further = [one for name, rows in rows_of.items() for one in rows[name in shown :]]
    further.sort(key=lambda one: one[0])
    end = FIRST_ROW + sum(1 + len(names) for _, names in groups)
    last = end + len(further) + FURTHER_ROWS
    lead = translate("forms.lead_figures", lang)
    columns = columns_for(FIGURES, content)
    sheet = book.sheet(sheet_name("figures", lang), columns, lead, last)
    place: dict[str, int] = {}
    row = FIRST_ROW
    for heading, names in groups:
        sheet.band(row, heading)
        for name in names:
            row += 1
            place[name] = row
            first, *_ = rows_of.get(name) or [(-1, {})]
            _asked(sheet, row, name, rules, codes.get(name, []), first, content)
        row += 1
    sheet.band(end, translate("forms.further", lang))
    for row, one in padded(further, end + 1, last):
        _further(sheet, row, one, rules, content)
    _rates(sheet, rules, place)
    _scopes(sheet, place, end, last)
    source = f"='{HIDDEN}'!${LABELS}$1:${LABELS}${len(rules.rulebook.variables)}"
    sheet.sheet.data_validation(end + 1, 1, last, 1, {"validate": "list", "source": source})
    words = [translate(f"forms.{word}", lang) for word in ("yes", "no", "possible")]
    sheet.choose_from(FIRST_ROW, "primary", words, last)
    sheet.dates_in(FIRST_ROW, "as_of", last)
    colour(sheet, "value", last)
    return sheet


def _heading(criterion: int, rules: RulesInForce, lang: Lang) -> str:
    if not criterion:
        return translate("forms.common", lang)
    name = rules.loaded.criterion[criterion].name[lang]
    return translate("forms.criterion", lang, code=criterion, name=name)


def _asked(
    sheet: Sheet, row: int, name: str, rules: RulesInForce, codes: Sequence[str], first: Entry,
    content: Filling,
) -> None:  # fmt: skip
    lang = sheet.book.lang
    variable = rules.rulebook.variables[name]
    sheet.write(row, "variable", name)
    sheet.write(row, "_label", variable.label[lang])
    sheet.write(row, "_unit", rules.rulebook.units[variable.unit].label[lang])
    sheet.write(row, "_used", ", ".join(codes))
    _reading(sheet, row, variable, first, content)
    _validate_value(sheet, row, variable)


def _further(sheet: Sheet, row: int, one: Entry, rules: RulesInForce, content: Filling) -> None:
    """Write a row whose quantity is chosen; its unit then shows by itself."""
    lang, book = sheet.book.lang, rules.rulebook
    name = one[1].get("variable", "")
    known = book.variables.get(name)
    label = label_of(name, book, lang) if known else name
    sheet.write(row, "variable", "")
    sheet.sheet.write_string(row, 1, label, sheet.book.formats["input"])
    span = f"'{HIDDEN}'!${LABELS}$1:${UNITS}${len(book.variables)}"
    unit = book.units[known.unit].label[lang] if known else ""
    formula = f'=IFERROR(VLOOKUP(B{row + 1},{span},3,FALSE),"")'
    sheet.sheet.write_formula(row, sheet.place["_unit"], formula, sheet.book.formats["shown"], unit)
    _reading(sheet, row, known, one, content)


LABELS, KEYS, UNITS = "D", "E", "F"
"""The hidden sheet's columns with all quantities: what they are called, their keys, their units."""


def _reading(
    sheet: Sheet,
    row: int,
    variable: Variable | None,
    entry: tuple[int, Mapping[str, str]],
    content: Filling,
) -> None:
    number, reading = entry
    lang = sheet.book.lang
    for column in FIGURES:
        if column.input:
            text = reading.get(column.key, "")
            value: Any = text
            if column.key == "value":
                value = cell_value(text, variable, lang)
            elif column.key == "as_of":
                value = date_value(text)
            elif column.key == "primary":
                word = "possible" if text == POSSIBLE else "yes"
                value = translate(f"forms.{word}", lang) if text else ""
            elif column.key == "drafted":
                value = word_of(text, lang)
            sheet.write(row, column.key, value)
    annotate(sheet, row, "value", content.marks.get(("figures", number)))
    sheet.write(row, "_rate", "")
    sheet.write(row, "_order", number if number >= 0 else "")


def cell_value(text: str, variable: Variable | None, lang: Lang) -> Any:
    """Return a figure as a cell shows it: a number where it is one, else words."""
    if variable is not None and variable.kind == "grade":
        labels = {grade.key: grade.label[lang] for grade in variable.scale}
        if text in labels:
            return labels[text]
    try:
        figure = parse_figure(text)
    except NotAFigure:
        return text
    if figure.status != "number":
        return translate(f"verdict.{figure.status}", lang).lower()
    if variable is not None and variable.absence and figure.text in ("yes", "no"):
        return (variable.absence.none if figure.text == "yes" else variable.absence.some)[lang]
    if figure.text in ("yes", "no"):
        return translate(f"forms.{figure.text}", lang)
    if variable is not None and variable.kind == "percent" and figure.exact and 0 < figure.low < 1:
        shown = text.replace(".", ",") if lang == "vi" else text
        return f"{shown}%"  # alone it could be read as a share of 1
    # Digits that a number would lose (86.0) stay text.
    return float(text) if figure.exact and repr(float(text)).removesuffix(".0") == text else text


def date_value(text: str) -> dt.date | str:
    """Return a date of the CSV files as a date; what is none, or too old for a cell, as it is."""
    try:
        day = parse_date(text) if text else ""
    except ValueError:
        return text
    return day if isinstance(day, str) or day >= _EARLIEST else f"{day:%d/%m/%Y}"


_EARLIEST: Final = dt.date(1955, 1, 1)
"""Before it a date in a cell is taken for a year that was typed there."""


def _validate_value(sheet: Sheet, row: int, variable: Variable) -> None:
    lang = sheet.book.lang
    cell = f"{sheet.letters['value']}{row + 1}"
    if variable.kind == "flag":
        words = [cell_value(word, variable, lang) for word in ("yes", "no")]
        words += [translate(f"verdict.{w}", lang).lower() for w in ("pending", "not_applicable")]
        sheet.choose_from(row, "value", words)
    elif variable.kind == "grade":
        sheet.choose_from(row, "value", [grade.label[lang] for grade in variable.scale])
    else:
        tests = {
            "count": f"OR(ISTEXT({cell}),AND({cell}>=0,{cell}=INT({cell})))",
            "percent": f"OR(ISTEXT({cell}),AND({cell}>=0,{cell}<=100))",
            "amount": f"OR(ISTEXT({cell}),{cell}>=0)",
        }
        message = translate(f"forms.wants_{variable.kind}", lang)
        sheet.warn(row, "value", f"={tests[variable.kind]}", message)


def _rates(sheet: Sheet, rules: RulesInForce, place: Mapping[str, int]) -> None:
    """Write the live rate beside its part."""
    letter = sheet.letters["value"]
    for rule in rules.rules:
        for limb in rule.indicator.limbs:
            share = is_share(limb)
            if share is None or not set(share) <= set(place):
                continue
            part, whole = (f"{letter}{place[name] + 1}" for name in share)
            there = f"AND(ISNUMBER({part}),ISNUMBER({whole}))"
            formula = f'=IF({there},IF({whole}>0,100*{part}/{whole},""),"")'
            sheet.sheet.write_formula(
                place[share[0]], sheet.place["_rate"], formula, sheet.book.formats["result"], ""
            )


def _scopes(sheet: Sheet, place: Mapping[str, int], end: int, last: int) -> None:
    """Write quantity and code as one text, by which the live checks find a reading."""
    code, number = sheet.letters["indicator"], sheet.place["_scope"]
    plain = sheet.book.formats["plain"]
    for name, row in place.items():
        formula = f'=A{row + 1}&"|"&{code}{row + 1}'
        sheet.sheet.write_formula(row, number, formula, plain, f"{name}|")
    for row in range(end + 1, last + 1):
        key = (
            f"INDEX('{HIDDEN}'!${KEYS}:${KEYS},MATCH(B{row + 1},'{HIDDEN}'!${LABELS}:${LABELS},0))"
        )
        formula = f'=IFERROR({key},B{row + 1})&"|"&{code}{row + 1}'
        sheet.sheet.write_formula(row, number, formula, plain, "|")
