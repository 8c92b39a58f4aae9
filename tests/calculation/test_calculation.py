"""The steps from figures to verdicts, held against the assessment itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

from ntm_analysis import Report, calculation
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors


@pytest.fixture(scope="module")
def report(repository: Path) -> Report:
    return Report.load("liem-can", 2024, Project(repository))


@pytest.mark.parametrize("commune", ["liem-can", "gia-dinh-0001", "gia-dinh-0002"])
def test_values_worked_out_apart_are_those_of_the_assessment(
    repository: Path, commune: str
) -> None:
    report = Report.load(commune, 2024, Project(repository))
    rules, values = calculation.rules_table(report), calculation.computed_values(report)
    results = report.assessment.of(report.case)
    assert list(rules.index) == list(results.index) == list(values.index)
    own = results[results["limb"] == "own"]
    known = own["value"].notna()
    assert known.sum() > 20
    np.testing.assert_allclose(values[own.index][known], own["value"][known], rtol=0, atol=1e-9)
    threshold = own["threshold"].notna()
    same = rules.loc[own.index, "threshold"][threshold] == own["threshold"][threshold]
    assert same.all()


def test_every_reading_is_there_and_a_range_is_no_number(report: Report) -> None:
    figures = calculation.figures_table(report)
    assert len(figures) == len(report.case.readings)
    ranges = figures[figures["text"].str.contains(r"^[<>]|\d-\d", regex=True)]
    assert len(ranges) > 0
    assert ranges["value"].isna().all()
    households = figures.loc[figures["variable"] == "households", "value"]
    assert set(households) == {2692.0, 2751.0, 2663.0}


def test_each_indicator_has_its_own_reading_of_a_figure(report: Report) -> None:
    used = calculation.used_figures(report)
    assert used.loc[("11", "households"), "value"] == 2692
    assert used.loc[("11", "poor_households"), "readings"] == 2
    assert used.loc["11", "value"].notna().all()


def test_poverty_step_by_step(repository: Path) -> None:
    report = Report.load("liem-can", 2024, Project(repository), lang="en")
    steps = calculation.explain(report, "11")
    assert steps.loc[steps["step"] == "formula", "value"].item() == (
        "100 * (33 - 14) / (2692 - 14) + 100 * (9 - 2) / (2692 - 2)"
    )
    other = steps.loc[steps["step"] == "other reading in the dossier"]
    assert {"34", "2,751", "2,663"} <= set(other["value"])
    said = steps.set_index("step")["value"]
    assert (said["value"], said["requirement"], said["margin"]) == (
        "0.97%",
        "< 1.0%",
        "0.03 percentage points",
    )
    assert said["verdict"] == "Met"
    assert said["conclusion"] == report.indicators["11"].conclusion_word
    turns = steps.set_index("step").loc["stability"]
    assert turns["what"] == "Poor households: 34 households on 31 December 2023"
    assert turns["value"] == "Met → Not met"


def test_all_indicators_can_be_told(report: Report) -> None:
    for code in report.indicators:
        steps = calculation.explain(report, code)
        limbs = report.case.rules.by_code[code].indicator.limbs
        assert (steps["step"] == "yêu cầu").sum() == len(limbs)


def test_an_unknown_indicator_is_told_with_those_there_are(report: Report) -> None:
    with pytest.raises(DataErrors, match=r"99\.1"):
        calculation.explain(report, "99.1")


def test_what_turns(report: Report) -> None:
    turned = calculation.what_turns(report, poor_households=34.0)
    assert turned.loc["11", ["verdict", "verdict_new"]].tolist() == ["met", "not_met"]
    assert set(turned.index) == {"11"}
    before = report.assessment.of(report.case).loc["11", "value"]
    assert turned.loc["11", "value"] == before < turned.loc["11", "value_new"]
    assert calculation.what_turns(report, poor_households=">40").loc["11", "verdict_new"] != "met"
    with pytest.raises(DataErrors, match="poor_housholds"):
        calculation.what_turns(report, poor_housholds=34)


def test_charts_are_figures_that_can_be_changed(report: Report) -> None:
    for figure, axes in (
        calculation.criterion_figure(report, 9),
        calculation.margins_figure(report),
    ):
        assert figure._repr_png_().startswith(b"\x89PNG")
        shown, told = DisplayFormatter().format(figure)
        assert set(shown) == {"image/png", "text/plain"}
        assert "%" in told["image/png"]["alt"]
        words = [text.get_text() for text in axes.texts]
        assert len(words) > 5
        before = figure._repr_png_()
        axes.texts[0].set_text("khác")
        assert figure._repr_png_() != before
    few = calculation.margins_figure(report, most=8)[1]
    assert 0 < len(few.texts) < len(calculation.margins_figure(report)[1].texts)
    _, axes = calculation.criterion_figure(report, 1)
    said = "Tiêu chí 1 không có số liệu định lượng để vẽ."
    assert [text.get_text() for text in axes.texts] == [said]
    with pytest.raises(DataErrors, match="99"):
        calculation.criterion_figure(report, 99)


def test_a_commune_without_margins_gets_a_sentence(report: Report) -> None:
    pending = {one.variable: "pending" for one in report.case.readings}
    numbers = {
        name: "pending"
        for name in pending
        if report.case.rules.rulebook.variables[name].kind not in ("flag", "grade")
    }
    bare = Report(report.case.with_figures(numbers), report.project)
    _, axes = calculation.margins_figure(bare)
    assert [text.get_text() for text in axes.texts] == ["Không chỉ tiêu nào có biên độ để vẽ."]
