"""The form's sheet of figures: a row a variable, further readings below, live rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ntm_analysis.forms.drafts import annotate, colour, columns_for, word_of
from ntm_analysis.forms.layout import FIGURES, sheet_name
from ntm_analysis.forms.sheets import FIRST_ROW, Book, Sheet
from ntm_analysis.forms.source import Filling
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import NotAFigure, parse_date, parse_figure
from ntm_analysis.rulebook import RulesInForce, Variable
from ntm_analysis.scrutiny.arithmetic import is_share

FURTHER_ROWS: Final = 40
Entry = tuple[int, dict[str, str]]


def padded(entries: Sequence[Entry], first: int, last: int) -> list[tuple[int, Entry]]:
    """Return the rows from first to last, each with an entry or a blank one."""
    blank: Entry = (-1, {})
    rows = range(first, last + 1)
    return [(r, entries[n] if n < len(entries) else blank) for n, r in enumerate(rows)]


def variables_in_order(rules: RulesInForce) -> dict[str, list[str]]:
    """Return the variables that the rules ask for, in legal order, with the codes that use them."""
    found: dict[str, list[str]] = {}
    for rule in rules.rules:
        for name in (*rule.indicator.variables, *rule.indicator.context):
            found.setdefault(name, []).append(rule.code)
    return found


def figures_sheet(book: Book, rules: RulesInForce, content: Filling) -> Sheet:
    """Add the sheet of figures."""
    lang, units = book.lang, rules.rulebook.units
    order = variables_in_order(rules)
    rows_of: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, entry in enumerate(content.figures):
        rows_of.setdefault(entry["variable"], []).append((number, entry))
    names = [*order, *(name for name in rows_of if name not in order)]
    lead = translate("forms.lead_figures", lang)
    more = sum(len(rows) - 1 for rows in rows_of.values() if len(rows) > 1)
    last = FIRST_ROW + len(names) + more + FURTHER_ROWS
    columns = columns_for(FIGURES, content)
    sheet = book.sheet(sheet_name("figures", lang), columns, lead, last)
    place: dict[str, int] = {}
    further: list[tuple[int, dict[str, str]]] = []
    for row, name in enumerate(names, start=FIRST_ROW):
        variable = rules.rulebook.variables[name]
        first, *others = rows_of.get(name) or [(-1, {})]
        further += others
        place[name] = row
        sheet.write(row, "variable", name)
        sheet.write(row, "_label", variable.label[lang])
        sheet.write(row, "_unit", units[variable.unit].label[lang])
        sheet.write(row, "_used", ", ".join(order.get(name, [])))
        _reading(sheet, row, variable, first, content)
        _validate_value(sheet, row, variable)
    row = FIRST_ROW + len(names)
    sheet.sheet.write_string(row, 1, translate("forms.further", lang), book.formats["band"])
    for row_, one in padded(further, row + 1, last):
        name = one[1].get("variable", "")
        sheet.write(row_, "variable", "")
        sheet.sheet.write_string(row_, 1, name, book.formats["input"])
        known = rules.rulebook.variables.get(name)
        if known is not None:
            sheet.write(row_, "_unit", units[known.unit].label[lang])
        _reading(sheet, row_, known, one, content)
    _rates(sheet, rules, place)
    _scopes(sheet, names, last, row)
    span = f"='{sheet.name}'!$A${FIRST_ROW + 1}:$A${FIRST_ROW + len(names)}"
    sheet.sheet.data_validation(row + 1, 1, last, 1, {"validate": "list", "source": span})
    sheet.choose_from(
        FIRST_ROW, "primary", [translate(f"forms.{w}", lang) for w in ("yes", "no")], last
    )
    sheet.dates_in(FIRST_ROW, "as_of", last)
    colour(sheet, "value", last)
    return sheet


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
                value = translate("forms.yes", lang) if text else ""
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
        return f"{text}%"  # alone it could be read as a share of 1
    # Digits that a number would lose (86.0) stay text.
    return float(text) if figure.exact and repr(float(text)).removesuffix(".0") == text else text


def date_value(text: str) -> dt.date | str:
    """Return a date of the CSV files as a date; what is none as it is."""
    try:
        return parse_date(text) if text else ""
    except ValueError:
        return text


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


def _scopes(sheet: Sheet, names: Sequence[str], last: int, further: int) -> None:
    code = sheet.letters["indicator"]
    for row in range(FIRST_ROW, last + 1):
        letter = "A" if row < further else "B"
        formula = f'={letter}{row + 1}&"|"&{code}{row + 1}'
        sheet.sheet.write_formula(
            row, sheet.place["_scope"], formula, sheet.book.formats["plain"],
            f"{names[row - FIRST_ROW]}|" if row - FIRST_ROW < len(names) else "|",
        )  # fmt: skip
