"""Section: change between years of the same commune."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.comparison.kin import kin
from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import FACES, WITHOUT, Programme
from ntm_analysis.comparison.words import head, listed, section, signed, text, verdict_head
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number
from ntm_analysis.tables import Md, pipe_table
from ntm_analysis.tables.markdown import VERDICT_SIGNS

_MOST_STEPS = 30
_ENDS = 10
_MOST_CODES = 10
_MOST_INDICATORS = 15
STEP = ("commune", "to_commune", "from_year", "to_year")
ABSENT = ""
"""Stands for the verdict of an indicator that is not in force."""


def pairs(programme: Programme) -> pd.DataFrame:
    """Return a row a commune, step from one of its years to its next, and indicator.

    The last year of a commune that was merged goes on to what it became part of.

    Columns: `commune`, `to_commune` (another one after a merger), `indicator`, `from_year`,
    `to_year`, `label`; `before` and `after`, the
    verdicts, `ABSENT` where the indicator is not in force; `face_before` and `face_after`, the
    same as they stand; `other` (its requirement is not the
    same in both years), `gained`, `lost` (of those in force in both).
    """
    rows = programme.rows
    steps = rows[["commune", "year"]].drop_duplicates().sort_values(["commune", "year"])
    steps["to_year"] = steps.groupby("commune")["year"].shift(-1)
    steps = steps.dropna().astype({"to_year": int}).rename(columns={"year": "from_year"})
    steps["to_commune"] = steps["commune"]
    merged = kin(programme.cases)
    if merged:
        columns = ["commune", "from_year", "to_commune", "to_year"]
        steps = pd.concat([steps, pd.DataFrame(merged, columns=columns)], ignore_index=True)
    side = rows[["commune", "year", "indicator", "verdict", "face", "requires"]]
    keys = [*STEP, "indicator"]
    old = steps.merge(side.rename(columns={"year": "from_year"}), on=["commune", "from_year"])
    after_it = {"year": "to_year", "commune": "to_commune"}
    new = steps.merge(side.rename(columns=after_it), on=["to_commune", "to_year"])
    both = old.merge(new, on=keys, how="outer", suffixes=("_old", "_new"))
    before, after = both["verdict_old"].fillna(ABSENT), both["verdict_new"].fillna(ABSENT)
    there = (before != ABSENT) & (after != ABSENT)
    had, has = before.isin(COUNTED), after.isin(COUNTED)
    labels = dict(zip(programme.communes["commune"], programme.communes["label"], strict=True))
    return both[keys].assign(
        label=[
            _label(one, other, labels)
            for one, other in zip(both["commune"], both["to_commune"], strict=True)
        ],
        before=before,
        after=after,
        face_before=both["face_old"].fillna(ABSENT),
        face_after=both["face_new"].fillna(ABSENT),
        other=there & (both["requires_old"] != both["requires_new"]),
        gained=there & ~had & has,
        lost=there & had & ~has,
    )


def _label(one: str, other: str, labels: Mapping[str, str]) -> str:
    return labels[one] if one == other else f"{labels[one]} → {labels[other]}"


def step_table(programme: Programme, both: pd.DataFrame) -> pd.DataFrame:
    """Return a row a commune and step, those that lost most first.

    Columns: `commune`, `to_commune`, `label`, `from_year`, `to_year`; `met_before`, `total_before`,
    `met_after`, `total_after`; `net` (gained less lost, where
    the same is required in both years); `gained` and `lost`, codes with marks:
    † for another requirement, and the sign of what is now without data.
    """
    keys = list(STEP)
    frame = both.assign(
        met_before=both["before"].isin(COUNTED), total_before=both["before"] != ABSENT,
        met_after=both["after"].isin(COUNTED), total_after=both["after"] != ABSENT,
        up=both["gained"] & ~both["other"], down=both["lost"] & ~both["other"],
    )  # fmt: skip
    table = frame.groupby(keys, sort=True).agg(
        label=("label", "first"),
        **{name: (name, "sum") for name in ("met_before", "total_before", "met_after",
                                             "total_after")},
        up=("up", "sum"), down=("down", "sum"),
    )  # fmt: skip
    table["net"] = table.pop("up") - table.pop("down")
    order = {code: place for place, code in enumerate(programme.names)}
    moved = both[both["gained"] | both["lost"]]
    moved = moved.sort_values("indicator", key=lambda one: one.map(order), kind="stable")
    for name in ("gained", "lost"):
        some = moved[moved[name]]
        codes = some.assign(code=[_marked(row) for row in some.itertuples()]).groupby(keys)["code"]
        table[name] = codes.agg(list).reindex(table.index)
        table[name] = [one if isinstance(one, list) else [] for one in table[name]]
    return table.reset_index().sort_values(["net", "label", *keys], kind="stable")


def _marked(row: Any) -> str:
    sign = f" {VERDICT_SIGNS[row.after]}" if row.lost and row.after in WITHOUT else ""
    return f"{row.indicator}{'†' if row.other else ''}{sign}"


def years(comparison: Comparison) -> Md:
    """Return what changed between years of the same commune."""
    return section("years", comparison, _one)


def _one(programme: Programme, suffix: str) -> str:
    lang, both = programme.lang, pairs(programme)
    if both.empty:
        return text("one_year", lang)
    steps = step_table(programme, both)
    single = len(programme.communes) - len({*both["commune"], *both["to_commune"]})
    merged = int((steps["commune"] != steps["to_commune"]).sum())
    words = text(
        "years", lang, count=len(steps), up=int((steps["net"] > 0).sum()),
        down=int((steps["net"] < 0).sum()), same=int((steps["net"] == 0).sum()),
    )  # fmt: skip
    if merged:
        words += " " + text("years_merged", lang, count=merged)
    if single:
        words += " " + text("years_single", lang, count=single)
    parts = [words, _transitions(both, lang, suffix)]
    moved = both[both["gained"] | both["lost"]]
    if not moved.empty:
        parts.append(_by_indicator(programme, moved, suffix))
    parts.append(_by_commune(steps, lang, suffix))
    return "\n\n".join(parts)


def _transitions(both: pd.DataFrame, lang: Lang, suffix: str) -> str:
    """Count what each verdict became, as both stand."""
    counts = both.groupby(["face_before", "face_after"]).size().unstack(fill_value=0)
    old = [one for one in (*FACES, ABSENT) if one in counts.index]
    new = [one for one in (*FACES, ABSENT) if one in counts.columns]
    return pipe_table(
        ["", *(verdict_head(one, lang) if one else translate("compare.not_in_force", lang)
               for one in new)],
        [
            (signed(before, lang),
             *(format_number(int(counts[after][before]), lang) for after in new))
            for before in old
        ],
        translate("compare.transitions_caption", lang),
        f"tbl-compare-transitions{suffix}",
        (7, *[5] * len(new)),
        ("left", *["right"] * len(new)),  # type: ignore[arg-type]
    )  # fmt: skip


def _by_indicator(programme: Programme, moved: pd.DataFrame, suffix: str) -> str:
    lang = programme.lang
    lacking = moved["lost"] & moved["after"].isin(WITHOUT)
    table = moved.assign(lacking=lacking, failed=moved["lost"] & ~lacking)
    table = table.groupby("indicator")[["gained", "failed", "lacking", "other"]].sum()
    table = table.reindex([code for code in programme.names if code in table.index])
    table["moves"] = table["gained"] + table["failed"] + table["lacking"]
    shown = table.sort_values("moves", ascending=False, kind="stable").head(_MOST_INDICATORS)
    return pipe_table(
        head(("indicator", "gained", "failed", "lacking_now", "other"), lang),
        [
            (f"{code} {programme.names[str(code)]}",
             *(format_number(int(row[name]), lang) for name in
               ("gained", "failed", "lacking", "other")))
            for code, row in shown.iterrows()
        ],
        translate("compare.moves_caption", lang, shown=len(shown), count=len(table)),
        f"tbl-compare-moves{suffix}",
        (12, 5, 6, 6, 6),
        ("left", *["right"] * 4),  # type: ignore[arg-type]
    )  # fmt: skip


def _by_commune(steps: pd.DataFrame, lang: Lang, suffix: str) -> str:
    shown, note = steps, ""
    if len(steps) > _MOST_STEPS:
        down, up = steps[steps["net"] < 0].head(_ENDS), steps[steps["net"] > 0].tail(_ENDS)
        shown = pd.concat([down, up])
        if shown.empty:
            return ""
        note = text(
            "years_shown", lang, down=len(down), up=len(up), rest=len(steps) - len(shown)
        ) + " "  # fmt: skip
    rows = [
        (
            str(row["label"]),
            f"{row['from_year']}–{row['to_year']}",
            f"{row['met_before']}/{row['total_before']} → {row['met_after']}/{row['total_after']}",
            listed(row["gained"], lang, _MOST_CODES),
            listed(row["lost"], lang, _MOST_CODES),
        )
        for row in shown.to_dict("records")
    ]
    table = pipe_table(
        head(("commune", "years", "met", "gained", "lost"), lang),
        rows,
        translate("compare.years_caption", lang),
        f"tbl-compare-years{suffix}",
        (7, 5, 7, 9, 9),
    )
    return f"{note}{text('years_marks', lang)}\n\n{table}"
