"""Part I.4: a criterion's verdict from its indicators', and which side of a threshold is told."""

from __future__ import annotations

import pytest

from ntm_analysis import narrative
from ntm_analysis.narrative import Report, tables
from ntm_analysis.paths import Project
from tests.narrative.conftest import Changed

# Criterion 13 has several indicators; two of them are yes or no.
NOT_MET = {"figures": {"income_per_head": "10"}}


@pytest.mark.parametrize(
    ("figures", "without", "verdict"),
    [
        ({}, (), "met"),
        ({"planning_regulation": "no"}, (), "not_met"),
        ({"planning_regulation": "pending"}, (), "pending"),
        ({}, ("planning_regulation",), "no_data"),
        ({"planning_regulation": "not_applicable"}, (), "met"),
        ({"planning_regulation": "pending", "detailed_plan": "no"}, (), "not_met"),
        ({"planning_regulation": "pending"}, ("detailed_plan",), "pending"),
        ({"planning_regulation": "no"}, ("detailed_plan",), "not_met"),
        (
            dict.fromkeys(
                ("planning_regulation", "detailed_plan", "master_plan_in_force"), "not_applicable"
            ),
            (),
            "not_applicable",
        ),
    ],
)
def test_a_criterion_has_the_worst_verdict_of_its_indicators(
    changed: Changed, figures, without, verdict
):
    report = changed("vi", figures=figures, without=without)
    assert report.criterion_views[1].verdict == verdict
    text = narrative.criterion(report, 1)
    section = text[text.index("-c1-c") :].lower()
    assert ("**đạt**" in section) is (verdict in ("met", "not_applicable"))


SIDES = [
    # income must be above 72 million, poverty below 1 %
    ("10", {"income_per_head": "72.5"}, "met", "cao hơn ngưỡng 0,5 triệu"),
    ("10", {"income_per_head": "72"}, "not_met", "bằng ngưỡng"),
    ("10", {"income_per_head": "71.5"}, "not_met", "thấp hơn ngưỡng 0,5 triệu"),
    (
        "11",
        {
            "households": "1000", "poor_households": "5", "near_poor_households": "0",
            "poor_households_unable": "0", "near_poor_households_unable": "0",
        },
        "met", "thấp hơn ngưỡng 0,5 điểm",
    ),
    (
        "11",
        {
            "households": "1000", "poor_households": "10", "near_poor_households": "0",
            "poor_households_unable": "0", "near_poor_households_unable": "0",
        },
        "not_met", "bằng ngưỡng",
    ),
    (
        "11",
        {
            "households": "1000", "poor_households": "15", "near_poor_households": "0",
            "poor_households_unable": "0", "near_poor_households_unable": "0",
        },
        "not_met", "cao hơn ngưỡng 0,5 điểm",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "figures", "verdict", "words"), SIDES)
def test_the_side_of_the_threshold(changed: Changed, code, figures, verdict, words):
    report = changed("vi", figures=figures)
    view = report.indicators[code]
    assert view.verdict == verdict
    text = narrative.criterion(report, int(code))
    assert words in text, text
    for other in ("cao hơn ngưỡng", "thấp hơn ngưỡng", "bằng ngưỡng"):
        assert (other in text) is (other in words)


@pytest.mark.parametrize("claims", [{"*": "met"}, {"*": "not_met"}, {}])
def test_what_the_commune_claims_is_told_only_where_it_claims_it(changed: Changed, claims):
    text = narrative.criterion(changed("vi", claims=claims, **NOT_MET), 10)
    assert ("xã tự đánh giá đạt ở 10" in text) is (claims.get("*") == "met")
    assert "tự đánh giá" not in narrative.criterion(changed("vi", claims=claims, **NOT_MET), 1)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_disputed_criterion_is_nowhere_a_plain_one(repository, lang):
    report = Report.load("liem-can", 2024, Project(repository), lang=lang)
    view = report.criterion_views[11]
    assert (view.verdict, view.standing, view.conclusion) == ("met", "disputed", "clarify")
    assert str(view.sign).startswith("[▲ ")
    row = next(
        line for line in tables.criteria_table(report).splitlines() if line.startswith("| 11 ")
    )
    assert ".ntm-disputed" in row
    assert ".ntm-met" not in row
    assessed = narrative.criterion(report, 11).split("-c11-c ")[1]
    assert view.standing_word in assessed
    assert "ntm-met" not in str(narrative.criterion(report, 11))
