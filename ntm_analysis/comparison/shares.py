"""Section: share of communes meeting each indicator."""

from __future__ import annotations

import pandas as pd

from ntm_analysis.comparison.charts.bars import share_chart
from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import FACES, MET_FACES, VERDICTS, Programme
from ntm_analysis.comparison.words import (
    head,
    in_runs,
    listed,
    met_cell,
    met_head,
    percent,
    section,
    text,
    verdict_cell,
    verdict_head,
)
from ntm_analysis.language import translate
from ntm_analysis.tables import Md, pipe_table

_BARS = 15


def share_table(programme: Programme) -> pd.DataFrame:
    """Return for each indicator how many communes have each verdict, the lowest share first.

    Columns: `FACES` (`met` is of what is firm), `weak_absence` (of those not applicable),
    `communes` (where it is in force), `share` (met or
    not applicable; what is missing counts as not met), `known` (the same among communes with a
    verdict), `most` (the share if all that is missing were met).
    """
    counts = programme.latest.groupby(["indicator", "face"]).size().unstack(fill_value=0)
    table = counts.reindex(index=list(programme.codes), columns=list(FACES), fill_value=0)
    table["communes"] = table[list(FACES)].sum(axis=1)
    weak = programme.latest.groupby("indicator")["weak_absence"].sum()
    table["weak_absence"] = weak.reindex(table.index, fill_value=0)
    met = table[[*MET_FACES, "not_applicable"]].sum(axis=1)
    missing = table["pending"] + table["no_data"]
    table["share"] = met / table["communes"]
    table["known"] = met / (table["communes"] - missing).where(lambda known: known > 0)
    table["most"] = (met + missing) / table["communes"]
    return table.sort_values(["share", "most"], kind="stable")


def shares(comparison: Comparison) -> Md:
    """Return how many communes meet each indicator, as a chart and in numbers."""
    return section("shares", comparison, _one, text("shares", comparison.lang))


def _one(programme: Programme, suffix: str) -> str:
    lang, table = programme.lang, share_table(programme)
    open_, all_met = table[table["share"] < 1], table[table["share"] == 1]
    codes = in_runs(all_met.index, programme.codes)
    words = text("shares_all", lang, all=len(all_met), codes=listed(codes, lang, 80)) + " "
    words += text("shares_some", lang, some=len(open_), shown=min(len(open_), _BARS))
    if open_.empty:
        return words
    chart = share_chart(open_.head(_BARS), programme.names, lang)
    figure = chart.markdown(f"compare-shares{suffix}")
    return f"{words}\n\n{figure}\n\n{_numbers(programme, open_, suffix)}"


def _numbers(programme: Programme, table: pd.DataFrame, suffix: str) -> str:
    lang = programme.lang
    others = [verdict_head(verdict, lang) for verdict in VERDICTS[1:]]
    rows = [
        (
            f"{code} {programme.names[str(code)]}",
            percent(row["share"], lang),
            percent(row["most"], lang),
            percent(row["known"], lang) if row["known"] == row["known"] else "–",
            met_cell(row, lang),
            *(verdict_cell(row, verdict, lang) for verdict in VERDICTS[1:]),
        )
        for code, row in table.iterrows()
    ]
    return pipe_table(
        [*head(("indicator", "share_met", "most", "known"), lang), met_head(lang), *others],
        rows,
        translate("compare.shares_table", lang),
        f"tbl-compare-shares{suffix}",
        (11, 5, 5, 5, 7, 4, 4, 4, 4),
        ("left", *["right"] * 8),  # type: ignore[arg-type]
    )
