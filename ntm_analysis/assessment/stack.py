"""Rows assessed part by part, as one frame in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

Columns = Mapping[str, Any]
"""The columns of some rows: an array or list each, or one value for all of them."""


def stack(parts: Sequence[Columns], columns: Sequence[str]) -> pd.DataFrame:
    """Return the rows of all parts by `_case`, then `_order`, then as given.

    One frame is made of arrays: thousands of small frames, one a rule and place, are slow.

    Parameters
    ----------
    parts : sequence of mapping
        Each with the columns of the first, an array `verdict`, and `_order`; `_case` or not.
    columns : sequence of str
        Those of the frame where there is no part.
    """
    if not parts:
        return pd.DataFrame(columns=list(columns))
    sizes = [len(part["verdict"]) for part in parts]
    whole = {
        name: np.concatenate(
            [_column(part[name], size) for part, size in zip(parts, sizes, strict=True)]
        )
        for name in parts[0]
    }
    keys = [whole.pop(key) for key in ("_order", "_case") if key in whole]
    order = np.lexsort(keys)
    return pd.DataFrame({name: column[order] for name, column in whole.items()})


def _column(values: Any, size: int) -> np.ndarray[Any, Any]:
    if isinstance(values, np.ndarray):
        return values
    if isinstance(values, list):
        words = bool(values) and isinstance(values[0], str)
        return np.array(values, dtype=object if words else None)
    return np.full(size, values, dtype=object if isinstance(values, str) else None)
