"""Broken scales and their percentages."""

import math

import pytest

from ntm_analysis.charts.lollipop import BrokenScale, percent
from ntm_analysis.charts.scale import nice_scale


def test_no_break_without_need() -> None:
    scale = BrokenScale.of([0, 12, 55], 50, 0, 100)
    assert math.isinf(scale.cap)
    assert not scale.beyond(55)
    assert 0 < scale(12) < scale(55) <= 100


def test_break_before_large_values() -> None:
    scale = BrokenScale.of([0, 12, 50, 200, 300], 50, 0, 100)
    assert scale.scale.ticks == (0, 10, 20, 30, 40, 50)
    assert scale.beyond(200) and not scale.beyond(50)
    assert scale(50) == scale.scale.right < scale(200) == scale(300) < 100


def test_break_on_both_sides() -> None:
    scale = BrokenScale.of([-90, 5, 90], 50, 0, 100)
    assert 0 < scale(-90) < scale(-50) < scale(0) < scale(50) < scale(90) < 100
    assert scale(0) == pytest.approx(50)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (0.25, "+25%"),
        (0.0098, "+1,0%"),
        (0.0019, "+0,2%"),
        (0.0001, "+0,01%"),
        (-0.00001, "−0,001%"),
        (2.3333, "+233,3%"),
    ],
)
def test_percentages(share: float, text: str) -> None:
    assert percent(share, "vi", sign=True) == text


@pytest.mark.parametrize(
    ("values", "whole", "ticks"),
    [
        ([1, 1], True, (0, 1, 2)),
        ([3, 1], True, (0, 1, 2, 3, 4)),
        ([72.403, 72], False, (0, 25, 50, 75, 100)),
        ([1, 0.97], False, (0, 0.5, 1, 1.5)),
        ([], False, (0, 0.25)),
        ([0, 0], True, (0, 1)),
        ([-3, 3], False, (-4, -3, -2, -1, 0, 1, 2, 3, 4)),
    ],
)
def test_nice_scales(values: list[float], whole: bool, ticks: tuple[float, ...]) -> None:
    assert nice_scale(values, 0, 10, whole=whole).ticks == ticks
