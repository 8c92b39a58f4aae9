"""Tables in the order of the Vietnamese alphabet."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ntm_analysis.spelling import place_of


def alphabetical(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column by which `DataFrame.sort_values(key=…)` sorts as the alphabet does."""
    if not pd.api.types.is_string_dtype(column):
        return column
    return column.map(place_of)
