"""Whatever `ntm check` calls valid runs: every section, chart and table; some are rendered too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ntm_analysis import comparison, narrative
from ntm_analysis.assessment import assess
from ntm_analysis.batch.outputs import tables_of
from ntm_analysis.communes import Case, load_case
from ntm_analysis.dataset.export import make_tables
from ntm_analysis.narrative import Report
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook import Rulebook, load_rulebook
from tests.support import odd_project

SECTIONS = (
    narrative.summary,
    narrative.legal_bases,
    narrative.dossier,
    narrative.leadership,
    narrative.base_set,
    narrative.conditions,
    narrative.plan,
    narrative.findings,
    narrative.sensitivity,
    narrative.conclusion,
    narrative.recommendations,
    narrative.evidence,
    narrative.provenance,
)
COMPARED = (
    comparison.selection,
    comparison.missing,
    comparison.summary,
    comparison.shares,
    comparison.margins,
    comparison.heat,
    comparison.close,
    comparison.years,
    comparison.decision,
)
SEEDS = int(os.environ.get("NTM_FUZZ_SEEDS", "400"))
SECONDS = float(os.environ.get("NTM_FUZZ_SECONDS", "20"))


@pytest.fixture(scope="module")
def book(repository: Path) -> Rulebook:
    return load_rulebook(repository / "data" / "rulebook")


def passed(project: Project, name: str) -> Case | None:
    """Return the case if the check passes it, as `ntm check` does."""
    try:
        case = load_case(project, name)
        assess([case])
    except DataErrors:
        return None
    return case


def text_of(project: Project, case: Case) -> str:
    """Return all that the notebook shows of a case."""
    report = Report(case, project)
    parts = [section(report) for section in SECTIONS]
    parts += [narrative.criterion(report, number) for number in report.criteria]
    return "\n\n".join(parts)


def runs(project: Project, case: Case) -> None:
    """Make all that a run, a comparison and an export make of a case."""
    text_of(project, case)
    assert tables_of(Report(case, project))
    compared = comparison.compare([case], case.params.lang)
    assert all(str(section(compared)) for section in COMPARED)
    assert make_tables([case])


def tried(root: Path, repository: Path, book: Rulebook, seeds: range, seconds: float) -> int:
    """Run what passes of the projects of `seeds` until the time is up; return how many did."""
    done, until = 0, time.monotonic() + seconds
    for seed in seeds:
        project, name = odd_project.write(root / str(seed), repository, book, seed)
        case = passed(project, name)
        if case is not None:
            try:
                runs(project, case)
            except Exception as error:
                raise AssertionError(f"seed {seed}: {project.root}") from error
            done += 1
        if time.monotonic() > until:
            break
    return done


def test_what_passes_runs(tmp_path: Path, repository: Path, book: Rulebook):
    assert tried(tmp_path, repository, book, range(400), SECONDS) >= 3


def built(project: Project, *arguments: str) -> None:
    """Run `ntm` in a project; it must end well."""
    here = {"NTM_PROJECT": str(project.root), "NTM_LANG": "en"}
    command = [sys.executable, "-m", "ntm_analysis", *arguments]
    done = subprocess.run(
        command,
        cwd=project.root,
        env=os.environ | here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"


def printed(project: Project, repository: Path) -> None:
    """Build the book in all three formats, and export."""
    shutil.copytree(repository / "book", project.root / "book", dirs_exist_ok=True)
    shutil.copy2(repository / "index.qmd", project.root)
    built(project, "build", "--to", "html,pdf,docx", "--renderer", "builtin")
    built(project, "export", "--out", str(project.root / "out"))
    assert any((project.root / "_book").rglob("*.pdf"))
    assert any((project.root / "_book").rglob("*.docx"))
    assert any((project.root / "out").rglob("*.csv"))


@pytest.mark.book
@pytest.mark.parametrize("figures", ["", "master_plan_in_force,yes,yes_no,,1.1,report:1,,\n"])
def test_a_commune_without_numbers_has_a_book(tmp_path: Path, repository: Path, figures: str):
    shutil.copytree(repository / "data" / "rulebook", tmp_path / "data" / "rulebook")
    shutil.copytree(repository / "notebooks", tmp_path / "notebooks")
    shutil.copy2(repository / "_quarto.yml", tmp_path)
    project = Project(tmp_path)
    built(project, "new", "x-2024", "--on", "2024-11-26")
    with (project.communes / "x" / "figures.csv").open("a", encoding="utf-8") as file:
        file.write(figures)
    built(project, "check")
    printed(project, repository)


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(12))
def test_whatever_passes_is_printed(tmp_path: Path, repository: Path, book: Rulebook, seed: int):
    project, name = odd_project.write(tmp_path, repository, book, seed)
    if passed(project, name) is not None:
        printed(project, repository)


@pytest.mark.fuzz
def test_whatever_passes_runs(tmp_path: Path, repository: Path, book: Rulebook):
    assert tried(tmp_path, repository, book, range(1000, 1000 + SEEDS), 1e9) > SEEDS / 3
