"""The tables beside a notebook hold its own verdicts, if it speaks of just these files."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from ntm_analysis import Report
from ntm_analysis.batch import outputs
from ntm_analysis.paths import Project


def test_a_report_is_taken_only_if_it_is_on_the_same_case(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(repository)
    own, again = (Report.load("liem-can", 2024, project) for _ in range(2))
    changed = Report(own.case.with_figures({"poor_households": "34"}), project)
    other_day = Report.load("liem-can", 2024, project, on="2024-11-27")
    for made, taken in (
        (again, again), (changed, None), (other_day, None), ("text", None), (None, None),
    ):  # fmt: skip
        shell = SimpleNamespace(user_ns={"report": made})
        monkeypatch.setattr(outputs, "get_ipython", lambda shell=shell: shell)
        assert outputs._made_by_notebook(own.case) is taken
    monkeypatch.setattr(outputs, "get_ipython", lambda: None)
    assert outputs._made_by_notebook(own.case) is None
