"""Shares of communes in a grid: a colour and a number in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.path import Path

from ntm_analysis.charts.canvas import Canvas, LegendEntry
from ntm_analysis.charts.chart import Chart
from ntm_analysis.charts.style import INK, MUTED, RULE, WIDTH
from ntm_analysis.comparison.charts.common import (
    FAKE,
    REACH,
    SIZE,
    closed,
    compact,
    ink_on,
    shortened,
)
from ntm_analysis.comparison.words import whole_percent
from ntm_analysis.language import Lang, translate

SCALE = (
    (100, "#F7FBFF"),
    (95, "#DEEBF7"),
    (85, "#C6DBEF"),
    (70, "#9ECAE1"),
    (50, "#4292C6"),
    (0, "#08519C"),
)
"""Blues of ColorBrewer, the darker the fewer: least per cent of a class, and its colour."""
_ROW = 14.0
_TOP = 15.0
_NAMES = 150.0
_PLACES = 115.0
_CODES = 30.0
_WIDEST = 30.0
_NAMED = 5
_MOST_NAMED = 12
_GAP = 5.0
_SIGNS = {"absent": "–", "fake": FAKE}


@dataclass(frozen=True)
class Cells:
    """What a grid shows.

    Attributes
    ----------
    share : DataFrame of float
        Of communes that meet it; NaN where it is not in force.
    missing : DataFrame of bool
        Where much is without data.
    """

    share: pd.DataFrame
    missing: pd.DataFrame


def colour_of(value: int) -> str:
    """Return the colour of a share in whole per cent."""
    return next(colour for least, colour in SCALE if value >= least)


def cell_map(
    cells: Cells,
    rows: Sequence[tuple[str, str]],
    columns: Sequence[str],
    caption: str,
    lang: Lang,
) -> Chart:
    """Chart shares by row and column.

    The columns stand behind the codes, before the names: a phone shows them at once.

    Parameters
    ----------
    cells : Cells
        In the order of `rows` and `columns`.
    rows : sequence of (str, str)
        The code of each row, or nothing, and its name.
    columns : sequence of str
        The heads of the columns.
    caption : str
    lang : {"vi", "en"}
    """
    count, coded = len(columns), bool(rows[0][0])
    left = _CODES if coded else _PLACES
    named = coded and count <= _MOST_NAMED
    step = min(_WIDEST, (WIDTH - left - (_NAMES if named else 0)) / count)
    right = left + step * count
    canvas = Canvas()
    for place, name in enumerate(columns):
        canvas.text(left + step * (place + 0.5), 11, name, size=min(SIZE, step * 0.62),
                    align="center", colour=INK)  # fmt: skip
    boxes: dict[str, list[tuple[float, float]]] = {}
    marks: list[tuple[float, float]] = []
    size = min(9.0, step * 0.47)
    y = _TOP
    grid = zip(rows, cells.share.to_numpy().tolist(), cells.missing.to_numpy().tolist(),
               strict=True)  # fmt: skip
    for (code, name), shares, lacks in grid:
        if coded:
            canvas.text(0, y + 10.5, code, size=9.5, bold=True)
        else:
            canvas.text(0, y + 10.5, shortened(name, left - 4, 9.5), size=9.5)
        if named:
            name_ = shortened(name, WIDTH - right - _GAP, 9.5)
            canvas.text(right + _GAP, y + 10.5, name_, size=9.5)
        for place, (share, lack) in enumerate(zip(shares, lacks, strict=True)):
            x = left + step * place
            if share != share:
                canvas.text(x + step / 2, y + 10, "–", size=size, align="center", colour=MUTED)
                continue
            value = whole_percent(share)
            colour = colour_of(value)
            boxes.setdefault(colour, []).append((x, y))
            canvas.text(x + step / 2, y + 10.2, str(value), size=size, align="center",
                        colour=ink_on(colour))  # fmt: skip
            if lack:
                marks.append((x + step - 0.8, y + 0.4))
        y += _ROW
    for colour, corners in boxes.items():
        canvas.shape(_squares(corners, step - 0.8, _ROW - 0.8), colour, edge=RULE, width=0.3)
    if marks:
        canvas.shape(_corners(marks), "#D55E00", order=5.0)
    absent = bool(cells.share.isna().to_numpy().any())
    also = ["missing"] * bool(marks) + ["absent"] * absent
    also += ["fake"] * any(name.endswith(FAKE) for _, name in rows)
    end = _legend(canvas, y + 6, list(boxes), also, lang)
    alt = translate("compare.cells_alt", lang, rows=len(rows), columns=count,
                    lowest=_lowest(cells.share, rows, columns))  # fmt: skip
    return Chart(compact(canvas.finish(end + 4)), f"{caption}. {alt}", caption)


def _lowest(share: pd.DataFrame, rows: Sequence[tuple[str, str]], columns: Sequence[str]) -> str:
    """Return the cells of the smallest shares in words; a dash where all are whole."""
    values = share.to_numpy()
    open_ = [(float(values[at]), at) for at in zip(*(values < 1).nonzero(), strict=True)]
    return (
        "; ".join(
            f"{' '.join(rows[row]).strip()} × {columns[column]}: {whole_percent(value)}%"
            for value, (row, column) in sorted(open_)[:_NAMED]
        )
        or "–"
    )


def _squares(corners: Sequence[tuple[float, float]], width: float, height: float) -> Path:
    return closed(
        [((x, y), (x + width, y), (x + width, y + height), (x, y + height)) for x, y in corners]
    )


def _corners(points: Sequence[tuple[float, float]]) -> Path:
    return closed([((x, y), (x - 4.5, y), (x, y + 4.5)) for x, y in points])


def _legend(
    canvas: Canvas, top: float, colours: Sequence[str], also: Sequence[str], lang: Lang
) -> float:
    entries, above = [], 100
    for least, colour in SCALE:
        words = "100%" if least == 100 else f"{least}–{above - 1}%" if least else f"< {above}%"
        if colour in colours:
            entries.append(LegendEntry(colour, words))
        above = least
    entries += [LegendEntry(mark, translate(f"compare.cells_{mark}", lang)) for mark in also]

    def draw(mark: str, x: float, y: float) -> None:
        if mark == "missing":
            canvas.shape(_corners([(x + 3, y - 3)]), "#D55E00")
        elif mark in _SIGNS:
            canvas.text(x, y + 3, _SIGNS[mark], size=SIZE, align="center", colour=MUTED)
        else:
            canvas.rect(x - 7, y - 5, x + 7, y + 5, mark, edge=RULE, width=0.5)

    return canvas.legend(top, entries, draw, width=REACH)
