"""Verdicts and headroom against plain reference implementations in fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_analysis.assessment.headroom import limb_headroom
from ntm_analysis.assessment.verdicts import assess_limb
from ntm_analysis.assessment.wide import FRAME_COLUMNS, NUMBER, WideFigures
from ntm_analysis.language import Text
from ntm_analysis.rulebook import Limb, Variable, parse_requirement
from ntm_analysis.rulebook.models import Loss

RATE = Limb(kind="rate", unit="percent", formula="100 * part / whole", loss=Loss(variable="part"))
WORSE = Limb(
    kind="rate", unit="percent", formula="100 * part / whole", loss=Loss(variable="part", by=1)
)
_NAME = Text(vi="phần", en="part")
VARIABLES = {
    "part": Variable(label=_NAME, unit="household", kind="count", part_of="whole"),
    "whole": Variable(label=_NAME, unit="household", kind="count"),
}


def figures(pairs: list[tuple[float, float]]) -> WideFigures:
    rows = []
    for case, pair in enumerate(pairs):
        for name, value in zip(("part", "whole"), pair, strict=True):
            rows.append((case, name, "", value, value, False, False, NUMBER, True))
    return WideFigures(pd.DataFrame(rows, columns=list(FRAME_COLUMNS)), len(pairs))


def interval(low: float, high: float, low_open: bool, high_open: bool) -> WideFigures:
    row = (0, "share", "", low, high, low_open, high_open, NUMBER, True)
    return WideFigures(pd.DataFrame([row], columns=list(FRAME_COLUMNS)), 1)


wholes = st.integers(1, 4000)
pairs = st.lists(wholes.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1)
thresholds = st.one_of(
    st.integers(0, 100).map(str), st.decimals(0, 100, places=2).map(lambda d: f"{d:.2f}")
)
signs = st.sampled_from([">=", ">", "<=", "<"])


@settings(deadline=None, max_examples=150)
@given(pairs, signs, thresholds)
def test_verdicts_are_those_of_fractions(
    drawn: list[tuple[int, int]], sign: str, threshold: str
) -> None:
    requirement = parse_requirement(f"{sign} {threshold}")
    result = assess_limb(RATE, requirement, figures(drawn), "1")
    for (part, whole), verdict in zip(drawn, result.verdict, strict=True):
        holds = requirement.holds(Fraction(100 * part, whole))
        assert verdict == ("met" if holds else "not_met")


@settings(deadline=None, max_examples=150)
@given(pairs, st.sampled_from([">=", ">"]), st.integers(1, 99))
def test_headroom_is_what_counting_finds(
    drawn: list[tuple[int, int]], sign: str, threshold: int
) -> None:
    requirement = parse_requirement(f"{sign} {threshold}")
    result = assess_limb(RATE, requirement, figures(drawn), "1")
    found = limb_headroom(RATE, requirement, result, VARIABLES)
    for (part, whole), headroom in zip(drawn, found, strict=True):
        assert _same(headroom, _counted(part, whole, requirement.holds, -1))


@settings(deadline=None, max_examples=100)
@given(pairs, st.sampled_from(["<=", "<"]), st.integers(1, 60))
def test_headroom_where_more_is_worse(
    drawn: list[tuple[int, int]], sign: str, threshold: int
) -> None:
    requirement = parse_requirement(f"{sign} {threshold}")
    result = assess_limb(WORSE, requirement, figures(drawn), "1")
    found = limb_headroom(WORSE, requirement, result, VARIABLES)
    for (part, whole), headroom in zip(drawn, found, strict=True):
        assert _same(headroom, _counted(part, whole, requirement.holds, 1))


def _same(one: float, other: float | None) -> bool:
    return bool(np.isnan(one)) if other is None else one == other


def _counted(part: int, whole: int, holds, by: int) -> float | None:  # type: ignore[no-untyped-def]
    """Return the headroom by trying one step after the other."""
    met = holds(Fraction(100 * part, whole))
    step = by if met else -by
    steps = 0
    while 0 <= part + step * (steps + 1) <= whole:
        if holds(Fraction(100 * (part + step * (steps + 1)), whole)) != met:
            return steps if met else -(steps + 1)
        steps += 1
    return steps if met else None


SHARE = Limb(kind="amount", unit="litre_person_day", formula="share")


def test_intervals_give_a_verdict_only_if_all_of_them_does() -> None:
    inf = float("inf")
    table = [
        ("> 80", (80, 110, False, False), "no_data"),
        ("> 80", (80, inf, True, True), "met"),
        (">= 80", (80, 110, False, False), "met"),
        (">= 80", (79, 110, False, False), "no_data"),
        (">= 80", (-inf, 80, True, True), "not_met"),
        ("> 80", (-inf, 80, True, False), "not_met"),
        ("< 5", (-inf, 5, True, True), "met"),
        ("<= 5", (5, inf, True, True), "not_met"),
        ("<= 5", (5, inf, False, True), "no_data"),
        ("unknown", (5, 6, False, False), "no_data"),
    ]
    for text, ends, verdict in table:
        result = assess_limb(SHARE, parse_requirement(text), interval(*ends), "1")
        assert result.verdict[0] == verdict, (text, ends)


def test_a_denominator_of_zero_is_no_data() -> None:
    result = assess_limb(RATE, parse_requirement(">= 95"), figures([(0, 0)]), "1")
    assert (result.verdict[0], result.reason[0]) == ("no_data", "zero_base")


def test_an_unknown_threshold_is_met_only_by_the_best_value() -> None:
    unknown = parse_requirement("unknown")
    best = assess_limb(RATE, unknown, figures([(9, 9), (8, 9)]), "1")
    assert best.verdict.tolist() == ["met", "no_data"]
    least = assess_limb(WORSE, unknown, figures([(0, 9), (1, 9)]), "1")
    assert least.verdict.tolist() == ["met", "no_data"]


def test_decimals_are_taken_as_printed() -> None:
    # 8.3505 / 8.79 is 95 % exactly; in floating point it falls short.
    limb = RATE.model_copy(update={"formula": "100 * part / whole"})
    result = assess_limb(limb, parse_requirement(">= 95"), figures([(8.3505, 8.79)]), "1")
    assert result.verdict[0] == "met"
