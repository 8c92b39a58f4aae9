"""From what a form holds to the commune's files: written only if all of it is valid."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml

from ntm_analysis.communes import Case, load_case
from ntm_analysis.communes.evidence import COLUMNS as EVIDENCE_COLUMNS
from ntm_analysis.communes.figures import COLUMNS as FIGURE_COLUMNS
from ntm_analysis.forms.cells import Place
from ntm_analysis.forms.layout import unflatten
from ntm_analysis.forms.tables import Form
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import Rulebook

_FIGURES: Final = (*FIGURE_COLUMNS, "year", "note_en")
_EVIDENCE: Final = (*EVIDENCE_COLUMNS, "year", "note_en", "document_en", "issuer_en", "valid_until")
_SLUG: Final = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@dataclass(frozen=True)
class Bundle:
    """The files of one commune-year.

    Attributes
    ----------
    id : str
        The name of the run.
    commune : str
    files : dict
        Text by path in the project.
    places : dict
        Where in the workbook things stand; see `Form`.
    """

    id: str
    commune: str
    files: Mapping[str, str]
    places: Mapping[tuple[Any, ...], Place]


def bundle(form: Form, file: str) -> Bundle:
    """Return the files that a form makes.

    Raises
    ------
    DataErrors
        If the commune's id or the year is missing or of another form.
    """
    commune, year = str(form.profile.get("id", "")), form.about.get("year", "")
    problems = []
    place = form.places.get(("profile", "id"), Place(_profile_sheet(form), 1, "C"))
    if not _SLUG.match(commune):
        key = "forms.id" if commune else "forms.id_empty"
        problems.append(_at(file, place, say(key), say("forms.id_wanted"), commune))
    if not re.fullmatch(r"(19|20)\d\d", year):
        problems.append(_at(file, place, say("forms.year"), say("forms.year_wanted"), year))
    if problems:
        raise DataErrors(problems)
    leaves = dict(form.profile)
    own = f"appraisals.{year}"
    leaves.setdefault(f"{own}.set", form.about.get("set", ""))
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
    folder = f"data/communes/{commune}"
    files = {
        f"{folder}/commune.yaml": _yaml(_years(unflatten(leaves))),
        f"{folder}/figures.csv": _csv(_FIGURES, form.figures),
        f"{folder}/evidence.csv": _csv(_EVIDENCE, form.evidence),
        f"params/{commune}-{year}.yaml": _yaml(params),
    }
    return Bundle(f"{commune}-{year}", commune, files, form.places)


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
    """Return the profile with years as numbers and dates as dates."""
    appraisals = profile.get("appraisals", {})
    if isinstance(appraisals, dict):
        profile["appraisals"] = {
            int(y) if str(y).isdecimal() else y: part for y, part in appraisals.items()
        }
    result = _dated(profile)
    assert isinstance(result, dict)
    return result


def _dated(node: Any, key: str = "") -> Any:
    if isinstance(node, dict):
        return {name: _dated(value, str(name)) for name, value in node.items()}
    if isinstance(node, list):
        return [_dated(value) for value in node]
    if key in ("from", "until", "date") and isinstance(node, str):
        return _day(node)
    return node


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    # Columns that no row uses are left out, but the required ones stay.
    used = [
        c
        for c in columns
        if c in (*FIGURE_COLUMNS, *EVIDENCE_COLUMNS) or any(row.get(c) for row in rows)
    ]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, used, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


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
        for name, text in one.files.items():
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
    """What was written, and where the old files are kept."""

    id: str
    files: tuple[Path, ...]
    kept: Path | None


def store(project: Project, bundles: Sequence[Bundle], *, force: bool, file: str) -> list[Stored]:
    """Write the files of bundles that have been checked.

    Raises
    ------
    DataErrors
        If data are there already and `force` is not given; then nothing is written.
    """
    there = [one for one in bundles if _exists(project, one)]
    if there and not force:
        raise DataErrors(
            [
                Problem(
                    file, say("forms.exists", id=one.id, folder=f"data/communes/{one.commune}"),
                    say("forms.exists_wanted"),
                )
                for one in there
            ]
        )  # fmt: skip
    return [_store(project, one) for one in bundles]


def _exists(project: Project, one: Bundle) -> bool:
    return (project.communes / one.commune).exists() or any(
        project.params.glob(f"{one.commune}-[0-9][0-9][0-9][0-9].yaml")
    )


def _store(project: Project, one: Bundle) -> Stored:
    kept = _keep(project, one) if _exists(project, one) else None
    with tempfile.TemporaryDirectory(prefix=".ntm-", dir=project.root) as name:
        fresh = Path(name)
        for path, text in one.files.items():
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        folder = project.communes / one.commune
        folder.parent.mkdir(parents=True, exist_ok=True)
        project.params.mkdir(parents=True, exist_ok=True)
        (fresh / "data" / "communes" / one.commune).replace(folder)
        for made in sorted((fresh / "params").iterdir()):
            made.replace(project.params / made.name)
    return Stored(one.id, tuple(project.root / path for path in one.files), kept)


def _keep(project: Project, one: Bundle) -> Path:
    """Move what is there beside the data, where nothing reads it."""
    number = 1
    while (kept := project.root / "data" / "backup" / f"{one.commune}-{number}").exists():
        number += 1
    kept.mkdir(parents=True)
    folder = project.communes / one.commune
    if folder.exists():
        shutil.move(str(folder), str(kept / one.commune))
    params = project.params / f"{one.id}.yaml"
    if params.exists():
        shutil.move(str(params), str(kept / params.name))
    return kept
