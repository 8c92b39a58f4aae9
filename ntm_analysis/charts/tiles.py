"""All verdicts of a commune-year at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from ntm_analysis.charts.canvas import Canvas, LegendEntry
from ntm_analysis.charts.chart import Chart
from ntm_analysis.charts.rows import ChartRow, face_of_all
from ntm_analysis.charts.style import LINE, RULE, SMALL, VERDICT_STYLES, VERDICT_TINTS, WIDTH, wrap
from ntm_analysis.language import Lang, translate

_TILE_LEFT: Final = 171.0
_TILE_WIDTH: Final = 35.4
_TILE_HEIGHT: Final = 16.0
_SPACE: Final = 2.6
_IN_A_ROW: Final = 6
_ROW_SPACE: Final = 6.0


def tile_map(rows: Sequence[ChartRow], lang: Lang) -> Chart:
    """Chart all verdicts as tiles, a row or more for each criterion, with a key of counts.

    Parameters
    ----------
    rows : sequence of ChartRow
        All indicators in legal order.
    lang : {"vi", "en"}
    """
    canvas, height = draw_tiles(rows, lang)
    criteria = len({row.criterion for row in rows})
    alt = translate("charts.tiles_alt", lang, tally="; ".join(_tally(rows, lang)))
    alt += " " + translate(
        "charts.tiles_criteria_alt", lang, tally="; ".join(_criteria(rows, lang))
    )
    caption = translate("charts.tiles_caption", lang, count=len(rows), criteria=criteria)
    return Chart(canvas.finish(height), alt, caption)


def _tally(rows: Sequence[ChartRow], lang: Lang) -> list[str]:
    """Return the counts; for all verdicts but `met` with the codes."""
    parts = []
    for verdict in VERDICT_STYLES:
        codes = [row.code for row in rows if row.face == verdict]
        if codes:
            key = "charts.tally" if verdict == "met" else "charts.tally_codes"
            word = translate(f"verdict.{verdict}", lang)
            parts.append(
                translate(key, lang, verdict=word, count=len(codes), codes=", ".join(codes))
            )
    if weak := [row.code for row in rows if row.unproven_absence]:
        parts.append(translate("charts.tally_absence_codes", lang, codes=", ".join(weak)))
    return parts


def _criteria(rows: Sequence[ChartRow], lang: Lang) -> list[str]:
    """Return which criteria have which verdict, as it stands."""
    faces = {
        number: face_of_all(list(group)) for number, group in groupby(rows, lambda r: r.criterion)
    }
    return [
        f"{translate(f'verdict.{face}', lang).lower()}: {', '.join(numbers)}"
        for face in VERDICT_STYLES
        if (numbers := [str(number) for number, own in faces.items() if own == face])
    ]


def draw_tiles(rows: Sequence[ChartRow], lang: Lang) -> tuple[Canvas, float]:
    """Draw the chart; return the canvas and its height."""
    canvas, y = Canvas(), 1.0
    for _, group in groupby(rows, key=lambda row: row.criterion):
        y = _criterion(canvas, list(group), y) + _ROW_SPACE
    canvas.line([(0, y), (WIDTH, y)], RULE, 0.6)
    entries = [
        LegendEntry(
            verdict,
            translate(
                "charts.tally", lang, verdict=translate(f"verdict.{verdict}", lang),
                count=sum(row.face == verdict for row in rows),
            ),
        )
        for verdict in VERDICT_STYLES
    ]  # fmt: skip
    if weak := sum(row.unproven_absence for row in rows):
        entries.append(LegendEntry("absence", translate("charts.tally_absence", lang, count=weak)))

    def draw(mark: str, x: float, at: float) -> None:
        if mark == "absence":
            _absence(canvas, x, at, 9.0)
        else:
            canvas.verdict(x, at, mark)

    bottom = canvas.legend(y + 6, entries, draw)
    return canvas, bottom + 2


def _criterion(canvas: Canvas, group: Sequence[ChartRow], top: float) -> float:
    first = group[0]
    width = _TILE_LEFT - 19 - 18
    names = wrap(first.criterion_name, width, SMALL)
    rows = -(-len(group) // _IN_A_ROW)
    tiles = rows * _TILE_HEIGHT + (rows - 1) * _SPACE
    text = len(names) * SMALL * LINE
    height = max(tiles, text)
    baseline = top + (height - text) / 2 + SMALL * 1.02
    canvas.text(14, baseline, str(first.criterion), size=SMALL, align="right", bold=True)
    canvas.lines(19, baseline, names, size=SMALL)
    canvas.verdict(_TILE_LEFT - 9, top + height / 2, face_of_all(group), 7.0)
    start = top + (height - tiles) / 2
    for place, row in enumerate(group):
        line, column = divmod(place, _IN_A_ROW)
        x = _TILE_LEFT + column * (_TILE_WIDTH + _SPACE)
        _tile(canvas, row, x, start + line * (_TILE_HEIGHT + _SPACE))
    return top + height


def _tile(canvas: Canvas, row: ChartRow, x: float, y: float) -> None:
    colour = VERDICT_STYLES[row.face].colour
    edge = 0.6 if row.face == "met" else 1.2
    canvas.rect(
        x, y, x + _TILE_WIDTH, y + _TILE_HEIGHT, VERDICT_TINTS[row.face], edge=colour, width=edge
    )
    middle = y + _TILE_HEIGHT / 2
    if row.unproven_absence:
        _absence(canvas, x + 5.4, middle, 6.4)
    else:
        canvas.verdict(x + 5.4, middle, row.face, 6.4)
    end = x + _TILE_WIDTH - 1.6
    centre = (x + 10.4 + end) / 2
    canvas.text(centre, middle + 3.4, row.code, size=9.0, align="center")


def _absence(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw the mark of what is said not to occur without enough evidence: a hollow dash."""
    half, height, colour = size / 2, size / 5, VERDICT_STYLES["not_applicable"].colour
    canvas.rect(x - half, y - height, x + half, y + height, "white", edge=colour, width=1.2)
