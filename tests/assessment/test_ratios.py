"""Exact decisions at the threshold, for many at once, against plain fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_analysis.assessment.verdicts import decide
from ntm_analysis.rulebook import Formula, parse_requirement
from ntm_analysis.rulebook.formula import exact

FORMULA = Formula("100 * (a - b) / (c - b) + a / c")
numbers = st.one_of(
    st.integers(0, 10**6).map(float),
    st.decimals(0, 1000, places=2).map(float),
    st.floats(1e-9, 1e17),
)
signs = st.sampled_from([">=", ">", "<=", "<"])


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=1), signs, st.integers(0, 200))
def test_decisions_are_those_of_fractions(rows, sign: str, threshold: int) -> None:
    rows = [row for row in rows if row[2] not in (0, row[1])]
    requirement = parse_requirement(f"{sign} {threshold}")
    parts = {name: np.array([row[n] for row in rows]) for n, name in enumerate("abc")}
    found = decide(FORMULA, requirement, parts, np.arange(len(rows)))
    exactly = [
        FORMULA.evaluate_exactly(dict(zip("abc", map(exact, row), strict=True))) for row in rows
    ]
    assert found.tolist() == [requirement.holds(Fraction(value)) for value in exactly]


def test_a_value_at_the_threshold_is_decided_exactly() -> None:
    thirds = {"a": np.array([1.0, 0.1]), "c": np.array([3.0, 0.3])}
    formula = Formula("3 * a / c")
    for sign, holds in ((">=", True), (">", False), ("<=", True), ("<", False)):
        found = decide(formula, parse_requirement(f"{sign} 1"), thirds, np.arange(2))
        assert found.tolist() == [holds, holds]
