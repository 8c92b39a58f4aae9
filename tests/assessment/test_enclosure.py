"""No point of a box contradicts the verdict on it, for every formula of the rulebook."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_analysis.assessment.enclosure import enclose
from ntm_analysis.assessment.verdicts import assess_limb
from ntm_analysis.assessment.wide import NUMBER, Column, WideFigures
from ntm_analysis.assessment.words import range_text
from ntm_analysis.language import Text
from ntm_analysis.rulebook import Formula, Limb, Variable, load_rulebook, parse_requirement
from ntm_analysis.rulebook.formula import exact

BOOK = load_rulebook(Path(__file__).parents[2] / "data" / "rulebook")
INF = math.inf
ODD = (
    "a - b", "(a - b) / (a + b)", "a * (10 - a)", "100 * a / (a + b)", "1 / (a - b)", "a / a",
    "a * b - b * a", "(a - 2) * (b - 3)", "a / (b - 2) + b / (a - 2)", "-a * a + 0.3 * b",
)  # fmt: skip
"""Formulas that rise and fall, have poles inside, or name a figure twice."""


def _variable(kind: str, part_of: str | None = None) -> Variable:
    label = Text(vi="số", en="number")
    return Variable(label=label, unit="household", kind=kind, part_of=part_of)  # type: ignore[arg-type]


def _limbs() -> list[tuple[Limb, dict[str, Variable]]]:
    limbs = {
        limb.formula: limb
        for loaded in BOOK.sets.values()
        for indicator in loaded.indicators.values()
        for limb in indicator.limbs
        if limb.kind in ("rate", "amount", "count")
    }
    own = [(limb, BOOK.variables) for limb in limbs.values()]
    kinds = {"a": _variable("amount"), "b": _variable("amount")}
    odd = [Limb(kind="amount", unit="percent", formula=text) for text in ODD]
    return own + [(limb, kinds) for limb in odd]


LIMBS = _limbs()
SEVERAL = [pair for pair in LIMBS if len(pair[0].parsed.variables) > 1]
numbers = st.one_of(st.integers(0, 12), st.integers(0, 3000), st.decimals(0, 20, places=1))


@st.composite
def sides(draw: st.DrawFn) -> tuple[float, float, bool, bool]:
    """A plain number, a range, or an inequality as a report gives it."""
    low, high = sorted(float(draw(numbers)) for _ in range(2))
    shape = draw(st.sampled_from(["plain", "range", ">", ">=", "<", "<="]))
    if shape == "plain" or (shape == "<" and high == 0):
        return low, low, False, False
    if shape == "range":
        return low, high, False, False
    if shape[0] == ">":
        return low, INF, shape == ">", True
    return -INF, high, True, shape == "<"


def _columns(box: dict[str, tuple[float, float, bool, bool]]) -> dict[str, Column]:
    return {
        name: Column(*(np.array([end]) for end in side), np.array([NUMBER], dtype=np.int8))
        for name, side in box.items()
    }


def _points(side: tuple[float, float, bool, bool], kind: str, ratio: Fraction) -> list[Fraction]:
    """Corners, points beside them, and one between, that the reading and its kind allow."""
    low, high, low_open, high_open = side
    first = Fraction(0) if low < 0 else exact(low)
    last = first + 10**6 if high == INF else exact(high)
    near = Fraction(1) if kind == "count" else Fraction(1, 10**7)
    middle = first + (last - first) * ratio
    found = {first, last, first + near, last - near, middle, first + (last - first) / 2}
    if kind == "count":
        found = {Fraction(math.floor(one)) for one in found}
    return [
        one
        for one in found
        if one >= 0
        and (one > low if low_open else one >= low)
        and (one < high if high_open else one <= high)
        and not (kind == "percent" and one > 100)
    ]


def _tried(limb: Limb, kinds: dict[str, Variable], box, ratio: Fraction):  # type: ignore[no-untyped-def]
    names = limb.parsed.variables
    choices = [_points(box[name], kinds[name].kind, ratio) for name in names]
    for point in itertools.islice(itertools.product(*choices), 1500):
        at = dict(zip(names, point, strict=True))
        if all(at[n] <= at[w] for n in names if (w := kinds[n].part_of or "") in at):
            try:
                yield at, limb.parsed.evaluate_exactly(at)
            except ZeroDivisionError:
                yield at, None


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_no_point_of_a_box_contradicts_the_verdict(data: st.DataObject) -> None:
    limb, kinds = data.draw(st.sampled_from(SEVERAL))
    box = {name: data.draw(sides(), label=name) for name in limb.parsed.variables}
    ratio = data.draw(st.fractions(0, 1, max_denominator=20))
    tried = list(_tried(limb, kinds, box, ratio))
    values = sorted({value for _, value in tried if value is not None})
    ends = [f"{float(v):.4f}" for v in values if abs(v) < 10**6 and v == round(v, 4)]
    threshold = data.draw(st.sampled_from(["0", "1.0", "20", "97", "100", *ends]))
    sign = data.draw(st.sampled_from([">=", ">", "<=", "<"]))
    requirement = parse_requirement(f"{sign} {threshold}")
    figures = WideFigures.from_columns(_columns(box), 1)
    result = assess_limb(limb, requirement, figures, "1", kinds)
    for at, value in tried:
        if value is None:
            assert result.verdict[0] == "no_data", (at, box)
        else:
            wrong = "not_met" if requirement.holds(value) else "met"
            assert result.verdict[0] != wrong, (at, float(value), box)
    if result.value.low[0] == result.value.low[0] and values:
        assert float(values[0]) >= result.value.low[0] - 1e-6
        assert float(values[-1]) <= result.value.high[0] + 1e-6


@pytest.mark.parametrize("sign", [">=", ">"])
def test_a_pole_at_an_open_end_has_no_sign_of_its_own(sign: str) -> None:
    limb, kinds = next(one for one in SEVERAL if one[0].formula == "1 / (a - b)")
    box = {"a": (0.0, 0.0, False, False), "b": (0.0, math.inf, True, True)}
    figures = WideFigures.from_columns(_columns(box), 1)
    result = assess_limb(limb, parse_requirement(f"{sign} 0"), figures, "1", kinds)
    assert result.verdict[0] != "met" and result.value.low[0] == -math.inf


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_single_figure_is_its_own_range(data: st.DataObject) -> None:
    limb, kinds = data.draw(st.sampled_from([p for p in LIMBS if p[0].formula in p[1]]))
    (name,) = limb.parsed.variables
    if kinds[name].kind in ("flag", "grade"):
        return
    side = data.draw(sides())
    requirement = parse_requirement(
        f"{data.draw(st.sampled_from(['>=', '>', '<=', '<']))} {data.draw(st.integers(0, 100))}"
    )
    figures = WideFigures.from_columns(_columns({name: side}), 1)
    verdict = assess_limb(limb, requirement, figures, "1", kinds).verdict[0]
    for value in _points(side, kinds[name].kind, Fraction(1, 3)):
        assert verdict != ("not_met" if requirement.holds(value) else "met"), (value, side)


COUNTS = {"part": _variable("count", "whole"), "whole": _variable("count")}
SHARE = Limb(kind="rate", unit="percent", formula="100 * part / whole")
TABLE = [
    # part, whole, requirement, verdict: what the words of a report settle
    ((40, 40, False, False), (-INF, 50, True, True), ">= 80", "met"),  # 40 of 40 to 49
    ((40, 40, False, False), (-INF, 50, True, False), ">= 80", "met"),  # 40 of 50 is just 80 %
    ((40, 40, False, False), (-INF, 50, True, False), "> 80", "no_data"),
    ((39, 39, False, False), (-INF, 50, True, True), ">= 80", "no_data"),
    ((40, INF, True, True), (50, 50, False, False), "> 80", "met"),  # 41 and more
    ((40, INF, False, True), (50, 50, False, False), "> 80", "no_data"),
    ((-INF, 40, True, True), (50, 50, False, False), ">= 80", "not_met"),
    ((-INF, 40, True, False), (50, 50, False, False), ">= 80", "no_data"),
    ((40, 40, False, False), (-INF, 40, True, False), ">= 100", "met"),  # the whole is 40
    ((0, 0, False, False), (-INF, 40, True, False), ">= 5", "no_data"),  # 0 of 0 is no share
    ((0, 0, False, False), (10, 40, False, False), ">= 5", "not_met"),
    ((45, 50, False, False), (-INF, 60, True, False), ">= 75", "met"),
]


@pytest.mark.parametrize(("part", "whole", "required", "verdict"), TABLE)
def test_shares_of_counts(part, whole, required, verdict) -> None:  # type: ignore[no-untyped-def]
    figures = WideFigures.from_columns(_columns({"part": part, "whole": whole}), 1)
    found = assess_limb(SHARE, parse_requirement(required), figures, "1", COUNTS)
    assert found.verdict[0] == verdict


AMOUNTS = [
    # a, b, formula, low, high, is low out of reach, is high
    ((3, 3, False, False), (2, 4, True, True), "a / b", 0.75, 1.5, True, True),
    ((0, 3, False, False), (2, 4, True, True), "a / b", 0, 1.5, False, True),  # 0/3 is 0
    ((0, 3, True, False), (2, 4, True, False), "a / b", 0, 1.5, True, True),
    ((2, INF, True, True), (1, 1, False, False), "1 / a + b", 1, 1.5, True, True),
    ((1, 2, False, False), (1, 3, False, True), "a - b", -2, 1, True, False),
    ((0, 10, False, False), (1, 1, False, False), "a / b", 0, 10, False, False),
    ((3, 3, False, False), (-1, 1, False, False), "a / b", -INF, INF, True, True),
    ((3, 3, False, False), (0, 1, True, False), "a / b", 3, INF, False, True),
]


@pytest.mark.parametrize(("a", "b", "formula", "low", "high", "low_open", "high_open"), AMOUNTS)
def test_ends_and_whether_they_are_reached(  # type: ignore[no-untyped-def]
    a, b, formula, low, high, low_open, high_open
) -> None:
    found = enclose(Formula(formula), _columns({"a": a, "b": b}))
    assert (found.low[0], found.high[0]) == (pytest.approx(low), pytest.approx(high))
    assert (bool(found.low_open[0]), bool(found.high_open[0])) == (low_open, high_open)


def test_an_end_at_the_threshold_is_decided_in_fractions() -> None:
    # 100 * 8.3505 / 8.79 is 95 exactly; in floating point it falls short.
    box = {"a": (8.3505, 8.3505, False, False), "b": (8.0, 8.79, False, False)}
    kinds = {"a": _variable("amount"), "b": _variable("amount")}
    limb = Limb(kind="rate", unit="percent", formula="100 * a / b")
    figures = WideFigures.from_columns(_columns(box), 1)
    for required, verdict in ((">= 95", "met"), ("> 95", "no_data")):
        found = assess_limb(limb, parse_requirement(required), figures, "1", kinds)
        assert found.verdict[0] == verdict


@pytest.mark.parametrize(
    ("ends", "threshold", "text"),
    [
        ((94.6231, 98.9876, False, False), 97, "94.62-98.99"),
        ((94.999, 94.9996, False, False), 95, "94.99-94.9996"),
        ((79.0947, INF, True, True), 80, ">=79.09"),
        ((80, INF, True, True), 80, ">80"),
        ((-INF, 5.5, True, True), 5, "<5.5"),
        ((-INF, 5.501, True, False), 9, "<=5.51"),
        ((-INF, INF, True, True), 5, ""),
    ],
)
def test_words_of_a_range_hold_all_of_it(ends, threshold, text) -> None:  # type: ignore[no-untyped-def]
    assert range_text(*ends, threshold) == text


@pytest.mark.parametrize(
    ("requires", "verdict"),
    [
        ("> 0", "met"),
        ("<= 0", "not_met"),
        (">= 97", "no_data"),
        (">= 100", "no_data"),
        ("> 100", "no_data"),
        ("< 100", "no_data"),
    ],
)
def test_a_corner_without_a_value_decides_nothing(requires: str, verdict: str) -> None:
    """More than 0 km of roads of at most 1 km: the share is highest where no road is left."""
    names = {"commune_roads_maintained", "commune_roads"}
    limb, kinds = next(pair for pair in SEVERAL if set(pair[0].parsed.variables) == names)
    box = {
        "commune_roads_maintained": (0.0, INF, True, True),
        "commune_roads": (0.0, 1.0, False, False),
    }
    figures = WideFigures.from_columns(_columns(box), 1)
    result = assess_limb(limb, parse_requirement(requires), figures, "1", kinds)
    assert result.verdict[0] == verdict
