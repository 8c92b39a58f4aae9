"""A criteria set is applied on the days that it is for, and on others only on an explicit word."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from ntm_analysis.communes import load_case
from ntm_analysis.narrative import summary
from ntm_analysis.narrative.report import Report
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook.periods import outside


def copied(repository: Path, folder: Path) -> Project:
    for name in ("data", "params", "notebooks"):
        shutil.copytree(repository / name, folder / name)
    shutil.copy2(repository / "_quarto.yml", folder)
    return Project(folder)


@pytest.mark.parametrize(
    ("set_key", "day", "inside"),
    [
        ("advanced", "2021-01-01", True),
        ("advanced", "2025-12-31", True),
        ("advanced", "2026-01-01", False),
        ("advanced", "2020-12-31", False),
        ("2026", "2026-02-14", False),
        ("2026", "2026-02-15", True),
        ("2026", "2030-12-31", True),
        ("2026", "2031-01-01", False),
    ],
)
def test_the_days_of_a_set(book, set_key, day, inside):
    assert book.sets[set_key].about.holds_on(dt.date.fromisoformat(day)) is inside


@pytest.mark.parametrize(
    ("day", "named"),
    [
        ("2026-03-01", "2026-2030"),
        ("2026-02-01", "No criteria set"),
        ("2020-05-01", "No criteria set"),
    ],
)
def test_the_set_of_that_day_is_named(book, day, named):
    found = outside(book, "advanced", dt.date.fromisoformat(day), "en")
    assert found is not None
    assert "31/12/2025" in found[0] and named in found[1]


def test_the_set_of_2026_is_there_as_far_as_it_is_sourced(book):
    loaded = book.sets["2026"]
    assert len(loaded.criteria) == 10
    assert not any(criterion.complete or criterion.indicators for criterion in loaded.criteria)


def test_nothing_is_assessed_outside_without_an_explicit_word(repository, tmp_path):
    project = copied(repository, tmp_path)
    path = project.params / "liem-can-2024.yaml"
    text = path.read_text(encoding="utf-8").replace("2024-11-26", "2026-03-01")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataErrors) as error:
        load_case(project, "liem-can-2024")
    (problem,) = error.value.problems
    assert problem.file == "params/liem-can-2024.yaml" and problem.row
    assert "outside_period" in problem.wanted and "2026-2030" in problem.wanted
    path.write_text(f"{text.rstrip()}\noutside_period: true\n", encoding="utf-8")
    case = load_case(project, "liem-can-2024")
    text = summary(Report(case, project))
    first = text.index("Ngoài thời gian áp dụng")
    assert first < text.index("xã Liêm Cần đạt")
    assert "outside_period" not in case.params.for_notebook()
