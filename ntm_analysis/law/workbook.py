"""The law workbook out: a row an indicator and limb, columns a region, zone or group."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ntm_analysis.language import Lang, translate
from ntm_analysis.law.draft import Drafted
from ntm_analysis.law.made import CRITERIA
from ntm_analysis.law.parts import COLUMNS as PARTS
from ntm_analysis.law.parts import part_rows
from ntm_analysis.law.reading import DELEGATED
from ntm_analysis.law.sheets import FIELDS, NEW_SET
from ntm_analysis.numbers import format_requirement
from ntm_analysis.rulebook import NATIONAL, Indicator, Limb, Rulebook, parse_requirement

BEFORE: Final = ("code", "limb", "name", "name_printed", "unit")
NEW: Final = ("code", "limb", "name", "name_en", "unit", "kind", "formula")
BY_DIVISION: Final = ("printed", "requires", "sure", "why")
AFTER: Final = ("page", "checked_by", "checked_on", "kind", "formula")
CHECK: Final = ("page", "checked_by", "checked_on")
DIVIDER: Final = " · "
_WIDTHS: Final = {
    "code": 8, "limb": 11, "name": 46, "name_printed": 40, "unit": 12, "printed": 22,
    "requires": 22, "sure": 12, "why": 34, "page": 7, "checked_by": 18, "checked_on": 14,
    "kind": 14, "formula": 26, "name_en": 30,
}  # fmt: skip
_DELEGATED: Final = {"vi": "UBND cấp tỉnh quy định cụ thể", "en": "delegated"}


@dataclass(frozen=True, slots=True)
class LawSheet:
    """What a law workbook is written from.

    Attributes
    ----------
    set_key : str
    about : mapping of str to str
        The fields of the decision.
    items : sequence of Drafted
        Empty for a blank one.
    divisions : sequence of str
        The columns of values: regions, zones, groups; an empty one is of the whole place.
    """

    set_key: str
    about: Mapping[str, str]
    items: Sequence[Drafted]
    divisions: Sequence[str] = ("",)

    def is_new(self, book: Rulebook) -> bool:
        """Whether it is for a criteria set that there is not yet."""
        return self.set_key not in book.sets


def header(key: str, division: str, lang: Lang) -> str:
    """Return a column's header: `Yêu cầu · Vùng 1`."""
    word = translate(f"law.columns.{key}", lang)
    return f"{word}{DIVIDER}{division}" if division else word


def requirement_words(requires: str, limb: Limb, book: Rulebook, lang: Lang) -> str:
    """Return a requirement as people print it: `≥ 95%`, `Có`."""
    if requires in ("", DELEGATED):
        return _DELEGATED[lang] if requires else ""
    variable = book.variables.get(limb.formula.strip())
    scale = variable.grades if variable else ()
    requirement = parse_requirement(requires, scale)
    return format_requirement(
        requirement, book.units[limb.unit], lang, book.scale_labels(limb, lang)
    )


def write_law(sheet: LawSheet, book: Rulebook, lang: Lang) -> bytes:
    """Return the workbook.

    Parameters
    ----------
    sheet : LawSheet
    book : Rulebook
    lang : {"vi", "en"}
        Of its headers.
    """
    import xlsxwriter

    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False,
                                            "strings_to_urls": False})  # fmt: skip
    workbook.set_properties(
        {"created": dt.datetime(2000, 1, 1)}
    )  # the same workbook, the same file
    head = workbook.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"}
    )
    plain = workbook.add_format({"text_wrap": True, "valign": "top"})
    marks = {
        "sure": plain,
        "likely": workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF4CC"}),
        "person": workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F8D7C4"}),
    }
    new = sheet.is_new(book)
    about = workbook.add_worksheet(translate("law.about", lang))
    about.set_column(0, 0, 34, head)
    about.set_column(1, 1, 60, plain)
    for row, key in enumerate((*FIELDS, *(NEW_SET if new else ()))):
        about.write_string(row, 0, translate(f"law.fields.{key}", lang), head)
        about.write_string(row, 1, str(sheet.about.get(key, "")), plain)
    table = workbook.add_worksheet(translate("law.sheet", lang))
    columns = _columns(sheet.divisions, new=new)
    for column, (key, division) in enumerate(columns):
        table.write_string(0, column, header(key, division, lang), head)
        table.set_column(column, column, _WIDTHS[key])
    table.freeze_panes(1, 3)
    for row, (indicator, limb, found) in enumerate(_rows(sheet, book), 1):
        for column, (key, division) in enumerate(columns):
            text, sure = _cell(key, indicator, limb, found, division, book, lang)
            table.write_string(row, column, text, marks.get(sure, plain))
    _parts(workbook, sheet, book, lang, head, plain)
    if new:
        names = workbook.add_worksheet(translate("law.criteria_sheet", lang))
        for column, key in enumerate(CRITERIA):
            names.write_string(0, column, translate(f"law.criteria.{key}", lang), head)
            names.set_column(column, column, (10, 50, 50)[column], plain)
    table.set_landscape()
    table.fit_to_pages(1, 0)
    table.repeat_rows(0)
    workbook.close()
    return stream.getvalue()


def _parts(
    workbook: Any, sheet: LawSheet, book: Rulebook, lang: Lang, head: Any, plain: Any
) -> None:
    """Write the sheet of regions, zones and groups."""
    loaded = book.sets.get(sheet.set_key)
    place = sheet.about.get("place", "")
    divisions = loaded.divisions if loaded else ()
    table = workbook.add_worksheet(translate("law.parts_sheet", lang))
    for column, key in enumerate(PARTS):
        table.write_string(0, column, translate(f"law.parts.{key}", lang), head)
        table.set_column(column, column, (16, 30, 16, 40, 30, 50, 12)[column], plain)
    for row, held in enumerate(part_rows(divisions, sheet.divisions, place, book, lang), 1):
        for column, key in enumerate(PARTS):
            table.write_string(row, column, held.get(key, ""), plain)


def set_columns(book: Rulebook, set_key: str, place: str) -> tuple[str, ...]:
    """Return the columns of values that a set asks for in a place: one for each part, else one."""
    loaded = book.sets.get(set_key)
    here = [
        part.name.vi
        for division in (loaded.divisions if loaded else ())
        if division.place in (place, NATIONAL)
        for part in division.parts
    ]
    nation = place in ("", NATIONAL)
    own = any(d.place == place for d in loaded.divisions) if loaded and not nation else nation
    return ("", *here) if here and own else ("",)


def _columns(divisions: Sequence[str], *, new: bool) -> list[tuple[str, str]]:
    by_division = [(key, division) for division in divisions for key in BY_DIVISION]
    before, after = (NEW, CHECK) if new else (BEFORE, AFTER)
    return [*((key, "") for key in before), *by_division, *((key, "") for key in after)]


def _rows(
    sheet: LawSheet, book: Rulebook
) -> list[tuple[Indicator | None, Limb | None, dict[str, Drafted]]]:
    by: dict[tuple[str, str], dict[str, Drafted]] = {}
    strange: dict[tuple[str, int | None], dict[str, Drafted]] = {}
    for one in sheet.items:
        held = by.setdefault((one.code, one.limb), {}) if one.code else strange.setdefault(
            (one.name, one.row), {})  # fmt: skip
        held[one.division] = one
    loaded = book.sets.get(sheet.set_key)
    listed = loaded.indicators if loaded else {}
    rows: list[tuple[Indicator | None, Limb | None, dict[str, Drafted]]] = [
        (indicator, limb, by.get((indicator.code, limb.key), {}))
        for indicator in listed.values()
        for limb in indicator.limbs
    ]
    new = [(None, next(iter(found.values())).unlisted, found)
           for (code, _), found in by.items() if code not in listed]  # fmt: skip
    return rows + new + [(None, None, found) for found in strange.values()]


def _unlisted(key: str, one: Drafted, limb: Limb, book: Rulebook, lang: Lang) -> str:
    """Return a cell of an indicator that the set does not list yet: what is proposed of it."""
    kind, unit = translate(f"law.kinds.{limb.kind}", lang), book.units[limb.unit].label[lang]
    return {"code": one.code, "limb": one.limb, "name": one.name, "unit": unit, "kind": kind}.get(
        key, ""
    )


def _asked(one: Drafted, limb: Limb | None, book: Rulebook) -> str:
    """Return what the cell of a requirement holds; values of years as they are printed."""
    years = next((why.fields["years"] for why in one.reading.why if why.key == "years"), "")
    return years or (requirement_words(one.reading.requires, limb, book, "vi") if limb else "")


def _cell(
    key: str, indicator: Indicator | None, limb: Limb | None, found: Mapping[str, Drafted],
    division: str, book: Rulebook, lang: Lang,
) -> tuple[str, str]:  # fmt: skip
    """Return a cell's words, and how sure they are."""
    first = next(iter(found.values()), None)
    if key in BY_DIVISION:
        one = found.get(division)
        if one is None:
            return "", ""
        words: dict[str, Any] = {
            "printed": one.printed,
            "requires": _asked(one, limb, book),
            "sure": translate(f"law.sure.{one.reading.sure}", lang),
            "why": "; ".join(map(str, one.reading.why)),
        }
        return words[key], one.reading.sure
    if key == "name_printed":
        return (first.name if first else ""), ""
    if key == "page":
        return (str(first.page) if first and first.page else ""), ""
    if indicator is None or limb is None:
        return (_unlisted(key, first, limb, book, lang) if first and limb else ""), ""
    name = indicator.name[lang]
    full = f"{name} – {limb.name[lang]}" if limb.name and len(indicator.limbs) > 1 else name
    unit = book.units[limb.unit].label[lang]
    return {"code": indicator.code, "limb": limb.key, "name": full, "unit": unit}.get(key, ""), ""
