"""A notebook's parameters: what is given must be among them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ntm_analysis.communes.cells import closest
from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem

INJECTED = "# Parameters"
"""How the cell begins that papermill puts after that of the parameters."""


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


def check_parameters(executed: Sequence[str]) -> None:
    r"""Refuse, within a notebook, parameters that it was given and does not have.

    Papermill only warns of them, and the report would be that of the defaults. Nothing happens
    where the notebook was given none, as in JupyterLab.

    Parameters
    ----------
    executed : sequence of str
        IPython's `In`, in the cell that follows those of the parameters.

    Raises
    ------
    DataErrors
        With a problem, and the nearest name, for each.

    Examples
    --------
    >>> check_parameters(["", "commune = 'a'", "# Parameters\ncommune = 'b'", "..."])
    """
    if len(executed) < 3 or not executed[-2].startswith(INJECTED):
        return
    given, declared = (_assigned(source) for source in (executed[-2], executed[-3]))
    if given is None or declared is None:
        return
    given = [name for name in given if not name.startswith("PAPERMILL_")]
    if problems := unknown_parameters(say("case.given"), given, declared):
        raise DataErrors(problems)


def _declared(notebook: Mapping[str, Any]) -> list[str] | None:
    """Return the names that the tagged cell assigns; None where that cannot be told."""
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            return _assigned(cell["source"])
    return None


def _assigned(source: str) -> list[str] | None:
    """Return the names that a cell assigns; None where it is no plain Python."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    names: list[str] = []
    for part in body:
        if isinstance(part, ast.Assign):
            names += [
                t.id for one in part.targets for t in ast.walk(one) if isinstance(t, ast.Name)
            ]
        elif isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            names.append(part.target.id)
    return names
