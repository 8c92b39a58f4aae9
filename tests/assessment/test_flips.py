"""Which change of readings turns a verdict first, for one commune and for many at once."""

from __future__ import annotations

import importlib

import pytest

from ntm_analysis.assessment import assess, stability
from ntm_analysis.assessment import flips as flips_module
from tests.assessment.conftest import Reported

HOUSES = ("houses", "solid_houses")
POOR = {
    "households": ["1000"], "poor_households_unable": ["0"], "near_poor_households": ["4"],
    "near_poor_households_unable": ["0"],
}  # fmt: skip
SOLID = "flips: solid_houses="
# the indicator, the readings (the first is assessed), the smallest change
TURNED = [
    ("9", {"houses": ["100"], "solid_houses": ["98"]}, "stable"),
    ("9", {"houses": ["100"], "solid_houses": ["98", "97", "99"]}, "stable"),
    ("9", {"houses": ["100"], "solid_houses": ["98", "96"]}, f"{SOLID}96 -> not_met"),
    ("9", {"houses": ["100"], "solid_houses": ["98", "50", "96"]}, f"{SOLID}96 -> not_met"),
    # fewer changes come before smaller ones
    ("9", {"houses": ["100", "101"], "solid_houses": ["98", "97", "50"]}, f"{SOLID}50 -> not_met"),
    ("9", {"houses": ["100", "101"], "solid_houses": ["98", "97"]},
     "flips: solid_houses=97, houses=101 -> not_met"),
    # no part above its whole, no rate beyond 100 %
    ("9", {"houses": ["100", "97"], "solid_houses": ["96", "98"]}, f"{SOLID}98 -> met"),
    ("9", {"houses": ["100"], "solid_houses": ["96", "101"]}, "stable"),
    ("9", {"houses": ["100"], "solid_houses": ["96", ">100"]}, "stable"),
    # a range is ruled out only where all of it is
    ("9", {"houses": ["100"], "solid_houses": ["98", ">90"]}, f"{SOLID}>90 -> no_data"),
    ("11", {**POOR, "poor_households": ["5", ">4"]}, "flips: poor_households=>4 -> no_data"),
    ("9", {"houses": ["100"], "solid_houses": ["98", "pending"]}, f"{SOLID}pending -> pending"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "readings", "found"), TURNED)
def test_the_smallest_change_that_turns_it(reported: Reported, code, readings, found):
    case = reported(readings)
    row = assess([case]).of(case).loc[code]
    assert row["stability"] == found
    assert stability(case, case.rules.by_code[code], row["verdict"]) == found


# where there are too many combinations, the ends and the words of each figure are tried
CUT = [
    ({"houses": ["100"], "solid_houses": ["98", "97", "99", "pending"]},
     f"{SOLID}pending -> pending"),
    ({"houses": ["100"], "solid_houses": ["98", "97", "99", "not_applicable"]},
     f"{SOLID}not_applicable -> not_applicable"),
    ({"houses": ["100"], "solid_houses": ["98", "97", "95", "99"]}, f"{SOLID}95 -> not_met"),
    ({"houses": ["100"], "solid_houses": ["98", "97", "99"]}, "stable"),
]  # fmt: skip


@pytest.mark.parametrize(("readings", "found"), CUT)
def test_words_are_tried_among_too_many_readings(
    reported: Reported, monkeypatch: pytest.MonkeyPatch, readings, found
):
    one_by_one = importlib.import_module("ntm_analysis.assessment.stability")
    for module in (flips_module, one_by_one):
        monkeypatch.setattr(module, "MAX_COMBINATIONS", 1)
    case = reported(readings)
    row = assess([case]).of(case).loc["9"]
    assert row["stability"] == found
    assert stability(case, case.rules.by_code["9"], row["verdict"]) == found
