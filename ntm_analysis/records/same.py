"""Whether two records of a commune hold the same, however their files are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from ntm_analysis.communes import Commune, Params
from ntm_analysis.records.files import TABLES, Record


def holds_same(one: Record, other: Record, years: Sequence[int]) -> bool:
    """Return whether two records hold the same: comments, order and quotes of files aside.

    Parameters
    ----------
    one, other : Record
    years : sequence of int
        The years whose parameters are compared.
    """
    for table in TABLES:
        if _rows(getattr(one, table)) != _rows(getattr(other, table)):
            return False
    try:
        return bool(_read(one, years) == _read(other, years))
    except ValidationError:
        return False


def _rows(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return what rows say, those of each year together in their order."""
    said = [{column: text for column, text in row.items() if text} for row in rows]
    return sorted(said, key=lambda row: row.get("year", ""))


def _read(record: Record, years: Sequence[int]) -> Any:
    commune = Commune.model_validate(record.profile)
    # An entry that a year says to be empty is not the same as one that it does not name.
    own = {
        year: sorted(one.identity.model_fields_set)
        for year, one in commune.appraisals.items()
        if one.identity is not None
    }
    params = [Params.model_validate(record.params[one]) for one in years if one in record.params]
    return commune, own, params
