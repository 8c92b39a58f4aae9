"""From the indicators of a criterion to the criterion: its verdict, standing and conclusion."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ntm_analysis.assessment.standing import FIRM, weakest_of, worst_of
from ntm_analysis.assessment.verdicts import COUNTED

CRITERION_COLUMNS: Final = (
    "commune",
    "year",
    "criterion",
    "indicators",
    "counted",
    "firm",
    "concluded",
    "verdict",
    "standing",
    "conclusion",
)
"""The columns of `ntm results --by criterion`: a contract."""
_KEYS: Final = ["commune", "year", "criterion"]


def criteria_of(results: pd.DataFrame) -> pd.DataFrame:
    """Return a row a commune-year and criterion, with `CRITERION_COLUMNS`.

    Parameters
    ----------
    results : DataFrame
        A row a commune-year and indicator, in legal order.

    Returns
    -------
    DataFrame
        How many `indicators` it has, how many are `counted` (met or not applicable by the
        figures), `firm` and `concluded` to be so; its verdict and conclusion, the worst of
        theirs; its standing, the weakest of theirs, empty where one of them has none.
    """
    if results.empty:
        return pd.DataFrame(columns=list(CRITERION_COLUMNS))
    groups = results.groupby(_KEYS, sort=False).ngroup()
    place: NDArray[np.intp] = groups.to_numpy().astype(np.intp)
    _, first = np.unique(place, return_index=True)
    table = results[_KEYS].iloc[first].reset_index(drop=True)

    def how_many(there: pd.Series[bool]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        return np.bincount(place[there.to_numpy(dtype=bool)], minlength=len(table))

    table["indicators"] = np.bincount(place, minlength=len(table))
    table["counted"] = how_many(results["verdict"].isin(COUNTED))
    table["firm"] = how_many(results["standing"] == FIRM)
    table["concluded"] = how_many(results["conclusion"].isin(COUNTED))
    table["verdict"] = worst_of(results["verdict"], place)
    table["standing"] = weakest_of(results["standing"], place)
    table["conclusion"] = worst_of(results["conclusion"], place)
    return table[list(CRITERION_COLUMNS)]
