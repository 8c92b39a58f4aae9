"""Section: who is close to losing an indicator."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.comparison.words import head, section, text
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number, format_quantity, format_requirement
from ntm_analysis.tables import Md, pipe_table

_MOST = 20
_NAMED = 5


def thin_table(programme: Programme) -> pd.DataFrame:
    """Return the met results of each commune's last year that have a margin, the thinnest first.

    Among equals what has fewer to lose comes first, then the legal order, then the commune.
    """
    rows = programme.latest[programme.latest["thinness"].notna()]
    order = rows["indicator"].map({code: place for place, code in enumerate(programme.codes)})
    return rows.assign(_order=order).sort_values(
        ["thinness", "headroom", "_order", "label", "commune"], kind="stable"
    ).drop(columns="_order")  # fmt: skip


def at_risk(programme: Programme) -> pd.DataFrame | None:
    """Return the communes by the withdrawal rule of the set; None where it has none.

    Columns: `commune`, `label`, `synthetic`, `failed` (criteria with an indicator that is not
    met), `criteria`, `key` (whether a key one fails), `risk`.
    """
    rule = programme.cases[0].rules.loaded.about.withdrawal
    if rule is None:
        return None
    rows = programme.latest
    failing = (rows["verdict"] == "not_met").groupby([rows["commune"], rows["criterion"]]).any()
    by = failing.groupby(level=0)
    table = pd.DataFrame({"failed": by.sum(), "criteria": by.size()})
    key = failing[failing.index.get_level_values("criterion").isin(rule.key_criteria)]
    table["key"] = key.groupby(level=0).any().reindex(table.index, fill_value=False)
    share = 100 * table["failed"] / table["criteria"]
    table["risk"] = (share >= rule.most) | ((share >= rule.some) & table["key"])
    who = programme.communes.set_index("commune")[["label", "synthetic"]]
    return table.join(who).reset_index()


def close(comparison: Comparison) -> Md:
    """Return who is close to losing an indicator, and whose recognition is at risk."""
    return section("close", comparison, _one, text("close", comparison.lang))


def _one(programme: Programme, suffix: str) -> str:
    lang, table = programme.lang, thin_table(programme)
    if table.empty:
        return f"{text('no_thin', lang)} {_risk(programme)}"
    thin = table[table["thin"]]
    words = text(
        "close_count", lang, results=len(table), thin=len(thin),
        communes=thin["commune"].nunique(), none=int((table["headroom"] == 0).sum()),
    )  # fmt: skip
    by_commune = thin.groupby("label", sort=True).size().sort_values(ascending=False, kind="stable")
    if len(by_commune) > 1:
        top = [f"{label} ({count})" for label, count in by_commune.head(_NAMED).items()]
        words += " " + text("close_most", lang, names="; ".join(top))
    shown = table.head(_MOST)
    beyond = table.iloc[_MOST:]
    tied = int((beyond["thinness"] == shown["thinness"].iloc[-1]).sum())
    if len(beyond):
        words += " " + text("close_shown", lang, shown=len(shown), rest=len(beyond))
    if tied:
        words += " " + text("close_tied", lang, count=tied)
    listed = pipe_table(
        head(("commune", "year", "indicator", "value", "requires", "headroom", "thinness"), lang),
        [_row(programme, row) for _, row in shown.iterrows()],
        translate("compare.close_caption", lang),
        f"tbl-compare-close{suffix}",
        (7, 4, 11, 6, 7, 7, 5),
        ("left", "left", "left", "right", "right", "right", "right"),
    )
    return f"{words}\n\n{listed}\n\n{_risk(programme)}"


def _row(programme: Programme, row: pd.Series[Any]) -> tuple[str, ...]:
    lang, book = programme.lang, programme.rulebook
    rule = programme.rules[str(row["id"])].by_code[str(row["indicator"])]
    key = str(row["thin_limb"])
    if key != row["limb"]:  # of several limbs the one that is lost first
        limbs = programme.assessment.limbs
        same = [limbs[name] == row[name] for name in ("commune", "year", "indicator")]
        of_limb = limbs[same[0] & same[1] & same[2] & (limbs["limb"] == key)].iloc[0]
        row = pd.concat([row.drop(of_limb.index.intersection(row.index)), of_limb])
    value = format_quantity(
        float(row["value"]), book.units[str(row["unit"])], lang, 2,
        threshold=float(row["threshold"]),
    )  # fmt: skip
    asked = format_requirement(rule.requirements[key], book.units[str(row["unit"])], lang)
    return (
        str(row["label"]), str(row["year"]), f"{row['indicator']} {row['short']}", value, asked,
        _headroom(programme, row), _left(float(row["thinness"]), lang),
    )  # fmt: skip


def _headroom(programme: Programme, row: pd.Series[Any]) -> str:
    if row["headroom"] != row["headroom"]:
        return "–"
    unit = programme.rulebook.units[str(row["headroom_unit"])]
    return format_quantity(float(row["headroom"]), unit, programme.lang)


def _left(share: float, lang: Lang) -> str:
    return f"{format_number(100 * share, lang, 2)}%"


def _risk(programme: Programme) -> str:
    lang, table = programme.lang, at_risk(programme)
    if table is None:
        return ""
    rule = programme.cases[0].rules.loaded.about.withdrawal
    assert rule is not None
    risk = table[table["risk"]].sort_values(["failed", "label"], ascending=[False, True])
    words = text(
        "risk", lang, count=len(risk), communes=len(table), some=f"{rule.some:.0f}",
        most=f"{rule.most:.0f}", decision=programme.rulebook.decisions[rule.decision].number,
        criteria=", ".join(map(str, rule.key_criteria)),
    )  # fmt: skip
    if len(risk):
        names = [f"{r['label']} ({r['failed']}/{r['criteria']})" for _, r in
                 risk.head(_NAMED).iterrows()]  # fmt: skip
        words += " " + text("risk_who", lang, names="; ".join(names))
    return words
