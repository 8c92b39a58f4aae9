"""The programme by province and district."""

from __future__ import annotations

import pandas as pd

from ntm_analysis.comparison.order import alphabetical
from ntm_analysis.comparison.programme import Programme, made_up
from ntm_analysis.language import translate

MOST = 70
"""So many areas are told one by one; what is beyond is told together."""


def by_province(programme: Programme) -> pd.DataFrame:
    """Return the provinces in order of name, one row each (see `_summed`)."""
    table = _summed(programme.communes, ["province"])
    table["name"] = table["province"]
    return _marked(table, programme)


def by_district(programme: Programme) -> pd.DataFrame:
    """Return the districts, by province and name; a district is its province's own.

    Communes that have no district stand together, province by province.
    """
    table = _summed(programme.communes, ["province", "district"])
    one = table["province"].nunique() == 1
    none = translate("compare.no_district", programme.lang)
    names = table["district"].where(table["district"] != "", none)
    table["name"] = names if one else names + " (" + table["province"] + ")"
    return _marked(table, programme)


def rest(table: pd.DataFrame, most: int = MOST) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the areas with the most communes, in the order given, and the others."""
    if len(table) <= most:
        return table, table.iloc[:0]
    largest = table["communes"].nlargest(most, keep="first").index
    return table[table.index.isin(largest)], table[~table.index.isin(largest)]


def _summed(communes: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the sums by area, and the means of `share` and `without`.

    Summed are `communes`, `synthetic`, `complete`, `concluded_all` and `open`.
    Shares are taken commune by commune, since the number of indicators in force may differ.
    """
    groups = communes.groupby(by)
    table = groups.agg(
        communes=("commune", "size"),
        synthetic=("synthetic", "sum"),
        complete=("complete", "sum"),
        concluded_all=("concluded_all", "sum"),
        open=("open", "sum"),
        share=("share", "mean"),
        without=("without", "mean"),
    ).reset_index()
    return table.sort_values(by, key=alphabetical, kind="stable", ignore_index=True)


def _marked(table: pd.DataFrame, programme: Programme) -> pd.DataFrame:
    """Add `fake`, whether all of an area's communes are made up, and `label`, which says so."""
    table["fake"] = table["synthetic"] == table["communes"]
    table["label"] = [
        made_up(name, programme.lang) if fake else name
        for name, fake in zip(table["name"], table["fake"], strict=True)
    ]
    return table
