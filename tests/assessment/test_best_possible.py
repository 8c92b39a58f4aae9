"""Met whatever the threshold is: only where no value of a range could be better."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from ntm_analysis.assessment.verdicts import _best_possible
from ntm_analysis.assessment.wide import Column


@pytest.mark.parametrize(
    ("kind", "lower_is_better", "low", "high", "best"),
    [
        ("rate", False, 100, 100, True),
        ("rate", False, 99, 100, False),
        ("rate", False, 100, np.inf, True),
        ("rate", True, 0, 0, True),
        ("rate", True, 0, 1, False),
        ("rate", True, -1, 0, True),
        ("yes_no", False, 1, 1, True),
        ("yes_no", False, 0, 1, False),
        ("amount", False, 100, 100, False),
        ("amount", True, 0, 0, False),
    ],
)
def test_the_best_possible_of_a_range(kind, lower_is_better, low, high, best):
    value = Column.empty(1)
    value.low[:], value.high[:] = low, high
    limb = SimpleNamespace(kind=kind, lower_is_better=lower_is_better)
    assert bool(_best_possible(limb, value)[0]) is best
