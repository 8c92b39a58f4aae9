"""What has to run is told from the content of all inputs, quickly."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_analysis.batch import NOTEBOOK, executed, split_current
from ntm_analysis.batch.plan import BESIDE, CARD, files_of
from ntm_analysis.communes import list_ids, load_case
from ntm_analysis.paths import Project
from ntm_analysis.provenance import inputs_of, inputs_of_files, rules_digest
from tests.batch.many import project_of, run

NAMES = [f"xa-0000{number}-2024" for number in range(4)]


@pytest.fixture
def made(tmp_path: Path) -> Project:
    """A project in which every commune looks as if it had been run."""
    project = project_of(tmp_path, 4, "1")
    rules_digest.cache_clear()
    for name in list_ids(project):
        target = executed(project, name)
        target.parent.mkdir(parents=True)
        inputs = inputs_of_files(project, files_of(project, name), project.notebooks / NOTEBOOK)
        (target.parent / "provenance.json").write_text(json.dumps(inputs.as_dict()))
        for file in (target.name, *BESIDE):
            (target.parent / file).touch()
        (target.parent / CARD).write_text(json.dumps({"id": name}), encoding="utf-8")
    return project


def test_the_files_of_a_run_are_known_from_its_name(made: Project) -> None:
    case = load_case(made, NAMES[0])
    assert files_of(made, NAMES[0]) == case.files
    source = made.notebooks / NOTEBOOK
    assert inputs_of(made, case, source) == inputs_of_files(made, case.files, source)


def test_nothing_changed(made: Project) -> None:
    assert split_current(made, NAMES) == (NAMES, [])


@pytest.mark.parametrize("file", ["commune.yaml", "figures.csv", "evidence.csv"])
def test_one_file_changed_is_one_run(made: Project, file: str) -> None:
    path = made.communes / "xa-00002" / file
    before = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2024", "2025", 1), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert split_current(made, NAMES)[1] == ["xa-00002-2024"]


def test_a_file_touched_or_copied_is_no_change(made: Project, tmp_path: Path) -> None:
    for path in (made.communes / "xa-00001").iterdir():
        os.utime(path)
    shutil.copytree(made.root, tmp_path / "copy")
    assert split_current(Project(tmp_path / "copy"), NAMES) == (NAMES, [])


@pytest.mark.parametrize("change", ["rules", "notebook"])
def test_what_all_rest_on_changes_all(made: Project, change: str) -> None:
    path = {
        "rules": made.rulebook / "decisions.yaml",
        "notebook": made.notebooks / NOTEBOOK,
    }[change]
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    rules_digest.cache_clear()
    assert split_current(made, NAMES) == ([], NAMES)


@pytest.mark.parametrize("file", ["xa-00003-2024.ipynb", *BESIDE, "provenance.json"])
def test_a_report_that_is_not_whole_is_made_again(made: Project, file: str) -> None:
    (made.reports / NAMES[3] / file).unlink()
    assert split_current(made, NAMES)[1] == [NAMES[3]]


@pytest.mark.parametrize("text", ["", '{"id": ', "[]", "{}", '{"id": "xa-00001-2024"}'])
def test_a_report_whose_card_is_spoilt_is_made_again(made: Project, text: str) -> None:
    (made.reports / NAMES[3] / CARD).write_text(text, encoding="utf-8")
    assert split_current(made, NAMES)[1] == [NAMES[3]]


def test_a_name_that_leads_nowhere_is_not_current(made: Project) -> None:
    assert split_current(made, ["xa-2024", "x"]) == ([], ["xa-2024", "x"])


def test_to_see_that_nothing_changed_starts_and_imports_next_to_nothing(made: Project) -> None:
    script = (
        "import subprocess, sys, ntm_analysis.cli as cli\nsys.argv = ['ntm', 'run']\n"
        "def no(*_, **__): raise AssertionError('a process was started')\n"
        "subprocess.Popen = no\n"
        "import os; os.fork = no\n"
        "try: cli.main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'pandas', 'matplotlib', 'papermill', 'ipykernel', 'multiprocessing.forkserver'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=made.root,
        env={**os.environ, "NTM_LANG": "en"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["Notebooks: 0 run, 4 unchanged, 0 failed.", "[]"]


def test_either_engine_makes_the_same_files(tmp_path: Path) -> None:
    body = "print(commune)\nimport pandas as pd\npd.DataFrame({'a': [year]})"
    kernel, ours = (project_of(tmp_path / name, 1, body) for name in ("kernel", "ntm"))
    run(kernel, engine="kernel")
    run(ours, engine="ntm")
    for path in (kernel.reports / NAMES[0]).iterdir():
        assert (ours.reports / NAMES[0] / path.name).read_bytes() == path.read_bytes()
