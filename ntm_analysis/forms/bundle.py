"""From what a form holds to the commune's files, before anything is checked or written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ntm_analysis.communes.names import RUN_ID, SLUG, is_reserved
from ntm_analysis.forms.layout import flatten, unflatten
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.profile_rows import NAMES
from ntm_analysis.forms.tables import Form
from ntm_analysis.language import say
from ntm_analysis.placenames import proper_name
from ntm_analysis.problems import Problem
from ntm_analysis.records.files import TABLES, Record, is_unnamed
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.rulebook.places import find_place
from ntm_analysis.spelling import bare_name, slug

FILES: Final[Mapping[str, str]] = {
    "figures": "figures", "evidence": "evidence", "decisions": "appraisal",
    "requests": "requests", "facts": "facts",
}  # fmt: skip
"""The tables' files, without their ending."""


@dataclass(frozen=True)
class Bundle:
    """The files of one commune-year.

    Attributes
    ----------
    record : Record
        The commune with that one year.
    year : int
    places : dict
        Where in the workbook things stand; see `Form`.
    brings : tuple of str
        The tables that the workbook has.
    place : str
        The place whose rules the form was made for; empty where it does not say.
    """

    record: Record
    year: int
    places: Mapping[tuple[Any, ...], Place]
    brings: tuple[str, ...] = ("figures", "evidence")
    place: str = ""

    @property
    def commune(self) -> str:
        """The commune's id."""
        return self.record.commune

    @property
    def id(self) -> str:
        """The name of the run."""
        return f"{self.commune}-{self.year}"


def named_soundly(form: Form, file: str) -> list[Problem]:
    """Return what is wrong with the commune's id, the year, and the years of rows.

    What is wrong gives way to something sound in the form, so that the rest can be checked in the
    same round.
    """
    commune, year = str(form.profile.get("id", "")), form.about.get("year", "")
    problems = []
    place = form.places.get(("profile", "id"), Place(_profile_sheet(form), 1, "C"))
    told = ""
    if not re.fullmatch(SLUG, commune):
        told = say("forms.id" if commune else "forms.id_empty")
    elif is_reserved(commune):
        told = say("communes.reserved", id=commune)
    elif RUN_ID.match(commune):
        told = say("forms.id_year")
    if told:
        meant = _meant(commune, str(form.profile.get("name", "")))
        wanted = say("forms.id_meant", meant=meant) if meant else say("forms.id_wanted")
        problems.append(at(file, place, told, wanted, commune))
        form.profile["id"] = _NAMELESS
    if not re.fullmatch(r"(19|20)\d\d", year):
        where = form.places.get(("profile", "year"), place)
        problems.append(at(file, where, say("forms.year"), say("forms.year_wanted"), year))
        form.about["year"] = _ANY_YEAR
        before, after = f"appraisals.{year}.", f"appraisals.{_ANY_YEAR}."
        form.profile = {
            f"{after}{path.removeprefix(before)}" if path.startswith(before) else path: value
            for path, value in form.profile.items()
        }
        return problems
    for table in TABLES:
        for number, row in enumerate(getattr(form, table, None) or ()):
            if row.get("year", "") not in ("", year):
                where = form.places.get((FILES[table], number, "year"), place)
                told = say("forms.other_year", year=year)
                problems.append(at(file, where, told, say("forms.other_year_wanted"), row["year"]))
                row["year"] = ""
    return problems


def _meant(commune: str, name: str) -> str:
    """Return the id that a person probably meant: sound, and without a year."""
    made = slug(commune) or slug(bare_name(name, "commune"))
    if match := RUN_ID.match(made):
        made = match["commune"]
    return f"xa-{made}" if is_reserved(made) else made


_NAMELESS, _ANY_YEAR = "xa", "2024"


def bundle(form: Form, book: Rulebook) -> Bundle:
    """Return the files that a form makes; its id and year are sound (`named_soundly`)."""
    commune, year = str(form.profile["id"]), form.about["year"]
    # What stands where nothing is named is nothing: one language's name then holds in both.
    leaves = {path: value for path, value in form.profile.items() if not is_unnamed(value)}
    for entry, kind in NAMES.items():
        if isinstance(leaves.get(entry), str):
            leaves[entry] = proper_name(leaves[entry], kind)
    if isinstance(leaves.get("province"), str):
        leaves["province"] = find_place(book, leaves["province"]) or leaves["province"]
    appraiser = f"appraisals.{year}.appraiser"
    if not any(path.startswith(appraiser) for path in leaves):
        leaves |= {p: v for p, v in form.profile.items() if p.startswith(appraiser)}
    own = f"appraisals.{year}"
    leaves.setdefault(f"{own}.set", form.about.get("set", ""))
    rows = [*form.figures, *form.evidence]
    if leaves.get(f"{own}.drafted") or any(row.get("drafted") for row in rows):
        leaves[f"{own}.drafted"] = True
    else:
        leaves.pop(f"{own}.drafted", None)
    if not any(path.startswith("sources.") for path in leaves):
        leaves |= _papers(form)
    if any(row["source"].startswith("form:") for row in form.figures):
        leaves.setdefault("sources.form.title.vi", say("forms.source_title"))
        leaves.setdefault("sources.form.title.en", say("forms.source_title"))
    for path in [p for p in leaves if p.endswith(".vi")]:  # a name said in one language
        leaves.setdefault(f"{path[:-3]}.en", leaves[path])
    for path in [p for p in leaves if p.endswith(".en")]:
        leaves.setdefault(f"{path[:-3]}.vi", leaves[path])
    params: dict[str, Any] = {
        "commune": commune, "year": int(year), "set": form.about.get("set", ""),
        "on": _day(form.about.get("on", "")),
    }  # fmt: skip
    given = {k: _plain(v) for k, v in form.about.items() if k.startswith("params.")}
    params |= unflatten(given).get("params", {})
    record = Record(
        commune, _years(unflatten(leaves)), form.figures, form.evidence,
        form.decisions or [], form.requests or [], form.facts or [],
        params={int(year): params},
    )  # fmt: skip
    brings = tuple(
        name for name in TABLES if name not in form.lacks and getattr(form, name, None) is not None
    )
    return Bundle(record, int(year), form.places, brings, form.about.get("place", ""))


def _papers(form: Form) -> dict[str, Any]:
    """Return the papers that rows name, as entries, where the form declares none of its own."""
    rows = [*form.figures, *(form.facts or [])]
    keys = dict.fromkeys(row.get("source", "").partition(":")[0].strip() for row in rows)
    named = {key: {"title": {"vi": key, "en": key}} for key in keys if key not in ("", "form")}
    return dict(flatten({"sources": named})) if named else {}


def _profile_sheet(form: Form) -> str:
    found = (place.sheet for key, place in form.places.items() if key[0] == "profile")
    return next(found, "")


def at(file: str, place: Place, problem: str, wanted: str, value: str = "") -> Problem:
    """Return a problem with a cell."""
    return Problem(
        file, problem, wanted, sheet=place.sheet or None, row=place.row, column=place.column,
        value=value or None, label=place.label,
    )  # fmt: skip


def _day(text: str) -> dt.date | str:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _plain(text: str) -> Any:
    if text in ("True", "False"):
        return text == "True"
    try:
        return float(text)
    except ValueError:
        return text


def _years(profile: dict[str, Any]) -> dict[str, Any]:
    """Return the profile with years as numbers."""
    appraisals = profile.get("appraisals", {})
    if isinstance(appraisals, dict):
        profile["appraisals"] = {
            int(y) if str(y).isdecimal() else y: part for y, part in appraisals.items()
        }
    return profile
