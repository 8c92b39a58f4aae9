"""Writing the form: a workbook with a guide, the profile, figures, evidence, targets, checks."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from typing import Any, Final

from ntm_analysis.assessment import VERDICTS, Assessment
from ntm_analysis.communes.evidence import GRADES
from ntm_analysis.forms.drafts import annotate, colour, columns_for, shade, unread_sheet, word_of
from ntm_analysis.forms.figures_sheet import (
    FURTHER_ROWS,
    cell_value,
    date_value,
    figures_sheet,
    padded,
)
from ntm_analysis.forms.formulas import Lookup, limb_formula, verdict_formula
from ntm_analysis.forms.layout import (
    APPRAISAL,
    CONDITION,
    EVIDENCE,
    FURTHER,
    HIDDEN,
    IDENTITY,
    PROFILE,
    SOURCE,
    SOURCE_ROWS,
    TARGETS,
    VERSION,
    Column,
    flatten,
    sheet_name,
)
from ntm_analysis.forms.sheets import FIRST_ROW, Book, Sheet
from ntm_analysis.forms.source import Filling
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_requirement
from ntm_analysis.rulebook import NATIONAL, Limb, Rule, RulesInForce
from ntm_analysis.rulebook.formula import exact

TARGET_ROWS: Final = 25
FURTHER_SOURCES: Final = 4
"""Empty places for papers that are not declared yet."""
_CHECKS: Final = (
    Column("indicator", 8, input=False),
    Column("_name", 48, input=False),
    Column("_result", 14, input=False),
    Column("_requires", 18, input=False),
    Column("_verdict", 20, input=False),
)


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
    shown = _profile(book, rules, content)
    figures = figures_sheet(book, rules, content)
    _evidence(book, rules, content)
    shown |= _targets(book, rules, content)
    _further(book, content, shown)
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
    for number in range(1, 10):
        row = 2 + number
        text = translate(f"forms.guide_{number}", lang)
        sheet.write_string(row, 0, f"{number}.", book.formats["plain"])
        sheet.write_string(row, 1, text, book.formats["plain"])
        sheet.set_row(row, 15 * (1 + len(text) // 105))
    sheet.write_string(13, 0, "", book.formats["input"])
    sheet.write_string(13, 1, translate("forms.guide_colour", lang), book.formats["plain"])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect()


# The profile ------------------------------------------------------------------------------------


def _paths(
    rules: RulesInForce, year: int | None, count: int
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sheet's groups: heading and paths with their labels' keys."""
    conditions = [
        (f"conditions.{condition.key}.{leaf}", f"forms.condition_{leaf.replace('.', '_')}")
        for condition in rules.loaded.about.conditions
        for leaf in CONDITION
    ]
    papers = [
        (f"{SOURCE_ROWS}.{number}.{leaf}", f"forms.source_{leaf.replace('.', '_')}")
        for number in range(1, count + 1)
        for leaf in SOURCE
    ]
    return [
        ("identity", [(path, f"forms.field_{path.replace('.', '_')}") for path in IDENTITY]),
        ("sources", papers),
        (
            "appraisal",
            [
                (f"appraisals.{year}.{path}", f"forms.field_{path.replace('.', '_')}")
                for path in APPRAISAL
            ],
        ),
        ("conditions", [(f"appraisals.{year}.{path}", key) for path, key in conditions]),
    ]


def _profile(book: Book, rules: RulesInForce, content: Filling) -> set[str]:
    """Write identity and appraisal; return the paths shown."""
    lang = book.lang
    leaves = dict(flatten(content.profile))
    papers = content.profile.get("sources") or {}
    sources = source_rows(papers)
    lead = translate("forms.lead_profile", lang)
    sheet = book.sheet(sheet_name("profile", lang), PROFILE, lead, 200)
    names = {c.key: c.name[lang] for c in rules.loaded.about.conditions}
    shown: set[str] = set()
    row = FIRST_ROW
    for group, paths in _paths(rules, content.year, len(papers) + FURTHER_SOURCES):
        sheet.write(row, "_label", "")
        sheet.sheet.write_string(
            row, 1, translate(f"forms.group_{group}", lang), book.formats["band"]
        )
        sheet.sheet.write_blank(row, 2, None, book.formats["band"])
        row += 1
        for path, key in paths:
            label = translate(key, lang)
            if group == "conditions":
                label = f"{names[path.split('.')[3]]}: {label}"
            held = ""
            if group == "sources":
                label = f"{path.split('.')[1]}. {label}"
                value, held = sources.get(path, ("", ""))
                shown.add(held)
            else:
                value = _leaf(leaves, path, content.profile)
            if value and path.rpartition(".")[2] in ("status", "claimed"):
                value = translate(f"verdict.{value}", lang)
            if path == "hamlets":
                shown |= {p for p in leaves if p.startswith("hamlets.")}
            if path == "classes":
                label = f"{label}: {_classes(rules, lang)}".rstrip(": ")
                shown |= {p for p in leaves if value and p.startswith("classes.")}
            sheet.write(row, "path", path)
            sheet.write(row, "_label", label)
            sheet.write(row, "value", value)
            _validate_field(sheet, row, path)
            mark = content.marks.get(("profile", held if group == "sources" else path))
            annotate(sheet, row, "value", mark)
            shade(sheet, row, "value", mark)
            shown.add(path)
            if path.endswith(".vi") and path.removesuffix(".vi") in leaves:
                shown.add(path.removesuffix(".vi"))
            row += 1
    return shown


def source_rows(papers: Mapping[str, Any]) -> dict[str, tuple[Any, str]]:
    """Return the rows that declare sources: the value of each, and its path in the profile."""
    rows: dict[str, tuple[Any, str]] = {}
    for number, (key, paper) in enumerate(papers.items(), start=1):
        rows[f"{SOURCE_ROWS}.{number}.key"] = (key, "")
        leaves = dict(flatten({"sources": {key: paper}}))
        at = next(iter(flatten({"sources": {key: {"x": 1}}})))[0].removesuffix(".x")
        for leaf in SOURCE[1:]:
            for path in (f"{at}.{leaf}", f"{at}.{leaf.removesuffix('.vi')}"):
                if path in leaves:
                    rows[f"{SOURCE_ROWS}.{number}.{leaf}"] = (leaves[path], path)
                    break
    return rows


def _classes(rules: RulesInForce, lang: Lang) -> str:
    """Return the classes, regions, zones and groups that the set asks for, with their keys."""
    divisions = [d for d in rules.loaded.divisions if d.place in (rules.place, NATIONAL)]
    named = {part.key: part.name[lang] for division in divisions for part in division.parts}
    for key in (key for division in divisions for key in division.classes):
        named[key] = rules.rulebook.classes[key][lang]
    return "; ".join(f"{key} = {name}" for key, name in named.items())


def _leaf(leaves: Mapping[str, Any], path: str, profile: Mapping[str, Any]) -> Any:
    if path == "classes":
        told = profile.get("classes")
        if told is None or not all(isinstance(one, str) for one in told):
            return ""  # with days and decisions, they stand on the sheet of further entries
        return "; ".join(told) or "–"
    if path == "hamlets":
        return "; ".join(str(name) for name in profile.get("hamlets", []))
    if path in leaves:
        return leaves[path]
    for ending in (".vi", ".en"):  # a bare name reads the same in both languages
        if path.endswith(ending):
            return leaves.get(path.removesuffix(ending), "")
    return ""


def _validate_field(sheet: Sheet, row: int, path: str) -> None:
    lang = sheet.book.lang
    last = path.rpartition(".")[2]
    if last in ("status", "claimed"):
        sheet.choose_from(row, "value", [translate(f"verdict.{v}", lang) for v in VERDICTS])
    elif last == "grade":
        sheet.choose_from(row, "value", GRADES)
    elif path in ("synthetic",) or last in ("declared_complete", "drafted"):
        sheet.choose_from(row, "value", [translate(f"forms.{w}", lang) for w in ("yes", "no")])


# Evidence, targets, the rest --------------------------------------------------------------------


def _evidence(book: Book, rules: RulesInForce, content: Filling) -> None:
    lang, units = book.lang, rules.rulebook.units
    rows_of: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, entry in enumerate(content.evidence):
        rows_of.setdefault(entry["indicator"], []).append((number, entry))
    more = sum(len(rows) - 1 for rows in rows_of.values())
    last = FIRST_ROW + len(rules.rules) + more + FURTHER_ROWS
    columns = columns_for(EVIDENCE, content)
    sheet = book.sheet(
        sheet_name("evidence", lang), columns, translate("forms.lead_evidence", lang), last
    )
    words = {v: translate(f"verdict.{v}", lang) for v in VERDICTS}
    further: list[tuple[int, dict[str, str]]] = []
    for row, rule in enumerate(rules.rules, start=FIRST_ROW):
        first, *others = rows_of.get(rule.code) or [(-1, {})]
        further += others
        own = rule.indicator.own
        scale = rules.rulebook.scale_labels(own, lang)
        sheet.write(row, "indicator", rule.code)
        sheet.write(row, "_name", rule.indicator.name[lang])
        sheet.write(row, "_requires", format_requirement(rule.own, units[own.unit], lang, scale))
        _proof(sheet, row, first, words, content)
    row = FIRST_ROW + len(rules.rules)
    sheet.sheet.write_string(
        row, 1, translate("forms.further_evidence", lang), book.formats["band"]
    )
    for row_, one in padded(further, row + 1, last):
        sheet.sheet.write_string(row_, 0, one[1].get("indicator", ""), book.formats["input"])
        sheet.write(row_, "_name", "")
        sheet.write(row_, "_requires", "")
        _proof(sheet, row_, one, words, content)
    sheet.choose_from(FIRST_ROW, "claimed_verdict", list(words.values()), last)
    sheet.choose_from(FIRST_ROW, "grade", GRADES, last)
    for key in ("issued_on", "valid_until", "confirmed_on"):
        sheet.dates_in(FIRST_ROW, key, last)
    colour(sheet, "document", last)


def _proof(
    sheet: Sheet,
    row: int,
    entry: tuple[int, Mapping[str, str]],
    words: Mapping[str, str],
    content: Filling,
) -> None:
    number, proof = entry
    for column in EVIDENCE:
        if column.input:
            text = proof.get(column.key, "")
            value: Any = text
            if column.key in ("issued_on", "valid_until", "confirmed_on"):
                value = date_value(text)
            elif column.key == "claimed_verdict":
                value = words.get(text, text)
            elif column.key == "claimed_value":
                value = cell_value(text, None, sheet.book.lang) if text else ""
                value = text if isinstance(value, float) else value
            elif column.key == "drafted":
                value = word_of(text, sheet.book.lang)
            sheet.write(row, column.key, value)
    annotate(sheet, row, "claimed_value", content.marks.get(("evidence", number)))
    sheet.write(row, "_order", number if number >= 0 else "")


def _targets(book: Book, rules: RulesInForce, content: Filling) -> set[str]:
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
            if value is None and column.key.endswith((".vi", ".en")):
                value = leaves.get(column.key[:-3])
            sheet.write(row, column.key, value)
        path = f"appraisals.{content.year}.plan.targets.{place}"
        mark = content.marks.get(("profile", path))
        annotate(sheet, row, "name.vi", mark)
        shade(sheet, row, "name.vi", mark)
    return shown


def _further(book: Book, content: Filling, shown: set[str]) -> None:
    """Write what has no cell of its own as paths and values, so that nothing is lost."""
    lang = book.lang
    rest = sorted((path, value) for path, value in flatten(content.profile) if path not in shown)
    last = FIRST_ROW + len(rest) + FURTHER_ROWS
    sheet = book.sheet(
        sheet_name("further", lang), FURTHER, translate("forms.lead_further", lang), last
    )
    for row in range(FIRST_ROW, last + 1):
        path, value = rest[row - FIRST_ROW] if row - FIRST_ROW < len(rest) else ("", "")
        sheet.write(row, "path", path)
        sheet.write(row, "value", value)
        annotate(sheet, row, "value", content.marks.get(("profile", path)))


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
    sheet = book.sheet(sheet_name("checks", lang), _CHECKS, lead, FIRST_ROW + len(listed))
    lookup = Lookup(
        figures.name, figures.letters, FIRST_ROW + 1, figures.last + 1,
        translate("forms.yes", lang),
    )  # fmt: skip
    words = {v: translate(f"verdict.{v}", lang) for v in VERDICTS}
    for row, (rule, limb) in enumerate(listed, start=FIRST_ROW):
        requirement = rule.requirements[limb.key]
        name = rule.indicator.name[lang]
        if len(rule.indicator.limbs) > 1 and limb.name is not None:
            name = f"{rule.indicator.short[lang]}: {limb.name[lang]}"
        sheet.write(row, "indicator", rule.code)
        sheet.write(row, "_name", name)
        sheet.write(row, "_requires", format_requirement(requirement, units[limb.unit], lang))
        value = _limb_value(rule, limb, assessment)
        sheet.sheet.write_formula(
            row, sheet.place["_result"], limb_formula(limb, rule.code, lookup),
            book.formats["result"], value,
        )  # fmt: skip
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
        **{f"params.{key}": value for key, value in content.params.items()},
    }  # fmt: skip
    for row, (key, value) in enumerate(about.items()):
        sheet.write_string(row, 0, f"{key}")
        sheet.write_string(row, 1, str(value))
    sheet.very_hidden()
