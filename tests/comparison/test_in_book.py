"""The comparison's notebook: run when there is something to compare, and only what changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ntm_analysis.batch.comparison import compared, run_comparison
from ntm_analysis.book.cells import for_book
from ntm_analysis.communes import list_ids
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from tests.support import sample_project


@pytest.fixture
def project(repository: Path, tmp_path: Path) -> Project:
    in_force = sample_project.rules(load_rulebook(repository / "data" / "rulebook"))
    samples = [sample_project.one(in_force, n) for n in (1, 2, 3)]
    made = sample_project.write(samples, tmp_path, repository)
    shutil.copytree(repository / "notebooks", tmp_path / "notebooks")
    return made


def test_it_runs_once_and_again_when_a_figure_changes(project):
    ids = list_ids(project)
    path = run_comparison(project, ids, "vi")
    assert path == compared(project)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    shown = [o for cell in for_book(notebook)["cells"] for o in cell.get("outputs", [])]
    assert len(shown) == 9 and all("text/markdown" in o["data"] for o in shown)
    assert "So sánh các xã" in "".join(notebook["cells"][0]["source"])
    before = path.stat().st_mtime_ns
    run_comparison(project, ids, "vi")
    assert path.stat().st_mtime_ns == before
    figures = project.communes / ids[0].rpartition("-")[0] / "figures.csv"
    figures.write_text(figures.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    run_comparison(project, ids, "vi")
    assert path.stat().st_mtime_ns != before


def test_one_commune_is_nothing_to_compare(project):
    run_comparison(project, list_ids(project), "vi")
    assert run_comparison(project, list_ids(project)[:1], "vi") is None
    assert not compared(project).exists()


def test_names_of_runs_do_not_fill_the_notebook_unless_some_are_chosen(project):
    ids = list_ids(project)

    def injected() -> str:
        cells = json.loads(compared(project).read_text(encoding="utf-8"))["cells"]
        return next("".join(c["source"]) for c in cells if c["id"] == "injected-parameters")

    run_comparison(project, ids, "vi")
    assert "ids = []" in injected()
    run_comparison(project, ids[:2], "vi")
    assert f'ids = ["{ids[0]}", "{ids[1]}"]' in injected()
    text = compared(project).read_text(encoding="utf-8")
    assert "1 báo cáo khác trong dự án không được tính ở đây" in text


def test_another_run_in_the_project_changes_what_the_comparison_of_some_says(project):
    ids = list_ids(project)
    path = run_comparison(project, ids[:2], "vi")
    before = path.stat().st_mtime_ns
    (project.params / f"{ids[2]}.yaml").unlink()
    run_comparison(project, ids[:2], "vi")
    assert path.stat().st_mtime_ns != before
