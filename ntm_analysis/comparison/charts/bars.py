"""How many communes have each verdict on an indicator: one bar each."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ntm_analysis.charts.canvas import Canvas, LegendEntry
from ntm_analysis.charts.chart import Chart
from ntm_analysis.charts.style import VERDICT_STYLES, VERDICT_TINTS, WIDTH, text_width
from ntm_analysis.comparison.charts.common import INDENT, REACH, SIZE, indicator_label, ink_on
from ntm_analysis.comparison.programme import FACES
from ntm_analysis.comparison.words import percent
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number

_ROW = 27.0


def share_chart(table: pd.DataFrame, names: Mapping[str, str], lang: Lang) -> Chart:
    """Chart how many communes have each verdict, one bar an indicator.

    Parameters
    ----------
    table : DataFrame
        Of `share_table`, as many rows as are to be drawn.
    names : mapping of code to label
    lang : {"vi", "en"}
    """
    canvas, y = Canvas(), 0.0
    shares = {str(code): percent(share, lang, 0) for code, share in table["share"].items()}
    left = max(INDENT, *(text_width(share, SIZE) + 6 for share in shares.values()))
    for code, row in table.iterrows():
        indicator_label(canvas, y + SIZE, str(code), names[str(code)], WIDTH)
        _bar(canvas, left, y + SIZE + 3, row, lang)
        canvas.text(0, y + SIZE + 12, shares[str(code)], size=SIZE)
        y += _ROW
    seen = [verdict for verdict in FACES if table[verdict].sum() > 0]
    entries = [LegendEntry(verdict, translate(f"verdict.{verdict}", lang)) for verdict in seen]
    height = canvas.legend(
        y + 4, entries, lambda mark, x, at: canvas.verdict(x, at, mark), width=REACH
    )
    alt = "; ".join(f"{code} {names[code]}: {share}" for code, share in shares.items())
    return Chart(canvas.finish(height + 4), f"{translate('compare.shares_alt', lang)} {alt}.",
                 translate("compare.shares_caption", lang))  # fmt: skip


def _bar(canvas: Canvas, left: float, top: float, row: pd.Series[float], lang: Lang) -> None:
    x, total = left, float(row[list(FACES)].sum())
    for verdict in FACES:
        width = (WIDTH - left) * float(row[verdict]) / total
        if width <= 0:
            continue
        ground, colour = VERDICT_TINTS[verdict], VERDICT_STYLES[verdict].colour
        inset = min(0.5, width / 4)
        canvas.rect(x + inset, top, x + width - inset, top + 11, ground, edge=colour, width=1.0)
        number = format_number(int(row[verdict]), lang)
        wide = text_width(number, SIZE)
        if width > wide + 16:
            canvas.verdict(x + 8, top + 5.5, verdict, 7.0)
        if width > wide + 4:
            at = x + width / 2 + (6 if width > wide + 16 else 0)
            canvas.text(at, top + 9.2, number, size=SIZE, align="center", colour=ink_on(ground))
        x += width
