"""From what a form holds to the commune's files: written only if all of it is valid."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ntm_analysis.communes import Case, load_case
from ntm_analysis.communes.names import SLUG, is_reserved
from ntm_analysis.forms.cells import Place
from ntm_analysis.forms.layout import unflatten
from ntm_analysis.forms.tables import Form
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.records.files import Record, is_unnamed, read_record
from ntm_analysis.records.merge import Change, Tally, merge_year
from ntm_analysis.records.write import write_records
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.rulebook.places import find_place
from ntm_analysis.spelling import bare_name, fold


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
    """

    record: Record
    year: int
    places: Mapping[tuple[Any, ...], Place]

    @property
    def commune(self) -> str:
        """The commune's id."""
        return self.record.commune

    @property
    def id(self) -> str:
        """The name of the run."""
        return f"{self.commune}-{self.year}"


def bundle(form: Form, file: str, book: Rulebook) -> Bundle:
    """Return the files that a form makes.

    Raises
    ------
    DataErrors
        If the commune's id or the year is missing or of another form.
    """
    commune, year = str(form.profile.get("id", "")), form.about.get("year", "")
    problems = []
    place = form.places.get(("profile", "id"), Place(_profile_sheet(form), 1, "C"))
    if not re.match(SLUG, commune):
        key = "forms.id" if commune else "forms.id_empty"
        problems.append(_at(file, place, say(key), say("forms.id_wanted"), commune))
    elif is_reserved(commune):
        told = say("communes.reserved", id=commune)
        problems.append(_at(file, place, told, say("forms.id_wanted"), commune))
    if not re.fullmatch(r"(19|20)\d\d", year):
        problems.append(_at(file, place, say("forms.year"), say("forms.year_wanted"), year))
    for table in ("figures", "evidence"):
        for number, row in enumerate(getattr(form, table)):
            if row.get("year", "") not in ("", year):
                at = form.places.get((table, number, "year"), place)
                told = say("forms.other_year", year=year)
                problems.append(_at(file, at, told, say("forms.other_year_wanted"), row["year"]))
    if problems:
        raise DataErrors(problems)
    # What stands where nothing is named is nothing: one language's name then holds in both.
    leaves = {path: value for path, value in form.profile.items() if not is_unnamed(value)}
    for entry, kind in (("name", "commune"), ("district", "district"), ("province", "province")):
        if isinstance(leaves.get(entry), str):
            leaves[entry] = bare_name(leaves[entry], kind)
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
    for key, value in form.about.items():
        if key.startswith("params."):
            params[key.removeprefix("params.")] = _plain(value)
    record = Record(
        commune, _years(unflatten(leaves)), form.figures, form.evidence, params={int(year): params}
    )
    return Bundle(record, int(year), form.places)


def _profile_sheet(form: Form) -> str:
    found = (place.sheet for key, place in form.places.items() if key[0] == "profile")
    return next(found, "")


def _at(file: str, place: Place, problem: str, wanted: str, value: str = "") -> Problem:
    return Problem(
        file, problem, wanted, sheet=place.sheet or None, row=place.row, column=place.column,
        value=value or None,
    )  # fmt: skip


def _day(text: str) -> dt.date | str:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _plain(text: str) -> Any:
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


# Checking ---------------------------------------------------------------------------------------


def check(one: Bundle, book: Rulebook, file: str) -> Case:
    """Load a bundle as a user's data are loaded.

    Raises
    ------
    DataErrors
        With every problem, each at its cell of the workbook.
    """
    with tempfile.TemporaryDirectory(prefix="ntm-form-") as folder:
        project = Project(Path(folder))
        for name, text in one.record.texts().items():
            path = project.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        try:
            return load_case(project, one.id, book)
        except DataErrors as error:
            raise DataErrors([_placed(p, one, file) for p in error.problems]) from None


def _placed(problem: Problem, one: Bundle, file: str) -> Problem:
    """Return a problem of a would-be file as one of the cell that it comes from."""
    table = Path(problem.file).stem
    place: Place | None = None
    if table in ("figures", "evidence") and problem.row is not None:
        row = problem.row - 2
        place = one.places.get((table, row, problem.column)) or one.places.get(
            (table, row, "value")
        )
        place = place or one.places.get((table, row, "indicator"))
    elif table == "commune" and problem.column:
        place = _nearest(problem.column, one)
    if place is None:
        return replace(problem, file=f"{file} › {problem.file}")
    return replace(problem, file=file, sheet=place.sheet, row=place.row, column=place.column)


def _nearest(path: str, one: Bundle) -> Place | None:
    """Return the cell of an entry of the profile, or of one within it."""
    dotted = re.sub(r"\[(\d+)\]", r".\1", path)
    for key, place in one.places.items():
        if key[0] == "profile" and (
            key[1] == dotted or key[1].startswith(f"{dotted}.") or dotted.startswith(f"{key[1]}.")
        ):
            return place
    return None


# Writing ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import did to one year of a commune.

    Attributes
    ----------
    id : str
    change : Change
    files : tuple of Path
        What was written; nothing where nothing differs.
    kept : Path or None
        The backup of what was there.
    pruned : int
        Old backups that went.
    """

    id: str
    change: Change
    files: tuple[Path, ...]
    kept: Path | None
    pruned: int = 0


Confirm = Callable[[Sequence[Problem]], bool]
"""Asked before more is taken away than is brought; False leaves all as it is."""


def store(
    project: Project,
    bundles: Sequence[Bundle],
    book: Rulebook,
    *,
    force: bool,
    file: str,
    confirm: Confirm | None = None,
) -> list[Stored]:
    """Put the years of bundles that have been checked beside the years that are there.

    Raises
    ------
    DataErrors
        If a year is there already and `force` is not given, if another commune bears the id, or
        if more would be taken away than is brought and nobody confirms it; then nothing is
        written.
    """
    now: dict[str, Record | None] = {}
    changes: list[tuple[Bundle, Change]] = []
    problems = Collector()
    for one in bundles:
        try:
            if one.commune not in now:
                now[one.commune] = read_record(project, one.commune)
        except DataErrors as error:
            problems.extend(error)
            continue
        old = now[one.commune]
        change = merge_year(old, one.record, one.year)
        changes.append((one, change))
        if not force:
            problems.problems.extend(_in_the_way(old, one, change, file))
        now[one.commune] = change.record
    problems.raise_if_any()
    losses = [_loss(one, change, file) for one, change in changes if takes_more(change)]
    if losses and not (confirm is not None and confirm(losses)):
        raise DataErrors(losses)
    moving = [(one, change) for one, change in changes if _moves(project, change)]
    records = {
        one.commune: (
            now[one.commune] or one.record,
            [c.year for other, c in moving if other.commune == one.commune],
        )
        for one, _ in moving
    }
    written = {w.commune: w for w in write_records(project, records, book, f"ntm import {file}")}
    stored = []
    for one, change in changes:
        done = written.get(one.commune) if (one, change) in moving else None
        own = f"{one.id}.yaml"
        files = [
            path for path in (done.files if done else ())
            if path.parent != project.params or path.name == own
        ]  # fmt: skip
        kept, pruned = (done.kept, done.pruned) if done else (None, 0)
        stored.append(Stored(one.id, change, tuple(files), kept, pruned))
    return stored


def takes_more(change: Change) -> bool:
    """Return whether a change takes away more rows of a table than it brings."""
    return change.figures.takes_more or change.evidence.takes_more


def _loss(one: Bundle, change: Change, file: str) -> Problem:
    name = "figures" if change.figures.takes_more else "evidence"
    tally: Tally = getattr(change, name)
    told = say(f"forms.loss_{name}", id=one.id, removed=tally.removed, read=tally.read)
    return Problem(file, told, say("forms.loss_wanted"))


def _in_the_way(old: Record | None, one: Bundle, change: Change, file: str) -> Iterator[Problem]:
    if old is None:
        return
    if change.existed and (old.texts([one.year]) != change.record.texts([one.year])):
        told = say("forms.exists", id=one.id, folder=f"data/communes/{one.commune}")
        yield Problem(file, told, say("forms.exists_wanted", id=one.id))
    for key in ("name", "district"):
        was, now = old.profile.get(key), one.record.profile.get(key)
        kind = "commune" if key == "name" else key
        if not was or not now or is_unnamed(was) or one.year in old.years:
            continue
        if fold(bare_name(str(was), kind)) != fold(bare_name(str(now), kind)):
            place = one.places.get(("profile", key), Place("", 1, ""))
            told = say(f"forms.other_{key}", id=one.commune, was=was, now=now)
            yield _at(file, place, told, say("forms.other_wanted"), str(now))


def _moves(project: Project, change: Change) -> bool:
    record = change.record
    texts = record.texts([change.year])
    for path, text in texts.items():
        target = project.root / path
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            return True
    return False
