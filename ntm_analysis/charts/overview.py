"""How far all quantitative indicators lie from their thresholds."""

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
from ntm_analysis.charts.style import SMALL, VERDICT_STYLES, WIDTH, text_width
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number, format_quantity

CAP: Final = 50.0
"""Per cent of the threshold where the axis breaks."""
_NAMES: Final = 196.0
_LEFT: Final = 204.0
_RIGHT: Final = 350.0
_THIN_BAND: Final = "#FFF0C8"


def overview_rows(rows: Sequence[ChartRow]) -> list[ChartRow]:
    """Return the rows with a relative margin, those with the least to lose first.

    What falls short comes first; thin ones by what may be lost, others by their margin; last what
    leaves nothing to lose by nature, since all of a whole or at least one is required.
    """
    known = [row for row in rows if row.quantitative and not math.isnan(row.relative_margin)]
    return sorted(known, key=_place)


def _place(row: ChartRow) -> tuple[int, float]:
    if row.relative_margin < 0:
        return 0, row.relative_margin
    if row.thin:
        return 1, row.thinness
    return 3 if row.no_room else 2, row.relative_margin


def margin_overview(rows: Sequence[ChartRow], lang: Lang) -> Chart:
    """Chart the relative margins of all quantitative indicators, the least to lose on top.

    Thin ones (met with next to nothing to lose) are bold and say how much may be lost; those
    whose verdict another figure of the papers turns carry a mark.

    Parameters
    ----------
    rows : sequence of ChartRow
        All indicators; those without a relative margin are left out.
    lang : {"vi", "en"}

    Raises
    ------
    ValueError
        If none has a relative margin.
    """
    drawn = overview_rows(rows)
    if not drawn:
        raise ValueError("no relative margin")
    canvas, height = draw_overview(drawn, lang)
    caption = translate("charts.overview_caption", lang, count=len(drawn))
    return Chart(canvas.finish(height), overview_alt(drawn, lang), caption)


def overview_alt(rows: Sequence[ChartRow], lang: Lang) -> str:
    """Say in words what the chart of these rows shows."""
    least, *_, most = sorted([*rows, rows[0]], key=lambda row: row.relative_margin)
    parts = [
        translate(
            "charts.overview_alt", lang, count=len(rows),
            least=percent(least.relative_margin, lang, sign=True), least_code=least.code,
            most=percent(most.relative_margin, lang, sign=True), most_code=most.code,
        )
    ]  # fmt: skip
    thin = [row.code for row in rows if row.thin]
    if thin:
        codes = ", ".join(thin)
        parts.append(translate("charts.overview_thin_alt", lang, count=len(thin), codes=codes))
    if whole := [row.code for row in rows if row.no_room]:
        parts.append(translate("charts.overview_no_room_alt", lang, codes=", ".join(whole)))
    if flips := [row.code for row in rows if row.flips]:
        parts.append(translate("charts.overview_flips_alt", lang, codes=", ".join(flips)))
    return " ".join(parts)


def draw_overview(
    rows: Sequence[ChartRow], lang: Lang, canvas: Canvas | None = None
) -> tuple[Canvas, float]:
    """Draw the chart, on a canvas of its own if none is given; return canvas and height."""
    canvas, y = canvas or Canvas(), 2.0
    scale = BrokenScale.of([100 * row.relative_margin for row in rows], CAP, _LEFT, _RIGHT)
    for place, row in enumerate(rows):
        if row.no_room and (place == 0 or not rows[place - 1].no_room):
            y = note(canvas, translate("charts.overview_no_room", lang), y + 2) + 4
        top = y
        middle, y = label(canvas, row, y, _NAMES, bold=row.thin)
        if row.thin:
            canvas.rect(_LEFT, top, WIDTH, y, _THIN_BAND, order=0.5)
        _row(canvas, row, scale, middle, lang)
    y = axis(canvas, scale, 0, y, lang)
    y = note(canvas, translate("charts.overview_axis", lang), y + 1)
    if math.isfinite(scale.cap):
        limit = format_number(scale.cap, lang)
        y = note(canvas, translate("charts.overview_break", lang, limit=limit), y + 3)
    return canvas, _legend(canvas, rows, lang, y + 6) + 2


def _row(canvas: Canvas, row: ChartRow, scale: BrokenScale, y: float, lang: Lang) -> None:
    x = stem(canvas, scale, 100 * row.relative_margin, y, row.face)
    base = y + LABEL_SIZE * 0.35
    just = translate("charts.overview_just", lang)
    margin = (
        just if row.no_room and row.margin == 0 else percent(row.relative_margin, lang, sign=True)
    )
    canvas.text(WIDTH, base, margin, size=LABEL_SIZE, align="right", bold=row.thin)
    x = max(x, scale(0.0)) + 8
    if row.flips:
        canvas.flip(x + 3, y)
        x += 12
    text = headroom_text(row, lang)
    wide = text_width(text, LABEL_SIZE)
    if text and x + wide < WIDTH - 6 - text_width(margin, LABEL_SIZE, row.thin):
        canvas.rect(x - 1, y - 5, x + wide + 1, y + 5, "white", order=1.0)
        canvas.text(x, base, text, size=LABEL_SIZE)


def headroom_text(row: ChartRow, lang: Lang) -> str:
    """Return how much may be lost, or is wanting; empty where that is nothing to point out."""
    if row.headroom_unit is None or math.isnan(row.headroom):
        return ""
    if not row.thin and row.headroom > 0:
        return ""
    key = "charts.short" if row.headroom < 0 else "charts.spare"
    return translate(key, lang, amount=format_quantity(abs(row.headroom), row.headroom_unit, lang))


def _legend(canvas: Canvas, rows: Sequence[ChartRow], lang: Lang, top: float) -> float:
    seen = {row.face for row in rows}
    entries = [
        LegendEntry(verdict, translate(f"verdict.{verdict}", lang))
        for verdict in VERDICT_STYLES
        if verdict in seen
    ]
    if any(row.thin for row in rows):
        entries.append(LegendEntry("thin", translate("charts.overview_thin", lang)))
    if any(row.flips for row in rows):
        entries.append(LegendEntry("flip", translate("charts.flip", lang)))

    def draw(mark: str, x: float, y: float) -> None:
        if mark == "thin":
            canvas.rect(x - 6, y - 5, x + 6, y + 5, _THIN_BAND)
        elif mark == "flip":
            canvas.flip(x, y)
        else:
            canvas.verdict(x, y, mark)

    return canvas.legend(top, entries, draw, SMALL)
