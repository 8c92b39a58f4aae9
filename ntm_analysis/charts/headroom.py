"""How many households, persons or km may be lost before verdicts turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from ntm_analysis.charts.canvas import Canvas, LegendEntry
from ntm_analysis.charts.chart import Chart
from ntm_analysis.charts.lollipop import (
    LABEL_SIZE,
    BrokenScale,
    axis,
    label,
    note,
    percent,
    stem,
)
from ntm_analysis.charts.rows import ChartRow
from ntm_analysis.charts.style import VERDICT_STYLES, WIDTH
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number, format_quantity

CAP: Final = 20.0
"""Per cent of the whole where the axis breaks."""
_NAMES: Final = 178.0
_LEFT: Final = 186.0
_RIGHT: Final = 282.0


def headroom_rows(rows: Sequence[ChartRow]) -> list[ChartRow]:
    """Return the rows with a headroom and its base, the smallest share first."""
    known = [
        row
        for row in rows
        if row.headroom_unit is not None and not math.isnan(row.headroom) and row.headroom_base > 0
    ]
    return sorted(known, key=share)


def share(row: ChartRow) -> float:
    """Return the headroom as a share of its base."""
    return row.headroom / row.headroom_base


def headroom_chart(rows: Sequence[ChartRow], lang: Lang) -> Chart:
    """Chart the headroom of all countable indicators as a share of its base, smallest on top.

    Parameters
    ----------
    rows : sequence of ChartRow
        All indicators; those without headroom or base are left out.
    lang : {"vi", "en"}

    Raises
    ------
    ValueError
        If none has both.
    """
    drawn = headroom_rows(rows)
    if not drawn:
        raise ValueError("no headroom")
    canvas, height = draw_headroom(drawn, lang)
    parts = [translate("charts.headroom_alt", lang, count=len(drawn))]
    parts.append("; ".join(_row_alt(row, lang) for row in drawn) + ".")
    caption = translate("charts.headroom_caption", lang)
    return Chart(canvas.finish(height), " ".join(parts), caption)


def _row_alt(row: ChartRow, lang: Lang) -> str:
    return translate(
        "charts.headroom_row_alt", lang, code=row.code, label=row.label,
        amount=format_number(row.headroom, lang), base=_base(row, lang),
        share=percent(share(row), lang),
    )  # fmt: skip


def _base(row: ChartRow, lang: Lang) -> str:
    assert row.headroom_unit is not None
    return format_quantity(row.headroom_base, row.headroom_unit, lang)


def draw_headroom(rows: Sequence[ChartRow], lang: Lang) -> tuple[Canvas, float]:
    """Draw the chart; return the canvas and its height."""
    canvas, y = Canvas(), 2.0
    scale = BrokenScale.of([100 * share(row) for row in rows], CAP, _LEFT, _RIGHT)
    for row in rows:
        middle, y = label(canvas, row, y, _NAMES)
        stem(canvas, scale, 100 * share(row), middle, row.face)
        amount = format_number(row.headroom, lang)
        text = translate("charts.headroom_value", lang, amount=amount, base=_base(row, lang))
        canvas.text(
            WIDTH, middle + LABEL_SIZE * 0.35, text, size=LABEL_SIZE, align="right",
            bold=row.headroom <= 0,
        )  # fmt: skip
    y = axis(canvas, scale, 0, y, lang)
    y = note(canvas, translate("charts.headroom_axis", lang), y + 1)
    if math.isfinite(scale.cap):
        limit = format_number(scale.cap, lang)
        y = note(canvas, translate("charts.overview_break", lang, limit=limit), y + 3)
    seen = {row.face for row in rows}
    entries = [
        LegendEntry(verdict, translate(f"verdict.{verdict}", lang))
        for verdict in VERDICT_STYLES
        if verdict in seen
    ]
    bottom = canvas.legend(y + 6, entries, lambda mark, x, at: canvas.verdict(x, at, mark))
    return canvas, bottom + 2
