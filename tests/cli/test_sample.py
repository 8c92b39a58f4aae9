"""`ntm sample`."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ntm_analysis.assessment import assess
from ntm_analysis.cli.app import app
from ntm_analysis.communes import load_cases
from ntm_analysis.paths import Project
from ntm_analysis.scrutiny import scrutinise


@pytest.fixture
def empty(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    shutil.copytree(repository / "data" / "rulebook", tmp_path / "data" / "rulebook")
    shutil.copy2(repository / "_quarto.yml", tmp_path)
    monkeypatch.setenv("NTM_PROJECT", str(tmp_path))
    monkeypatch.setenv("NTM_LANG", "vi")
    return Project(tmp_path)


def ntm(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def content(project: Project) -> dict[str, bytes]:
    files = [*project.communes.rglob("*.*"), *project.params.glob("*")]
    return {project.relative(path): path.read_bytes() for path in files}


def test_the_same_seed_gives_the_same_communes(empty):
    assert ntm("sample", "--n", "6", "--seed", "3", "--years", "2023,2024").exit_code == 0
    first = content(empty)
    cases = load_cases(empty)
    assert len(cases) == 12 and all(case.commune.synthetic for case in cases)
    assert ntm("sample", "--n", "6", "--seed", "3", "--years", "2023,2024").exit_code == 1
    assert content(empty) == first
    assert (
        ntm("sample", "--n", "6", "--seed", "4", "--years", "2023,2024", "--force").exit_code == 0
    )
    assert content(empty) != first


def test_planted_faults_are_labelled_and_found(empty):
    assert ntm("sample", "--n", "12", "--faults", "1").exit_code == 0
    cases = load_cases(empty)
    assessment = assess(cases)
    for case in cases:
        path = empty.communes / case.params.commune / "planted.csv"
        planted = list(csv.DictReader(path.open(encoding="utf-8")))
        found = {(f.check, f.indicator) for f in scrutinise(case, assessment)}
        assert planted and all((p["check"], p["indicator"]) in found for p in planted)


def test_communes_vary(empty):
    assert ntm("sample", "--n", "12", "--faults", "0").exit_code == 0
    cases = load_cases(empty)
    assessment = assess(cases)
    met = {assessment.tally(case)["met"] for case in cases}
    households = {r.low for case in cases for r in case.readings if r.variable == "households"}
    assert 74 in met and len(met) > 3 and len(households) == 12
    assert len({case.commune.district for case in cases}) > 3
    assert not any(scrutinise(case, assessment) for case in cases)


@pytest.mark.parametrize("options", [["--years", "24"], ["--years", ","], ["--n", "0"],
                                     ["--faults", "2"]])  # fmt: skip
def test_wrong_usage(empty, options):
    assert ntm("sample", *options).exit_code == 2
    assert not empty.communes.exists()
