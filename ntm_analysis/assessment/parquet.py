"""Readings of many communes as one Parquet file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ntm_analysis.assessment.wide import FRAME_COLUMNS, readings_frame
from ntm_analysis.communes import Case

KEYS: Final = ("commune", "year")
_WORDS: Final = ("commune", "variable", "indicator", "text")
_VALUES: Final = tuple(name for name in FRAME_COLUMNS if name != "case")


def readings_of(cases: Sequence[Case]) -> pd.DataFrame:
    """Return all readings of several cases: `commune`, `year`, the values, and `text`."""
    frame = readings_frame([case.readings for case in cases])
    frame["text"] = [one.text for case in cases for one in case.readings]
    keys = pd.DataFrame([(c.params.commune, c.params.year) for c in cases], columns=list(KEYS))
    return keys.iloc[frame["case"]].reset_index(drop=True).join(frame.drop(columns="case"))


def write_readings(path: Path, readings: pd.DataFrame) -> None:
    """Write readings, as `readings_of` gives them, to a Parquet file.

    Words are stored once each, so a figure takes a few bytes.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = readings[[*KEYS, *_VALUES, "text"]]
    columns = columns.astype(dict.fromkeys(_WORDS, "category") | {"year": np.int16})
    pq.write_table(pa.Table.from_pandas(columns, preserve_index=False), path, compression="zstd")


def read_readings(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return readings for `assess_many`, and the commune and year of each `case`.

    Cases are numbered in the order of their first readings.
    """
    import pyarrow.parquet as pq

    frame: pd.DataFrame = pq.read_table(path, read_dictionary=list(_WORDS)).to_pandas()
    years = frame["year"].to_numpy(np.int64)
    pair = frame["commune"].cat.codes.to_numpy(np.int64) * (years.max(initial=0) + 1) + years
    case, seen = pd.factorize(pair)
    first = np.zeros(len(seen), dtype=np.intp)
    first[case[::-1]] = np.arange(len(case))[::-1]
    keys = frame[list(KEYS)].iloc[first].reset_index(drop=True)
    return frame.drop(columns=list(KEYS)).assign(case=case.astype(np.intp)), keys
