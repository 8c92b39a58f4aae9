"""Removing and renaming a commune or one of its years: what follows, and doing it."""

from __future__ import annotations

import contextlib
import copy
import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntm_analysis.communes import list_ids
from ntm_analysis.communes.cells import closest
from ntm_analysis.communes.names import RUN_ID, SLUG, is_reserved
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.records.backup import back_up, change_files, files_of, params_of
from ntm_analysis.records.files import TABLES, Record, read_record
from ntm_analysis.records.write import check_record, write_records
from ntm_analysis.rulebook import Rulebook

_KEPT = (
    "commune.yaml",
    "figures.csv",
    "evidence.csv",
    "appraisal.csv",
    "requests.csv",
    "facts.csv",
)


@dataclass
class Plan:
    """What a removal or a renaming does.

    Attributes
    ----------
    commune : str
        The commune as it is called now.
    record : Record or None
        What it will be; None where nothing is left of it.
    years : tuple of int
        The years of it that change.
    files, reports : list of Path
        What goes: files of data, folders of reports.
    question : str
        The message that asks, with its `fields`.
    other : mapping of str to str
        In further tables with a column `year`: the year that each becomes; empty if it goes.
    """

    commune: str
    record: Record | None
    years: tuple[int, ...] = ()
    files: list[Path] = field(default_factory=list)
    reports: list[Path] = field(default_factory=list)
    question: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)

    def carry_out(self, project: Project, book: Rulebook, command: str) -> Path | None:
        """Back the commune up and change all its files at once; return the backup.

        Raises
        ------
        DataErrors
            If it could not be read back, or a file cannot be changed; all is then as it was.
        """
        folder = project.communes / self.commune
        if self.record is not None and self.record.commune == self.commune:
            also: dict[Path, bytes | None] = {
                path: None for path in self.files if path.parent == project.params
            }
            also |= self._further(folder)
            records = {self.commune: (self.record, self.years)}
            return write_records(project, records, book, command, also)[0].kept
        held = files_of(folder)
        change: dict[Path, bytes | None] = dict.fromkeys([*held, *params_of(project, self.commune)])
        if self.record is not None:
            check_record(project, self.record, list(self.record.params), book, self.commune)
            to = project.communes / self.record.commune
            change |= {to / path.relative_to(folder): path.read_bytes() for path in held}
            texts = self.record.texts()
            change |= {project.root / name: text.encode() for name, text in texts.items()}
        kept, _ = back_up(project, self.commune, command)
        change_files(project, change)
        for path in sorted([folder, *folder.rglob("*")], reverse=True):
            with contextlib.suppress(OSError):  # not empty, or no folder
                path.rmdir()
        return kept

    def _further(self, folder: Path) -> dict[Path, bytes]:
        """Return the further tables with a column `year` as they will be."""
        found = {}
        for path in sorted(folder.glob("*.csv")):
            if path.name in _KEPT:
                continue
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
            if not rows or "year" not in rows[0]:
                continue
            at = rows[0].index("year")
            made = [rows[0]]
            for row in rows[1:]:
                year = row[at] if at < len(row) else ""
                if year not in self.other:
                    made.append(row)
                elif self.other[year]:
                    made.append([*row[:at], self.other[year], *row[at + 1 :]])
            stream = io.StringIO()
            csv.writer(stream, lineterminator="\n").writerows(made)
            found[path] = stream.getvalue().encode()
        return found


def remove_plan(project: Project, name: str) -> Plan:
    """Return what removing a commune (its id) or one of its years (`ID-YEAR`) does.

    Raises
    ------
    DataErrors
        If there is none of that name.
    """
    try:
        commune, year, record = _held(project, name)
    except DataErrors:
        if not re.match(SLUG, name) or not (project.communes / name).is_dir():
            raise
        # What cannot be read can still go: the backup keeps it as it is.
        found = [RUN_ID.match(path.stem) for path in params_of(project, name)]
        years: dict[int, dict[str, Any]] = {int(match["year"]): {} for match in found if match}
        commune, year, record = name, None, Record(name, params=years)
    folder = project.communes / commune
    if year is None or record.years == [year]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        files += params_of(project, commune)
        shown = ", ".join(map(str, record.years))
        return Plan(
            commune, None, (), files, _reports(project, commune, record.years),
            "records.remove_ask", {"id": commune, "years": shown},
        )  # fmt: skip
    made = copy.deepcopy(record)
    made.appraisals.pop(year, None)
    made.params.pop(year, None)
    gone = 0
    for table in TABLES:
        rows = getattr(made, table)
        kept = [row for row in rows if row.get("year") != str(year)]
        gone += len(rows) - len(kept)
        setattr(made, table, kept)
    left = ", ".join(map(str, made.years))
    return Plan(
        commune, made, (), [project.params / f"{name}.yaml"], _reports(project, commune, [year]),
        "records.remove_year_ask", {"id": name, "rows": gone, "left": left}, {str(year): ""},
    )  # fmt: skip


def rename_plan(project: Project, old: str, new: str) -> Plan:
    """Return what another id for a commune, or another year for an appraisal, does.

    Raises
    ------
    DataErrors
        If there is none of the old name, or something of the new one.
    """
    commune, year, record = _held(project, old)
    to = RUN_ID.match(new) if year is not None else None
    target = to["commune"] if to else new
    if is_reserved(target):
        told = say("communes.reserved", id=target)
        raise DataErrors([Problem("NEW", told, say("records.rename_free"))])
    if not re.match(SLUG, target) or (year is not None and to is None):
        told = say("cli.new_form", id=new)
        raise DataErrors([Problem("NEW", told, say("records.rename_wanted"))])
    if year is not None and target != commune and record.years != [year]:
        told = say("records.rename_one", id=old, commune=commune)
        raise DataErrors([Problem("NEW", told, say("records.rename_one_wanted"))])
    made = copy.deepcopy(record)
    fresh = int(to["year"]) if to else None
    taken = target != commune and read_record(project, target) is not None
    if taken or (fresh is not None and fresh != year and fresh in record.years):
        told = say("cli.new_exists", id=new)
        raise DataErrors([Problem("NEW", told, say("records.rename_taken"))])
    made.commune = made.profile["id"] = target
    for params in made.params.values():
        params["commune"] = target
    other: dict[str, str] = {}
    if year is not None and fresh is not None and fresh != year:
        other = {str(year): str(fresh)}
        if year in made.appraisals:
            made.appraisals[fresh] = made.appraisals.pop(year)
        if year in made.params:
            made.params[fresh] = {**made.params.pop(year), "year": fresh}
        for table in TABLES:
            for row in getattr(made, table):
                if row.get("year") == str(year):
                    row["year"] = str(fresh)
    years = record.years if year is None or target != commune else [year]
    files = [project.params / f"{commune}-{one}.yaml" for one in years]
    if target != commune:
        files.append(project.communes / commune)
    changed = tuple(made.params) if target != commune else (fresh or 0,)
    return Plan(
        commune, made, changed, files, _reports(project, commune, years),
        "records.rename_ask", {"old": old, "new": new}, other,
    )  # fmt: skip


def _held(project: Project, name: str) -> tuple[str, int | None, Record]:
    match = RUN_ID.match(name)
    tries: list[tuple[str, int | None]] = [(name, None)]
    if match is not None:
        tries.insert(0, (match["commune"], int(match["year"])))
    for commune, year in tries:
        record = read_record(project, commune)
        if record is not None and (year is None or year in record.years):
            return commune, year, record
    known = [*list_ids(project), *sorted(p.name for p in project.communes.glob("*") if p.is_dir())]
    told = say("case.unknown", name=name)
    raise DataErrors([Problem("ID", told, closest(name, known, "case.unknown_wanted"))])


def _reports(project: Project, commune: str, years: Sequence[Any]) -> list[Path]:
    found = [project.reports / f"{commune}-{year}" for year in years]
    return [path for path in found if path.is_dir()]
