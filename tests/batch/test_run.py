"""Runs: parameters checked, results whole, only what changed, failures that harm nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from ntm_analysis.batch import executed, is_current, run_cases, write_text
from ntm_analysis.batch.notebook import check_parameters
from ntm_analysis.book.cells import for_book
from ntm_analysis.communes import load_case
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors

NAME = "liem-can-2024"
PARTS = ("_quarto.yml", "data", "notebooks", "params")


def _copy(repository: Path, folder: Path) -> Project:
    for name in PARTS:
        source = repository / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy2(source, folder / name)
    return Project(folder)


def _run(project: Project) -> str:
    (result,) = run_cases(project, [load_case(project, NAME)], jobs=1)
    return result.state


@pytest.fixture(scope="module")
def project(
    repository: Path, once_per_run: Callable[[str, Callable[[Path], None]], Path]
) -> Project:
    """A project whose commune has been run once; leave it as it is."""
    return Project(
        once_per_run("batch-run", lambda folder: _assert_done(_run(_copy(repository, folder))))
    )


def _assert_done(state: str) -> None:
    assert state == "done"


@pytest.fixture
def own(project: Project, tmp_path: Path) -> Project:
    """A copy of that project, to be changed."""
    shutil.copytree(project.root, tmp_path / "project")
    return Project(tmp_path / "project")


def _tiny(project: Project, body: str) -> None:
    """Put a small notebook in place of the real one, with the same parameters."""
    source = project.notebooks / "commune.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells = [*notebook.cells[:2], nbformat.v4.new_code_cell(body)]
    nbformat.write(notebook, source)


def test_the_notebook_is_whole_and_clean(project: Project) -> None:
    path = executed(project, NAME)
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = for_book(notebook)["cells"]
    outputs = [o for c in cells if c["cell_type"] == "code" for o in c["outputs"]]
    assert len(outputs) >= 29
    assert all(list(output["data"]) == ["text/markdown"] for output in outputs)
    front = "\n---\ntitle: Xã Liêm Cần, huyện Thanh Liêm"
    assert notebook.cells[0].source.startswith(front)
    assert notebook.cells[1].source.startswith("# Xã Liêm Cần, huyện Thanh Liêm")
    text = path.read_text(encoding="utf-8")
    assert str(project.root) not in text
    assert "\\u1ea7" not in text
    assert "papermill" not in notebook.metadata


def test_parameters_stand_in_a_cell_of_their_own(project: Project) -> None:
    notebook = nbformat.read(executed(project, NAME), as_version=4)
    (cell,) = [c for c in notebook.cells if "injected-parameters" in c.metadata.get("tags", [])]
    assert 'commune = "liem-can"' in cell.source
    assert "year = 2024" in cell.source


def test_results_and_provenance_lie_beside_it(project: Project) -> None:
    folder = executed(project, NAME).parent
    assert len((folder / "results.csv").read_text(encoding="utf-8").splitlines()) == 75
    provenance = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert set(provenance["files"]) == {
        f"params/{NAME}.yaml",
        "data/communes/liem-can/commune.yaml",
        "data/communes/liem-can/figures.csv",
        "data/communes/liem-can/evidence.csv",
        "data/communes/liem-can/facts.csv",
    }


def test_nothing_changed_nothing_runs(project: Project) -> None:
    before = executed(project, NAME).stat().st_mtime_ns
    assert _run(project) == "unchanged"
    assert executed(project, NAME).stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "file", ["data/communes/liem-can/figures.csv", "data/rulebook/decisions.yaml"]
)
def test_a_change_is_noticed(own: Project, file: str) -> None:
    assert is_current(own, load_case(own, NAME))
    path = own.root / file
    path.write_text(
        path.read_text(encoding="utf-8").replace("Thủ tướng", "Thủ Tướng", 1)
        if "decisions" in file
        else path.read_text(encoding="utf-8").replace("72.403", "72.404"),
        encoding="utf-8",
    )
    from ntm_analysis.provenance import rules_digest

    rules_digest.cache_clear()
    assert not is_current(own, load_case(own, NAME))


def test_a_failed_run_leaves_the_good_one(own: Project) -> None:
    good = executed(own, NAME).read_bytes()
    _tiny(own, "raise ValueError('hỏng')")
    (result,) = run_cases(own, [load_case(own, NAME)], jobs=1)
    assert result.state == "failed"
    assert "hỏng" in result.message
    assert executed(own, NAME).read_bytes() == good
    failed = nbformat.read(result.notebook, as_version=4)
    errors = [o for c in failed.cells for o in c.get("outputs", []) if o.output_type == "error"]
    assert errors and "failed" in result.notebook.parts
    assert not list(own.reports.rglob("*.part"))


def test_several_at_once_do_not_disturb_each_other(own: Project) -> None:
    _tiny(own, "from IPython.display import Markdown\nMarkdown(f'{commune} {year}')")
    commune = own.root / "data" / "communes"
    names = []
    for number in range(4):
        key = f"xa-{number}"
        shutil.copytree(commune / "liem-can", commune / key)
        profile = commune / key / "commune.yaml"
        text = profile.read_text(encoding="utf-8")
        profile.write_text(text.replace("id: liem-can", f"id: {key}"), encoding="utf-8")
        text = (own.params / f"{NAME}.yaml").read_text(encoding="utf-8")
        (own.params / f"{key}-2024.yaml").write_text(
            text.replace("commune: liem-can", f"commune: {key}"), encoding="utf-8"
        )
        names.append(f"{key}-2024")
    results = run_cases(own, [load_case(own, name) for name in names], jobs=4)
    assert [(r.id, r.state) for r in results] == [(name, "done") for name in names]
    for name in names:
        assert f"{name[:-5]} 2024" in executed(own, name).read_text(encoding="utf-8")
    assert not list(own.root.glob("kernel-*"))


def test_a_parameter_more_or_less_is_an_error(own: Project) -> None:
    source = own.notebooks / "commune.ipynb"
    given = load_case(own, NAME).params.for_notebook()
    with pytest.raises(DataErrors, match="colour"):
        check_parameters(source, "notebooks/commune.ipynb", {**given, "colour": "red"})
    del given["year"]
    with pytest.raises(DataErrors, match="year"):
        check_parameters(source, "notebooks/commune.ipynb", given)


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="space"):
        write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
