"""The form's sheets of evidence and of the plan's targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ntm_analysis.communes.evidence import GRADES
from ntm_analysis.forms.claims import claim_variable
from ntm_analysis.forms.drafts import annotate, colour, columns_for, shade
from ntm_analysis.forms.drafts import word_of as certainty_word
from ntm_analysis.forms.figures_sheet import FURTHER_ROWS, cell_value, date_value, padded
from ntm_analysis.forms.layout import DATES, EVIDENCE, TARGETS, flatten, sheet_name
from ntm_analysis.forms.requirement import unit_key
from ntm_analysis.forms.sheets import FIRST_ROW, Book, Sheet
from ntm_analysis.forms.source import Filling
from ntm_analysis.forms.words import choices, word_of
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_requirement
from ntm_analysis.rulebook import Rulebook, RulesInForce

TARGET_ROWS: Final = 25


def evidence_sheet(book: Book, rules: RulesInForce, content: Filling) -> None:
    """Add the register of evidence: a row an indicator, further documents below."""
    lang, units = book.lang, rules.rulebook.units
    rows_of: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, entry in enumerate(content.evidence):
        rows_of.setdefault(entry["indicator"], []).append((number, entry))
    # Documents of indicators that are not in force here stay, below.
    further = [one for code, rows in rows_of.items() for one in rows[code in rules.by_code :]]
    further.sort(key=lambda one: one[0])
    more = len(further)
    last = FIRST_ROW + len(rules.rules) + more + FURTHER_ROWS
    lead = translate("forms.lead_evidence", lang)
    sheet = book.sheet(sheet_name("evidence", lang), columns_for(EVIDENCE, content), lead, last)
    for row, rule in enumerate(rules.rules, start=FIRST_ROW):
        first, *_ = rows_of.get(rule.code) or [(-1, {})]
        own = rule.indicator.own
        scale = rules.rulebook.scale_labels(own, lang)
        sheet.write(row, "indicator", rule.code)
        sheet.write(row, "_name", rule.indicator.name[lang])
        sheet.write(row, "_requires", format_requirement(rule.own, units[own.unit], lang, scale))
        _proof(sheet, row, first, rules, content)
    row = FIRST_ROW + len(rules.rules)
    sheet.band(row, translate("forms.further_evidence", lang))
    for row_, one in padded(further, row + 1, last):
        sheet.sheet.write_string(row_, 0, one[1].get("indicator", ""), book.formats["input"])
        sheet.write(row_, "_name", "")
        sheet.write(row_, "_requires", "")
        _proof(sheet, row_, one, rules, content)
    sheet.choose_from(FIRST_ROW, "claimed_verdict", choices("verdict.", lang), last)
    sheet.choose_from(FIRST_ROW, "grade", GRADES, last)
    for key in ("issued_on", "valid_until", "confirmed_on"):
        sheet.dates_in(FIRST_ROW, key, last)
    colour(sheet, "document", last)


def _proof(
    sheet: Sheet,
    row: int,
    entry: tuple[int, Mapping[str, str]],
    rules: RulesInForce,
    content: Filling,
) -> None:
    number, proof = entry
    lang = sheet.book.lang
    for column in EVIDENCE:
        if column.input:
            text = proof.get(column.key, "")
            value: Any = text
            if column.key in DATES:
                value = date_value(text)
            elif column.key == "claimed_verdict":
                value = word_of("verdict.", text, lang) if text else ""
            elif column.key == "claimed_value" and text:
                set_key, code = rules.loaded.about.key, proof.get("indicator", "")
                value = cell_value(text, claim_variable(rules.rulebook, set_key, code), lang)
            elif column.key == "drafted":
                value = certainty_word(text, lang)
            sheet.write(row, column.key, value)
    annotate(sheet, row, "claimed_value", content.marks.get(("evidence", number)))
    sheet.write(row, "_order", number if number >= 0 else "")


def targets_sheet(book: Book, rules: RulesInForce, content: Filling) -> set[str]:
    """Add the plan's targets; return the paths shown."""
    lang = book.lang
    plan = content.appraisal.get("plan") or {}
    targets = plan.get("targets", [])
    last = FIRST_ROW + len(targets) + TARGET_ROWS
    sheet = book.sheet(
        sheet_name("targets", lang), TARGETS, translate("forms.lead_targets", lang), last
    )
    shown = set()
    for row in range(FIRST_ROW, last + 1):
        place = row - FIRST_ROW
        leaves = dict(flatten(targets[place])) if place < len(targets) else {}
        shown |= {f"appraisals.{content.year}.plan.targets.{place}.{path}" for path in leaves}
        for column in TARGETS:
            value = leaves.get(column.key)
            if column.key == "unit" and value in rules.rulebook.units:
                value = unit_word(str(value), rules.rulebook, lang)
            if value is None and column.key.endswith((".vi", ".en")):
                value = leaves.get(column.key[:-3])
            sheet.write(row, column.key, value)
        path = f"appraisals.{content.year}.plan.targets.{place}"
        mark = content.marks.get(("profile", path))
        annotate(sheet, row, "name.vi", mark)
        shade(sheet, row, "name.vi", mark)
    return shown


def unit_word(key: str, book: Rulebook, lang: Lang) -> str:
    """Return a unit's name where it leads back to the unit, else its key."""
    word = book.units[key].label[lang]
    return word if unit_key(word, book) == key else key
