"""What-if questions: readings that give way to other figures."""

from __future__ import annotations

import pytest

from ntm_analysis.communes import Case, choose
from ntm_analysis.communes.change import OPTION
from tests.support.spoil import problems_of


def test_every_reading_of_a_variable_gives_way(liem_can: Case):
    changed = liem_can.with_figures({"households": "2751", "water_per_head": ">80"})
    (reading,) = (r for r in changed.readings if r.variable == "households")
    assert (reading.text, reading.indicator, reading.source) == ("2751", "", OPTION)
    for code in ("4", "11", "18.1", "18.7"):
        assert choose(changed.readings, "households", code) == reading
    (water,) = (r for r in changed.readings if r.variable == "water_per_head")
    assert (water.low, water.low_open, water.high_open) == (80.0, True, True)


def test_other_readings_and_the_case_itself_stay(liem_can: Case):
    before = liem_can.readings
    changed = liem_can.with_figures({"poor_households": "34"})
    kept = [r for r in before if r.variable != "poor_households"]
    assert list(changed.readings[: len(kept)]) == kept
    assert liem_can.readings is before
    assert liem_can.with_figures({}).readings == before


def test_a_variable_without_a_reading_gets_one(liem_can: Case):
    assert choose(liem_can.readings, "population", "14.1") is None
    reading = choose(liem_can.with_figures({"population": "9000"}).readings, "population", "14.1")
    assert reading is not None and reading.text == "9000"


def test_status_words_may_be_supposed(liem_can: Case):
    changed = liem_can.with_figures({"deaths": "not_applicable"})
    reading = choose(changed.readings, "deaths", "17.10")
    assert reading is not None and reading.status == "not_applicable"


FAULTS = [
    ("poor_household", "34", "no variable named “poor_household”", "poor_households"),
    ("poor_households", "-1", "negative", "0 or more"),
    ("poor_households", "33.5", "not a whole number", "whole number"),
    ("poor_households", "2,692", "not a number", "2692"),
    ("insurance_rate", "101", "above 100%", "from 0 to 100"),
    ("free_wifi", "3", "not the kind", "yes, no"),
    ("poor_households", "", "missing", "Write the value"),
]


@pytest.mark.parametrize(("name", "value", "problem", "wanted"), FAULTS)
def test_what_cannot_be_supposed(liem_can: Case, name: str, value: str, problem: str, wanted: str):
    (told,) = problems_of(lambda: liem_can.with_figures({name: value}))
    assert (told.file, told.row, told.column) == (OPTION, None, name)
    assert told.value == (value or None)
    assert problem in told.problem and wanted in told.wanted


def test_all_that_cannot_be_supposed_is_told_together(liem_can: Case):
    changes = {"poor": "1", "houses": "many", "deaths": "-1", "cremations": "9"}
    told = problems_of(lambda: liem_can.with_figures(changes))
    assert {p.column for p in told} == {"poor", "houses", "deaths"}
