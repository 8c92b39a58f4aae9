"""Which comparisons are run."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from ntm_analysis.batch import comparison
from ntm_analysis.batch.comparison import run_comparison
from ntm_analysis.paths import Project
from tests.batch.torture import notebook


def told(project: Project, **options: frozenset[str]) -> bool:
    """Run a comparison of two runs; return whether the notebook was told their names."""
    path = run_comparison(project, ["a-2024", "b-2024"], "vi", force=True, **options)  # type: ignore[arg-type]
    assert path is not None
    return "a-2024" in path.read_text(encoding="utf-8")


def test_who_knows_all_runs_spares_looking_them_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path)
    source = notebook(("", "ids = []\nunusable = []\nlang = 'vi'", "print(ids)"))
    source.cells[1].metadata["tags"] = ["parameters"]
    project.notebooks.mkdir()
    nbformat.write(source, project.notebooks / comparison.NOTEBOOK)
    monkeypatch.setattr(comparison, "files_of", lambda _project, _name: ())
    looked: list[Project] = []
    monkeypatch.setattr(comparison, "list_ids", lambda of: looked.append(of) or [])
    assert told(project, all_ids=frozenset({"a-2024", "b-2024", "c-2024"}))
    assert not told(project, all_ids=frozenset({"a-2024", "b-2024"}))
    assert looked == []
    assert not told(project)
    assert looked == [project]
