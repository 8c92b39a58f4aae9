"""The results of one criterion against their thresholds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from ntm_analysis.charts.canvas import Align, Canvas, LegendEntry
from ntm_analysis.charts.chart import Chart
from ntm_analysis.charts.rows import ChartRow
from ntm_analysis.charts.scale import Scale, nice_scale, percent_scale
from ntm_analysis.charts.style import (
    GOOD_SIDE,
    INK,
    LABEL,
    LINE,
    MUTED,
    RULE,
    SMALL,
    TRACK,
    VERDICT_STYLES,
    WIDTH,
    text_width,
    wrap,
)
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number

_LEFT: Final = 6.0
_RIGHT: Final = 314.0
_NAME: Final = 37.0
_DEPTH: Final = 11.0
_STRIP: Final = 15.0
_GAP: Final = 13.0
_ARROW: Final = 15.0


def margin_chart(rows: Sequence[ChartRow], lang: Lang) -> Chart:
    """Chart the quantitative indicators of one criterion against their thresholds.

    A horizontal track for each, in its own unit, from zero: a bar to the value with the mark of
    the verdict, a line at the threshold, the satisfying side shaded, an arrow to where it is
    better. Rates share the axis 0 to 100 %; all others have a scale that holds zero, the
    threshold and the value. So has a low rate of which less is better: poverty's threshold of
    1 % would be lost on 0 to 100.

    Parameters
    ----------
    rows : sequence of ChartRow
        Of one criterion, in legal order; those that are not quantitative are left out.
    lang : {"vi", "en"}

    Raises
    ------
    ValueError
        If no row is quantitative.
    """
    drawn = [row for row in rows if row.quantitative]
    if not drawn:
        raise ValueError("no quantitative indicator")
    first = drawn[0]
    canvas, height = draw_margin(drawn, lang)
    caption = translate("charts.margin_caption", lang, **_names(first))
    return Chart(canvas.finish(height), margin_alt(drawn, lang), caption)


def margin_alt(rows: Sequence[ChartRow], lang: Lang) -> str:
    """Say in words what the chart of these rows of one criterion shows."""
    alt = translate("charts.margin_alt", lang, **_names(rows[0]))
    return f"{alt} " + "; ".join(_row_alt(row, lang) for row in rows) + "."


def _names(row: ChartRow) -> dict[str, object]:
    return {"number": row.criterion, "name": row.criterion_name}


def _row_alt(row: ChartRow, lang: Lang) -> str:
    verdict = translate(f"verdict.{row.face}", lang).lower()
    fields = {"code": row.code, "label": row.label, "verdict": verdict}
    if not row.has_value:
        return translate("charts.row_alt_no_value", lang, **fields)
    return translate(
        "charts.row_alt", lang, **fields,
        value=row.value_text(lang), requirement=row.requirement_text(lang),
    )  # fmt: skip


def row_scale(row: ChartRow, left: float = _LEFT, right: float = _RIGHT) -> Scale:
    """Return the scale of a row's track."""
    if shares_axis(row):
        return percent_scale(left, right)
    ends = [row.threshold, row.low, row.high] if row.has_value else [row.threshold]
    return nice_scale(ends, left, right, whole=row.kind == "count")


def shares_axis(row: ChartRow) -> bool:
    """Whether a row is drawn on the common axis of rates, 0 to 100 %.

    All are but those of which less is better and that lie in its lower half.
    """
    ends = [end for end in (row.threshold, row.low, row.high) if math.isfinite(end)]
    return row.percent and (row.higher_is_better or max(ends, default=100.0) > 50)


def draw_margin(
    rows: Sequence[ChartRow], lang: Lang, canvas: Canvas | None = None
) -> tuple[Canvas, float]:
    """Draw the chart, on a canvas of its own if none is given; return canvas and height."""
    canvas, y = canvas or Canvas(), 0.0
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        y = _name(canvas, row, lang, y)
        y = _track(canvas, row, lang, y + _STRIP)
        if not (shares_axis(row) and following is not None and shares_axis(following)):
            y = _axis(canvas, row, lang, y)
        y += _GAP
    return canvas, _legend(canvas, rows, lang, y - 3) + 2


def _name(canvas: Canvas, row: ChartRow, lang: Lang, top: float) -> float:
    label = row.label if row.percent else f"{row.label} ({row.unit_text(lang)})"
    canvas.text(0, top + LABEL, row.code, bold=True)
    lines = wrap(label, WIDTH - _NAME, LABEL)
    return canvas.lines(_NAME, top + LABEL, lines) - LABEL


def _track(canvas: Canvas, row: ChartRow, lang: Lang, top: float) -> float:
    scale, bottom = row_scale(row), top + _DEPTH
    canvas.rect(_LEFT, top, _RIGHT, bottom, TRACK)
    if math.isnan(row.threshold):
        canvas.text(_LEFT, top - 4, row.requirement_text(lang), size=SMALL, colour=MUTED)
    else:
        edge = _RIGHT if row.higher_is_better else _LEFT
        canvas.rect(scale(row.threshold), top, edge, bottom, GOOD_SIDE, order=1.5)
        _threshold(canvas, row, lang, scale(row.threshold), top)
    if row.has_value:
        _value(canvas, row, scale, top + _DEPTH / 2)
        canvas.text(WIDTH, top - 3, row.value_text(lang, unit=row.percent), align="right",
                    bold=True)  # fmt: skip
        canvas.text(WIDTH, bottom - 1, row.margin_text(lang), size=SMALL, align="right",
                    colour=MUTED)  # fmt: skip
    else:
        canvas.text(WIDTH, top - 3, row.value_text(lang), size=SMALL, align="right")
        canvas.verdict(WIDTH - 5, top + _DEPTH / 2 + 1, row.face, 8.0)
    return bottom


def _threshold(canvas: Canvas, row: ChartRow, lang: Lang, x: float, top: float) -> None:
    """Draw the threshold line with its label and the arrow to where it is better.

    The label stands on the far side of the arrow; where one side is too narrow, both share
    the other.
    """
    canvas.line([(x, top - _STRIP + 2), (x, top + _DEPTH + 2)], INK, 1.8, order=4.0)
    label, better = row.requirement_text(lang, unit=row.percent), translate("charts.better", lang)
    way = 1.0 if row.higher_is_better else -1.0
    y = top - 4
    if row.whole_required:
        canvas.text(x - way * 4, y, label, size=SMALL, align="right")
        return
    wide = _ARROW + 4 + text_width(better, SMALL)
    ahead = _RIGHT - x if way > 0 else x
    behind = x if way > 0 else _RIGHT - x
    before: Align
    after: Align
    before, after = ("right", "left") if way > 0 else ("left", "right")
    if ahead >= wide:
        canvas.arrow(x, x + way * _ARROW, y - 3)
        canvas.text(x + way * (_ARROW + 4), y, better, size=SMALL, align=after, colour=MUTED)
        far = x + way * (wide + 8)
        inside = behind >= text_width(label, SMALL) + 4
        where, side = (x - way * 4, before) if inside else (far, after)
        canvas.text(where, y, label, size=SMALL, align=side)
    else:
        canvas.arrow(x - way * (_ARROW + 3), x - way * 2, y - 3)
        canvas.text(x - way * (_ARROW + 7), y, better, size=SMALL, align=before, colour=MUTED)
        canvas.text(x - way * (wide + 12), y, label, size=SMALL, align=before)


def _value(canvas: Canvas, row: ChartRow, scale: Scale, y: float) -> None:
    colour = VERDICT_STYLES[row.face].colour
    zero, low, high = scale(0.0), scale(row.low), scale(row.high)
    if row.exact:
        canvas.rect(zero, y - 1.8, low, y + 1.8, colour, order=3.0)
        canvas.verdict(low, y, row.face)
    elif math.isinf(row.high):
        canvas.rect(zero, y - 1.8, low, y + 1.8, colour, order=3.0)
        _open_end(canvas, low, min(_RIGHT, low + 24), y)
        canvas.verdict(low, y, row.face)
    elif math.isinf(row.low):
        _open_end(canvas, high, max(_LEFT, high - 24), y)
        canvas.verdict(high, y, row.face)
    else:
        canvas.rect(low, y - 3, high, y + 3, "white", edge=colour, width=1.4, order=3.0)
        canvas.verdict(low, y, row.face, 8.0)
        canvas.verdict(high, y, row.face, 8.0)


def _open_end(canvas: Canvas, start: float, end: float, y: float) -> None:
    way = math.copysign(1.0, end - start)
    canvas.line([(start, y), (end - way * 4, y)], INK, 1.4, order=4.5)
    tip = [(end - way * 5, y - 3.5), (end, y), (end - way * 5, y + 3.5)]
    canvas.line(tip, INK, 1.4, order=4.5)


def _axis(canvas: Canvas, row: ChartRow, lang: Lang, top: float) -> float:
    scale = row_scale(row)
    last = len(scale.ticks) - 1
    for place, tick in enumerate(scale.ticks):
        x = scale(tick)
        canvas.line([(x, top), (x, top + 3)], RULE, 0.8)
        text = format_number(tick, lang) + ("%" if row.percent and place == last else "")
        align: Align = "left" if place == 0 else "right" if place == last else "center"
        x = x - 2 if place == 0 else x + 2 if place == last else x
        canvas.text(x, top + 3 + SMALL, text, size=SMALL, align=align, colour=MUTED)
    return top + 3 + SMALL * LINE


def _legend(canvas: Canvas, rows: Sequence[ChartRow], lang: Lang, top: float) -> float:
    seen = {row.face for row in rows}
    entries = [
        LegendEntry(verdict, translate(f"verdict.{verdict}", lang))
        for verdict in VERDICT_STYLES
        if verdict in seen
    ]
    if any(not math.isnan(row.threshold) for row in rows):
        entries.append(LegendEntry("threshold", translate("charts.threshold", lang)))
        entries.append(LegendEntry("good_side", translate("charts.good_side", lang)))
    inexact = [row for row in rows if row.has_value and not row.exact]
    if any(math.isinf(row.low) or math.isinf(row.high) for row in inexact):
        entries.append(LegendEntry("limit", translate("charts.limit", lang)))
    if any(not math.isinf(row.high - row.low) for row in inexact):
        entries.append(LegendEntry("range", translate("charts.range", lang)))

    def draw(mark: str, x: float, y: float) -> None:
        if mark == "threshold":
            canvas.line([(x, y - 6), (x, y + 6)], INK, 1.8)
        elif mark == "good_side":
            canvas.rect(x - 6, y - 5, x + 6, y + 5, GOOD_SIDE)
        elif mark == "range":
            canvas.rect(x - 7, y - 3, x + 7, y + 3, "white", edge=MUTED, width=1.4)
        elif mark == "limit":
            _open_end(canvas, x - 7, x + 7, y)
        else:
            canvas.verdict(x, y, mark)

    canvas.line([(0, top), (WIDTH, top)], RULE, 0.6)
    bottom = canvas.legend(top + 6, entries, draw)
    if not any(row.has_value and not math.isnan(row.margin) for row in rows):
        return bottom
    note = wrap(translate("charts.margin_note", lang), WIDTH, SMALL)
    end = canvas.lines(0, bottom + 4 + SMALL, note, size=SMALL, colour=MUTED)
    return end - SMALL * (LINE - 0.3)
