"""The form's sheets of what the appraiser decides, of what is asked and answered, and was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ntm_analysis.assessment import Assessment
from ntm_analysis.assessment.conditions import condition_standings
from ntm_analysis.forms.drafts import annotate, shade
from ntm_analysis.forms.evidence_sheet import unit_word
from ntm_analysis.forms.figures_sheet import (
    FURTHER_ROWS,
    Entry,
    cell_value,
    date_value,
    padded,
)
from ntm_analysis.forms.layout import DATES, DECISIONS, FACTS, REQUESTS, Column, sheet_name
from ntm_analysis.forms.sheets import FIRST_ROW, Book, Sheet
from ntm_analysis.forms.source import Filling
from ntm_analysis.forms.words import choices, word_of
from ntm_analysis.language import translate
from ntm_analysis.rulebook import RulesInForce

_CHOICES: Final = {
    "decision": "conclusion.",
    "before": "conclusion.",
    "to": "requests.to_word.",
    "state": "requests.state_word.",
    "kind": "facts.kind_word.",
}


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is decided: an indicator or a condition, and how it stands by computation."""

    key: str
    code: str
    name: str
    verdict: str = ""
    standing: str = ""


def decisions_sheet(
    book: Book, rules: RulesInForce, content: Filling, assessment: Assessment | None
) -> None:
    """Add the sheet of the appraiser's decisions: a row an indicator and condition."""
    lang = book.lang
    rows_of: dict[str, list[Entry]] = {}
    for number, entry in enumerate(content.decisions):
        rows_of.setdefault(entry.get("indicator", ""), []).append((number, entry))
    subjects = _subjects(book, rules, assessment)
    keys = {one.key for one in subjects}
    further = [one for key, rows in rows_of.items() for one in rows[key in keys :]]
    further.sort(key=lambda one: one[0])
    end = FIRST_ROW + len(subjects)
    last = end + len(further) + FURTHER_ROWS
    lead = translate("forms.lead_decisions", lang)
    sheet = book.sheet(sheet_name("decisions", lang), DECISIONS, lead, last)
    for row, one in enumerate(subjects, start=FIRST_ROW):
        sheet.write(row, "indicator", one.key)
        sheet.write(row, "_subject", one.code)
        sheet.write(row, "_name", one.name)
        sheet.write(row, "_verdict", one.verdict)
        sheet.write(row, "_standing", one.standing)
        _row(sheet, row, (rows_of.get(one.key) or [(-1, {})])[0], DECISIONS)
    sheet.band(end, translate("forms.further_decisions", lang))
    names = {one.key: one.code or one.name for one in subjects}
    for row, other in padded(further, end + 1, last):
        for key in ("indicator", "_name", "_verdict", "_standing"):
            sheet.write(row, key, "")
        subject = other[1].get("indicator", "")
        sheet.write(row, "_subject", names.get(subject, subject), style="input")
        _row(sheet, row, other, DECISIONS)
    sheet.choose_from(FIRST_ROW, "decision", choices("conclusion.", lang), last)
    sheet.dates_in(FIRST_ROW, "on", last)


def _subjects(book: Book, rules: RulesInForce, assessment: Assessment | None) -> list[_Subject]:
    """Return the indicators in force and the conditions, with the verdicts where there are any."""
    lang = book.lang
    case = assessment.cases[0] if assessment is not None else None
    table = assessment.of(case) if assessment is not None and case is not None else None
    found = []
    for rule in rules.rules:
        verdict = standing = ""
        if table is not None:
            verdict = word_of("verdict.", str(table.at[rule.code, "verdict"]), lang)
            standing = _standing(str(table.at[rule.code, "standing"]), book)
        name = rule.indicator.name[lang]
        found.append(_Subject(rule.code, rule.code, name, verdict, standing))
    stand = {one.key: one for one in condition_standings(case)} if case is not None else {}
    for condition in rules.loaded.about.conditions:
        one = stand.get(condition.key)
        verdict = word_of("verdict.", one.verdict, lang) if one else ""
        standing = _standing(one.standing, book) if one else ""
        found.append(_Subject(condition.key, "", condition.name[lang], verdict, standing))
    return found


def _standing(key: str, book: Book) -> str:
    return translate(f"standing.{key or 'none'}", book.lang)


def requests_sheet(book: Book, rules: RulesInForce, content: Filling) -> None:
    """Add the sheet of requests: those that there are, and places for more."""
    lang = book.lang
    entries: list[Entry] = list(enumerate(content.requests))
    last = FIRST_ROW + len(entries) + FURTHER_ROWS
    lead = translate("forms.lead_requests", lang)
    sheet = book.sheet(sheet_name("requests", lang), REQUESTS, lead, last)
    names = {one.key: one.name[lang] for one in rules.loaded.about.conditions}
    for row, (number, entry) in padded(entries, FIRST_ROW, last):
        subject = entry.get("indicator", "")
        shown = {**entry, "indicator": names.get(subject, subject)}
        _row(sheet, row, (number, shown), REQUESTS)
    for key in ("to", "state", "before"):
        sheet.choose_from(FIRST_ROW, key, choices(_CHOICES[key], lang), last)
    for key in ("asked_on", "due_on", "answered_on"):
        sheet.dates_in(FIRST_ROW, key, last)


def facts_sheet(book: Book, rules: RulesInForce, content: Filling) -> None:
    """Add the sheet of what was done: those that there are, and places for more."""
    lang, units = book.lang, rules.rulebook.units
    entries: list[Entry] = list(enumerate(content.facts))
    last = FIRST_ROW + len(entries) + FURTHER_ROWS
    lead = translate("forms.lead_facts", lang)
    sheet = book.sheet(sheet_name("facts", lang), FACTS, lead, last)
    for row, (number, entry) in padded(entries, FIRST_ROW, last):
        subject, unit, amount = (entry.get(key, "") for key in ("indicator", "unit", "amount"))
        shown: dict[str, Any] = {**entry, "indicator": word_of("facts.part_word.", subject, lang)}
        shown["unit"] = unit_word(unit, rules.rulebook, lang) if unit in units else unit
        shown["amount"] = cell_value(amount, None, lang) if amount else ""
        _row(sheet, row, (number, shown), FACTS)
        mark = content.marks.get(("facts", number))
        annotate(sheet, row, "text", mark)
        shade(sheet, row, "text", mark)
    sheet.choose_from(FIRST_ROW, "kind", choices("facts.kind_word.", lang), last)


def _row(
    sheet: Sheet, row: int, entry: tuple[int, Mapping[str, Any]], columns: tuple[Column, ...]
) -> None:
    number, held = entry
    for column in columns:
        if column.input:
            value: Any = held.get(column.key, "")
            if column.key in DATES:
                value = date_value(value)
            elif column.key in _CHOICES and value:
                value = word_of(_CHOICES[column.key], value, sheet.book.lang)
            elif column.key == "finding":
                parts = (part.strip() for part in value.split(";"))
                value = "; ".join(word_of("conclusion.", one, sheet.book.lang) for one in parts)
            sheet.write(row, column.key, value)
    sheet.write(row, "_order", number if number >= 0 else "")
