"""When a set counts as known whole."""

from __future__ import annotations

import pytest

from ntm_analysis.rulebook.coverage import Coverage


@pytest.mark.parametrize(
    ("listed", "known", "unlisted", "state"),
    [
        (3, 3, (), "complete"),
        (3, 3, (7,), "partial"),
        (3, 2, (), "partial"),
        (3, 0, (), "unknown"),
        (0, 0, (7,), "unknown"),
    ],
)
def test_the_state_of_what_is_known(listed, known, unlisted, state):
    assert Coverage("s", "p", 2024, listed, known, 0, (), unlisted).state == state
