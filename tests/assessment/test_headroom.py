"""How many may be lost, or are wanting, and where there is no such number."""

from __future__ import annotations

import pytest

from ntm_analysis.assessment import assess
from tests.assessment.conftest import Reported

POOR = {
    "households": ["1000"], "poor_households_unable": ["0"], "near_poor_households": ["0"],
    "near_poor_households_unable": ["0"],
}  # fmt: skip
# the indicator, the figures, how many may be lost (negative: are wanting)
COUNTED = [
    ("9", {"houses": ["100"], "solid_houses": ["100"]}, 3),
    ("9", {"houses": ["100"], "solid_houses": ["98"]}, 1),
    ("9", {"houses": ["100"], "solid_houses": ["97"]}, 0),
    ("9", {"houses": ["100"], "solid_houses": ["96"]}, -1),
    ("9", {"houses": ["100"], "solid_houses": ["0"]}, -97),
    # more households that are poor, up to all of them
    ("11", {**POOR, "poor_households": ["5"]}, 4),
    ("11", {**POOR, "poor_households": ["9"]}, 0),
    ("11", {**POOR, "poor_households": ["10"]}, -1),
    ("11", {**POOR, "poor_households": ["900"]}, -891),
    # the near-poor alone are too many: no poor household less would do
    ("11", {**POOR, "poor_households": ["5"], "near_poor_households": ["20"]}, None),
    ("11", {**POOR, "poor_households": ["5"], "near_poor_households": ["9"]}, -5),
    # a count without a whole is wanting however little there is
    ("13.8", {"multi_value_models": ["0"]}, -1),
    ("13.8", {"multi_value_models": ["1"]}, None),
    ("13.8", {"multi_value_models": ["3"]}, 2),
    # nothing may be lost of what must be all; what is wanting is still counted
    ("17.2", {"establishments": ["8"], "establishments_compliant": ["8"]}, None),
    ("17.2", {"establishments": ["8"], "establishments_compliant": ["5"]}, -3),
    # by steps of ten metres
    ("2.3", {"alleys": ["10"], "alleys_hardened": ["9.6"]}, 0.1),
    ("2.3", {"alleys": ["10"], "alleys_hardened": ["9.43"]}, -0.07),
    ("10", {"income_per_head": ["80"]}, None),
    ("9", {"houses": ["100"], "solid_houses": [">98"]}, None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "figures", "headroom"), COUNTED)
def test_how_many_may_be_lost(reported: Reported, code, figures, headroom):
    case = reported(figures)
    found = float(assess([case]).of(case).loc[code, "headroom"])
    assert (None if found != found else found) == headroom
