"""The spread of relative margins: least to most, quartiles, median."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from ntm_analysis.charts.canvas import Canvas
from ntm_analysis.charts.chart import Chart
from ntm_analysis.charts.style import INK, MUTED, RULE, TRACK, WIDTH, text_width, wrap
from ntm_analysis.comparison.charts.common import REACH, SIZE, indicator_label
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number

CAP = 0.5
"""Relative margins beyond it are drawn at the edge, with an arrow."""
_STEP = 0.05
_ROW = 29.0
_LEFT, _RIGHT = 8.0, WIDTH - 8.0
_BOX = "#9ECAE1"
_THRESHOLD = "#D55E00"


def margin_spread(table: pd.DataFrame, names: Mapping[str, str], lang: Lang) -> Chart:
    """Chart the spread of relative margins.

    Parameters
    ----------
    table : DataFrame
        Of `margin_table`, as many rows as are to be drawn.
    names : mapping of code to label
    lang : {"vi", "en"}
    """
    canvas, y = Canvas(), 0.0
    lowest, highest = -_reach(-table["least"].min()), _reach(table["most"].max())

    def at(value: float) -> float:
        clipped = max(lowest, min(highest, float(value)))
        return _LEFT + (_RIGHT - _LEFT) * (clipped - lowest) / (highest - lowest)

    cut = False
    for code, row in table.iterrows():
        count = f"n = {format_number(int(row['count']), lang)}"
        width = text_width(count, SIZE)
        end = indicator_label(canvas, y + SIZE, str(code), names[str(code)], WIDTH - width - 10)
        canvas.text(end + 10, y + SIZE, count, size=SIZE, colour=MUTED)
        middle = y + SIZE + 9
        canvas.rect(_LEFT, middle - 5.5, _RIGHT, middle + 5.5, TRACK, order=0.5)
        canvas.line([(at(row["least"]), middle), (at(row["most"]), middle)], MUTED, 1.2)
        canvas.line([(at(0), middle - 7), (at(0), middle + 7)], _THRESHOLD, 1.4, order=3)
        low, high = at(row["low"]), max(at(row["high"]), at(row["low"]) + 1)
        canvas.rect(low, middle - 4, high, middle + 4, _BOX, order=2.5)
        canvas.rect(at(row["median"]) - 1.2, middle - 5.5, at(row["median"]) + 1.2, middle + 5.5,
                    INK, order=4)  # fmt: skip
        for value, edge, way in ((row["least"], _LEFT, -1), (row["most"], _RIGHT, 1)):
            if value * way > CAP:
                cut = True
                tip = edge + way * 6
                canvas.polygon([(tip, middle), (edge, middle - 4), (edge, middle + 4)], MUTED)
        y += _ROW
    canvas.line([(_LEFT, y), (_RIGHT, y)], RULE, 0.8)
    for tick in (lowest, 0.0, highest):
        text = f"{format_number(round(100 * tick), lang, 0, sign=tick != 0)}%"
        canvas.text(at(tick), y + 12, text, size=SIZE, align="center" if tick == 0 else
                    "left" if tick < 0 else "right", colour=MUTED)  # fmt: skip
    words = translate("compare.margins_key", lang)
    if cut:
        words += " " + translate("compare.margins_cut", lang, reach=f"{100 * CAP:.0f}")
    end = canvas.lines(0, y + 28, wrap(words, REACH, SIZE), size=SIZE, colour=MUTED)
    alt = "; ".join(
        f"{code} {names[str(code)]}: {format_number(100 * float(row['median']), lang, 1)}%"
        for code, row in table.iterrows()
    )
    return Chart(canvas.finish(end), f"{translate('compare.margins_alt', lang)} {alt}.",
                 translate("compare.margins_caption", lang))  # fmt: skip


def _reach(most: float) -> float:
    """Return how far the scale goes on one side of the threshold: a multiple of 5 %."""
    return min(CAP, max(_STEP, math.ceil(round(most / _STEP, 6)) * _STEP))
