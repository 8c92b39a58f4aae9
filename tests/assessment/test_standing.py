"""From verdict to conclusion, as tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ntm_analysis.assessment import CRITERION_COLUMNS, assess, criteria_of
from ntm_analysis.assessment.standing import (
    conclusions,
    needs_reason,
    standings,
    turned,
    weakest,
    worst,
)


def words(*one: str) -> np.ndarray:
    return np.array(one, dtype=object)


@pytest.mark.parametrize(
    ("verdict", "disputed", "grade", "floor", "standing", "conclusion"),
    [
        ("met", False, "A", "C", "firm", "met"),
        ("met", False, "C", "C", "firm", "met"),
        ("met", False, "D", "C", "unproven", "prove"),
        ("met", False, "E", "D", "unproven", "prove"),
        ("met", False, "D", "D", "firm", "met"),
        ("met", False, "B", "A", "unproven", "prove"),
        ("met", True, "A", "C", "disputed", "clarify"),
        ("met", True, "E", "C", "disputed", "clarify"),
        ("not_applicable", False, "C", "C", "firm", "not_applicable"),
        ("not_applicable", False, "D", "C", "unproven", "prove"),
        ("not_applicable", True, "A", "C", "disputed", "clarify"),
        ("not_met", True, "A", "C", "", "not_met"),
        ("pending", True, "D", "C", "", "pending"),
        ("no_data", False, "E", "C", "", "no_data"),
    ],
)
def test_standing_and_conclusion(verdict, disputed, grade, floor, standing, conclusion):
    found = standings(words(verdict), np.array([disputed]), np.array([grade]), floor)
    assert found.tolist() == [standing]
    assert conclusions(words(verdict), found, words("")).tolist() == [conclusion]


@pytest.mark.parametrize("decision", ["met", "not_met", "clarify", "not_applicable"])
def test_what_the_appraiser_decided_comes_before_all(decision):
    for verdict, standing in (("met", "firm"), ("met", "disputed"), ("no_data", "")):
        assert conclusions(words(verdict), words(standing), words(decision)).tolist() == [decision]


@pytest.mark.parametrize(
    ("stability", "unknown", "expected"),
    [
        ("stable", False, False),
        ("stable", True, False),
        ("flips: a=1 -> not_met", False, True),
        ("flips: a=1 -> no_data", False, True),
        ("flips: a=1 -> no_data", True, False),  # only our not knowing the threshold
        ("flips: a=1 -> pending", True, True),
    ],
)
def test_what_another_reading_turns(stability, unknown, expected):
    assert turned(words(stability), unknown).tolist() == [expected]


@pytest.mark.parametrize(
    ("decision", "verdict", "standing", "expected"),
    [
        ("met", "met", "firm", False),
        ("met", "met", "unproven", True),
        ("prove", "met", "unproven", False),
        ("met", "met", "disputed", True),
        ("clarify", "met", "disputed", False),
        ("clarify", "met", "firm", True),
        ("not_met", "not_met", "", False),
        ("met", "not_met", "", True),
        ("not_applicable", "not_applicable", "firm", False),
        ("met", "not_applicable", "firm", True),
    ],
)
def test_which_decision_needs_a_reason(decision, verdict, standing, expected):
    assert needs_reason(decision, verdict, standing) is expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"met", "not_met", "no_data"}, "not_met"),
        ({"met", "pending", "no_data"}, "pending"),
        ({"met", "no_data", "prove"}, "no_data"),
        ({"met", "clarify", "prove"}, "clarify"),
        ({"met", "prove"}, "prove"),
        ({"met", "not_applicable"}, "met"),
        ({"not_applicable"}, "not_applicable"),
    ],
)
def test_what_several_parts_come_to(parts, expected):
    assert worst(parts) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"firm"}, "firm"),
        ({"firm", "unproven"}, "unproven"),
        ({"firm", "unproven", "disputed"}, "disputed"),
        ({"firm", ""}, ""),
        (set(), ""),
    ],
)
def test_how_firm_several_parts_are(parts, expected):
    assert weakest(parts) == expected


def test_a_criterion_stands_as_its_weakest_indicator_and_is_concluded_as_its_worst():
    columns = ("commune", "year", "criterion", "verdict", "standing", "conclusion")
    rows = [
        ("a", 2024, 1, "met", "firm", "met"),
        ("a", 2024, 1, "not_applicable", "firm", "not_applicable"),
        ("a", 2024, 2, "met", "disputed", "clarify"),
        ("a", 2024, 2, "met", "unproven", "met"),  # the appraiser's decision
        ("a", 2024, 3, "met", "disputed", "clarify"),
        ("a", 2024, 3, "no_data", "", "no_data"),
        ("a", 2023, 1, "not_applicable", "unproven", "prove"),
        ("b", 2024, 1, "met", "firm", "not_met"),  # the appraiser's decision
    ]
    found = criteria_of(pd.DataFrame(rows, columns=list(columns)))
    assert found.to_dict("split")["data"] == [
        ["a", 2024, 1, 2, 2, 2, 2, "met", "firm", "met"],
        ["a", 2024, 2, 2, 2, 0, 1, "met", "disputed", "clarify"],
        ["a", 2024, 3, 2, 1, 0, 0, "no_data", "", "no_data"],
        ["a", 2023, 1, 1, 1, 0, 0, "not_applicable", "unproven", "prove"],
        ["b", 2024, 1, 1, 1, 1, 0, "met", "firm", "not_met"],
    ]
    assert tuple(found.columns) == CRITERION_COLUMNS
    assert tuple(criteria_of(found.iloc[:0]).columns) == CRITERION_COLUMNS


@pytest.mark.parametrize(
    ("change", "grade", "standing", "conclusion"),
    [
        ({}, "C", "firm", "met"),
        ({"valid_until": dt.date(2024, 11, 26)}, "C", "firm", "met"),
        ({"valid_until": dt.date(2024, 11, 25)}, "D", "unproven", "prove"),  # valid no more
        ({"issued_on": dt.date(2024, 11, 26)}, "C", "firm", "met"),
        ({"issued_on": dt.date(2024, 11, 27)}, "D", "unproven", "prove"),  # not there yet
        ({"grade": "B", "issued_on": dt.date(2024, 11, 27)}, "B", "firm", "met"),  # figures
    ],
)
def test_a_document_that_is_not_valid_proves_nothing(liem_can, change, grade, standing, conclusion):
    evidence = tuple(
        replace(row, **change) if row.indicator == "1.1" else row for row in liem_can.evidence
    )
    row = assess([replace(liem_can, evidence=evidence)]).results.set_index("indicator").loc["1.1"]
    assert tuple(row[["evidence_grade", "standing", "conclusion"]]) == (grade, standing, conclusion)
