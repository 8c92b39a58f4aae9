"""A filled-in form as what it says of one commune-year."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ntm_analysis.forms.appraisal_rows import read_decisions, read_facts, read_requests
from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.layout import COLUMNS, Kind, sheet_name
from ntm_analysis.forms.office_rows import read_office
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.profile_rows import read_profile, read_sources, read_targets
from ntm_analysis.forms.rows import read_evidence, read_figures
from ntm_analysis.forms.tables import (
    Form,
    Table,
    about_of,
    check_columns,
    check_merged,
    find_sheet,
)
from ntm_analysis.forms.workbook import Grid
from ntm_analysis.language import LANGUAGES, say

_READ: Final[Mapping[Kind, Callable[[Table, Form, Reader], None]]] = {
    "profile": read_profile,
    "office": read_office,
    "further": read_profile,
    "figures": read_figures,
    "evidence": read_evidence,
    "decisions": read_decisions,
    "requests": read_requests,
    "facts": read_facts,
    "targets": read_targets,
}


_YEAR: Final = re.compile(r"^appraisals\.((?:19|20)\d\d)\.")


def _about_lost(
    tables: Mapping[Kind, Table], reader: Reader, defaults: Mapping[str, str]
) -> dict[str, str]:
    """Return set, day and year of a form whose hidden sheet is gone, and say so."""
    profile = tables.get("profile")
    paths = [str(profile.cell(row, "path")) for row in profile.rows()] if profile else []
    year = next((match[1] for path in paths if (match := _YEAR.match(path))), "")
    if profile is None or not year:
        return {}
    about = {"set": defaults.get("set", ""), "on": defaults.get("on", ""), "year": year}
    about["on"] = about["on"] or f"{year}-12-31"
    place = Place(profile.grid.name, 1, "A")
    reader.note(place, say("forms.about_lost"), f"{about['set']}, {about['on']}, {year}")
    return about


def read_form(grids: Sequence[Grid], reader: Reader, defaults: Mapping[str, str]) -> Form:
    """Return what a form holds; problems and conversions go to the reader.

    Sheets that were copied into another workbook come without the hidden one, which says year,
    set and day: the year then stands in the keys of the rows, the others are the `defaults`.
    """
    found = {kind: find_sheet(grids, kind, reader) for kind in COLUMNS}
    tables = {kind: table for kind, table in found.items() if table is not None}
    form = Form(about_of(grids) or _about_lost(tables, reader, defaults))
    form.sheets = tuple(table.grid.name for table in tables.values())
    for table in tables.values():
        check_columns(table, reader)
        check_merged(table, reader)
    for kind, read in _READ.items():
        if kind in tables:
            read(tables[kind], form, reader)
        if kind == "further":
            read_sources(form, reader)
    if "profile" not in tables:
        names = " / ".join(dict.fromkeys(sheet_name("profile", lang) for lang in LANGUAGES))
        told = say("forms.profile_missing", names=names)
        reader.problem(Place(names, 1, "A"), told, say("forms.sheet_missing_wanted"))
        reader.problems.raise_if_any()  # without it nothing more can be checked
    if "figures" not in tables:
        names = " / ".join(dict.fromkeys(sheet_name("figures", lang) for lang in LANGUAGES))
        place = Place(names, 1, "A")
        reader.problem(place, say("forms.sheet_missing"), say("forms.sheet_missing_wanted"))
    return form
