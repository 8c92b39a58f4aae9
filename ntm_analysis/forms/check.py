"""Checking a form as the commune's files are checked, with all that is wrong in one round."""

from __future__ import annotations

import copy
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ntm_analysis.communes import Case, load_case, read_cases, together
from ntm_analysis.communes.exhibits import FOLDER
from ntm_analysis.forms.bundle import FILES, Bundle
from ntm_analysis.forms.placing import placed
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.records.files import Record, read_record
from ntm_analysis.rulebook import Rulebook, load_rulebook

_ROUNDS: Final = 6
"""Of setting aside what is faulty in the profile, to see what lies behind it."""


def faults(one: Bundle, project: Project, book: Rulebook, file: str) -> list[Problem]:
    """Return all that is wrong with a form, each at its cell of the workbook.

    A fault in the profile hides what is checked after it: it is set aside, and the rest checked
    in the same round. So do faulty rows hide what follows from all of them together.

    Parameters
    ----------
    one : Bundle
    project : Project
        Where the files are that evidence names.
    book : Rulebook
    file : str
        The workbook, as the user named it.
    """
    record = copy.deepcopy(one.record)
    found: dict[Problem, None] = {}
    case: Case | None = None
    for _ in range(_ROUNDS):
        try:
            case = _load(record, one, project, book)
            break
        except DataErrors as error:
            found |= dict.fromkeys(error.problems)
            if not _set_aside(record, one, error.problems):
                break
    problems = list(found)
    if case is None:
        case = _without_rows(record, one, project, book, problems)
    if case is not None:
        problems += _without_reason(one.record, case, problems, book)
    return [placed(problem, one, file) for problem in problems]


def read_sound(
    project: Project, ids: Sequence[str] | None, book: Rulebook | None = None
) -> tuple[list[Case], dict[str, DataErrors]]:
    """Read cases, and tell apart those with anything wrong: decisions without reason as well.

    Parameters
    ----------
    project : Project
    ids : sequence of str or None
        None for all.
    book : Rulebook, optional
        Read from the project by default.

    Returns
    -------
    cases : list of Case
        Those with which nothing is wrong.
    faulty : dict of str to DataErrors
        By ID, all that is wrong with the others.

    Raises
    ------
    DataErrors
        If the rulebook cannot be read, or no case has such an ID.
    """
    book = book or load_rulebook(project.rulebook)
    cases, faulty = read_cases(project, ids, book)
    for name, error in faulty.items():
        more = without_reason(project, name, book, error.problems)
        faulty[name] = DataErrors([*error.problems, *more])
    faulty |= _unexplained(cases)
    return [case for case in cases if case.id not in faulty], faulty


def _unexplained(cases: Sequence[Case]) -> dict[str, DataErrors]:
    """Return which cases hold decisions without a reason; assess none without decisions."""
    decided = [case for case in cases if case.decided]
    if not decided:
        return {}
    from ntm_analysis.assessment import unexplained

    return unexplained(decided)


def load_sound(
    project: Project, ids: Sequence[str] | None, book: Rulebook | None = None
) -> list[Case]:
    """Read cases as `read_sound` does, or raise all that is wrong with any of them."""
    cases, faulty = read_sound(project, ids, book)
    if faulty:
        raise together(faulty)
    return cases


def without_reason(
    project: Project, case_id: str, book: Rulebook, problems: Sequence[Problem]
) -> list[Problem]:
    """Return which decisions in a commune's files lack a reason, behind what else is wrong there.

    Parameters
    ----------
    project : Project
    case_id : str
        `<commune-id>-<year>`.
    book : Rulebook
    problems : sequence of Problem
        What is known to be wrong; where more than rows of tables is, nothing more can be said.
    """
    stems = {*FILES.values()}
    if any(one.row is None or Path(one.file).stem not in stems for one in problems):
        return []
    commune, _, year = case_id.rpartition("-")
    try:
        record = read_record(project, commune)
    except DataErrors:
        return []
    if record is None or not year.isdecimal() or int(year) not in record.params:
        return []
    case = _without_rows(record, Bundle(record, int(year), {}), project, book, problems)
    return _without_reason(record, case, problems, book) if case is not None else []


def _without_reason(
    record: Record, case: Case, problems: Sequence[Problem], book: Rulebook
) -> list[Problem]:
    """Return the decisions without a reason in a case without its faulty rows."""
    touched = _touched(record, problems, book)
    numbers = _sound_rows(record, problems, "decisions")
    found = []
    for unsaid in _unexplained([case]).values():
        for problem in unsaid.problems:
            row = numbers[(problem.row or 2) - 2]
            if record.decisions[row].get("indicator") not in touched:
                found.append(replace(problem, row=row + 2))
    return found


def _load(record: Record, one: Bundle, project: Project, book: Rulebook) -> Case:
    with _trial(record, project) as trial:
        return load_case(trial, one.id, book)


@contextmanager
def _trial(record: Record, project: Project) -> Iterator[Project]:
    """Give a project that holds the commune alone, with the files that its evidence names."""
    with tempfile.TemporaryDirectory(prefix="ntm-form-") as name:
        trial = Project(Path(name))
        own = project.communes / record.commune / FOLDER
        if own.is_dir():
            to = trial.communes / record.commune / FOLDER
            shutil.copytree(own, to, symlinks=True, copy_function=_link)
        for path, text in record.texts().items():
            target = trial.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        yield trial


def _link(source: str, target: str) -> str:
    """Link a file of evidence, or copy it where that cannot be."""
    try:
        os.link(source, target, follow_symlinks=False)
        return target
    except (OSError, NotImplementedError):
        return shutil.copy2(source, target, follow_symlinks=False)


# Setting aside ----------------------------------------------------------------------------------


_NAMELESS: Final = "–"


def _set_aside(record: Record, one: Bundle, problems: Sequence[Problem]) -> bool:
    """Take faulty entries out of the profile; return whether there is anything new to check."""
    changed = False
    own = record.appraisals.setdefault(one.year, {})
    params = record.params[one.year]
    for problem in problems:
        stem, path = Path(problem.file).stem, problem.column or ""
        if stem == "commune":
            changed |= _out(record.profile, own, path, one, params)
        elif stem == one.id and path == "on" and not params.get("outside_period"):
            params["outside_period"] = changed = True
        elif stem == one.id and path not in ("commune", "year", "set", "on") and path in params:
            del params[path]
            changed = True
    return changed


def _out(
    profile: dict[str, Any], own: dict[str, Any], path: str, one: Bundle, params: Mapping[str, Any]
) -> bool:
    parts = path.replace("[", ".").split(".")
    if parts[0] == "appraisals" and len(parts) > 2:
        name = parts[2]
        needed: dict[str, Any] = {"appraiser": _NAMELESS, "set": params.get("set")}
        return _replaced(own, name, needed.get(name))
    if parts[0] == "appraisals":
        return False
    needed = {"id": one.commune, "name": _NAMELESS, "province": one.place or None}
    if parts[0] == "sources" and len(parts) > 1:
        sources = profile.get("sources")
        return isinstance(sources, dict) and _replaced(
            sources, parts[1], {"title": {"vi": _NAMELESS, "en": _NAMELESS}}
        )
    return _replaced(profile, parts[0], needed.get(parts[0]))


def _replaced(holder: dict[str, Any], key: str, value: Any) -> bool:
    """Put a sound value in place of a faulty one, or take it out; return whether it differs."""
    before = holder.get(key)
    if value is None:
        holder.pop(key, None)
    else:
        holder[key] = value
    return bool(before != value)


def _sound_rows(record: Record, problems: Sequence[Problem], table: str) -> list[int]:
    """Return the rows of a table that nothing is wrong with, from 0."""
    stem = FILES[table]
    wrong = {p.row - 2 for p in problems if p.row and Path(p.file).stem == stem}
    return [number for number in range(len(getattr(record, table))) if number not in wrong]


def _without_rows(
    record: Record, one: Bundle, project: Project, book: Rulebook, problems: Sequence[Problem]
) -> Case | None:
    """Load the case without its faulty rows; None where that is not enough."""
    left = copy.copy(record)
    for table in FILES:
        rows = getattr(record, table)
        setattr(left, table, [rows[number] for number in _sound_rows(record, problems, table)])
    try:
        return _load(left, one, project, book)
    except DataErrors:
        return None


def _touched(record: Record, problems: Sequence[Problem], book: Rulebook) -> set[str]:
    """Return the indicators whose verdict may be another once the faulty rows are mended."""
    found: set[str] = set()
    variables: set[str] = set()
    for problem in problems:
        stem, row = Path(problem.file).stem, (problem.row or 0) - 2
        if stem == "figures" and 0 <= row < len(record.figures):
            variables.add(record.figures[row].get("variable", ""))
        elif stem == "evidence" and 0 <= row < len(record.evidence):
            found.add(record.evidence[row].get("indicator", ""))
        elif stem == "commune" and ".conditions" in (problem.column or ""):
            found.add((problem.column or "").split(".conditions.")[-1].split(".")[0])
    for loaded in book.sets.values():
        for code, indicator in loaded.indicators.items():
            if variables & {*indicator.variables, *indicator.context}:
                found.add(code)
    return found
