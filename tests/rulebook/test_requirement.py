"""Requirements: read as printed, and exact at the threshold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_analysis.rulebook.requirement import RequirementError, parse_requirement

SCALE = ("not_ensured", "ensured", "fair", "good")
STEP = Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("text", "op", "threshold", "said"),
    [
        (">= 95", ">=", Fraction(95), ">= 95"),
        (">72", ">", Fraction(72), "> 72"),
        ("< 1.0", "<", Fraction(1), "< 1.0"),
        ("<= 0.5", "<=", Fraction(1, 2), "<= 0.5"),
        ("≥ 97", ">=", Fraction(97), ">= 97"),
        ("≤ 3", "<=", Fraction(3), "<= 3"),
        ("  >=   80 ", ">=", Fraction(80), ">= 80"),
        ("yes", "yes", Fraction(1), "yes"),
        ("unknown", "unknown", None, "unknown"),
    ],
)
def test_forms(text: str, op: str, threshold: Fraction | None, said: str):
    requirement = parse_requirement(text)
    assert (requirement.op, requirement.threshold, requirement.text) == (op, threshold, said)


@pytest.mark.parametrize(
    "text", ["", "95", "95%", ">= 95%", "> = 95", "=> 95", "== 1", ">= 1,0", ">= x", "no", ">= 1e3"]
)
def test_other_forms_are_refused(text: str):
    with pytest.raises(RequirementError):
        parse_requirement(text, SCALE)


def test_a_grade_is_its_place_on_the_scale():
    requirement = parse_requirement(">= ensured", SCALE)
    assert requirement.threshold == 1
    assert [requirement.holds(Fraction(place)) for place in range(4)] == [False, True, True, True]
    with pytest.raises(RequirementError):
        parse_requirement(">= ensured")


@pytest.mark.parametrize(
    ("text", "below", "at", "above"),
    [
        (">= 95", False, True, True),
        ("> 95", False, False, True),
        ("<= 95", True, True, False),
        ("< 95", True, False, False),
    ],
)
def test_exact_at_the_threshold(text: str, below: bool, at: bool, above: bool):
    requirement = parse_requirement(text)
    threshold = Fraction(95)
    found = [requirement.holds(threshold + shift) for shift in (-STEP, 0, STEP)]
    assert found == [below, at, above]


def test_yes_asks_for_the_thing_itself():
    requirement = parse_requirement("yes")
    assert requirement.holds(Fraction(1)) and not requirement.holds(Fraction(0))


def test_nothing_can_be_said_against_an_unknown_threshold():
    with pytest.raises(ValueError, match="unknown"):
        parse_requirement("unknown").holds(Fraction(100))


@pytest.mark.parametrize(
    ("text", "higher", "strict"),
    [
        (">= 1", True, False),
        ("> 1", True, True),
        ("<= 1", False, False),
        ("< 1", False, True),
        ("yes", True, False),
    ],
)
def test_direction_and_strictness(text: str, higher: bool, strict: bool):
    requirement = parse_requirement(text)
    assert (requirement.higher_is_better, requirement.strict) == (higher, strict)


@given(st.sampled_from([">=", ">", "<=", "<"]), st.decimals(0, 1000, places=3, allow_nan=False))
def test_what_is_said_reads_back_as_the_same(op: str, number):
    requirement = parse_requirement(f"{op} {number}")
    assert requirement.threshold == Fraction(number)
    assert parse_requirement(requirement.text) == requirement
