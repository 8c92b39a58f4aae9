"""Every chart: nothing overlaps, nothing is clipped, the bytes are the same each time."""

from collections.abc import Callable
from itertools import combinations
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from ntm_analysis.charts import (
    Chart,
    ChartRow,
    headroom_chart,
    headroom_rows,
    margin_chart,
    margin_overview,
    overview_rows,
    tile_map,
    worth_drawing,
)
from ntm_analysis.charts.canvas import Canvas
from ntm_analysis.charts.headroom import draw_headroom
from ntm_analysis.charts.margin import draw_margin
from ntm_analysis.charts.overview import draw_overview
from ntm_analysis.charts.style import VERDICT_STYLES, WIDTH, font_path
from ntm_analysis.charts.tiles import draw_tiles
from ntm_analysis.language import LANGUAGES, Lang
from tests.charts.frame import rows
from tests.charts.hard import hard_rows

Draw = Callable[[Lang], tuple[Canvas, float]]


def _margin(made: list[ChartRow], lang: Lang) -> tuple[Canvas, float]:
    return draw_margin([row for row in made if row.quantitative], lang)


def _margins() -> dict[str, Draw]:
    numbers = sorted({row.criterion for row in rows() if worth_drawing([row])})
    return {
        f"margin-{number}": lambda lang, n=number: _margin(rows(lang, n), lang)
        for number in numbers
    }


DRAWINGS: dict[str, Draw] = {
    **_margins(),
    "tiles": lambda lang: draw_tiles(rows(lang), lang),
    "overview": lambda lang: draw_overview(overview_rows(rows(lang)), lang),
    "headroom": lambda lang: draw_headroom(headroom_rows(rows(lang)), lang),
    "hard-margin": lambda lang: _margin(hard_rows(), lang),
    "hard-tiles": lambda lang: draw_tiles(hard_rows(), lang),
    "hard-overview": lambda lang: draw_overview(overview_rows(hard_rows()), lang),
    "hard-headroom": lambda lang: draw_headroom(headroom_rows(hard_rows()), lang),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", DRAWINGS)
def test_no_text_overlaps_or_leaves_the_sheet(name: str, lang: Lang) -> None:
    canvas, height = DRAWINGS[name](lang)
    canvas.finish(height)
    figure = canvas.figure
    figure.set_dpi(144)
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = []
    for text in figure.findobj(Text):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent(renderer)
            boxes.append((text.get_text(), box.x0 / 2, box.y0 / 2, box.x1 / 2, box.y1 / 2))
    assert len(boxes) > 2
    for words, left, bottom, right, top in boxes:
        assert left >= -0.8 and right <= WIDTH + 0.8, words
        assert bottom >= -0.8 and top <= height + 0.8, words
    for one, other in combinations(boxes, 2):
        wide = min(one[3], other[3]) - max(one[1], other[1])
        high = min(one[4], other[4]) - max(one[2], other[2])
        # boxes hold room for marks above and below: lines may touch by a point or two
        assert wide <= 0.5 or high <= 2.2, (one[0], other[0], wide, high)


CHARTS: dict[str, Callable[[Lang], Chart]] = {
    "margin": lambda lang: margin_chart(rows(lang, 18), lang),
    "tiles": lambda lang: tile_map(rows(lang), lang),
    "overview": lambda lang: margin_overview(rows(lang), lang),
    "headroom": lambda lang: headroom_chart(rows(lang), lang),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CHARTS)
def test_svg_is_sound_and_reproducible(name: str, lang: Lang) -> None:
    chart = CHARTS[name](lang)
    assert chart == CHARTS[name](lang)
    root = ElementTree.fromstring(chart.svg)
    assert root.tag.endswith("svg")
    assert root.attrib["width"] == f"{WIDTH:g}pt"
    texts = list(root.iter("{http://www.w3.org/2000/svg}text"))
    assert texts
    for text in texts:
        style = text.attrib["style"]
        assert "font-family: 'Liberation Sans', Arial, Helvetica, sans-serif" in style
        assert float(style.split("font-size: ")[1].split("px")[0]) >= 9.0
    assert "clip-path" not in chart.svg
    assert "<metadata" not in chart.svg


def _letters(chart: Chart) -> set[str]:
    root = ElementTree.fromstring(chart.svg)
    return {
        letter
        for text in root.iter("{http://www.w3.org/2000/svg}text")
        for letter in "".join(text.itertext()).strip()
    }


@pytest.mark.parametrize("bold", [False, True])
def test_our_font_has_every_letter(bold: bool) -> None:
    known = TTFont(font_path(bold)).getBestCmap()
    used = set().union(*(_letters(make(lang)) for make in CHARTS.values() for lang in LANGUAGES))
    assert {letter for letter in used if ord(letter) not in known} == set()


def test_verdicts_differ_in_shape_and_colour() -> None:
    assert len({style.shape for style in VERDICT_STYLES.values()}) == len(VERDICT_STYLES)
    assert len({style.colour for style in VERDICT_STYLES.values()}) == len(VERDICT_STYLES)
