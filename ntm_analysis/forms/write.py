"""Writing the form: a workbook with a guide, the profile, figures, evidence, targets, checks."""

from __future__ import annotations

import io
import math
from typing import Any, Final

from ntm_analysis.assessment import Assessment
from ntm_analysis.forms.appraisal_sheets import decisions_sheet, facts_sheet, requests_sheet
from ntm_analysis.forms.drafts import unread_sheet
from ntm_analysis.forms.evidence_sheet import evidence_sheet, targets_sheet
from ntm_analysis.forms.figures_sheet import KEYS, LABELS, UNITS, figures_sheet, label_of
from ntm_analysis.forms.formulas import Lookup, limb_formula, names_of, verdict_formula
from ntm_analysis.forms.layout import HIDDEN, VERSION, Column, flatten, sheet_name
from ntm_analysis.forms.office_sheet import office_sheet
from ntm_analysis.forms.profile_sheet import further_sheet, profile_sheet
from ntm_analysis.forms.sheets import FIRST_ROW, Book, Sheet
from ntm_analysis.forms.source import Filling
from ntm_analysis.forms.words import word_of
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_requirement
from ntm_analysis.rulebook import Limb, Rule, RulesInForce
from ntm_analysis.rulebook.formula import exact

_CHECKS: Final = (
    Column("indicator", 8, input=False),
    Column("_name", 48, input=False),
    Column("_result", 14, input=False),
    Column("_requires", 18, input=False),
    Column("_verdict", 20, input=False),
)


_GUIDE: Final = 11
"""The sentences of the guide."""


def write_form(
    rules: RulesInForce,
    lang: Lang,
    filling: Filling | None = None,
    assessment: Assessment | None = None,
) -> bytes:
    """Return a form as the bytes of an `.xlsx` file.

    Parameters
    ----------
    rules : RulesInForce
        The criteria set of a place and day.
    lang : {"vi", "en"}
    filling : Filling, optional
        What to fill it with; blank by default.
    assessment : Assessment, optional
        Of the filling's case: the values that the formulas give, for readers that do not
        calculate.

    Returns
    -------
    bytes
        The same for the same content.
    """
    stream = io.BytesIO()
    book = Book(stream, lang)
    content = filling or Filling(year=rules.on.year)
    _guide(book, rules)
    shown = profile_sheet(book, rules, content)
    figures = figures_sheet(book, rules, content)
    evidence_sheet(book, rules, content)
    decisions_sheet(book, rules, content, assessment)
    requests_sheet(book, rules, content)
    facts_sheet(book, rules, content)
    shown |= targets_sheet(book, rules, content)
    shown |= office_sheet(book, content)
    further_sheet(book, content, shown)
    _checks(book, rules, figures, assessment)
    unread_sheet(book, content)
    _hidden(book, rules, content)
    book.workbook.worksheets()[0].activate()
    book.close()
    return stream.getvalue()


def _guide(book: Book, rules: RulesInForce) -> None:
    lang = book.lang
    sheet = book.workbook.add_worksheet(sheet_name("guide", lang))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 1, translate("forms.title", lang), book.formats["title"])
    about = translate(
        "forms.about", lang, set=rules.name(lang), place=rules.place,
        on=rules.on.strftime("%d/%m/%Y"), criteria=len(rules.by_criterion), count=len(rules.rules),
    )  # fmt: skip
    sheet.write_string(1, 1, about, book.formats["plain"])
    for number in range(1, _GUIDE + 1):
        row = 2 + number
        text = translate(f"forms.guide_{number}", lang)
        sheet.write_string(row, 0, f"{number}.", book.formats["plain"])
        sheet.write_string(row, 1, text, book.formats["plain"])
        sheet.set_row(row, 15 * (1 + len(text) // 105))
    last = _GUIDE + 4
    sheet.write_string(last, 0, "", book.formats["input"])
    sheet.write_string(last, 1, translate("forms.guide_colour", lang), book.formats["plain"])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _checks(book: Book, rules: RulesInForce, figures: Sheet, assessment: Assessment | None) -> None:
    """Write a first verdict on each limb: an indicator that asks for several things has as many."""
    lang, units = book.lang, rules.rulebook.units
    listed = [
        (rule, limb)
        for rule in rules.rules
        for limb in rule.indicator.limbs
        if limb.kind in ("rate", "amount", "count", "level")
    ]
    lead = translate("forms.lead_checks", lang)
    most = max((len(names_of(limb)) for _, limb in listed), default=0)
    parts = [Column(f"_part{n}", 4, input=False, hidden=True, words="scope") for n in range(most)]
    columns = (*_CHECKS, *parts)
    sheet = book.sheet(sheet_name("checks", lang), columns, lead, FIRST_ROW + len(listed))
    lookup = Lookup(
        figures.name, figures.letters, FIRST_ROW + 1, figures.last + 1,
        translate("forms.yes", lang),
    )  # fmt: skip
    words = {v: word_of("verdict.", v, lang) for v in ("met", "not_met", "no_data")}
    for row, (rule, limb) in enumerate(listed, start=FIRST_ROW):
        requirement = rule.requirements[limb.key]
        name = rule.indicator.name[lang]
        if len(rule.indicator.limbs) > 1 and limb.name is not None:
            name = f"{rule.indicator.short[lang]}: {limb.name[lang]}"
        sheet.write(row, "indicator", rule.code)
        sheet.write(row, "_name", name)
        sheet.write(row, "_requires", format_requirement(requirement, units[limb.unit], lang))
        value = _limb_value(rule, limb, assessment)
        cells = {}
        for part, variable in zip(parts, names_of(limb), strict=False):
            cells[variable] = f"{sheet.letters[part.key]}{row + 1}"
            formula = lookup.value(variable, rule.code)
            place = sheet.place[part.key]
            sheet.sheet.write_formula(row, place, formula, book.formats["plain"], "")
        sheet.sheet.write_formula(
            row, sheet.place["_result"], limb_formula(limb, cells), book.formats["result"], value
        )
        cell = f"{sheet.letters['_result']}{row + 1}"
        verdict = ""
        if value == "":
            verdict = words["no_data"]
        elif requirement.threshold is not None:
            verdict = words["met" if requirement.holds(exact(float(value))) else "not_met"]
        sheet.sheet.write_formula(
            row, sheet.place["_verdict"], verdict_formula(cell, requirement, words),
            book.formats["result"], verdict,
        )  # fmt: skip


def _limb_value(rule: Rule, limb: Limb, assessment: Assessment | None) -> Any:
    """Return a limb's value as assessed; an empty text where there is no plain number."""
    if assessment is None:
        return ""
    if len(rule.indicator.limbs) == 1:
        value = assessment.of(assessment.cases[0]).at[rule.code, "value"]
    else:
        rows = assessment.limbs
        value = rows[(rows["indicator"] == rule.code) & (rows["limb"] == limb.key)]["value"].iloc[0]
    return "" if math.isnan(float(str(value))) else float(str(value))


def _hidden(book: Book, rules: RulesInForce, content: Filling) -> None:
    sheet = book.workbook.add_worksheet(HIDDEN)
    about = {
        "version": VERSION, "set": rules.loaded.about.key, "place": rules.place,
        "on": rules.on.isoformat(), "year": content.year or "", "lang": book.lang,
        **{f"params.{key}": value for key, value in flatten(content.params)},
    }  # fmt: skip
    for row, (key, value) in enumerate(about.items()):
        sheet.write_string(row, 0, f"{key}")
        sheet.write_string(row, 1, str(value))
    book_ = rules.rulebook
    for row, (name, variable) in enumerate(book_.variables.items()):
        unit = book_.units[variable.unit].label[book.lang]
        for column, text in zip(
            (LABELS, KEYS, UNITS), (label_of(name, book_, book.lang), name, unit), strict=True
        ):
            sheet.write_string(f"{column}{row + 1}", text)
    sheet.very_hidden()
