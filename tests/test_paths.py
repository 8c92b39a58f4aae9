"""Where a project is, and how its files are named to the user."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis import paths
from ntm_analysis.paths import MARKER, Project, find_project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / MARKER).write_text("", encoding="utf-8")
    return tmp_path


def test_the_nearest_folder_upward_is_the_project(root: Path):
    assert find_project(root / "a" / "b").root == root
    (root / "a" / MARKER).write_text("", encoding="utf-8")
    assert find_project(root / "a" / "b").root == root / "a"
    assert find_project(root).root == root


def test_the_working_directory_or_ntm_project_is_where_to_begin(root: Path, monkeypatch):
    monkeypatch.delenv("NTM_PROJECT", raising=False)
    monkeypatch.chdir(root / "a")
    assert find_project().root == root
    other = root / "a" / "b"
    (other / MARKER).write_text("", encoding="utf-8")
    monkeypatch.setenv("NTM_PROJECT", str(other))
    assert find_project().root == other


def test_elsewhere_the_source_checkout_is_the_project(tmp_path: Path, repository: Path):
    assert find_project(tmp_path).root == repository


def test_an_installed_package_without_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "lib" / "ntm_analysis" / "paths.py"))
    with pytest.raises(FileNotFoundError, match=MARKER):
        find_project(tmp_path)


def test_folders_are_those_of_the_design(root: Path):
    project = Project(root)
    folders = {
        project.rulebook: "data/rulebook",
        project.communes: "data/communes",
        project.params: "params",
        project.notebooks: "notebooks",
        project.reports: "reports",
        project.book: "_book",
    }
    for path, name in folders.items():
        assert project.relative(path) == name


def test_a_file_outside_keeps_its_whole_path(root: Path, tmp_path_factory: pytest.TempPathFactory):
    outside = tmp_path_factory.mktemp("outside") / "x.csv"
    assert Project(root).relative(outside) == str(outside)


def test_a_path_is_told_as_one_opens_it(tmp_path, monkeypatch):
    project = Project(tmp_path / "project")
    page = project.root / "_book" / "index.html"
    (project.root / "notebooks").mkdir(parents=True)
    monkeypatch.chdir(project.root)
    assert project.from_here(page) == "_book/index.html"
    monkeypatch.chdir(project.root / "notebooks")
    assert project.from_here(page) == "../_book/index.html"
    monkeypatch.chdir(tmp_path)
    assert project.from_here(page) == str(page.resolve())
