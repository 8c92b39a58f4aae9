"""The comparison's notebook, run when there is something to compare and anything changed."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from pathlib import Path

import nbformat

from ntm_analysis.batch.atomic import write_all
from ntm_analysis.batch.notebook import EngineName, NotebookFailedError, execute, set_title
from ntm_analysis.batch.plan import files_of
from ntm_analysis.communes import list_ids
from ntm_analysis.language import Lang, translate
from ntm_analysis.paths import Project
from ntm_analysis.provenance import inputs_of_files

NOTEBOOK = "comparison.ipynb"
LEAST = 2
"""Fewer commune-years are nothing to compare."""


def compared(project: Project, place: str = "") -> Path:
    """Return where the executed comparison lies: of all communes, or of those of a place."""
    return project.reports / "comparison" / place / NOTEBOOK


def run_comparison(
    project: Project,
    ids: Sequence[str],
    lang: Lang,
    engine: EngineName = "ntm",
    *,
    force: bool = False,
    place: str = "",
    unusable: Sequence[str] = (),
    all_ids: Set[str] | None = None,
) -> Path | None:
    """Run the comparison of commune-years, if there are two or more and anything changed.

    Parameters
    ----------
    project : Project
    ids : sequence of str
        The runs to compare.
    lang : {"vi", "en"}
    engine : {"ntm", "kernel"}
    force : bool
        Run it even if nothing changed.
    place : str
        Names a comparison of some communes only, such as those of one district.
    unusable : sequence of str
        Runs that would be compared, had their data no errors.
    all_ids : set of str, optional
        All runs of the project, for who compares many places; by default they are looked up.

    Returns
    -------
    Path or None
        The executed notebook; None where there is nothing to compare, and then an old one goes.

    Raises
    ------
    NotebookFailedError
        If a cell raises; what a good run wrote before stays.
    """
    source, target = project.notebooks / NOTEBOOK, compared(project, place)
    if len(ids) < LEAST or not source.is_file():
        target.unlink(missing_ok=True)
        return None
    files = [path for name in ids for path in files_of(project, name)]
    others = (set(list_ids(project)) if all_ids is None else all_ids) - set(ids)
    digest = inputs_of_files(project, files, source).digest
    digest += f" {lang} {len(others)} {sorted(unusable)}"
    record = target.parent / "provenance.json"
    if not force and target.is_file() and _made_from(record) == digest:
        return target
    # All of them go without saying: thousands of names would fill the notebook.
    parameters = {
        "ids": list(ids) if others else [],
        "unusable": list(unusable),
        "lang": lang,
    }
    notebook = execute(source, parameters, project.root, engine)
    set_title(notebook, translate("compare.title", lang), lang)
    made = {
        NOTEBOOK: nbformat.writes(notebook).encode(),
        "provenance.json": (json.dumps({"digest": digest}) + "\n").encode(),
    }
    write_all(target.parent, made, seal="provenance.json")
    return target


def _made_from(record: Path) -> str:
    try:
        return str(json.loads(record.read_bytes())["digest"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


__all__ = ["NotebookFailedError", "compared", "run_comparison"]
