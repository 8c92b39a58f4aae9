"""What the 2024 appraisal of Liêm Cần must give, as a table that an appraiser can read."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from ntm_analysis.assessment import COLUMNS, assess
from ntm_analysis.communes import Case

TALLY = {"met": 63, "not_met": 0, "pending": 2, "no_data": 6, "not_applicable": 3}

NOT_MET = {
    "2.1": "no_data",
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
    ("2.2", 100.0, 0.0, None, ""),
    ("13.8", 3.0, 2.0, 2, "model"),
]

FLIPS = {
    "11": "flips: poor_households=34 -> not_met",
    "12.1": "flips: trained_workers=3230 -> not_met",
    "13.6": "flips: coded_growing_areas=1 -> met",
    "18.7": "flips: households=2692 -> no_data",
}


COUNTS = {"claimed": 74, "computed": 66, "firm": 33, "concluded": 33}
DISPUTED = ["11", "12.1"]
# Met or not applicable, on nothing but the dossier's own words, or with a limb that it leaves open.
UNPROVEN = [
    "1.2", "1.3", "2.2", "3.5", "3.6", "4", "5.5", "5.6", "6.2", "6.3",
    "7", "8.1", "8.3", "8.4", "8.5", "12.2", "13.3", "13.7", "14.1", "15.3",
    "16.1", "17.1", "17.3", "17.7", "17.9", "18.5", "18.6", "18.7", "18.8", "19.1",
    "19.2",
]  # fmt: skip
LIMBS_LEFT_OPEN = {
    "2.1": "items",
    "2.2": "maintained,items",
    "4": "registered",
    "6.3": "ntm",
    "8.4": "poll",
    "12.1": "men,women",
    "12.2": "men,women",
    "14.1": "men,women",
    "17.3": "other",
    "18.7": "container",
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


def test_the_four_counts(assessment, liem_can):
    assert asdict(assessment.counts(liem_can)) == COUNTS


def test_what_stands_between_computed_and_firm(assessment, liem_can):
    standing = assessment.of(liem_can)["standing"]
    assert standing[standing == "disputed"].index.tolist() == DISPUTED
    assert standing[standing == "unproven"].index.tolist() == UNPROVEN


def test_what_is_concluded(assessment, liem_can):
    conclusion = assessment.of(liem_can)["conclusion"]
    assert conclusion[conclusion == "clarify"].index.tolist() == DISPUTED
    assert conclusion[conclusion == "prove"].index.tolist() == UNPROVEN
    assert set(conclusion[["3.1", "13.4", "18.2"]]) == {"no_data"}
    assert conclusion["9"] == "met"


def test_limbs_that_nothing_is_said_of(assessment, liem_can):
    missing = assessment.of(liem_can)["missing_limbs"]
    assert missing[missing != ""].to_dict() == LIMBS_LEFT_OPEN


@pytest.mark.parametrize("unable", ["13", "14"])
def test_poverty_hangs_on_which_household_left(liem_can, unable):
    """33 poor households with 13 of them unable to work fail; with 14 they just pass."""
    case = liem_can.with_figures({"poor_households_unable": unable})
    row = assess([case]).of(case).loc["11"]
    assert row["verdict"] == ("met" if unable == "14" else "not_met")


def test_a_missing_limb_lowers_the_grade_to_d(assessment, liem_can):
    rows = assessment.of(liem_can)
    assert rows.loc["2.2", "missing_limbs"] == "maintained,items"
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
