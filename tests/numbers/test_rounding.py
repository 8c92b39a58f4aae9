from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ntm_analysis.numbers.rounding import (
    count_for,
    decimals_of,
    rounds_to,
    truncated_count_for,
    truncates_to,
)


def test_decimals():
    assert [decimals_of(text) for text in ("98", "86.0", "94.98", "")] == [0, 1, 2, 0]


def test_a_half_goes_either_way():
    assert rounds_to(Fraction("0.125"), Fraction("0.12"), 2)
    assert rounds_to(Fraction("0.125"), Fraction("0.13"), 2)
    assert not rounds_to(Fraction("0.1251"), Fraction("0.12"), 2)


def test_cut_off_instead_of_rounded():
    value = Fraction(100 * 1361, 2692)
    assert truncates_to(value, Fraction("50.55"), 2)
    assert not truncates_to(value, Fraction("50.56"), 2)
    assert not truncates_to(Fraction("50.551"), Fraction("50.55"), 2)


@given(st.integers(1, 400), st.integers(0, 3), st.data())
def test_grim_agrees_with_trying_every_count(base, decimals, data):
    places = 10**decimals
    stated = Fraction(data.draw(st.integers(0, 100 * places)), places)
    every = [c for c in range(base + 1) if rounds_to(Fraction(100 * c, base), stated, decimals)]
    found = count_for(stated, decimals, Fraction(base))
    assert (found is not None) == bool(every)
    assert found is None or found in every


@given(st.integers(1, 400), st.integers(0, 3), st.data())
def test_truncated_counts_agree_with_trying_every_count(base, decimals, data):
    places = 10**decimals
    stated = Fraction(data.draw(st.integers(0, 100 * places)), places)
    if count_for(stated, decimals, Fraction(base)) is not None:
        return
    every = [c for c in range(base + 1) if truncates_to(Fraction(100 * c, base), stated, decimals)]
    found = truncated_count_for(stated, decimals, Fraction(base))
    assert (found is not None) == bool(every)


def test_lengths_count_in_pieces():
    assert count_for(Fraction("33.33"), 2, Fraction(3), Fraction("0.01")) == 1
    assert count_for(Fraction("33.37"), 2, Fraction(3), Fraction("0.01")) is None
