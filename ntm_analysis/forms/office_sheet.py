"""The form's sheet on what only the appraising office knows: who signs, team, visits, papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ntm_analysis.forms.entries import kind_of
from ntm_analysis.forms.figures_sheet import date_value
from ntm_analysis.forms.layout import OFFICE, flatten, sheet_name
from ntm_analysis.forms.office_layout import (
    CELLS,
    GROUP,
    GROUPS,
    Group,
    is_same_in_both,
    joined,
)
from ntm_analysis.forms.sheets import FIRST_ROW, Book, Sheet
from ntm_analysis.forms.source import Filling
from ntm_analysis.language import Lang, translate


def office_sheet(book: Book, content: Filling) -> set[str]:
    """Write what the office knows, with empty rows for more; return the paths shown."""
    lang = book.lang
    base = f"appraisals.{content.year}.office"
    leaves = dict(flatten(content.profile))
    held: Mapping[str, Any] = content.appraisal.get("office") or {}
    rows = [(group, list(_rows(group, base, held, lang))) for group in GROUPS]
    last = FIRST_ROW + sum(1 + len(entries) for _, entries in rows) - 1
    sheet = book.sheet(
        sheet_name("office", lang), OFFICE, translate("forms.lead_office", lang), last
    )
    shown: set[str] = set()
    row = FIRST_ROW
    for group, entries in rows:
        _heading(sheet, row, group)
        for path, label in entries:
            row += 1
            sheet.write(row, "path", path)
            sheet.write(row, "_label", label)
            shown |= _cells(sheet, row, group, path, leaves)
        row += 1
    return shown


def _rows(
    group: Group, base: str, held: Mapping[str, Any], lang: Lang
) -> Iterator[tuple[str, str]]:
    """Give the path and the label of each row of a group."""
    if group.entries:
        for entry in group.entries:
            label = translate(f"forms.office_{entry.replace('.', '_')}", lang)
            yield joined(base, entry), label
        return
    found: Any = held
    for part in group.path.split("."):
        found = (found or {}).get(part)
    for number in range(len(found or ()) + group.spare):
        yield joined(base, group.path, str(number)), str(number + 1)


def _heading(sheet: Sheet, row: int, group: Group) -> None:
    """Write a group's heading, with what its cells are for."""
    lang = sheet.book.lang
    sheet.band(row, translate(f"forms.office_group_{group.name}", lang))
    sheet.write(row, "path", f"{GROUP}{group.name}")
    for cell, leaf in zip(CELLS, group.leaves, strict=False):
        word = f"{group.name}_{leaf}" if leaf else group.name
        sheet.write(row, cell, translate(f"forms.office_head_{word}", lang), style="band")


def _cells(sheet: Sheet, row: int, group: Group, path: str, leaves: Mapping[str, Any]) -> set[str]:
    shown = set()
    for cell, leaf in zip(CELLS, group.leaves, strict=False):
        at = joined(path, leaf)
        value = leaves.get(at, leaves.get(f"{at}.vi", ""))
        shown |= {at, f"{at}.vi", f"{at}.en"}
        if kind_of(at) == "date":
            sheet.write(row, cell, date_value(str(value)), style="date")
            sheet.dates_in(row, cell, row)
            continue
        sheet.write(row, cell, value)
        if not is_same_in_both(at):
            sheet.write(row, f"{cell}_en", leaves.get(f"{at}.en", ""))
    return shown
