"""Section: the programme by province, district and commune."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ntm_analysis.comparison.areas import MOST, by_district, by_province, rest
from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import VERDICTS, Programme, made_up
from ntm_analysis.comparison.words import (
    head,
    met_cell,
    met_head,
    number,
    percent,
    section,
    text,
    verdict_cell,
    verdict_head,
)
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number
from ntm_analysis.tables import Md, pipe_table

MOST_DISTRICTS = 30
MOST_COMMUNES = 40
"""So many are told one by one; more are counted by class."""
_CLASSES = (1.0, 0.95, 0.9, 0.8, 0.0)


def summary(comparison: Comparison) -> Md:
    """Return the programme by province, district and commune."""
    return section("summary", comparison, _one, text("summary", comparison.lang))


def _one(programme: Programme, suffix: str) -> str:
    lang = programme.lang
    parts = [_areas(by_province(programme), "province", lang, suffix)]
    districts = by_district(programme)
    if not (districts["district"] != "").any():
        parts.append(text("no_districts", lang))
    elif len(districts) <= MOST_DISTRICTS:
        parts.append(_areas(districts, "district", lang, suffix))
    else:
        parts.append(text("many_districts", lang, count=len(districts)))
        parts.append(_spread(districts, lang, suffix))
    if len(programme.communes) <= MOST_COMMUNES:
        parts.append(_communes(programme, suffix))
    else:
        parts.append(_classes(programme, suffix))
    return "\n\n".join(parts)


def _areas(table: pd.DataFrame, key: str, lang: Lang, suffix: str) -> str:
    shown, others = rest(table)
    rows = [_area(str(row["label"]), row, lang) for _, row in shown.iterrows()]
    if len(others):
        sums, weights = (
            others[["communes", "synthetic", "complete", "concluded_all", "open"]].sum(),
            others["communes"],
        )
        means = others[["share", "without"]].mul(weights, axis=0).sum() / weights.sum()
        together = pd.concat([sums, means])
        rows.append(_area(translate("compare.others", lang, count=len(others)), together, lang))
    return pipe_table(
        head(
            (
                key,
                "communes",
                "share",
                "complete",
                "concluded_all",
                "open",
                "mean_without",
                "made_up",
            ),
            lang,
        ),
        rows,
        translate(f"compare.summary_{key}", lang),
        f"tbl-compare-{key}{suffix}",
        (8, 4, 6, 5, 5, 6, 6, 4),
        ("left", *["right"] * 7),  # type: ignore[arg-type]
    )


def _area(label: str, row: pd.Series[Any], lang: Lang) -> tuple[str, ...]:
    names = ("communes", "complete", "concluded_all", "open", "synthetic")
    communes, complete, concluded, open_, fake = (
        format_number(int(row[name]), lang) for name in names
    )
    without = number(row["without"], lang, 1)
    return label, communes, percent(row["share"], lang), complete, concluded, open_, without, fake


def _spread(districts: pd.DataFrame, lang: Lang, suffix: str) -> str:
    """Tell of each province its districts' spread: the lowest, the middle, the highest."""
    per = [group.sort_values(["share", "label"], kind="stable") for _, group in
           districts.groupby("province", sort=False)]  # fmt: skip
    largest = sorted(per, key=len, reverse=True)[:MOST]
    shown = [group for group in per if any(group is one for one in largest)]
    rows = [
        (
            _named(str(group["province"].iloc[0]), lang, fake=bool(group["fake"].all())),
            format_number(len(group), lang),
            _district(group.iloc[0], lang),
            percent(group["share"].median(), lang),
            _district(group.iloc[-1], lang),
        )
        for group in shown
    ]
    if len(shown) < len(per):
        hidden = sum(map(len, per)) - sum(map(len, shown))
        label = translate("compare.others", lang, count=len(per) - len(shown))
        rows.append((label, format_number(hidden, lang), "", "", ""))
    return pipe_table(
        head(("province", "districts", "lowest", "median", "highest"), lang),
        rows,
        translate("compare.spread_caption", lang),
        f"tbl-compare-district{suffix}",
        (7, 4, 10, 5, 10),
        ("left", "right", "left", "right", "left"),
    )


def _district(row: pd.Series[Any], lang: Lang) -> str:
    name = row["district"] or translate("compare.no_district", lang)
    return f"{_named(name, lang, fake=bool(row['fake']))}: {percent(row['share'], lang)}"


def _named(name: str, lang: Lang, *, fake: bool) -> str:
    return made_up(name, lang) if fake else name


def _communes(programme: Programme, suffix: str) -> str:
    lang = programme.lang
    rows = [
        (
            str(place),
            str(row["label"]),
            percent(row["share"], lang),
            f"{row['concluded']}/{row['total']}",
            met_cell(row, lang),
            *(verdict_cell(row, verdict, lang) for verdict in VERDICTS[1:]),
            str(row["year"]),
            ", ".join(filter(None, (row["district"], row["province"]))),
        )
        for place, (_, row) in enumerate(programme.communes.iterrows(), start=1)
    ]
    others = [verdict_head(verdict, lang) for verdict in VERDICTS[1:]]
    return pipe_table(
        [
            *head(("number", "commune", "share", "concluded"), lang),
            met_head(lang),
            *others,
            *head(("year", "where"), lang),
        ],
        rows,
        translate("compare.communes_caption", lang),
        f"tbl-compare-communes{suffix}",
        (2, 9, 5, 5, 6, 4, 4, 4, 4, 4, 7),
        ("right", "left", *["right"] * 8, "left"),  # type: ignore[arg-type]
    )


def _classes(programme: Programme, suffix: str) -> str:
    """Count communes by the share of indicators that they meet."""
    lang, communes = programme.lang, programme.communes
    rows, above = [], float("inf")
    for floor in _CLASSES:
        inside = communes[(communes["share"] >= floor) & (communes["share"] < above)]
        key = "class_all" if floor == 1 else "class_below" if floor == 0 else "class"
        words = translate(f"compare.{key}", lang, low=f"{100 * floor:.0f}",
                          high="100" if above > 1 else f"{100 * above:.0f}")  # fmt: skip
        rows.append(
            (words, format_number(len(inside), lang), percent(len(inside) / len(communes), lang),
             format_number(int(inside["synthetic"].sum()), lang))
        )  # fmt: skip
        above = floor
    return pipe_table(
        head(("class", "communes", "of_communes", "made_up"), lang),
        rows,
        translate("compare.classes_caption", lang),
        f"tbl-compare-communes{suffix}",
        (8, 5, 5, 5),
        ("left", "right", "right", "right"),
    )
