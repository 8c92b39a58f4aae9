"""Writing communes: first all of it is checked, then all of it is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntm_analysis.communes import Case, load_case
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.records.backup import back_up, change_files
from ntm_analysis.records.files import Record
from ntm_analysis.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for a commune.

    Attributes
    ----------
    commune : str
    files : tuple of Path
    kept : Path or None
        The backup of what was there before.
    pruned : int
        Old backups that were removed.
    """

    commune: str
    files: tuple[Path, ...]
    kept: Path | None
    pruned: int


def write_records(
    project: Project,
    records: Mapping[str, tuple[Record, Sequence[int]]],
    book: Rulebook,
    command: str,
    also: Mapping[Path, bytes | None] | None = None,
) -> list[Written]:
    """Check and write communes: all of them, or none.

    Parameters
    ----------
    project : Project
    records : mapping of str to (Record, sequence of int)
        By commune: what it will be, and the years that change. The others must come out as they
        are.
    book : Rulebook
    command : str
        For the backups' record.
    also : mapping of Path to bytes or None, optional
        Other files that change with them; None removes one.

    Raises
    ------
    DataErrors
        If a commune could not be read back, or another year would change; then nothing is written.
    """
    problems = Collector()
    for record, years in records.values():
        try:
            check_record(project, record, years, book)
        except DataErrors as error:
            problems.extend(error)
    problems.raise_if_any()
    done = []
    contents: dict[Path, bytes | None] = dict(also or {})
    for commune, (record, years) in records.items():
        kept, pruned = back_up(project, commune, command)
        texts = record.texts(years)
        contents |= {project.root / path: text.encode() for path, text in texts.items()}
        files = tuple(project.root / path for path in texts)
        done.append(Written(commune, files, kept, pruned))
    change_files(project, contents)
    return done


def check_record(
    project: Project, record: Record, years: Sequence[int], book: Rulebook, now: str = ""
) -> None:
    """Load a commune as it would be, and compare its other years with what they are.

    Parameters
    ----------
    project : Project
    record : Record
    years : sequence of int
        Those that change.
    book : Rulebook
    now : str
        What the commune is called now, if otherwise.

    Raises
    ------
    DataErrors
    """
    problems = Collector()
    with _trial(project, record, now or record.commune) as trial:
        for year in record.params:
            name = f"{record.commune}-{year}"
            if year in years:
                try:
                    load_case(trial, name, book)
                except DataErrors as error:
                    problems.extend(error)
            elif (before := _sound(project, name, book)) is not None:
                after = _sound(trial, name, book)
                if after is None or content_of(after) != content_of(before):
                    path = project.relative(project.params / f"{name}.yaml")
                    told = say("records.touched", id=name)
                    problems.add(Problem(path, told, say("records.touched_wanted")))
    problems.raise_if_any()


@contextmanager
def _trial(project: Project, record: Record, now: str) -> Iterator[Project]:
    with tempfile.TemporaryDirectory(prefix="ntm-trial-") as name:
        trial = Project(Path(name))
        own = project.communes / now
        if own.is_dir():  # files that evidence names must be there
            shutil.copytree(own, trial.communes / record.commune)
        for path, text in record.texts().items():
            target = trial.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        yield trial


def _sound(project: Project, name: str, book: Rulebook) -> Case | None:
    try:
        return load_case(project, name, book)
    except DataErrors:
        return None


def content_of(case: Case) -> tuple[Any, ...]:
    """Return what a year says, whatever rows it stands in and whether they say the year."""
    rows = []
    for table in (case.readings, case.evidence, case.decisions, case.requests, case.facts):
        left_out = ("row", "year", "low", "high")  # NaN, where there is no number, equals nothing
        rows.append(
            [
                tuple(getattr(one, key) for key in one.__slots__ if key not in left_out)
                for one in table
            ]
        )
    identity = case.commune.model_dump(exclude={"appraisals", "sources", "formerly", "merged_into"})
    appraisal = case.appraisal.model_dump(exclude={"identity"})
    used = {reading.source.partition(":")[0] for reading in case.readings}
    papers = {key: case.commune.sources.get(key) for key in sorted(used)}
    return case.params.model_dump(), identity, appraisal, rows, papers
