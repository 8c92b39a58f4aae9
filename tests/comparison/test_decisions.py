"""What amending decisions changed: place by place, the same figures under both rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ntm_analysis import comparison
from ntm_analysis.assessment import assess
from ntm_analysis.comparison import compare
from ntm_analysis.comparison.amendments import _decision, amendments, last_change
from ntm_analysis.rulebook import rules_in_force
from tests.comparison.conftest import HOME, OTHER, THIRD, many
from tests.comparison.test_sections import rows_of


@pytest.fixture(scope="module")
def programme(provinces):
    return provinces.programmes[0]


@pytest.fixture(scope="module")
def by_place(programme):
    return {place: one for one in amendments(programme) for place in one.places}


def test_each_place_has_its_own_last_amendment(by_place):
    assert set(by_place) == {HOME, THIRD}, f"nothing changed in {OTHER}"
    assert by_place[HOME].day == dt.date(2024, 6, 19)
    assert by_place[THIRD].day == dt.date(2024, 6, 1)
    (change,) = by_place[THIRD].changes
    assert change.code == "9"
    assert (change.before.own.text, change.after.own.text) == (">= 60", ">= 97")


def test_which_decision_it_was(by_place, programme):
    (key,) = by_place[THIRD].decisions
    assert programme.rulebook.decisions[key].number == "8/2024/QĐ-UBND"
    assert by_place[HOME].decisions == ("26/2024/QĐ-UBND@ha-nam",)
    ended = next(c for c in by_place[HOME].changes if c.code == "12.3")
    assert ended.after is None and ended.decision == "", "not recorded"
    assert not ended.unsure, "that it ended is known, though not what it asked for"
    begun = next(c for c in by_place[HOME].changes if c.code == "13.3")
    assert begun.unsure and begun.after.own.text == ">= 1", "it may have been that before"


def test_verdicts_that_turn_are_those_of_two_whole_assessments(by_place):
    for place, one in by_place.items():
        sides = []
        for on in (one.day - dt.timedelta(days=1), one.day):
            cases = [
                replace(c, rules=rules_in_force(c.rules.rulebook, "advanced", place, on))
                for c in one.cases
            ]
            results = assess(cases, "vi").results
            sides.append(results.set_index(["commune", "indicator"])["verdict"])
        wanted = {
            (commune, code, sides[0].get((commune, code), ""), sides[1].get((commune, code), ""))
            for commune, code in sides[0].index.union(sides[1].index)
        }
        found = set(one.turned().itertuples(index=False, name=None))
        assert found == {row for row in wanted if row[2] != row[3]}


def test_the_first_day_of_a_set_is_no_amendment(programme):
    other = next(c for c in programme.cases if c.commune.province == OTHER)
    assert last_change(other.rules) is None


def test_what_the_section_says(provinces):
    text = comparison.decision(provinces)
    assert "8/2024/QĐ-UBND (Đông Mẫu)" in text and "26/2024/QĐ-UBND (Hà Nam)" in text
    overview = {row[0]: row for row in rows_of(text, "tbl-compare-decisions")}
    assert set(overview) == {HOME, THIRD}
    rows = [row for n in (1, 2) for row in rows_of(text, f"tbl-compare-decision-{n}")]
    (nine,) = [row for row in rows if row[0].startswith("9 ")]
    assert nine[1:3] == ["≥ 60%", "≥ 97%"]
    assert OTHER in text.partition("tbl-compare-decisions")[0]


def test_places_that_changed_alike_are_told_once(programme):
    mine = [c for c in programme.cases if c.commune.province == THIRD and c.params.year == 2024]
    cases = many(mine, 12, 6, 1)
    compared = compare(cases, "en")
    (one,) = amendments(compared.programmes[0])
    assert len(one.places) == 6 and len(one.cases) == 12
    assert "tbl-compare-decisions}" not in comparison.decision(compared)


def test_no_change_is_said(programme):
    cases = [c for c in programme.cases if c.commune.province == OTHER]
    assert "did not change" in comparison.decision(compare(cases, "en"))


def test_a_decision_of_another_place_on_the_same_day_is_not_named(programme):
    day = dt.date(2024, 6, 1)
    rule = programme.cases[0].rules.by_code["13.1"]
    spans = [
        rule.indicator.in_force[0].model_copy(
            update={"from_": day, "place": place, "decision": f"1/2024@{place}"}
        )
        for place in (OTHER, THIRD)
    ]
    new = replace(rule, indicator=rule.indicator.model_copy(update={"in_force": tuple(spans)}))
    assert _decision(new, THIRD, day) == f"1/2024@{THIRD}"
    assert _decision(new, HOME, day) == ""
