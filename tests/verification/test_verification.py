"""Whether a report still follows from its inputs, and which input a difference may come from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ntm_analysis.batch.outputs import tables_of
from ntm_analysis.cli.app import app
from ntm_analysis.communes import load_case
from ntm_analysis.narrative.report import Report
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors
from ntm_analysis.provenance import inputs_of
from ntm_analysis.verification import verify
from ntm_analysis.verification.causes import causes
from ntm_analysis.verification.differences import Difference, differences

ID = "liem-can-2024"
FIGURES = "data/communes/liem-can/figures.csv"


def make(project: Project, name: str) -> Mapping[str, bytes]:
    """The files of a report, its notebook with the summary's counts alone."""
    tables = tables_of(Report(load_case(project, name), project))
    cells = [{"cell_type": "markdown", "source": f"# Tóm tắt\n{tables['card.json']}"}]
    texts = {**tables, f"{name}.ipynb": json.dumps({"cells": cells}, ensure_ascii=False)}
    return {file: text.encode() for file, text in texts.items()}


@pytest.fixture(scope="module")
def made(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("verified")
    for name in ("data/rulebook", "data/communes/liem-can", "params", "notebooks"):
        shutil.copytree(repository / name, root / name)
    shutil.copy2(repository / "_quarto.yml", root)
    project = Project(root)
    folder = project.reports / ID
    folder.mkdir(parents=True)
    for file, content in make(project, ID).items():
        (folder / file).write_bytes(content)
    case = load_case(project, ID)
    record = inputs_of(project, case, project.notebooks / "commune.ipynb").as_dict()
    (folder / "provenance.json").write_text(json.dumps(record), encoding="utf-8")
    return root


@pytest.fixture
def copy(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    root = tmp_path / "p"
    shutil.copytree(made, root)
    monkeypatch.setenv("NTM_LANG", "en")
    monkeypatch.setenv("NTM_PROJECT", str(root))
    return Project(root)


@pytest.fixture
def edit(copy: Project) -> Callable[[str, str, str], None]:
    def replace(file: str, old: str, new: str) -> None:
        path = copy.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.mark.parametrize("given", [ID, "reports/{}", "reports/{}/results.csv"])
def test_a_report_that_follows_from_its_inputs_holds(copy: Project, given: str) -> None:
    found = verify(copy, ID if given == ID else str(copy.root / given.format(ID)), make)
    assert found.holds
    assert found.id == ID
    assert found.changed == ()


def test_a_figure_that_changed_is_named_with_its_row(copy: Project, edit) -> None:
    edit(FIGURES, "solid_houses,2696,", "solid_houses,2660,")
    found = verify(copy, ID, make)
    assert not found.holds
    assert [(one.name, one.state) for one in found.changed] == [(FIGURES, "changed")]
    told = {(d.file, d.what, d.column): (d, inputs) for d, inputs in found.differences}
    verdict, inputs = told["results.csv", "9", "verdict"]
    assert (verdict.report, verdict.now) == ("met", "not_met")
    lines = (copy.root / FIGURES).read_text(encoding="utf-8").splitlines()
    row = next(n for n, line in enumerate(lines, 1) if line.startswith("solid_houses,"))
    assert inputs[0].startswith(FIGURES)
    assert str(row) in inputs[0]
    assert {what for file, what, _ in told if file == "results.csv"} == {"9"}


def test_a_report_changed_by_hand_is_told_from_changed_inputs(copy: Project, edit) -> None:
    edit(f"reports/{ID}/{ID}.ipynb", '\\"firm\\": 33', '\\"firm\\": 74')
    found = verify(copy, ID, make)
    ((difference, inputs),) = found.differences
    assert (difference.file, difference.row, difference.what) == (f"{ID}.ipynb", 1, "Tóm tắt")
    assert "74" in difference.report
    assert "33" in difference.now
    assert inputs == ()


@pytest.mark.parametrize(
    ("file", "state"), [(FIGURES, "missing"), ("params/liem-can-2024.yaml", "missing")]
)
def test_without_its_inputs_a_report_is_not_verified(copy: Project, file: str, state: str) -> None:
    (copy.root / file).unlink()
    found = verify(copy, ID, make)
    assert (found.made, found.holds, found.missing) == (False, False, (file,))
    done = CliRunner().invoke(app, ["verify", ID])
    assert done.exit_code == 1
    assert file in done.output
    assert "not verified" in done.output


def test_a_record_changed_by_hand_is_told(copy: Project, edit) -> None:
    edit(f"reports/{ID}/provenance.json", '"code": "', '"code": "0')
    (copy.root / "params" / f"{ID}.yaml").unlink()
    found = verify(copy, ID, make)
    assert not found.record.agrees
    assert "ntm_analysis" in {one.name for one in found.changed}


def test_a_file_that_came_since_is_told(copy: Project) -> None:
    (copy.root / "params" / f"{ID}.yaml").unlink()  # so that nothing is made
    (copy.communes / "liem-can" / "appraisal.csv").write_text("indicator\n", encoding="utf-8")
    found = verify(copy, ID, make)
    assert ("data/communes/liem-can/appraisal.csv", "added") in {
        (one.name, one.state) for one in found.inputs
    }


def test_a_record_that_leads_out_of_the_project_reads_nothing_there(copy: Project, edit) -> None:
    secret = copy.root.parent / "secret.txt"
    secret.write_text("s", encoding="utf-8")
    edit(f"reports/{ID}/provenance.json", f'"{FIGURES}"', '"../secret.txt"')
    assert "../secret.txt" in verify(copy, ID, make).missing


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"digest": 1}', "[" * 100_000, "\x00"])
def test_what_is_no_record_is_refused(copy: Project, text: str) -> None:
    (copy.reports / ID / "provenance.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataErrors) as caught:
        verify(copy, ID, make)
    assert caught.value.problems[0].file == f"reports/{ID}/provenance.json"


@pytest.mark.parametrize(("given", "words"), [("nix", "no report"), ("a.pdf", "rendered book")])
def test_no_report_is_told(copy: Project, given: str, words: str) -> None:
    done = CliRunner().invoke(app, ["verify", given])
    assert done.exit_code == 1
    assert words in done.output


HEAD = "commune,year,indicator,verdict,value\n"
CELL = '{"cells": [{"cell_type": "code", "source": "", "outputs": [{"text": "%s"}]}]%s}'


#       file, the report's text, what comes out now, (row, what, column, report, now) of each
TABLE = [
    ("results.csv", HEAD + "a,1,9,met,1\n", HEAD + "a,1,9,met,1\n", []),
    ("results.csv", HEAD + "a,1,9,met,1\n", HEAD + "a,1,9,not_met,1\n",
     [(2, "9", "verdict", "met", "not_met")]),
    ("results.csv", HEAD + "a,1,9,met,1\na,1,10,met,\n", HEAD + "a,1,9,met,1\n",
     [(3, "10", "", "met", "")]),
    ("results.csv", HEAD, HEAD + "a,1,9,met,1\n", [(None, "9", "", "", "met")]),
    ("results.csv", HEAD + "a,1,9,met,1\r\n", HEAD + "a,1,9,met,1\n", [(None, "", "", "…", "…")]),
    ("results.csv", "what\n1\n", HEAD, [(None, "", "", "…", "…")]),
    ("results.csv", None, HEAD, [(None, "", "", "", "…")]),
    ("findings.csv", "check,indicator,sentence\nS1,9,a\nS1,9,a\n",
     "check,indicator,sentence\nS1,9,a\nS2,9,b\n",
     [(3, "S1 9", "", "a", ""), (None, "S2 9", "", "", "b")]),
    ("card.json", '{"firm": 3, "id": "a"}', '{"firm": 2, "id": "a"}',
     [(None, "", "firm", "3", "2")]),
    ("card.json", "no JSON", "{}", [(None, "", "", "…", "…")]),
    ("a.ipynb", CELL % ("# Head\\nold", ""), CELL % ("# Head\\nnew", ""),
     [(1, "Head", "", "old", "new")]),
    ("a.ipynb", CELL % ("x", ""), CELL % ("x", ', "metadata": 1'),
     [(None, "metadata", "", "…", "…")]),
    ("a.ipynb", '{"cells": []}', CELL % ("x", ""), [(1, "", "", "", "x")]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "report", "now", "wanted"), TABLE)
def test_what_differs(file: str, report: str | None, now: str, wanted: list[tuple]) -> None:
    found = differences(file, report, now)
    assert [(d.row, d.what, d.column, d.report, d.now) for d in found] == wanted


def test_long_lines_are_shown_from_where_they_part() -> None:
    long = "x" * 300
    (found,) = differences("a.ipynb", CELL % (f"{long}old", ""), CELL % (f"{long}new", ""))
    assert found.report == f"…{'x' * 40}old"


ALL = ["params/a-1.yaml", "data/communes/a/commune.yaml", "data/communes/a/figures.csv",
       "data/communes/a/evidence.csv", "data/communes/a/appraisal.csv", "data/rulebook",
       "ntm_analysis"]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "changed", "wanted"),
    [
        ("requires", ALL, [ALL[0], ALL[1], ALL[5]]),
        ("value", ALL, [ALL[0], ALL[1], ALL[2], ALL[5]]),
        ("claimed_verdict", ALL, [ALL[3]]),
        ("conclusion", ALL[4:5], ALL[4:5]),
        ("value", ALL[4:5], ALL[4:5]),  # nothing that it depends on: then whatever did change
        ("value", ALL[6:], ALL[6:]),
        ("value", [], []),
    ],
)
def test_causes(column: str, changed: list[str], wanted: list[str]) -> None:
    assert causes(Difference("results.csv", 2, "9", column, "1", "2"), changed) == wanted
    assert causes(Difference("card.json", None, "", "firm", "1", "2"), changed) == changed
