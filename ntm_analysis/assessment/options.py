"""What else each commune reports of a variable, for all communes at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ntm_analysis.assessment.wide import MISSING, NUMBER, Column
from ntm_analysis.rulebook import Rule

Rows = NDArray[np.intp]
_KEY: Final = ("low", "high", "low_open", "high_open", "status")


def admissible(rule: Rule, columns: Mapping[str, Column], own: Column) -> NDArray[np.bool_]:
    """Return where readings can hold together: no part exceeds its whole, no rate 0 to 100 %.

    What is a range is ruled out only where all of it is.

    Parameters
    ----------
    rule : Rule
    columns : mapping of variable to Column
    own : Column
        The value of the indicator's own quantity that they give.
    """
    keep = np.ones(len(own.low), dtype=np.bool_)
    with np.errstate(invalid="ignore"):
        for name, part in columns.items():
            whole = columns.get(rule.variables[name].part_of or "")
            if whole is not None:
                keep &= ~(part.low > whole.high)
        if rule.indicator.kind == "rate":
            keep &= ~((own.low > 100) | (own.high < 0))
    return keep


class Readings:
    """All readings of many communes as arrays, and which of them are distinct values.

    Parameters
    ----------
    frame : DataFrame
        As `WideFigures` takes it, with the column `text`: the value as written.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.case: Rows = frame["case"].to_numpy(np.intp)
        self.data: dict[str, NDArray[Any]] = {name: frame[name].to_numpy() for name in _KEY}
        self._frame = frame
        words = self.data["status"] != NUMBER
        # All readings of one status word are the same value, whatever their ends.
        self.value: NDArray[np.int64] = np.zeros(len(frame), dtype=np.int64)
        for name in _KEY:
            cells = self.data[name].astype(np.float64)
            if name != "status":
                cells = np.where(words, 0.0, cells)
            codes, seen = pd.factorize(cells)
            self.value = self.value * (len(seen) + 1) + codes
            self.value = pd.factorize(self.value)[0].astype(np.int64)
        self._values: int = int(self.value.max(initial=0)) + 1
        self._distinct: dict[str, Rows] = {}

    @cached_property
    def _rows(self) -> dict[str, Rows]:
        groups: Any = self._frame.groupby("variable", sort=False, observed=True)
        return {str(name): rows for name, rows in groups.indices.items()}

    @cached_property
    def _words(self) -> NDArray[Any]:
        return self._frame["text"].to_numpy(object)

    def text(self, row: int) -> str:
        """Return a reading's value as written."""
        return str(self._words[row])

    def distinct(self, variable: str) -> Rows:
        """Return the first reading of each value of each commune that has several, in order."""
        if variable not in self._distinct:
            rows = self._rows.get(variable, np.zeros(0, dtype=np.intp))
            key = self.case[rows] * self._values + self.value[rows]
            first = np.unique(key, return_index=True)[1]
            rows = rows[np.sort(first)]
            rows = rows[np.argsort(self.case[rows], kind="stable")]
            several = np.bincount(self.case[rows], minlength=1)[self.case[rows]] > 1
            self._distinct[variable] = rows[several]
        return self._distinct[variable]

    def column(self, rows: Rows) -> Column:
        """Return readings as a column; missing where the row is -1."""
        none = rows < 0
        low, high, low_open, high_open, status = (self.data[name][rows] for name in _KEY)
        return Column(
            np.where(none, np.nan, low),
            np.where(none, np.nan, high),
            np.where(none, False, low_open),
            np.where(none, False, high_open),
            np.where(none, MISSING, status).astype(np.int8),
        )

    def relative(self, new: Rows, old: Rows) -> NDArray[np.float64]:
        """Return how far readings lie from others; infinite where either is no plain number."""
        low, high, status = (self.data[name] for name in ("low", "high", "status"))
        plain = (status == NUMBER) & (low == high)
        with np.errstate(invalid="ignore"):
            size = np.abs(low[new] - low[old]) / np.maximum(np.abs(low[old]), 1e-12)
        return np.where(new == old, 0.0, np.where(plain[new] & plain[old], size, np.inf))


@dataclass(frozen=True, slots=True)
class Options:
    """The readings that one variable can take in some communes.

    Attributes
    ----------
    chosen : array of int, shape (n,)
        The row assessed with; -1 where there is none, and then nothing else is tried.
    others : array of int
        The rows of all other values, commune by commune.
    counts, starts : array of int, shape (n,)
        How many others each commune has, and where they begin.
    """

    chosen: Rows
    others: Rows
    counts: Rows
    starts: Rows

    @classmethod
    def of(cls, readings: Readings, variable: str, chosen: Rows, cases: Rows) -> Options:
        """Return the options of the communes `cases`, in rising order."""
        rows = readings.distinct(variable)
        place = np.full(len(chosen), -1, dtype=np.intp)
        place[cases] = np.arange(len(cases))
        own = chosen[readings.case[rows]]
        wanted = (place[readings.case[rows]] >= 0) & (own >= 0)
        wanted &= readings.value[rows] != readings.value[own]
        rows = rows[wanted]
        counts = np.bincount(place[readings.case[rows]], minlength=len(cases))
        return cls(chosen[cases], rows, counts, np.cumsum(counts) - counts)

    def extremes(self, readings: Readings, many: NDArray[np.bool_]) -> Options:
        """Return the options with the least and greatest number only, of the communes `many`."""
        owner = np.repeat(np.arange(len(self.counts)), self.counts)
        kept = ~many[owner]
        low, high, status = (readings.data[name] for name in ("low", "high", "status"))
        for case in np.flatnonzero(many & (self.counts > 0)):
            mine = np.flatnonzero(owner == case)
            group = np.concatenate([[self.chosen[case]], self.others[mine]])
            numbers = group[status[group] == NUMBER]
            ends = (
                [numbers[np.argmin(low[numbers])], numbers[np.argmax(high[numbers])]]
                if len(numbers)
                else []
            )
            rows = self.others[mine]
            kept[mine] = np.isin(rows, ends) | (status[rows] != NUMBER)
        counts = np.bincount(owner[kept], minlength=len(self.counts))
        return Options(self.chosen, self.others[kept], counts, np.cumsum(counts) - counts)

    def pick(self, case: Rows, picks: Rows) -> Rows:
        """Return the rows of picks: 0 is the reading assessed with, then the others."""
        if len(self.others) == 0:
            return self.chosen[case]
        at = np.minimum(self.starts[case] + picks - 1, len(self.others) - 1)
        return np.where(picks == 0, self.chosen[case], self.others[at])
