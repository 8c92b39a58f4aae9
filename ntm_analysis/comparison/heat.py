"""Section: communes × indicators; aggregated where there are many communes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ntm_analysis.charts.chart import Chart
from ntm_analysis.comparison.areas import by_district, by_province, rest
from ntm_analysis.comparison.charts.cells import Cells, cell_map
from ntm_analysis.comparison.charts.common import FAKE
from ntm_analysis.comparison.charts.marks import mark_map
from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.comparison.summary import MOST_COMMUNES
from ntm_analysis.comparison.words import percent, section, text
from ntm_analysis.language import translate
from ntm_analysis.numbers import format_number
from ntm_analysis.tables import Md, pipe_table

MOST_COLUMNS = 20
"""So many areas are columns of one map; more are its rows, and the criteria its columns."""
_MOST_ROWS = 45
_GROUPS = 10
_FEW = 5
_MISSING = 0.1


@dataclass(frozen=True)
class Grouped:
    """Communes in groups that a map shows.

    Attributes
    ----------
    key : {"province", "district", "rank"}
        What groups them: `compare.heat_{key}` says it.
    group : Series of int
        The group of each commune, from 0, by its id.
    labels : tuple of str
        The groups' names.
    short : tuple of str
        The names for charts: a sign stands for "made up".
    """

    key: str
    group: pd.Series[int]
    labels: tuple[str, ...]
    short: tuple[str, ...]


def heat(comparison: Comparison) -> Md:
    """Return communes × indicators."""
    return section("heat", comparison, _one)


def _one(programme: Programme, suffix: str) -> str:
    lang = programme.lang
    if len(programme.communes) <= MOST_COMMUNES:
        charts = mark_maps(programme)
        figures = [chart.markdown(f"compare-heat{suffix}-{number}") for number, chart in
                   enumerate(charts, start=1)]  # fmt: skip
        return "\n\n".join([text("heat_marks", lang), *figures])
    parts = [text("heat_cells", lang, communes=len(programme.communes))]
    number = 0
    for grouped in groupings(programme):
        parts.append(text(f"heat_{grouped.key}", lang, count=len(grouped.labels)))
        wide = len(grouped.labels) <= MOST_COLUMNS
        if wide:
            parts.append(_key(programme, grouped, suffix))
        else:
            parts.append(text("heat_criteria", lang, criteria=_criteria(programme)))
        draw = indicator_maps if wide else criterion_maps
        for chart in draw(programme, grouped):
            number += 1
            parts.append(chart.markdown(f"compare-heat{suffix}-{number}"))
    return "\n\n".join(parts)


def groupings(programme: Programme) -> list[Grouped]:
    """Return how the communes are grouped: by place, and by rank where places tell too little.

    By district where these are few enough or of one province, else by province. All are told:
    what is beyond the largest stands together.
    """
    places, ranks = _by_place(programme), _by_rank(programme)
    count = len(places.labels)
    if count == 1:
        return [ranks]
    largest = int(places.group.value_counts().max())
    tells = _FEW <= count <= MOST_COLUMNS and 2 * largest <= len(places.group)
    return [places] if tells else [places, ranks]


def _by_place(programme: Programme) -> Grouped:
    table, key = by_province(programme), "province"
    districts = by_district(programme)
    if len(table) == 1 or len(table) < len(districts) <= MOST_COLUMNS:
        table, key = districts, "district"
    names = ["province", "district"][: 2 if key == "district" else 1]
    shown, others = rest(table)
    labels = list(shown["label"])
    short = [f"{name}{FAKE}" if fake else name
             for name, fake in zip(shown["name"], shown["fake"], strict=True)]  # fmt: skip
    if len(others):
        labels.append(translate("compare.others", programme.lang, count=len(others)))
        short.append(labels[-1])
    number = {tuple(row): place for place, row in enumerate(shown[names].to_numpy().tolist())}
    communes = programme.communes
    group = [number.get(tuple(row), len(shown)) for row in communes[names].to_numpy().tolist()]
    return Grouped(key, pd.Series(group, index=communes["commune"]), tuple(labels),
                   tuple(short))  # fmt: skip


def _by_rank(programme: Programme) -> Grouped:
    """Return ten groups of communes, from those that meet the smallest share of indicators."""
    communes = programme.communes.sort_values(["share", "commune"], kind="stable")
    group = np.arange(len(communes)) * _GROUPS // len(communes)
    shares = pd.Series(communes["share"].to_numpy()).groupby(group).agg(["min", "max"])
    labels = tuple(
        "–".join(dict.fromkeys(percent(end, programme.lang) for end in ends))
        for ends in shares.to_numpy().tolist()
    )
    return Grouped("rank", pd.Series(group, index=communes["commune"]), labels, labels)


def _key(programme: Programme, grouped: Grouped, suffix: str) -> str:
    """Return what the numbers of a map's columns stand for."""
    lang = programme.lang
    sizes = grouped.group.value_counts()
    fakes = programme.communes.set_index("commune")["synthetic"].reindex(grouped.group.index)
    synthetic = fakes.groupby(grouped.group.to_numpy()).sum()
    return pipe_table(
        [translate(f"compare.head_{name}", lang)
         for name in ("number", grouped.key, "communes", "made_up")],
        [
            (str(place + 1), label, format_number(int(sizes[place]), lang),
             format_number(int(synthetic[place]), lang))
            for place, label in enumerate(grouped.labels)
        ],
        translate(f"compare.heat_{grouped.key}_key", lang),
        f"tbl-compare-heat-{grouped.key}{suffix}",
        (3, 12, 4, 4),
        ("right", "left", "right", "right"),
    )  # fmt: skip


def _criteria(programme: Programme) -> str:
    """Return the numbers and names of the criteria."""
    known = programme.cases[0].rules.loaded.criterion
    numbers = dict.fromkeys(int(code.partition(".")[0]) for code in programme.codes)
    return "; ".join(f"{number} {known[number].name[programme.lang]}" for number in numbers)


def mark_maps(programme: Programme) -> list[Chart]:
    """Return maps of a mark a commune and indicator, numbered as in the table of communes."""
    lang, communes = programme.lang, programme.communes
    wide = programme.latest.pivot(index="indicator", columns="commune", values="face")
    wide = wide.reindex(index=list(programme.codes), columns=list(communes["commune"])).fillna("")
    halves = _halves(programme)
    return [
        mark_map(
            wide.loc[codes],
            programme.names,
            list(communes["synthetic"]),
            translate("compare.heat_caption", lang, first=codes[0], last=codes[-1]),
            lang,
        )
        for codes in halves
    ]


def indicator_maps(programme: Programme, grouped: Grouped) -> list[Chart]:
    """Return maps of the share of communes by indicator (rows) and group (columns)."""
    lang = programme.lang
    cells = _cells(programme, grouped, "indicator")
    names = [f"{number}" for number in range(1, len(grouped.labels) + 1)]
    return [
        cell_map(
            Cells(cells.share[codes].T, cells.missing[codes].T),
            [(code, programme.names[code]) for code in codes],
            names,
            translate(f"compare.heat_{grouped.key}_caption", lang, first=codes[0], last=codes[-1]),
            lang,
        )
        for codes in _halves(programme)
    ]


def criterion_maps(programme: Programme, grouped: Grouped) -> list[Chart]:
    """Return maps of the share of communes by group (rows) and criterion (columns)."""
    lang = programme.lang
    cells = _cells(programme, grouped, "criterion")
    rows = [("", label) for label in grouped.short]
    columns = [str(criterion) for criterion in cells.share.columns]
    parts = -(-len(rows) // _MOST_ROWS)
    size = -(-len(rows) // parts)
    charts = []
    for start in range(0, len(rows), size):
        some = slice(start, start + size)
        shown = rows[some]
        ends = {"first": grouped.labels[start], "last": grouped.labels[start + len(shown) - 1]}
        caption = translate(f"compare.heat_{grouped.key}_criteria", lang, **ends)
        part = Cells(cells.share.iloc[some], cells.missing.iloc[some])
        charts.append(cell_map(part, shown, columns, caption, lang))
    return charts


def _cells(programme: Programme, grouped: Grouped, by: str) -> Cells:
    """Return the share of communes that meet all of an indicator or criterion, by group."""
    rows = programme.latest
    per = rows.groupby(["commune", by], sort=False)[["counted", "without"]].agg(
        counted=("counted", "all"), without=("without", "any")
    )  # fmt: skip
    place = grouped.group.reindex(per.index.get_level_values("commune")).to_numpy()
    table = per.groupby([place, per.index.get_level_values(by)]).mean()
    order = list(programme.codes) if by == "indicator" else sorted(rows["criterion"].unique())
    share, missing = (table[name].unstack().reindex(columns=order) for name in table.columns)
    return Cells(share, missing >= _MISSING)


def _halves(programme: Programme) -> list[list[str]]:
    """Return the indicators in two parts that fit a page each, cut between criteria."""
    codes = list(programme.codes)
    if len(codes) <= 40:
        return [codes]
    criteria = [code.partition(".")[0] for code in codes]
    cuts = [place for place in range(1, len(codes)) if criteria[place] != criteria[place - 1]]
    cut = min(cuts, key=lambda place: abs(place - len(codes) / 2), default=len(codes) // 2)
    return [codes[:cut], codes[cut:]]
