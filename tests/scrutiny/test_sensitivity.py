"""Ranges over readings, what matters most, and what-if tables, against brute force."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_analysis.assessment import Variants, assess
from ntm_analysis.scrutiny import sensitivities, thin_or_flipping, what_if

POVERTY = (
    "poor_households",
    "poor_households_unable",
    "households",
    "near_poor_households",
    "near_poor_households_unable",
)


def rate(p, pn, h, c, cn):
    return Fraction(100 * (p - pn), h - pn) + Fraction(100 * (c - cn), h - cn)


def test_poverty_ranges_over_every_reading(liem_can):
    found = {s.code: s for s in sensitivities(liem_can, assess([liem_can]))}["11"]
    values = [rate(p, u, h, 9, 2) for p in (33, 34) for u in (13, 14) for h in (2663, 2692, 2751)]
    assert found.low == pytest.approx(float(min(values)))
    assert found.high == pytest.approx(float(max(values)))
    assert (found.several, found.driver) == (True, "poor_households")


def test_what_if_is_exact(liem_can):
    table = what_if(liem_can, liem_can.rules.by_code["11"])
    assert table is not None
    assert table.rows == tuple(map(Fraction, range(31, 37)))
    assert table.columns == (2663, 2692, 2751)
    for row, column in itertools.product(range(6), range(3)):
        value = rate(table.rows[row], 14, table.columns[column], 9, 2)
        assert table.values[row][column] == value
        assert table.verdicts[row][column] == ("met" if value < 1 else "not_met")
    assert table.reported == {(33, 2692)}


def test_what_if_shows_where_the_verdict_turns(liem_can):
    table = what_if(liem_can, liem_can.rules.by_code["9"])
    assert table is not None
    by_count = {int(r): v[0] for r, v in zip(table.rows, table.verdicts, strict=True)}
    assert by_count[2669] == "met" and by_count[2668] == "not_met" and 2696 in by_count


def test_thin_and_flipping_get_a_table(liem_can):
    assessment = assess([liem_can])
    found = sensitivities(liem_can, assessment)
    codes = [rule.code for rule in thin_or_flipping(liem_can, assessment, found)]
    assert codes == ["9", "10", "11", "12.1", "14.1", "17.5", "17.8", "18.7"]
    tables = [what_if(liem_can, liem_can.rules.by_code[code]) for code in codes]
    assert [t is not None for t in tables] == [True, False, True, True, False, False, True, False]


def test_without_counts_there_is_no_table(liem_can):
    assert what_if(liem_can, liem_can.rules.by_code["14.1"]) is None
    assert what_if(liem_can, liem_can.rules.by_code["1.1"]) is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(20, 60), min_size=1, max_size=3, unique=True),
    st.lists(st.integers(10, 30), min_size=1, max_size=2, unique=True),
    st.lists(st.integers(1500, 3000), min_size=1, max_size=3, unique=True),
    st.lists(st.integers(5, 20), min_size=1, max_size=2, unique=True),
)
def test_the_smallest_flip_is_found(liem_can, poor, unable, households, near):
    """Against every combination in exact fractions, with the same admissibility."""
    groups = (poor, unable, households, near, [2])
    template = next(r for r in liem_can.readings if r.variable == "poor_households" and r.primary)
    from dataclasses import replace

    readings = tuple(
        replace(template, variable=name, low=float(v), high=float(v), text=str(v), indicator="11",
                primary=place == 0)
        for name, group in zip(POVERTY, groups, strict=True)
        for place, v in enumerate(group)
    )  # fmt: skip
    case = replace(liem_can, readings=readings)
    variants = Variants(case, case.rules.by_code["11"])

    def verdict(p, pn, h, c, cn):
        return "met" if rate(p, pn, h, c, cn) < 1 else "not_met"

    first = tuple(group[0] for group in groups)
    admissible = [
        combination
        for combination in itertools.product(*groups)
        if combination[1] <= combination[0] and 0 <= rate(*combination) <= 100
    ]
    here = verdict(*first)
    flips = [
        (sum(a != b for a, b in zip(c, first, strict=True)),
         max(Fraction(abs(a - b), b) for a, b in zip(c, first, strict=True)))
        for c in admissible
        if c != first and verdict(*c) != here
    ]  # fmt: skip
    flip = variants.flip(here)
    assert (flip is not None) == bool(flips)
    if flip is not None:
        count, size = min(flips)
        assert len(flip.changed) == count
        assert flip.size == pytest.approx(float(size))
