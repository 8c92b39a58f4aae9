"""Section: how much is missing, by indicator and by commune."""

from __future__ import annotations

import pandas as pd

from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.comparison.words import head, listed, percent, section, text
from ntm_analysis.language import translate
from ntm_analysis.numbers import format_number
from ntm_analysis.tables import Md, pipe_table

REASONS = (
    "no_figure", "inequality_spans", "unknown_threshold", "delegated", "class_unknown", "zero_base"
)  # fmt: skip
_MOST = 15
_CLASSES = ((0, 0), (1, 2), (3, 5), (6, 10), (11, None))


def by_indicator(programme: Programme) -> pd.DataFrame:
    """Return the indicators with something missing, the most first.

    Columns: `communes` (where it is in force), `pending`, `no_data`, `missing` (both), and how
    many are without data for each of `REASONS`.
    """
    rows = programme.latest
    groups = rows.groupby("indicator")["without"]
    table = pd.DataFrame({"communes": groups.size(), "missing": groups.sum()})
    table["pending"] = rows[rows["verdict"] == "pending"].groupby("indicator").size()
    empty = rows[rows["verdict"] == "no_data"]
    table["no_data"] = empty.groupby("indicator").size()
    for reason in REASONS:
        table[reason] = empty[empty["reason"] == reason].groupby("indicator").size()
    table = table.fillna(0).astype(int).reindex(list(programme.codes))
    found = table[table["missing"] > 0]
    return found.sort_values("missing", ascending=False, kind="stable")


def missing(comparison: Comparison) -> Md:
    """Return how much is missing, by indicator and by commune."""
    return section("missing", comparison, _one, text("missing", comparison.lang))


def _one(programme: Programme, suffix: str) -> str:
    lang, rows = programme.lang, programme.latest
    table = by_indicator(programme)
    stale = int((programme.communes["year"] < max(programme.years)).sum())
    words = text(
        "missing_sum", lang, missing=int(rows["without"].sum()), results=len(rows),
        share=percent(rows["without"].mean(), lang), indicators=len(table),
    )  # fmt: skip
    if stale:
        words += " " + text("stale", lang, count=stale, year=str(max(programme.years)))
    if table.empty:
        return words
    if len(table) > _MOST:
        words += " " + text("missing_shown", lang, shown=_MOST)
    indicators = _indicators(programme, table.head(_MOST), suffix)
    return f"{words}\n\n{indicators}\n\n{_communes(programme, suffix)}"


def _indicators(programme: Programme, table: pd.DataFrame, suffix: str) -> str:
    lang = programme.lang
    columns = ("pending", *REASONS)
    return pipe_table(
        head(("indicator", "in_force", "missing", *columns), lang),
        [
            (
                f"{code} {programme.names[str(code)]}",
                format_number(int(row["communes"]), lang),
                percent(row["missing"] / row["communes"], lang),
                *(format_number(int(row[name]), lang) for name in columns),
            )
            for code, row in table.iterrows()
        ],
        translate("compare.missing_caption", lang),
        f"tbl-compare-missing{suffix}",
        (11, 4, 5, *[5] * len(columns)),
        ("left", *["right"] * (2 + len(columns))),  # type: ignore[arg-type]
    )


def _communes(programme: Programme, suffix: str) -> str:
    """Count communes by how much they lack, and name those that lack the most."""
    lang, communes = programme.lang, programme.communes
    rows = []
    for low, high in _CLASSES:
        lacking = communes[communes["without"].between(low, float("inf") if high is None else high)]
        label = str(low) if low == high else f"{low}–{high}" if high else f"≥ {low}"
        most = lacking.sort_values("without", ascending=False, kind="stable")["label"]
        names = listed(list(most), lang, 6)
        rows.append((label, format_number(len(lacking), lang), names))
    return pipe_table(
        head(("lacking", "communes", "which"), lang),
        rows,
        translate("compare.lacking_caption", lang),
        f"tbl-compare-lacking{suffix}",
        (6, 4, 18),
        ("left", "right", "left"),
    )
