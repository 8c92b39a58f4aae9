"""Figures of many communes side by side: one array a variable, for assessment all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ntm_analysis.communes import Case, Reading

MISSING: Final = 0
NUMBER: Final = 1
PENDING: Final = 2
NOT_APPLICABLE: Final = 3
STATUS_CODES: Mapping[str, int] = {
    "number": NUMBER,
    "pending": PENDING,
    "not_applicable": NOT_APPLICABLE,
}
FRAME_COLUMNS = (
    "case",
    "variable",
    "indicator",
    "low",
    "high",
    "low_open",
    "high_open",
    "status",
    "primary",
)


_VALUES: Final = ("case", "low", "high", "low_open", "high_open", "status")


@dataclass(frozen=True, slots=True)
class Column:
    """One variable's reading for every commune.

    Attributes
    ----------
    low, high : array of float, shape (n,)
        The ends of the value, equal for a plain number; NaN where there is none.
    low_open, high_open : array of bool, shape (n,)
        Whether an end itself is excluded.
    status : array of int8, shape (n,)
        `MISSING`, `NUMBER`, `PENDING` or `NOT_APPLICABLE`.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    low_open: NDArray[np.bool_]
    high_open: NDArray[np.bool_]
    status: NDArray[np.int8]

    @classmethod
    def empty(cls, n: int) -> Column:
        """Return a column without any reading."""
        return cls(
            np.full(n, np.nan),
            np.full(n, np.nan),
            np.zeros(n, dtype=np.bool_),
            np.zeros(n, dtype=np.bool_),
            np.zeros(n, dtype=np.int8),
        )

    def at(self, rows: NDArray[np.intp]) -> Column:
        """Return the readings of some communes."""
        return Column(
            self.low[rows],
            self.high[rows],
            self.low_open[rows],
            self.high_open[rows],
            self.status[rows],
        )

    @property
    def number(self) -> NDArray[np.bool_]:
        """Where there is a number, be it plain or not."""
        return np.asarray(self.status == NUMBER, dtype=np.bool_)


class WideFigures:
    """The readings of `n` communes, chosen by variable and indicator.

    Parameters
    ----------
    frame : DataFrame
        One row a reading, with the columns `FRAME_COLUMNS`; `case` numbers the communes from 0,
        `status` holds the codes of this module.
    n : int
        How many communes there are.
    """

    def __init__(self, frame: pd.DataFrame, n: int) -> None:
        self.n = n
        self._data = {name: frame[name].to_numpy() for name in _VALUES}
        self._rows = _rows_of(frame)
        self._cache: dict[tuple[str, str], Column] = {}

    @classmethod
    def from_columns(cls, columns: Mapping[str, Column], n: int) -> WideFigures:
        """Return figures that are chosen already: one column a variable, for any indicator."""
        figures = cls(pd.DataFrame(columns=list(FRAME_COLUMNS)), n)
        figures._cache = {(name, ""): column for name, column in columns.items()}
        return figures

    def column(self, variable: str, indicator: str) -> Column:
        """Return the reading of `variable` with which `indicator` is assessed.

        The one reported under the indicator (the primary one, if there are several), else the
        general one, else none.
        """
        key = (variable, indicator if (variable, indicator) in self._rows else "")
        if key not in self._cache:
            column = Column.empty(self.n)
            for scope in ("", key[1]):
                rows = self._rows.get((variable, scope))
                if rows is not None:
                    self._write(column, rows)
            self._cache[key] = column
        return self._cache[key]

    def chosen(self, variable: str, indicator: str) -> NDArray[np.intp]:
        """Return the rows of the readings that `column` gives; -1 where there is none."""
        found = np.full(self.n, -1, dtype=np.intp)
        for scope in dict.fromkeys(("", indicator)):
            rows = self._rows.get((variable, scope))
            if rows is not None:
                found[self._data["case"][rows]] = rows
        return found

    def _write(self, column: Column, rows: NDArray[np.intp]) -> None:
        case = self._data["case"][rows]
        column.low[case] = self._data["low"][rows]
        column.high[case] = self._data["high"][rows]
        column.low_open[case] = self._data["low_open"][rows]
        column.high_open[case] = self._data["high_open"][rows]
        column.status[case] = self._data["status"][rows]


def _rows_of(frame: pd.DataFrame) -> dict[tuple[str, str], NDArray[np.intp]]:
    """Return the rows of each variable and indicator, primary readings last."""
    if frame.empty:
        return {}
    variable, variables = _codes(frame["variable"])
    indicator, indicators = _codes(frame["indicator"])
    pair = variable * len(indicators) + indicator
    seen = np.flatnonzero(np.bincount(pair))
    place = np.zeros(int(pair.max()) + 1, dtype=np.int64)
    place[seen] = np.arange(len(seen))
    # Sorted backwards, the first primary reading comes last and overwrites the others.
    key = place[pair] * 2 + frame["primary"].to_numpy(dtype=np.bool_)
    small = key.astype(np.int16) if 2 * len(seen) < np.iinfo(np.int16).max else key
    order = len(key) - 1 - np.argsort(small[::-1], kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(place[pair], minlength=len(seen)))[:-1])
    return {
        (variables[one // len(indicators)], indicators[one % len(indicators)]): rows
        for one, rows in zip(seen.tolist(), groups, strict=True)
    }


def _codes(column: pd.Series[Any]) -> tuple[NDArray[Any], list[str]]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(np.int64), [str(one) for one in column.cat.categories]
    codes, names = pd.factorize(column)
    return np.array(codes, dtype=np.int64).reshape(-1), [str(one) for one in names]


def _record(case: int, reading: Reading) -> tuple[object, ...]:
    return (
        case,
        reading.variable,
        reading.indicator,
        reading.low,
        reading.high,
        reading.low_open,
        reading.high_open,
        STATUS_CODES[reading.status],
        reading.primary,
    )


def readings_frame(readings: Sequence[Sequence[Reading]]) -> pd.DataFrame:
    """Return all readings of several communes as the frame that `WideFigures` takes.

    Parameters
    ----------
    readings : sequence of sequence of Reading
        The readings of each commune, in order.
    """
    records = [_record(case, one) for case, group in enumerate(readings) for one in group]
    return pd.DataFrame.from_records(records, columns=list(FRAME_COLUMNS)).astype(
        {
            "case": np.intp,
            "low": np.float64,
            "high": np.float64,
            "low_open": np.bool_,
            "high_open": np.bool_,
            "status": np.int8,
            "primary": np.bool_,
        }
    )


def wide_figures(cases: Sequence[Case]) -> WideFigures:
    """Return the readings of several cases side by side, in their order."""
    return WideFigures(readings_frame([case.readings for case in cases]), len(cases))
