"""Communes × indicators: a mark for each verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.path import Path

from ntm_analysis.charts.canvas import Canvas, LegendEntry
from ntm_analysis.charts.chart import Chart
from ntm_analysis.charts.style import INK, MUTED, RULE, VERDICT_STYLES, WIDTH
from ntm_analysis.comparison.charts.common import FAKE, REACH, SIZE, closed, compact, shortened
from ntm_analysis.comparison.programme import FACES
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number

_ROW = 13.1
_TOP = 16.0
_FAKES = 7.0
_WIDEST = 26.0
_CODES = 30.0
_NAMES = 150.0
_NARROW = 9.0
_GAP = 5.0


def mark_map(
    verdicts: pd.DataFrame,
    names: Mapping[str, str],
    synthetic: Sequence[bool],
    caption: str,
    lang: Lang,
) -> Chart:
    """Chart verdicts, a row an indicator, a column a commune.

    The columns stand behind the codes, before the names: a phone shows them at once.

    Parameters
    ----------
    verdicts : DataFrame
        A row a code, a column a commune; empty where the indicator is not in force.
    names : mapping of code to label
    synthetic : sequence of bool
        Which communes are made up.
    caption : str
    lang : {"vi", "en"}
    """
    count = verdicts.shape[1]
    room = WIDTH - _CODES
    step = min(_WIDEST, max((room - _NAMES) / count, min(_NARROW, room / count)))
    left, right = _CODES, _CODES + step * count
    named = WIDTH - right > _CODES
    size = SIZE if WIDTH - right > _NAMES - _CODES else 9.0
    canvas = Canvas()
    y = _TOP + (_FAKES if any(synthetic) else 0)
    _heads(canvas, left, step, synthetic, y - 4)
    places: dict[str, list[tuple[float, float]]] = {}
    before = ""
    for code, row in zip(verdicts.index, verdicts.to_numpy().tolist(), strict=True):
        criterion = str(code).partition(".")[0]
        if criterion != before:
            canvas.line([(0, y), (WIDTH, y)], RULE, 0.6, order=0.5)
            before = criterion
        canvas.text(0, y + 10, str(code), size=size, bold=True)
        if named:
            name = shortened(names[str(code)], WIDTH - right - _GAP, size)
            canvas.text(right + _GAP, y + 10, name, size=size)
        for place, verdict in enumerate(row):
            places.setdefault(verdict, []).append((left + step * (place + 0.5), y + _ROW / 2))
        y += _ROW
    for place in range(5, count, 5):
        x = left + step * place
        canvas.line([(x, _TOP), (x, y)], RULE, 0.4, order=0.5)
    for verdict, points in places.items():
        _draw(canvas, verdict, points, min(8.5, step * 0.72))
    seen = [verdict for verdict in FACES if verdict in places]
    end = _legend(canvas, y + 5, seen, absent="" in places, fakes=any(synthetic), lang=lang)
    counts = "; ".join(
        f"{translate(f'verdict.{v}', lang)}: {format_number(len(places[v]), lang)}" for v in seen
    )
    alt = translate("compare.heat_alt", lang, communes=count, indicators=len(verdicts),
                    counts=counts)  # fmt: skip
    return Chart(compact(canvas.finish(end + 4)), alt, caption)


def _heads(
    canvas: Canvas, left: float, step: float, synthetic: Sequence[bool], bottom: float
) -> None:
    size = min(SIZE, 0.82 * step)
    for place, fake in enumerate(synthetic):
        x, text = left + step * (place + 0.5), str(place + 1)
        canvas.text(x, bottom, text, size=size, align="center", colour=INK)
        if fake:
            canvas.text(x, bottom - 6, FAKE, size=SIZE, align="center", colour=MUTED)


def _draw(canvas: Canvas, verdict: str, points: Sequence[tuple[float, float]], size: float) -> None:
    """Draw all marks of a verdict as one shape: many single ones would make a heavy picture."""
    if not verdict:
        canvas.shape(_many([(-0.5, -0.06), (0.5, -0.06), (0.5, 0.06), (-0.5, 0.06)],
                           points, size * 0.5), RULE)  # fmt: skip
        return
    colour, form = VERDICT_STYLES[verdict].colour, VERDICT_STYLES[verdict].shape
    if form == "circle":
        canvas.dots(points, colour, size)
        return
    shape = _many(_OUTLINES[form], points, size)
    if verdict in ("no_data", "unproven"):
        canvas.shape(shape, "white", edge=colour, width=1.3)
    else:
        canvas.shape(shape, colour, edge=INK if verdict == "pending" else "none", width=0.5)


def _many(
    outline: Sequence[tuple[float, float]], points: Sequence[tuple[float, float]], size: float
) -> Path:
    return closed([[(x + a * size, y + b * size) for a, b in outline] for x, y in points])


def _cross() -> list[tuple[float, float]]:
    corners = []
    for quarter in range(4):
        turn = math.radians(45 + 90 * quarter)
        along, across = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
        for far, side in ((0.2, -0.2), (0.54, -0.2), (0.54, 0.2)):
            corners.append((far * along[0] + side * across[0], far * along[1] + side * across[1]))
    return corners


_OUTLINES: dict[str, list[tuple[float, float]]] = {
    "cross": _cross(),
    "diamond": [(0, -0.6), (0.6, 0), (0, 0.6), (-0.6, 0)],
    "ring": [
        (0.4 * math.cos(math.radians(30 * turn)), 0.4 * math.sin(math.radians(30 * turn)))
        for turn in range(12)
    ],
    "triangle": [(0, -0.55), (0.55, 0.42), (-0.55, 0.42)],
    "square": [(-0.43, -0.43), (0.43, -0.43), (0.43, 0.43), (-0.43, 0.43)],
    "dash": [(-0.5, -0.18), (0.5, -0.18), (0.5, 0.18), (-0.5, 0.18)],
}


def _legend(
    canvas: Canvas, top: float, seen: Sequence[str], *, absent: bool, fakes: bool, lang: Lang
) -> float:
    entries = [LegendEntry(verdict, translate(f"verdict.{verdict}", lang)) for verdict in seen]
    if absent:
        entries.append(LegendEntry("absent", translate("compare.not_in_force", lang)))
    if fakes:
        entries.append(LegendEntry("fake", translate("compare.fake_commune", lang)))

    def draw(mark: str, x: float, y: float) -> None:
        if mark == "fake":
            canvas.text(x - 3, y + 5, FAKE, size=SIZE + 2, colour=MUTED)
        elif mark == "absent":
            canvas.rect(x - 3, y - 0.5, x + 3, y + 0.5, RULE)
        else:
            _draw(canvas, mark, [(x, y)], 9.0)

    return canvas.legend(top, entries, draw, width=REACH)
