"""Projects of made-up communes."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from ntm_analysis.communes import Case, load_cases
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import Rulebook, RulesInForce, load_rulebook, rules_in_force
from ntm_analysis.samples import Sample, files, generator, make

YEAR = 2024


def rules(rulebook: Rulebook) -> RulesInForce:
    """Return the rules that samples fit."""
    return rules_in_force(rulebook, "advanced", "Hà Nam", dt.date(YEAR, 11, 8))


def one(
    in_force: RulesInForce, number: int, seed: int = 7, years: Iterable[int] = (YEAR,)
) -> Sample:
    """Return a made-up commune that meets everything."""
    return make(in_force, number, generator(seed, number), years, perfect=True)


def write(samples: Iterable[Sample], folder: Path, repository: Path) -> Project:
    """Write a project of samples and return it."""
    if not (folder / "data" / "rulebook").is_dir():
        shutil.copytree(repository / "data" / "rulebook", folder / "data" / "rulebook")
        shutil.copy2(repository / "_quarto.yml", folder)
    for sample in samples:
        for name, text in files(sample).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return Project(folder)


def cases(
    samples: Iterable[Sample],
    folder: Path,
    repository: Path,
    spoil: Callable[[Project], None] | None = None,
) -> list[Case]:
    """Write samples, if need be spoil their files, and load them as a user's data is loaded."""
    project = write(samples, folder, repository)
    if spoil is not None:
        spoil(project)
    return load_cases(project, rulebook=load_rulebook(project.rulebook))
