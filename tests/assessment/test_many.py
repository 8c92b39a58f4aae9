"""Many communes at once give what one commune at a time gives."""

from __future__ import annotations

import datetime as dt
import importlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ntm_analysis.assessment import (
    VERDICTS,
    assess,
    assess_many,
    read_readings,
    readings_of,
    stability,
    write_readings,
)
from ntm_analysis.assessment import flips as flips_module
from ntm_analysis.communes import Case, load_cases
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook, rules_in_force
from ntm_analysis.samples import generator, make
from tests.support import sample_project


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> list[Case]:
    """Liêm Cần, with its many contradictions, and made-up communes under the same law."""
    book = load_rulebook(repository / "data" / "rulebook")
    (real,) = load_cases(Project(repository), ["liem-can-2024"], book)
    rules = rules_in_force(book, "advanced", "Hà Nam", dt.date(2024, 11, 8))
    samples = [make(rules, number, generator(5, number), (2024,)) for number in range(4)]
    for number, sample in enumerate(samples):
        for row in list(sample.figures)[number :: 9 + number]:
            if row["value"].isdigit():
                row["primary"] = "yes"
                other = str(int(row["value"]) * (80 + number) // 100)
                sample.figures.append({**row, "value": other, "primary": ""})
    folder = tmp_path_factory.mktemp("many")
    return [real, *sample_project.cases(samples, folder, repository)]


def wanted(cases: list[Case]) -> pd.DataFrame:
    """The results and flips found one commune at a time."""
    frames = [assess([case], "vi").results for case in cases]
    for case, frame in zip(cases, frames, strict=True):
        verdicts = zip(case.rules.rules, frame["verdict"], strict=True)
        frame["stability"] = [stability(case, rule, verdict) for rule, verdict in verdicts]
    return pd.concat(frames, ignore_index=True)


def compare(cases: list[Case], path: Path) -> pd.DataFrame:
    write_readings(path, readings_of(cases))
    readings, keys = read_readings(path)
    assert list(keys["commune"]) == [case.params.commune for case in cases]
    rules = cases[0].rules.rules
    by_case = [assess([case]).of(case)["evidence_grade"].to_numpy() for case in cases]
    grades = np.stack(by_case, axis=1).astype(str)
    assert grades.shape == (len(rules), len(cases))
    found = assess_many(cases[0].rules, readings, len(keys), grades=grades).frame()
    expected = wanted(cases)
    together = assess(cases, "vi").results
    assert together["stability"].tolist() == expected["stability"].tolist()
    assert len(found) == len(expected)
    for name in ("indicator", "verdict", "stability", "standing", "conclusion"):
        assert found[name].astype(str).tolist() == expected[name].astype(str).tolist(), name
    for name in ("value", "margin", "headroom"):
        assert np.array_equal(found[name], expected[name], equal_nan=True), name
    return found


def test_it_is_the_same_as_one_by_one(cases: list[Case], tmp_path: Path) -> None:
    found = compare(cases, tmp_path / "readings.parquet")
    flips = found["stability"].astype(str).str.startswith("flips")
    assert flips.groupby(found["case"]).sum().gt(0).sum() >= 3
    assert set(found["verdict"].astype(str)) <= set(VERDICTS)


def test_combinations_are_taken_in_turns(
    cases: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flips_module, "_AT_ONCE", 4)
    compare(cases, tmp_path / "readings.parquet")


def test_too_many_combinations_are_cut_to_extremes_alike(
    cases: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flips_module, "MAX_COMBINATIONS", 2)
    # The package has a function of the same name as this module.
    one_by_one = importlib.import_module("ntm_analysis.assessment.stability")
    monkeypatch.setattr(one_by_one, "MAX_COMBINATIONS", 2)
    compare(cases, tmp_path / "readings.parquet")


def test_verdicts_alone(cases: list[Case]) -> None:
    readings = readings_of(cases)
    readings["case"] = pd.factorize(readings["commune"])[0]
    results = assess_many(cases[0].rules, readings, len(cases), full=False)
    table = results.frame()
    assert "headroom" not in table
    assert table["verdict"].astype(str).tolist() == wanted(cases)["verdict"].tolist()
