"""Cases that a lawyer writes: those of the project hold, and each kind of fault is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from ntm_analysis.cli import console
from ntm_analysis.cli.app import app
from ntm_analysis.law_tests.appendix import appendix
from ntm_analysis.law_tests.reading import read_law_tests
from ntm_analysis.law_tests.trial import _to_decimals, try_law
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook import load_rulebook
from tests.cli.test_rules_law import FILE

HEAD = "set: advanced\nplace: Hà Nam\non: 2024-11-26\ntests:\n"
HOLDS = '- {name: a, indicator: "9", figures: {solid_houses: 97, houses: 100}, verdict: met}\n'


@pytest.fixture
def copy(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    shutil.copytree(repository / "data" / "rulebook", tmp_path / "data" / "rulebook")
    shutil.copy2(repository / "_quarto.yml", tmp_path)
    (tmp_path / "data" / "law-tests").mkdir()
    monkeypatch.setenv("NTM_PROJECT", str(tmp_path))
    monkeypatch.setenv("NTM_LANG", "en")
    monkeypatch.setattr(console.out, "_width", 200)
    return Project(tmp_path)


def write(project: Project, text: str, name: str = "a.yaml") -> None:
    (project.law_tests / name).write_text(text, encoding="utf-8")


def ntm(*arguments: str):
    return CliRunner().invoke(app, ["rules", "test", *arguments])


def test_the_cases_of_the_project_hold_and_are_printed(repository: Path) -> None:
    project = Project(repository)
    outcomes = try_law(read_law_tests(project, load_rulebook(project.rulebook)))
    assert [(one.test.entry.name.vi, one.differences) for one in outcomes if one.differences] == []
    seen = {one.test.entry.verdict for one in outcomes}
    assert seen >= {"met", "not_met", "pending", "no_data", "not_applicable", "not_in_force"}
    for name, lang in (("law-tests.md", "en"), ("law-tests.vi.md", "vi")):
        page = (repository / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert page == appendix(outcomes, lang), "see docs/how-to/test-the-law.md"


#       what the case says, what is wanted and found of it
FAILS = [
    ("verdict: met", "verdict: not_met", ("verdict", "not_met", "met")),
    ("verdict: met", "verdict: not_in_force", ("verdict", "not_in_force", "met")),
    ("verdict: met", "verdict: met, margin: 1", ("margin", "1", "0")),
    ("verdict: met", "verdict: met, margin: 0.001", ("margin", "0.001", "0.000")),
    ("verdict: met", "verdict: met, headroom: 1", ("headroom", "1", "0")),
    ("verdict: met", "verdict: met, value: 97.1", ("value", "97.1", "97.0")),
    ("verdict: met", 'verdict: met, requires: ">= 98"', ("requires", ">= 98", ">= 97")),
    ("verdict: met", "verdict: met, standing: firm", ("standing", "firm", "unproven")),
    ("verdict: met", "verdict: met, conclusion: met", ("conclusion", "met", "prove")),
    ("verdict: met", "verdict: met, turned_by: x", ("turned_by", "x", "")),
    ("verdict: met", "verdict: met, lack: unread", ("lack", "unread", "")),
    ("solid_houses: 97", "solid_houses: 96", ("verdict", "met", "not_met")),
    ("solid_houses: 97", "solid_houses: 9699, houses: 10000", None),
]


@pytest.mark.parametrize(("old", "new", "wanted"), FAILS)
def test_a_case_that_fails_is_told(copy: Project, old: str, new: str, wanted) -> None:
    write(copy, HEAD + HOLDS.replace(old, new))
    if wanted is None:  # a key named twice is no case
        assert ntm().exit_code == 1
        return
    done = ntm("--format", "json")
    assert done.exit_code == 1
    (told,) = json.loads(done.stdout)
    (found,) = told["differences"]
    assert (found["entry"], found["wanted"], found["found"]) == wanted
    assert (told["file"], told["row"]) == ("data/law-tests/a.yaml", 5)


def test_the_line_of_the_entry_is_told(copy: Project) -> None:
    write(copy, HEAD + HOLDS + '- name: b\n  indicator: "9"\n  verdict: met\n')
    done = ntm()
    assert done.exit_code == 1
    assert "data/law-tests/a.yaml:8: 9 b:" in done.stdout
    assert "Cases tried: 2. Cases that fail: 1." in done.stdout


FAULTS = [
    ('indicator: "9"', 'indicator: "99"', "indicator", "99"),
    ('indicator: "9"', "indicator: 9", "indicator", ""),
    ("solid_houses: 97", "solid_house: 97", "solid_house", "solid_houses"),
    ("solid_houses: 97", "poor_households: 97", "poor_households", "does not use"),
    ("solid_houses: 97", "solid_houses: -1", "solid_houses", "negative"),
    ("solid_houses: 97", "solid_houses: many", "solid_houses", ""),
    ("solid_houses: 97", "solid_houses: 101", "value", "greater"),
    ("solid_houses: 97", "solid_houses: []", "solid_houses", "list of values"),
    ("solid_houses: 97", "solid_houses: true", "solid_houses", "list of values"),
    ("verdict: met", "verdict: fine", "verdict", ""),
    ("verdict: met", "margin: 0", "verdict", ""),
    ("verdict: met", "verdict: met, colour: red", "colour", ""),
    ("verdict: met", "verdict: met, limb: items", "limb", "own"),
    ("verdict: met", "verdict: met, margin: big", "margin", ""),
    ("verdict: met", "verdict: not_in_force, margin: 0", "margin", "not in force"),
    ("verdict: met", "verdict: met, place: Hà Nộm", "place", "Hà Nam"),
    ("verdict: met", "verdict: met, set: modern", "set", "advanced"),
    ("verdict: met", "verdict: met, on: 2019-01-01", "on", "outside the period"),
    ("verdict: met", "verdict: met, classes: [difficul]", "classes", "difficult"),
    ("name: a, ", "", "name", ""),
]


@pytest.mark.parametrize(("old", "new", "column", "words"), FAULTS)
def test_a_case_that_cannot_be_tried_is_told(
    copy: Project, old: str, new: str, column: str, words: str
) -> None:
    write(copy, HEAD + HOLDS.replace(old, new))
    with pytest.raises(DataErrors) as caught:
        read_law_tests(copy, load_rulebook(copy.rulebook))
    problems = caught.value.problems
    assert any(
        column in (one.column or "") and words in f"{one.problem} {one.wanted}" and one.row == 5
        for one in problems
    ), [str(one) for one in problems]


def test_all_faults_of_all_files_are_told_at_once(copy: Project) -> None:
    write(copy, HEAD + HOLDS.replace('"9"', '"99"') + HOLDS.replace("met", "fine"), "a.yaml")
    write(copy, HEAD + HOLDS + HOLDS, "b.yaml")
    write(copy, "tests:\n" + HOLDS, "c.yaml")
    done = ntm()
    assert done.exit_code == 1
    assert "a.yaml" in done.output
    assert "line 5" in done.output  # the name given twice in b
    assert done.output.count("c.yaml") == 3  # set, place and day
    assert "Traceback" not in done.output


def test_without_cases_one_is_told_how_to_write_them(copy: Project) -> None:
    done = ntm()
    assert done.exit_code == 0
    assert "test-the-law.md" in done.output


def test_zones_of_a_province_are_tried(copy: Project) -> None:
    path = copy.rulebook / "advanced" / "provinces" / "bac-giang-2024-01-15.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(FILE, allow_unicode=True, sort_keys=False), encoding="utf-8")
    given = 'place: Bắc Giang, indicator: "9", figures: {solid_houses: 80, houses: 100}'
    cases = [
        f"- {{name: zone 1, {given}, classes: [area-3], verdict: met}}",
        f"- {{name: zone 2, {given}, classes: [], verdict: not_met}}",
        f"- {{name: not told, {given}, verdict: no_data, lack: class}}",
        f"- {{name: no such zone value, {given}, classes: [area-3], verdict: not_met}}",
    ]
    write(copy, HEAD + "\n".join(cases) + "\n")
    outcomes = try_law(read_law_tests(copy, load_rulebook(copy.rulebook)))
    assert [bool(one.differences) for one in outcomes] == [False, False, False, True]


@pytest.mark.parametrize(
    ("found", "wanted", "shown"),
    [
        ("98.00072700836059", "98.0007", "98.0007"),
        ("0.05", "0.1", "0.0"),
        ("-1.0", "-1", "-1"),
        ("", "1", ""),
    ],
)
def test_numbers_are_compared_to_the_decimals_written(found: str, wanted: str, shown: str) -> None:
    assert _to_decimals(found, wanted) == shown
