"""The schema of the rulebook: what it takes and what it refuses."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from ntm_analysis.rulebook.models import Criterion, Indicator
from ntm_analysis.rulebook.spans import Span, Threshold
from ntm_analysis.rulebook.variables import Variable

NAME = {"vi": "Tên", "en": "Name"}
SPAN = {"from": "2022-09-16", "place": "Hà Nam", "decision": "43@ha-nam", "source": "line 1"}
LIMB = {"kind": "rate", "unit": "percent", "formula": "100 * part / whole"}
INDICATOR: dict[str, Any] = {
    "code": "17.8",
    "name": NAME,
    "short": NAME,
    "limbs": [LIMB],
    "evidence": NAME,
    "in_force": [SPAN],
    "thresholds": [{**SPAN, "requires": ">= 95"}],
    "source": "line 1",
}
TWO = [
    {**LIMB, "name": NAME},
    {**LIMB, "key": "other", "name": NAME, "formula": "third", "stated": "fourth"},
]


def errors_of(model: type, data: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)  # type: ignore[attr-defined]
    return str(caught.value)


def changed(**more: Any) -> dict[str, Any]:
    return {**deepcopy(INDICATOR), **more}


def test_an_indicator_of_one_limb():
    indicator = Indicator.model_validate(INDICATOR)
    assert (indicator.kind, indicator.unit, indicator.criterion) == ("rate", "percent", 17)
    assert indicator.own.key == "own"
    assert indicator.variables == ("part", "whole")


def test_an_indicator_of_two_limbs_names_all_their_variables():
    limbs = [TWO[0], {**TWO[1], "same_requirement": True}]
    indicator = Indicator.model_validate(changed(limbs=limbs))
    assert indicator.variables == ("part", "whole", "third", "fourth")
    assert indicator.own.variables == ("part", "whole")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "17.8.1.2"}, "pattern"),
        ({"code": 17.8}, "string"),
        ({"limbs": []}, "at least 1"),
        ({"in_force": []}, "at least 1"),
        ({"limbs": [LIMB, LIMB]}, "same key"),
        ({"limbs": [LIMB, {**LIMB, "key": "other"}]}, "needs a name"),
        ({"limbs": [{**LIMB, "formula": "open('x')"}]}, "not valid"),
        ({"limbs": [{**LIMB, "formula": "part >= whole"}]}, "not valid"),
        ({"limbs": [{**LIMB, "kind": "share"}]}, "Input should be"),
        ({"limbs": [{**LIMB, "loss": {"variable": "part", "by": 2}}]}, "Input should be"),
        ({"limbs": TWO}, "says nothing of the limbs"),
        ({"thresholds": [{**SPAN, "requires": {"men": ">= 85"}}]}, "limbs that do not exist: men"),
        ({"name": {"vi": "Tên"}}, "en"),
        ({"name": {"vi": "Tên", "en": ""}}, "at least 1 character"),
        ({"source": ""}, "at least 1 character"),
        ({"colour": "red"}, "Extra inputs"),
        ({"evidence": None}, "evidence"),
    ],
)
def test_what_is_no_indicator(change: dict[str, Any], words: str):
    assert words in errors_of(Indicator, changed(**change))


def test_a_criterion_has_a_number_and_indicators():
    criterion = {"number": 17, "name": NAME, "indicators": [INDICATOR]}
    assert Criterion.model_validate(criterion).indicators[0].code == "17.8"
    assert "greater than or equal to 1" in errors_of(Criterion, {**criterion, "number": 0})
    assert "complete: false" in errors_of(Criterion, {**criterion, "indicators": []})
    unlisted = {**criterion, "indicators": [], "complete": False}
    assert Criterion.model_validate(unlisted).indicators == ()


def test_only_a_graded_variable_has_a_scale():
    grades = [{"key": "fair", "label": NAME}, {"key": "good", "label": NAME}]
    graded = Variable.model_validate(
        {"label": NAME, "unit": "grade", "kind": "grade", "scale": grades}
    )
    assert graded.grades == ("fair", "good")
    for wrong in ({"kind": "grade"}, {"kind": "count", "scale": grades}):
        assert "scale" in errors_of(Variable, {"label": NAME, "unit": "grade", **wrong})


def test_a_span_covers_its_first_and_last_day_in_its_place_only():
    span = Span.model_validate({**SPAN, "until": "2024-06-18"})
    days = [dt.date(2022, 9, 15), dt.date(2022, 9, 16), dt.date(2024, 6, 18), dt.date(2024, 6, 19)]
    assert [span.covers("Hà Nam", day) for day in days] == [False, True, True, False]
    assert not span.covers("Thanh Hóa", days[1])
    assert Span.model_validate(SPAN).covers("Hà Nam", dt.date(2099, 1, 1))


def test_a_span_does_not_run_backward():
    assert "comes before" in errors_of(Span, {**SPAN, "until": "2022-09-15"})


@pytest.mark.parametrize("requires", [">= 95", {"own": ">= 85", "men": "> 85"}])
def test_a_threshold_asks_one_thing_or_one_of_each_limb(requires: object):
    assert Threshold.model_validate({**SPAN, "requires": requires}).requires == requires


@pytest.mark.parametrize("requires", [95, 95.0, ["> 3"], None])
def test_a_threshold_is_text(requires: object):
    assert "valid string" in errors_of(Threshold, {**SPAN, "requires": requires})
