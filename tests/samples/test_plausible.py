"""Made-up communes: sizes that fit each other, documents in order, years that follow each other."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ntm_analysis.communes import load_case
from ntm_analysis.narrative import Report, recommendations
from ntm_analysis.narrative.titles import chapter_title
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.samples import FAULTS, Sample, generator, make, plant
from tests.support import sample_project

YEARS = (2023, 2024)


@pytest.fixture(scope="module")
def made(repository: Path) -> list[Sample]:
    rules = sample_project.rules(load_rulebook(repository / "data" / "rulebook"))
    return [make(rules, n, generator(11, n), YEARS, close=n % 3 == 0) for n in range(1, 31)]


def value(sample: Sample, name: str, year: int = 2024) -> float:
    return float(sample.rows(name, year)[0]["value"])


def test_sizes_fit_each_other(made):
    for sample in made:
        scale = sample.scale
        assert 150 < scale.households / scale.hamlets < 500 or scale.hamlets == 3
        assert 3 <= scale.population / scale.households <= 4
        assert len(sample.profile["hamlets"]) == scale.hamlets
        assert 3 <= 1000 * sample.wholes["deaths"] / scale.population <= 9


def test_no_part_is_larger_than_its_whole(made):
    for sample in made:
        variables = sample.rules.rulebook.variables
        for row in sample.figures:
            whole = variables[row["variable"]].part_of
            found = sample.rows(whole, int(row["year"]), row["indicator"]) if whole else []
            if found and row["value"][0].isdigit():
                assert float(row["value"]) <= float(found[0]["value"]), row


def test_margins_differ(made):
    """No heap of rates at the least margin."""
    rates = [
        round(100 * value(s, "insured_persons") / value(s, "population"), 2)
        for s in made
        if s.margin and s.claim(2024, "14.1")["claimed_verdict"] == "met"
    ]
    assert len(set(rates)) == len(rates) > 10
    assert max(rates) - min(rates) > 0.8 and min(rates) > 97


def test_documents_are_numbered_by_day_and_before_the_appraisal(made):
    for sample in made:
        for year in YEARS:
            rows = [row for row in sample.evidence if row["year"] == str(year)]
            days = [dt.date.fromisoformat(row["issued_on"]) for row in rows]
            assert days == sorted(days) and days[-1] <= dt.date(year, 11, 4)
            assert all(day.weekday() < 5 for day in days)
            numbers = [int(row["number"].partition("/")[0]) for row in rows]
            assert numbers == list(range(1, len(rows) + 1))


def test_a_year_later_roads_are_as_long_and_most_is_as_it_was(made):
    changed = total = 0
    for sample in made:
        assert value(sample, "alleys", 2023) == value(sample, "alleys", 2024)
        for rule in sample.rules.rules:
            before, after = (sample.claim(y, rule.code)["claimed_verdict"] for y in YEARS)
            total += 1
            changed += before != after
    assert 0 < changed < 0.08 * total


def test_a_fault_is_planted_once_and_only_where_something_is_met(made):
    rng = generator(1, 1)
    for sample in made[:8]:
        done = [check for check in FAULTS if plant(sample, check, 2024, rng)]
        assert not any(plant(sample, check, 2024, rng) for check in FAULTS)
        spoiled = [p.indicator for p in sample.planted]
        assert len(set(spoiled)) == len(spoiled) == len(done)
        for code in filter(None, spoiled):
            assert sample.claim(2024, code)["claimed_verdict"] == "met"


def test_the_report_of_one_that_misses_something(repository):
    project = Project(repository)
    report = Report(load_case(project, "gia-dinh-0002-2024"), project)
    assert report.title == "Xã Giả Định 2, huyện Giả Định A, tỉnh Hà Nam – năm 2024 (giả\u00a0định)"
    assert chapter_title(report.case, "en").endswith("(made\u00a0up)")
    text = recommendations(report).strip()
    assert "13.2 sản phẩm OCOP (còn thiếu 1 sản phẩm)" in text
    assert "12.2 lao động có bằng, chứng chỉ (còn thiếu 43 người; nam còn thiếu 0,58 điểm" in text
    assert text.endswith(".") and not text.endswith(";.")
