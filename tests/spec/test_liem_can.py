"""What the 2024 appraisal of Liêm Cần must give, as a table that an appraiser can read."""

from __future__ import annotations

import pytest

from ntm_analysis.assessment import COLUMNS, assess
from ntm_analysis.communes import Case

TALLY = {"met": 64, "not_met": 0, "pending": 2, "no_data": 5, "not_applicable": 3}

NOT_MET = {
    "3.1": "no_data",
    "13.2": "no_data",
    "13.4": "no_data",
    "13.5": "no_data",
    "18.2": "no_data",
    "13.6": "pending",
    "18.4": "pending",
    "17.1": "not_applicable",
    "18.6": "not_applicable",
    "18.8": "not_applicable",
}

#        code     value     margin   headroom  unit
VALUES = [
    ("9", 98.0007, 1.0007, 27, "house"),
    ("10", 72.403, 0.403, None, ""),
    ("11", 0.9697, 0.0303, 0, "household"),
    ("12.1", 86.0133, 1.0133, 50, "person"),
    ("12.2", 39.0018, 1.0018, 49, "person"),
    ("17.8", 96.0461, 1.0461, 6, "livestock_household"),
    ("17.10", 25.0, 7.0, 2, "person"),
    ("18.1", 94.9836, 9.9836, 274, "household"),
    ("14.1", 95.18, 0.18, None, ""),
    ("2.1", 100.0, 5.0, 0.41, "km"),
    ("2.2", 100.0, 0.0, 0, "km"),
    ("13.8", 3.0, 2.0, 2, "model"),
]

FLIPS = {
    "11": "flips: poor_households=34 -> not_met",
    "12.1": "flips: trained_workers=3230 -> not_met",
    "13.6": "flips: coded_growing_areas=1 -> met",
    "18.7": "flips: households=2692 -> no_data",
}


@pytest.fixture(scope="module")
def assessment(liem_can: Case):  # type: ignore[no-untyped-def]
    return assess([liem_can])


def test_the_tally(assessment, liem_can):
    assert assessment.tally(liem_can) == TALLY


def test_which_are_not_plainly_met(assessment, liem_can):
    verdicts = assessment.of(liem_can)["verdict"]
    assert verdicts[verdicts != "met"].to_dict() == NOT_MET


@pytest.mark.parametrize(("code", "value", "margin", "headroom", "unit"), VALUES)
def test_values(assessment, liem_can, code, value, margin, headroom, unit):
    row = assessment.of(liem_can).loc[code]
    assert row["value"] == pytest.approx(value, abs=5e-5)
    assert row["margin"] == pytest.approx(margin, abs=5e-5)
    assert row["headroom_unit"] == unit
    if headroom is None:
        assert row["headroom"] != row["headroom"]
    else:
        assert row["headroom"] == headroom


def test_which_verdicts_hang_on_a_reading(assessment, liem_can):
    stability = assessment.of(liem_can)["stability"]
    assert stability[stability != "stable"].to_dict() == FLIPS


@pytest.mark.parametrize(
    ("changes", "code", "value", "verdict"),
    [
        ({"poor_households": "34"}, "11", 1.00705, "not_met"),
        ({"poor_households": "32"}, "11", 0.9324, "met"),
        ({"households": "2751"}, "11", 0.9488, "met"),
        ({"solid_houses": "2669"}, "9", 97.0193, "met"),
        ({"solid_houses": "2668"}, "9", 96.9829, "not_met"),
        ({"income_per_head": "72"}, "10", 72.0, "not_met"),
        ({"income_per_head": "72.001"}, "10", 72.001, "met"),
        ({"cremations": "7"}, "17.10", 19.4444, "met"),
        ({"cremations": "6"}, "17.10", 16.6667, "not_met"),
        ({"water_per_head": ">80"}, "18.2", None, "met"),
        ({"water_per_head": "80"}, "18.2", 80.0, "not_met"),
        ({"ocop_products": "1"}, "13.2", 1.0, "met"),
    ],
)
def test_what_if(liem_can, changes, code, value, verdict):
    case = liem_can.with_figures(changes)
    row = assess([case]).of(case).loc[code]
    assert row["verdict"] == verdict
    if value is not None:
        assert row["value"] == pytest.approx(value, abs=5e-5)


def test_the_published_columns_come_first_and_in_order(assessment):
    assert tuple(assessment.results.columns[: len(COLUMNS)]) == COLUMNS


def test_claims_are_kept_apart_from_verdicts(assessment, liem_can):
    rows = assessment.of(liem_can)
    assert set(rows["claimed_verdict"]) == {"met"}
    assert rows.loc["18.2", "claimed_value"] == "80-110"


def test_a_missing_limb_lowers_the_grade_to_d(assessment, liem_can):
    rows = assessment.of(liem_can)
    assert rows.loc["2.2", "missing_limbs"] == "items"
    assert rows.loc["2.2", "evidence_grade"] == "D"
    assert rows.loc["2.2", "verdict"] == "met"


def test_many_at_once_are_judged_as_one_by_one(liem_can):
    cases = [liem_can.with_figures({"poor_households": str(n)}) for n in range(20, 40)]
    together = assess(cases).results
    for number, case in enumerate(cases):
        alone = assess([case]).results
        mine = together.iloc[number * 74 : (number + 1) * 74].reset_index(drop=True)
        assert alone["verdict"].tolist() == mine["verdict"].tolist()
        assert alone["headroom"].equals(mine["headroom"])
