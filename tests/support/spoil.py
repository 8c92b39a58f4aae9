"""Copies of the project that a test may spoil, and the problems that are then told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.communes import Case, load_case
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import Rulebook, load_rulebook

ID = "liem-can-2024"
PARAMS = f"params/{ID}.yaml"
COMMUNE = "data/communes/liem-can/commune.yaml"
FIGURES = "data/communes/liem-can/figures.csv"
EVIDENCE = "data/communes/liem-can/evidence.csv"


@dataclass(frozen=True)
class Copy:
    """A copy of the project's data and parameters.

    Attributes
    ----------
    project : Project
    rulebook : Rulebook or None
        The rulebook to read communes by; None reads the copy's own.
    """

    project: Project
    rulebook: Rulebook | None = None

    def path(self, file: str) -> Path:
        """Return the path of one of its files."""
        return self.project.root / file

    def edit(self, file: str, old: str, new: str) -> int:
        """Replace the one place where `old` stands in a file; return its line."""
        text = self.path(file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.path(file).write_text(text.replace(old, new), encoding="utf-8")
        return text.count("\n", 0, text.index(old)) + 1

    def add(self, file: str, *lines: str) -> int:
        """Append lines to a file; return the number of the first."""
        text = self.path(file).read_text(encoding="utf-8")
        self.path(file).write_text(text + "".join(f"{x}\n" for x in lines), encoding="utf-8")
        return text.count("\n") + 1

    def case(self, name: str = ID) -> Case:
        """Return the case as read from the copy."""
        return load_case(self.project, name, self.rulebook)

    def problems(self, name: str = ID) -> list[Problem]:
        """Return what is wrong with a case."""
        return problems_of(lambda: self.case(name))

    def rulebook_problems(self) -> list[Problem]:
        """Return what is wrong with the copy's rulebook."""
        return problems_of(lambda: load_rulebook(self.project.rulebook))


def problems_of(read: Callable[[], object]) -> list[Problem]:
    """Return the problems with which `read()` fails; none if it does not."""
    try:
        read()
    except DataErrors as error:
        return error.problems
    return []


def copy_project(root: Path, target: Path, rulebook: Rulebook | None = None) -> Copy:
    """Copy the project at `root` to `target`: rules and one commune's data and parameters."""
    for name in ("data/rulebook", str(Path(COMMUNE).parent)):
        shutil.copytree(root / name, target / name)
    for name in (PARAMS, "_quarto.yml"):
        (target / name).parent.mkdir(exist_ok=True)
        shutil.copy2(root / name, target / name)
    return Copy(Project(target), rulebook)
