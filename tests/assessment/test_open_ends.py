"""Ends that are out of reach: a tie of corners of which one is reached is reached."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ntm_analysis.assessment.enclosure import enclose
from ntm_analysis.assessment.wide import NUMBER, Column
from ntm_analysis.rulebook import Formula

INF = math.inf
SHARE, SUM = "100 * a / b", "a / b + c / b"
# the formula, its sides as (low, high, brackets), what it encloses
ENDS = [
    ("a * b", {"a": (0, 2, "]]"), "b": (0, 3, "[]")}, (0, 6, "[]")),
    ("a * b", {"a": (0, 2, "]["), "b": (1, 3, "[]")}, (0, 6, "][")),
    ("a * b", {"a": (2, 5, "]["), "b": (0, 0, "[]")}, (0, 0, "[]")),
    ("a * b", {"a": (2, 5, "]["), "b": (3, 3, "[]")}, (6, 15, "][")),
    ("a - b", {"a": (1, 2, "]["), "b": (1, 2, "[]")}, (-1, 1, "][")),
    ("a - b", {"a": (1, 2, "[]"), "b": (1, 2, "][")}, (-1, 1, "][")),
    ("a - b", {"a": (1, 2, "]]"), "b": (1, 2, "[[")}, (-1, 1, "]]")),
    (SHARE, {"a": (90, 90, "[]"), "b": (100, 200, "]]")}, (45, 90, "[[")),
    (SHARE, {"a": (0, 0, "[]"), "b": (100, 200, "]]")}, (0, 0, "[]")),
    (SHARE, {"a": (90, 95, "[["), "b": (100, 200, "[]")}, (45, 95, "[[")),
    (SHARE, {"a": (90, 95, "[]"), "b": (100, INF, "[[")}, (0, 95, "]]")),
    (SUM, {"a": (1, 2, "]]"), "b": (4, 4, "[]"), "c": (1, 2, "[]")}, (0.5, 1, "]]")),
]


@pytest.mark.parametrize(("text", "sides", "ends"), ENDS)
def test_which_ends_are_reached(text, sides, ends):
    parts = {
        name: Column(
            np.array([float(low)]), np.array([float(high)]), np.array([marks[0] == "]"]),
            np.array([marks[1] == "["]), np.array([NUMBER], dtype=np.int8),
        )
        for name, (low, high, marks) in sides.items()
    }  # fmt: skip
    found = enclose(Formula(text), parts)
    low, high = float(found.low[0]), float(found.high[0])
    marks = ("]" if found.low_open[0] else "[") + ("[" if found.high_open[0] else "]")
    assert (low, high, marks) == ends
