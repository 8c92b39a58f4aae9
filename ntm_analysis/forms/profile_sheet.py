"""The form's sheets on the commune and its appraisal, and on what has no cell of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ntm_analysis.communes.evidence import GRADES
from ntm_analysis.forms.drafts import annotate, shade
from ntm_analysis.forms.entries import kind_of, need_of
from ntm_analysis.forms.figures_sheet import FURTHER_ROWS, date_value
from ntm_analysis.forms.layout import (
    APPRAISAL,
    CONDITION,
    FURTHER,
    IDENTITY,
    PROFILE,
    SOURCE,
    SOURCE_ROWS,
    flatten,
    sheet_name,
)
from ntm_analysis.forms.sheets import FIRST_ROW, Book, Sheet
from ntm_analysis.forms.source import Filling
from ntm_analysis.forms.words import choices, word_of
from ntm_analysis.language import Lang, translate
from ntm_analysis.rulebook import NATIONAL, RulesInForce

FURTHER_SOURCES: Final = 4
"""Empty places for papers that are not declared yet."""


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


def profile_sheet(book: Book, rules: RulesInForce, content: Filling) -> set[str]:
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
        sheet.band(row, translate(f"forms.group_{group}", lang))
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
            if path == "hamlets" and value:
                shown |= {p for p in leaves if p.startswith("hamlets.")}
            if path == "classes":
                label = f"{label}: {_classes(rules, lang)}".rstrip(": ")
                shown |= {p for p in leaves if value and p.startswith("classes.")}
            sheet.write(row, "path", path)
            sheet.write(row, "_label", label)
            sheet.write(row, "_needed", _needed(path, lang))
            _entry(sheet, row, path, value)
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
        names = [str(name) for name in profile.get("hamlets") or ()]
        # A name with a sign that separates them goes to the sheet of further entries.
        return "" if any(_SEPARATOR & set(name) for name in names) else "; ".join(names)
    if path in leaves:
        return leaves[path]
    for ending in (".vi", ".en"):  # a bare name reads the same in both languages
        if path.endswith(ending):
            return leaves.get(path.removesuffix(ending), "")
    return ""


_SEPARATOR: Final = frozenset(";,\n")


def _needed(path: str, lang: Lang) -> str:
    """Return the word beside an entry that must be filled in."""
    if path.startswith(f"{SOURCE_ROWS}."):
        need = "with" if path.endswith((".key", ".title.vi")) else "never"
    else:
        need = "never" if path.endswith(".en") else need_of(path)
    return "" if need == "never" else translate(f"forms.needed_{need}", lang)


def _entry(sheet: Sheet, row: int, path: str, value: Any) -> None:
    """Write an entry's cell by its kind, with what it offers to choose from."""
    lang = sheet.book.lang
    kind = "date" if path.endswith(".date") else kind_of(path)
    if kind == "date":
        sheet.write(row, "value", date_value(str(value or "")), style="date")
        sheet.dates_in(row, "value", row)
    elif kind == "verdict":
        sheet.write(row, "value", word_of("verdict.", str(value), lang) if value else "")
        sheet.choose_from(row, "value", choices("verdict.", lang))
    elif kind == "grade":
        sheet.write(row, "value", value)
        sheet.choose_from(row, "value", GRADES)
    elif kind == "truth":
        sheet.write(row, "value", value)
        sheet.choose_from(row, "value", [translate(f"forms.{w}", lang) for w in ("yes", "no")])
    elif kind in ("whole", "number"):
        sheet.write(row, "value", number_value(value), style="number")
    else:
        sheet.write(row, "value", value)


def number_value(value: Any) -> Any:
    """Return a number as a cell shows it; a percentage below 1 with its sign, or it is unclear."""
    is_small = isinstance(value, float) and 0 < value < 1
    return f"{value:.10g}%" if is_small else value


def further_sheet(book: Book, content: Filling, shown: set[str]) -> None:
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
        if path:
            _entry(sheet, row, path, value)
        else:
            sheet.write(row, "value", "")
        annotate(sheet, row, "value", content.marks.get(("profile", path)))
