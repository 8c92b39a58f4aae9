"""Section: which indicators bind: the spread of relative margins."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ntm_analysis.assessment import no_room as leaves_none
from ntm_analysis.comparison.charts.boxes import margin_spread
from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.comparison.words import head, in_runs, listed, section, text
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number
from ntm_analysis.ranking import least_to_rank
from ntm_analysis.tables import Md, pipe_table

_BOXES = 15
_KINDS = ("rate", "amount", "count")
QUARTILES = ("least", "low", "median", "high", "most")
_AROUND = ("least", "low", "high", "most")


def margin_table(programme: Programme) -> pd.DataFrame:
    """Return the quartiles of relative margins, the tightest indicator first.

    Only where a margin is possible: an indicator that asks for all of them (100 %) has none.

    Returns
    -------
    DataFrame
        Columns: `QUARTILES`; `count`, communes with a margin; `communes`, where it is in force;
        `thin`, met by a margin below the limit of the commune's report.
    """
    rows = programme.latest
    open_ = rows["kind"].isin(_KINDS) & ~no_room(rows)
    measured = rows[open_ & rows["relative_margin"].notna()]
    groups = measured.groupby("indicator", sort=False)
    table = groups["relative_margin"].quantile(np.array([0, 0.25, 0.5, 0.75, 1])).unstack()
    table = table.reindex(columns=[0, 0.25, 0.5, 0.75, 1])
    table.columns = pd.Index(QUARTILES)
    table["count"] = groups.size()
    table["thin"] = groups["thin"].sum()
    table["communes"] = rows.groupby("indicator").size().reindex(table.index)
    order = {code: place for place, code in enumerate(programme.codes)}
    table = table.iloc[np.argsort([order[str(code)] for code in table.index], kind="stable")]
    return table.sort_values(["median", "least"], kind="stable")


def no_room(rows: pd.DataFrame) -> pd.Series[bool]:
    """Return where the requirement leaves nothing to lose: no margin measures it."""
    found = leaves_none(rows["kind"], rows["op"], rows["threshold"])
    return pd.Series(found, index=rows.index, dtype=np.bool_)


def margins(comparison: Comparison) -> Md:
    """Return which indicators bind, as a chart and in numbers."""
    return section("margins", comparison, _one, text("margins", comparison.lang))


def _one(programme: Programme, suffix: str) -> str:
    lang, rows, table = programme.lang, programme.latest, margin_table(programme)
    if table.empty:
        return text("no_margins", lang)
    enough = table["count"] >= least_to_rank(rows["commune"].nunique())
    tight = table[enough].head(_BOXES)
    full = set(rows[no_room(rows)]["indicator"])
    words = text("margins_count", lang, count=len(table), shown=len(tight))
    if full:
        codes = listed(in_runs(full, programme.codes), lang, 30)
        words += " " + text("no_room", lang, count=len(full), codes=codes)
    if not enough.all():
        codes = listed(in_runs(table.index[~enough], programme.codes), lang, 30)
        least = format_number(least_to_rank(rows["commune"].nunique()), lang)
        words += " " + text("margins_few", lang, least=least, codes=codes)
    if tight.empty:
        return words
    chart = margin_spread(tight, programme.names, lang).markdown(f"compare-margins{suffix}")
    return f"{words}\n\n{chart}\n\n{_numbers(programme, tight, suffix)}"


def _numbers(programme: Programme, table: pd.DataFrame, suffix: str) -> str:
    lang = programme.lang
    rows = [
        (
            f"{code} {programme.names[str(code)]}",
            _margin(row["median"], lang),
            format_number(int(row["thin"]), lang),
            f"{format_number(int(row['count']), lang)}/{format_number(int(row['communes']), lang)}",
            *(_margin(row[name], lang) for name in _AROUND),
        )
        for code, row in table.iterrows()
    ]
    return pipe_table(
        head(
            ("indicator", "median", "thin", "with_margin", "least", "low", "high", "greatest"), lang
        ),
        rows,
        translate("compare.margins_table", lang),
        f"tbl-compare-margins{suffix}",
        (10, 5, 5, 5, 5, 5, 5, 5),
        ("left", *["right"] * 7),  # type: ignore[arg-type]
    )


def _margin(value: float, lang: Lang) -> str:
    return f"{format_number(100 * float(value), lang, 1, 1, sign=value != 0)}%"
