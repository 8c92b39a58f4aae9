"""The days of a check on the spot."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ntm_analysis.communes.profile import Period


@pytest.mark.parametrize("until", ["2024-11-04", "2024-11-05"])
def test_a_period_of_a_day_and_longer(until):
    assert Period.model_validate({"from": "2024-11-04", "until": until}).until.isoformat() == until


def test_a_period_backward():
    with pytest.raises(ValidationError):
        Period.model_validate({"from": "2024-11-04", "until": "2024-11-03"})
