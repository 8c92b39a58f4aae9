"""A notebook's parameters: what is given must be among them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Any

from ntm_analysis.communes.cells import closest
from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem


def unknown_parameters(file: str, given: Iterable[str], declared: Iterable[str]) -> list[Problem]:
    """Return a problem, with the nearest name, for each parameter that a notebook lacks."""
    known = list(declared)
    return [
        Problem(
            file,
            say("run.parameter_unknown", name=name),
            closest(name, known, "case.parameter_wanted"),
        )
        for name in sorted(set(given) - set(known))
    ]


def check_given(notebook: Mapping[str, Any]) -> None:
    """Refuse parameters that the notebook's own cell of parameters does not have.

    Papermill would only warn, and the report would be that of the defaults.

    Raises
    ------
    DataErrors
        With a problem for each.
    """
    stamp = notebook["metadata"].get("papermill", {})
    declared = _declared(notebook)
    if declared is None:
        return
    # Papermill itself gives the notebook's paths where it is asked to.
    given = [name for name in stamp.get("parameters", {}) if not name.startswith("PAPERMILL_")]
    file = str(stamp.get("input_path") or say("case.given"))
    if problems := unknown_parameters(file, given, declared):
        raise DataErrors(problems)


def _declared(notebook: Mapping[str, Any]) -> list[str] | None:
    """Return the names that the tagged cell assigns; None where that cannot be told."""
    for cell in notebook["cells"]:
        if "parameters" not in cell["metadata"].get("tags", ()):
            continue
        try:
            body = ast.parse(cell["source"]).body
        except SyntaxError:
            return None
        names = []
        for part in body:
            if isinstance(part, ast.Assign):
                names += [
                    t.id for one in part.targets for t in ast.walk(one) if isinstance(t, ast.Name)
                ]
            elif isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                names.append(part.target.id)
        return names
    return None
