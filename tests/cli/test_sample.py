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


def test_the_communes_of_the_book_are_those_that_the_command_makes(empty, repository):
    """As docs/how-to/make-up-communes.md says; after a change run it again with --force."""
    command = "ntm sample --n 3 --seed 2120"
    page = repository / "docs" / "how-to" / "make-up-communes.md"
    assert f"\n{command}\n" in page.read_text(encoding="utf-8")
    assert ntm(*command.split()[1:]).exit_code == 0
    made = content(empty)
    kept = {name: (repository / name).read_bytes() for name in made}
    assert made == kept
    folders = {path.name for path in (repository / "data" / "communes").glob("gia-dinh-*")}
    assert folders == {path.name for path in empty.communes.iterdir()} and len(folders) == 3


def test_the_communes_of_the_book_differ(repository):
    cases = [c for c in load_cases(Project(repository)) if c.commune.synthetic]
    assessment = assess(cases)
    perfect, honest, faulty = cases
    tallies = [assessment.tally(case) for case in cases]
    assert tallies[0]["met"] + tallies[0]["not_applicable"] == 74
    assert not scrutinise(perfect, assessment) and not scrutinise(honest, assessment)
    assert tallies[1]["not_met"] == 2 and tallies[1]["pending"] == 1
    checks = [finding.check for finding in scrutinise(faulty, assessment)]
    assert {"S02", "S03", "S06", "S07", "S13"} <= set(checks) and checks.count("S16") > 3


def test_planted_faults_are_labelled_and_found(empty):
    assert ntm("sample", "--n", "24", "--years", "2023,2024", "--faults", "1").exit_code == 0
    cases = load_cases(empty)
    assessment = assess(cases)
    kinds = set()
    for case in cases:
        path = empty.communes / case.params.commune / "planted.csv"
        planted = list(csv.DictReader(path.open(encoding="utf-8")))
        assert 1 <= len(planted) <= 5 and {p["year"] for p in planted} == {"2024"}
        kinds |= {p["check"] for p in planted}
        own = [p for p in planted if p["year"] == str(case.params.year)]
        found = {(f.check, f.indicator) for f in scrutinise(case, assessment)}
        # A condition without evidence concerns no indicator.
        assert {(p["check"], p["indicator"]) for p in own} <= found, case.id
        assert all(p["note"] and p["note_en"] for p in planted)
    assert len(kinds) > 10


def test_a_commune_without_faults_says_so(empty):
    assert ntm("sample", "--n", "2", "--faults", "1", "--seed", "2").exit_code == 0
    labels = empty.communes / "gia-dinh-0001" / "planted.csv"
    assert len(labels.read_text(encoding="utf-8").splitlines()) > 1
    assert ntm("sample", "--n", "2", "--faults", "0", "--seed", "2", "--force").exit_code == 0
    assert labels.read_text(encoding="utf-8") == "year,check,indicator,note,note_en\n"


def test_communes_vary(empty):
    assert ntm("sample", "--n", "12", "--faults", "0").exit_code == 0
    cases = load_cases(empty)
    assessment = assess(cases)
    tallies = [assessment.tally(case) for case in cases]
    whole = [t["met"] + t["not_applicable"] == 74 for t in tallies]
    assert whole[0] and whole[4] and whole[8] and whole.count(True) < 6
    assert len({t["met"] for t in tallies}) > 3
    assert any(t["not_met"] for t in tallies) and any(t["pending"] for t in tallies)
    assert any(t["not_applicable"] for t in tallies)
    households = {r.low for case in cases for r in case.readings if r.variable == "households"}
    assert len(households) == 12
    assert len({case.commune.district for case in cases}) == 4
    # What is found in communes without faults are thin margins, and only in those made so.
    found = [[f.check for f in scrutinise(case, assessment)] for case in cases]
    assert {check for checks in found for check in checks} == {"S16"}
    assert [n for n, checks in enumerate(found, start=1) if checks] == [3, 7, 11]


def test_names_do_not_pass_for_real_ones(empty):
    assert ntm("sample", "--n", "2").exit_code == 0
    for case in load_cases(empty):
        assert case.commune.name.startswith("Giả Định ")
        assert (case.commune.district or "").startswith("Giả Định ")
        papers = [row.document for row in case.evidence]
        assert all("giả định" in paper for paper in papers)


@pytest.mark.parametrize("options", [["--years", "24"], ["--years", ","], ["--n", "0"],
                                     ["--faults", "2"]])  # fmt: skip
def test_wrong_usage(empty, options):
    assert ntm("sample", *options).exit_code == 2
    assert not empty.communes.exists()


def test_a_year_without_rules_is_told(empty):
    done = ntm("sample", "--n", "1", "--years", "2015,2024")
    assert done.exit_code == 1
    assert "08/11/2015" in done.stderr
    assert content(empty) == {}
