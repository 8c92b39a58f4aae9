"""`ntm new`: the files of a new commune, or one more year of a commune that is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import err, out, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.place import place_or_default
from ntm_analysis.cli.rules import in_force
from ntm_analysis.communes.checks import day_remark
from ntm_analysis.communes.names import RUN_ID, is_reserved
from ntm_analysis.communes.params import FIRST_YEAR, LAST_YEAR
from ntm_analysis.language import Lang, say, translate, user_lang
from ntm_analysis.numbers import format_date
from ntm_analysis.paths import Project
from ntm_analysis.placenames import proper_name
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.records.backup import files_of, params_of
from ntm_analysis.records.carry import Carried, add_year
from ntm_analysis.records.files import Record, read_record
from ntm_analysis.records.namesakes import namesakes
from ntm_analysis.records.unit import find_unit, follow, identity, remarks
from ntm_analysis.records.write import write_records
from ntm_analysis.rulebook import Rulebook, load_rulebook
from ntm_analysis.rulebook.bases import legal_bases
from ntm_analysis.rulebook.places import find_place, gone_on, last_day_of


def scaffold(
    name: str,
    set_key: str,
    place: str | None,
    on: dt.date | None,
    called: str | None,
    district: str | None,
    lang: Lang,
    source: str | None = None,
    unit: str | None = None,
) -> None:
    """Write a commune, or one more year of it: valid, and without a single figure.

    Parameters
    ----------
    name : str
        `<commune-id>-<year>`.
    set_key : str
    place : str or None
        A province; by default that of the commune, where it is there.
    on : date or None
        The day whose law applies; by default the last one of the year on which its province exists.
    called, district : str or None
    lang : {"vi", "en"}
    source : str or None
        The name of the run of an earlier year, from which what stays is taken over.
    unit : str or None
        The five-digit code that the commune bears on that day: gives its name and its place.
    """
    project = project_here()
    with told(), alone(project, "new"):
        commune, year = split_id(name)
        old = read_record(project, commune)
        if old is not None and year in old.years:
            folder = project.relative(project.communes / commune)
            wanted = say("cli.new_exists_wanted")
            raise DataErrors([Problem(folder, say("cli.new_exists", id=name), wanted)])
        before = _source(source, commune, old)
        book = load_rulebook(project.rulebook)
        found = find_unit(unit, on or dt.date(year, 12, 31)) if unit else None
        own = found.province if found else (old.profile if old else {}).get("province")
        where = place_or_default(book, place or str(own or ""), on or dt.date(year, 1, 1))
        day = on or last_day_of(book, find_place(book, where) or where, year)
        if found is not None and find_place(book, where) != find_place(book, found.province):
            said = say("units.elsewhere", name=found.full_name, province=found.province)
            raise DataErrors([Problem("--place", said, say("units.elsewhere_wanted"), value=where)])
        if on is None and (day.month, day.day) != (12, 31):
            shown = day.strftime("%d/%m/%Y")
            err.print(say("cli.new_day", on=shown, place=where), style="yellow", markup=False)
        rules = in_force(book, set_key, where, day, asked=on is not None)
        if found is None and old is None:
            check_place(book, rules.place, day)
        params = {"commune": commune, "year": year, "set": set_key, "on": day, "lang": lang}
        if not rules.loaded.about.holds_on(day):
            params["outside_period"] = True
        start = old or Record(commune, _profile(commune, called, district, rules.place, lang))
        if found is not None:
            start = (
                follow(old, found, day)
                if old is not None
                else Record(commune, {"id": commune, **identity(found, day)})
            )
        made, carried = add_year(start, year, params, legal_bases(rules), lang, before)
        there = set(before_files(project, commune))
        (done,) = write_records(project, {commune: (made, [year])}, book, f"ntm new {name}")
    files = [path for path in done.files if path.exists()]
    for key, some in (
        ("cli.new_done", [path for path in files if path not in there]),
        ("cli.new_changed", [path for path in files if path in there]),
    ):
        if some:
            out.print(say(key, files=", ".join(map(project.relative, some))), markup=False)
    if old is not None:
        years = ", ".join(str(one) for one in old.years)
        out.print(say("records.year_added", id=name, years=years), markup=False)
        if carried.stamped:
            out.print(say("records.stamped", count=carried.stamped, years=years), markup=False)
    if done.kept is not None:
        out.print(
            say("forms.kept", path=project.relative(done.kept), name=done.kept.name), markup=False
        )
    if before is not None:
        tell_carried(carried, before)
    doubt = day_remark(year, day, user_lang())
    lines = [f"{name}: {doubt}"] if doubt else []
    lines += remarks(found, day) if found else []
    for line in [*lines, *namesakes(project, [commune])]:
        err.print(line, style="yellow", markup=False, soft_wrap=True)
    out.print(say("cli.new_next", id=name), markup=False)


def split_id(name: str) -> tuple[str, int]:
    """Return the commune and the year of a run's name.

    Raises
    ------
    DataErrors
        If it is none.
    """
    match = RUN_ID.match(name)
    if match is None:
        problem = Problem("ID", say("cli.new_form", id=name), say("cli.new_form_wanted"))
        raise DataErrors([problem])
    if is_reserved(match["commune"]):
        told_ = say("communes.reserved", id=match["commune"])
        raise DataErrors([Problem("ID", told_, say("cli.new_form_wanted"))])
    if not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
        told_ = say("cli.new_year", year=match["year"])
        wanted = say("cli.new_year_wanted", first=FIRST_YEAR, last=LAST_YEAR)
        raise DataErrors([Problem("ID", told_, wanted, value=name)])
    return match["commune"], int(match["year"])


def check_place(book: Rulebook, place: str, day: dt.date) -> None:
    """Refuse a province that is no more on the day: no commune can be of it.

    Raises
    ------
    DataErrors
        With what it became part of.
    """
    gone = gone_on(book, place, day)
    if gone is not None and gone.until is not None:
        until = format_date(gone.until, user_lang(), "short")
        told_ = say("places.gone", place=gone.name, until=until, into=gone.into)
        wanted = say("places.gone_wanted", into=gone.into, until=until)
        raise DataErrors([Problem("--place", told_, wanted, value=place)])


def before_files(project: Project, commune: str) -> list[Path]:
    """Return the files of a commune that are there."""
    return [*files_of(project.communes / commune), *params_of(project, commune)]


def _source(source: str | None, commune: str, old: Record | None) -> int | None:
    if source is None:
        return None
    own, year = split_id(source)
    if own != commune or old is None or year not in old.appraisals:
        known = ", ".join(f"{commune}-{one}" for one in old.years) if old else "…"
        told_ = say("records.no_source", id=source)
        wanted = say("records.no_source_wanted", commune=commune, known=known)
        raise DataErrors([Problem("--from", told_, wanted)])
    return year


def _profile(
    commune: str, called: str | None, district: str | None, province: str, lang: Lang
) -> dict[str, Any]:
    name = proper_name(called, "commune") if called else translate("cli.new_unnamed", lang)
    return {
        "id": commune,
        "name": name,
        **({"district": proper_name(district, "district")} if district else {}),
        "province": province,
    }


def tell_carried(carried: Carried, year: int) -> None:
    """Say what a new year took over, and what not."""
    taken = [say(f"records.entry_{key}") for key in carried.entries] + carried.bases
    _listed("records.taken", taken, year=year)
    _listed("records.valid", carried.evidence)
    _listed("records.to_confirm", carried.decisions)
    left = [
        say(f"records.left_{key}", count=count) for key, count in carried.left.items() if count
    ] + [say(f"records.entry_{key}") for key in carried.gone]
    _listed("records.not_taken", left, year=year)


def _listed(key: str, items: Sequence[str], **fields: object) -> None:
    if items:
        out.print(say(key, items="; ".join(items), **fields), markup=False, soft_wrap=True)
