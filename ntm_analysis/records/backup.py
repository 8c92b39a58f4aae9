"""Copies of a commune's files before each change, and the way back."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from ntm_analysis.batch.atomic import write_text
from ntm_analysis.files.together import write_together
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.records.files import year_of

KEPT: Final = 20
"""Backups of a commune that are kept; the oldest go."""
_NAME: Final = re.compile(r"^(?P<commune>[a-z0-9]+(?:-[a-z0-9]+)*?)-(?P<number>\d+)$")
_ABOUT: Final = "backup.yaml"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of all files of one commune.

    Attributes
    ----------
    path : Path
    commune : str
    number : int
        From 1; the highest is the latest.
    before : str
        The command that changed the files afterwards.
    on : str
        When, to the minute.
    years : tuple of int
    """

    path: Path
    commune: str
    number: int
    before: str
    on: str
    years: tuple[int, ...]

    @property
    def name(self) -> str:
        """By which `ntm restore` finds it."""
        return self.path.name


def folder_of(project: Project) -> Path:
    """Return the folder of backups, which nothing else reads."""
    return project.root / "data" / "backup"


def params_of(project: Project, commune: str) -> list[Path]:
    """Return the parameter files of a commune, in order of years."""
    found = project.params.glob(f"{commune}-*.yaml")
    return sorted(path for path in found if year_of(path.stem, commune) is not None)


def list_backups(project: Project, commune: str | None = None) -> list[Backup]:
    """Return the backups (of one commune), the oldest of each commune first."""
    found = []
    folder = folder_of(project)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _NAME.match(path.name)
        if match is None or not path.is_dir() or commune not in (None, match["commune"]):
            continue
        about: Any = {}
        if (path / _ABOUT).is_file():
            about = yaml.safe_load((path / _ABOUT).read_text(encoding="utf-8")) or {}
        years = [year_of(one.stem, match["commune"]) for one in sorted(path.glob("*.yaml"))]
        found.append(
            Backup(
                path, match["commune"], int(match["number"]), str(about.get("before", "")),
                str(about.get("on", "")), tuple(year for year in years if year is not None),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.commune, one.number))


def back_up(project: Project, commune: str, before: str) -> tuple[Path | None, int]:
    """Copy all files of a commune beside the data.

    Parameters
    ----------
    project : Project
    commune : str
    before : str
        The command that is about to change them.

    Returns
    -------
    path : Path or None
        The backup; None where the commune has no files.
    pruned : int
        Old backups that were removed for it.
    """
    source, params = project.communes / commune, params_of(project, commune)
    if not source.is_dir() and not params:
        return None, 0
    held = list_backups(project, commune)
    number = max((one.number for one in held), default=0) + 1
    target = folder_of(project) / f"{commune}-{number}"
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    now = dt.datetime.now().isoformat(" ", "minutes")
    about = {"commune": commune, "before": before, "on": now}
    try:
        if source.is_dir():
            shutil.copytree(source, part / commune)
        for path in params:
            shutil.copy2(path, part / path.name)
        write_text(part / _ABOUT, yaml.safe_dump(about, allow_unicode=True, sort_keys=False))
        part.replace(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    old = held[: max(0, len(held) + 1 - KEPT)]
    for one in old:
        shutil.rmtree(one.path, ignore_errors=True)
    return target, len(old)


def find_backup(project: Project, name: str) -> Backup:
    """Return the backup of that name.

    Raises
    ------
    DataErrors
        If there is none.
    """
    held = list_backups(project)
    for one in held:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in held) or say("records.no_backups")
    wanted = say("records.backup_unknown_wanted", known=known)
    raise DataErrors([Problem("data/backup", say("records.backup_unknown", name=name), wanted)])


def restore(project: Project, one: Backup) -> tuple[Path | None, list[Path]]:
    """Put a commune's files back as they were; what is there now is backed up first.

    Returns
    -------
    kept : Path or None
        The backup of what was there.
    files : list of Path
        What was put back.
    """
    kept, _ = back_up(project, one.commune, f"ntm restore {one.name}")
    folder = project.communes / one.commune
    inside = one.path / one.commune
    fresh = {path.name: path for path in one.path.glob("*.yaml") if path.name != _ABOUT}
    put = {folder / path.relative_to(inside): path for path in files_of(inside)}
    put |= {project.params / name: path for name, path in fresh.items()}
    change: dict[Path, bytes | None] = dict.fromkeys(
        [*files_of(folder), *params_of(project, one.commune)]
    )
    change |= {target: path.read_bytes() for target, path in put.items()}
    change_files(project, change)
    return kept, list(put)


def files_of(folder: Path) -> list[Path]:
    """Return the files below a folder, however deep; none if there is no such folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def change_files(project: Project, files: Mapping[Path, bytes | None]) -> None:
    """Write files of a project and remove those that are None: all, or none.

    Raises
    ------
    DataErrors
        If one cannot be changed, most often because another program holds it open.
    """
    try:
        # Not by `project.relative`, which follows links: a link goes, not what it leads to.
        names = {path.relative_to(project.root).as_posix(): each for path, each in files.items()}
        write_together(project.root, names)
    except PermissionError as error:
        path = Path(error.filename) if error.filename else project.root
        told = say("file.denied")
        raise DataErrors(
            [Problem(project.relative(path), told, say("file.denied_wanted"))]
        ) from error
