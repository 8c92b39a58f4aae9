"""What has to run: the communes whose inputs, rules, notebook or code changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from ntm_analysis.communes import Case
from ntm_analysis.communes.exhibits import FOLDER
from ntm_analysis.paths import Project
from ntm_analysis.provenance import inputs_of_files

NOTEBOOK = "commune.ipynb"
OF_COMMUNE = ("commune.yaml", "figures.csv", "evidence.csv")
IF_THERE = ("appraisal.csv", "requests.csv", "facts.csv")
"""Files that not every commune has."""
CARD = "card.json"
BESIDE = ("results.csv", "findings.csv", CARD)
"""What must lie beside a notebook for its run to be whole."""


def executed(project: Project, name: str) -> Path:
    """Return where the executed notebook of a run lies."""
    return project.reports / name / f"{name}.ipynb"


def files_of(project: Project, name: str) -> tuple[Path, ...]:
    """Return the files a run is made from, told from its name: `<commune>-<year>`.

    Which files of evidence are among them is told by its last run: where the register names
    others since, the register itself has changed.
    """
    folder = project.communes / name.rpartition("-")[0]
    files = [project.params / f"{name}.yaml", *(folder / file for file in OF_COMMUNE)]
    files += [path for file in IF_THERE if (path := folder / file).exists()]
    proofs = f"{project.relative(folder)}/{FOLDER}/"
    return (*files, *(project.root / one for one in _made_from(project, name, proofs)))


def _made_from(project: Project, name: str, start: str) -> list[str]:
    """Return the files under a path that the last run was made from."""
    try:
        made = json.loads((project.reports / name / "provenance.json").read_bytes())
        return [one for one in made["files"] if one.startswith(start)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def is_current(project: Project, case: Case) -> bool:
    """Return whether the run's notebook was made from just these inputs."""
    return _is_current(project, case.id, case.files)


def split_current(project: Project, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the runs that are current, and the others; nothing is parsed for it."""
    current: list[str] = []
    others: list[str] = []
    for name in dict.fromkeys(names):
        same = _is_current(project, name, files_of(project, name))
        (current if same else others).append(name)
    return current, others


def _is_current(project: Project, name: str, files: Sequence[Path]) -> bool:
    folder = project.reports / name
    try:
        made = json.loads((folder / "provenance.json").read_bytes())["digest"]
        if json.loads((folder / CARD).read_bytes())["id"] != name:  # books cannot do without it
            return False
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if not all((folder / file).is_file() for file in (f"{name}.ipynb", *BESIDE)):
        return False
    return bool(made == inputs_of_files(project, files, project.notebooks / NOTEBOOK).digest)
