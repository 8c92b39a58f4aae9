"""The story's cells hold for communes unlike Liêm Cần: their checks must not stop a report."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from ntm_analysis import Report
from ntm_analysis.batch.plain import plain_tables
from ntm_analysis.communes import Case
from ntm_analysis.paths import Project


def _nothing(case: Case) -> Case:
    return replace(case, readings=(), evidence=(), all_evidence=(), decisions=(), requests=())


def _pending(case: Case) -> Case:
    variables = case.rules.rulebook.variables
    numbers = {
        one.variable: "pending"
        for one in case.readings
        if variables[one.variable].kind not in ("flag", "grade")
    }
    return case.with_figures(numbers)


def _not_met(case: Case) -> Case:
    return case.with_figures({"poor_households": "400", "solid_houses": "100"})


@pytest.mark.parametrize("change", [_nothing, _pending, _not_met])
def test_the_story_holds_for_any_commune(
    repository: Path, change: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    case = change(Report.load("liem-can", 2024, Project(repository)).case)
    report = Report(case, Project(repository))
    monkeypatch.setattr(Report, "load", lambda *_, **__: report)
    notebook = nbformat.read(repository / "notebooks" / "commune.ipynb", as_version=4)
    shown: list[Any] = []
    names: dict[str, Any] = {"In": [""], "display": shown.append}
    story = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and "remove-cell" in cell.metadata.get("tags", ())
    ]
    assert len(story) > 5
    exec(notebook.cells[1].source, names)
    for cell in story:
        exec(cell.source, names)
    if change is _not_met:
        assert not names["steps"].loc["11", "holds"] and not names["steps"].loc["9", "holds"]


def test_the_plain_function_makes_the_notebooks_tables(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    notebook = nbformat.read(repository / "notebooks" / "commune.ipynb", as_version=4)
    shown: list[Any] = []
    names: dict[str, Any] = {"In": [""], "display": shown.append}
    for cell in notebook.cells:
        if cell.cell_type == "code" and {"parameters", "remove-cell"} & set(
            cell.metadata.get("tags", ())
        ):
            *before, last = ast.parse(cell.source).body
            exec(compile(ast.Module(before, []), "cell", "exec"), names)
            if isinstance(last, ast.Expr):
                shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
            else:
                exec(compile(ast.Module([last], []), "cell", "exec"), names)
    tables = [one for one in shown if isinstance(one, pd.DataFrame)]
    plain = plain_tables(Report.load("liem-can", 2024, Project(repository)))
    assert len(tables) == len(plain) == 7
    for table, other in zip(tables, plain, strict=True):
        pd.testing.assert_frame_equal(table, other)
