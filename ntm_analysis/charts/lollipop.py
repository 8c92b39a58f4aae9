"""Sorted lollipops on an axis that breaks honestly before very large values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ntm_analysis.charts.canvas import Canvas
from ntm_analysis.charts.rows import ChartRow
from ntm_analysis.charts.scale import Scale, nice_scale
from ntm_analysis.charts.style import (
    INK,
    LINE,
    MUTED,
    RULE,
    SMALL,
    VERDICT_STYLES,
    text_width,
    wrap,
)
from ntm_analysis.language import Lang
from ntm_analysis.numbers import format_number, format_value_near

LABEL_SIZE: Final = 9.5
_CODE: Final = 31.0
_BREAK: Final = 18.0
_ROOM: Final = 1.2


@dataclass(frozen=True, slots=True)
class BrokenScale:
    """A scale of percentages up to a cap; what lies beyond stands past a break.

    Attributes
    ----------
    scale : Scale
        Of what lies within the cap.
    cap : float
        Where it breaks on either side; infinite where nothing lies beyond.
    """

    scale: Scale
    cap: float

    @classmethod
    def of(cls, values: Iterable[float], cap: float, left: float, right: float) -> BrokenScale:
        """Return the scale of `values` from `left` to `right` (points).

        It breaks at `cap` only if a value lies well beyond it: by a fifth or more.
        """
        known = list(values)
        if max(map(abs, known), default=0.0) <= cap * _ROOM:
            return cls(nice_scale(known, left, right), math.inf)
        if min(known) < -cap:
            left += _BREAK
        if max(known) > cap:
            right -= _BREAK
        # a shade below the cap: the room that a scale adds would add a tick
        within = [math.copysign(min(abs(value), cap * 0.88), value) for value in known]
        return cls(nice_scale(within, left, right, intervals=5), cap)

    def beyond(self, value: float) -> bool:
        """Whether a value lies past the break."""
        return abs(value) > self.cap

    def __call__(self, value: float) -> float:
        """Return where the mark of a value stands."""
        if not self.beyond(value):
            return self.scale(value)
        end = self.scale.right if value > 0 else self.scale.left
        return end + math.copysign(_BREAK - 6, value)


def stem(canvas: Canvas, scale: BrokenScale, value: float, y: float, verdict: str) -> float:
    """Draw one lollipop; return where its mark stands."""
    x, colour = scale(value), VERDICT_STYLES[verdict].colour
    canvas.line([(scale(0.0), y), (x, y)], colour, 2.6, order=3.0)
    if scale.beyond(value):
        middle = (x + scale.scale(value)) / 2 - math.copysign(1.5, value)
        slash = [(-2.5, 4.5), (0.5, -4.5), (3.5, -4.5), (0.5, 4.5)]
        canvas.polygon([(middle + dx, y + dy) for dx, dy in slash], "white", order=3.5)
        for dx in (-2.5, 0.5):
            canvas.line([(middle + dx, y + 4.5), (middle + dx + 3, y - 4.5)], INK, 0.9, order=3.6)
    canvas.verdict(x, y, verdict, 8.0)
    return x


def label(
    canvas: Canvas, row: ChartRow, top: float, width: float, *, bold: bool = False
) -> tuple[float, float]:
    """Write code and name in a column; return the row's middle and its lower edge."""
    lines = wrap(row.label, width - _CODE, LABEL_SIZE, bold)
    canvas.text(0, top + LABEL_SIZE, row.code, size=LABEL_SIZE, bold=True)
    canvas.lines(_CODE, top + LABEL_SIZE, lines, size=LABEL_SIZE, bold=bold)
    height = (len(lines) - 1) * LABEL_SIZE * LINE + LABEL_SIZE
    return top + height / 2 + 1.2, top + height + 5.0


def axis(canvas: Canvas, scale: BrokenScale, top: float, bottom: float, lang: Lang) -> float:
    """Draw grid lines and tick labels below; return their lower edge."""
    ticks: Sequence[float] = scale.scale.ticks
    texts = [format_number(tick, lang) + "%" for tick in ticks]
    widest = max(text_width(text, SMALL) for text in texts)
    step = abs(scale(ticks[1]) - scale(ticks[0]))
    every = max(1, math.ceil((widest + 5) / step))
    zero = ticks.index(0.0)
    for place, (tick, text) in enumerate(zip(ticks, texts, strict=True)):
        x = scale.scale(tick)
        strong = tick == 0.0
        canvas.line([(x, top), (x, bottom + 3)], INK if strong else RULE, 1.0 if strong else 0.5,
                    order=2.0 if strong else 0.8)  # fmt: skip
        if (place - zero) % every == 0:
            canvas.text(x, bottom + 4 + SMALL, text, size=SMALL, align="center", colour=MUTED)
    return bottom + 4 + SMALL * LINE


def percent(share: float, lang: Lang, *, sign: bool = False) -> str:
    """Return a share as a percentage: one decimal, more where it would print as zero.

    A whole number of per cent has none; `1,0%` says that it is rounded.
    """
    value = round(100 * share, 9) + 0.0
    least = 0 if value == round(value) else 1
    text = format_value_near(value, 0, lang, 1, least) + "%"
    return f"+{text}" if sign and value > 0 else text


def note(canvas: Canvas, text: str, top: float) -> float:
    """Write a remark below the chart; return its lower edge."""
    lines = wrap(text, canvas.width, SMALL)
    return canvas.lines(0, top + SMALL, lines, size=SMALL, colour=MUTED) - SMALL * 0.9
