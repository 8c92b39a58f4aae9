"""What turns where a figure is another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ntm_analysis.assessment import assess
from ntm_analysis.narrative import Report

_SHOWN = ("value", "verdict", "standing", "conclusion")


def what_turns(report: Report, **figures: object) -> pd.DataFrame:
    """Return what becomes of the indicators where figures are others.

    Nothing is written: the commune's files and the report stay as they are.

    Parameters
    ----------
    report : Report
    **figures
        Variables of `figures_table` with their new values: a number, or text as in `figures.csv`
        (`">40"`, `"pending"`). Every reading of the variable gives way.

    Returns
    -------
    DataFrame
        A row an indicator of which anything changes, by its code: `name`, `requires`, and before
        and after `value`, `verdict`, `standing`, `conclusion` (after: with the ending `_new`).
        Conclusions after it are those of the figures: what an appraiser decided was of the others.

    Raises
    ------
    DataErrors
        If a variable is unknown, or a value is not one of its kind.

    Examples
    --------
    >>> report = Report.load("liem-can", 2024)
    >>> what_turns(report, poor_households=34).loc["11", ["verdict", "verdict_new"]].tolist()
    ['met', 'not_met']
    """
    case = report.case
    changed = case.with_figures({name: _written(value) for name, value in figures.items()})
    before = report.assessment.of(case)
    after = assess([changed], report.lang).of(changed)
    table = before[["short", "requires", *_SHOWN]].rename(columns={"short": "name"})
    table = table.join(after[list(_SHOWN)].add_suffix("_new"))
    differs = pd.Series(data=False, index=table.index)
    for column in _SHOWN:
        old, new = table[column], table[f"{column}_new"]
        differs |= (old != new) & ~(old.isna() & new.isna())
    return table[differs]


def _written(value: object) -> str:
    """Return a figure as `figures.csv` has it; numbers from a DataFrame are floats."""
    number = isinstance(value, int | float | np.integer | np.floating)
    return f"{float(value):.15g}" if number and not isinstance(value, bool) else str(value)  # type: ignore[arg-type]
