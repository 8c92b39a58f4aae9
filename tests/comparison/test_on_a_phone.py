"""What a phone shows of a chart before it is moved: its results, and what explains them."""

from __future__ import annotations

import re

import pytest

from ntm_analysis.charts.style import WIDTH, text_width
from ntm_analysis.comparison.charts.bars import share_chart
from ntm_analysis.comparison.charts.boxes import margin_spread
from ntm_analysis.comparison.charts.common import REACH
from ntm_analysis.comparison.heat import criterion_maps, groupings, indicator_maps, mark_maps
from ntm_analysis.comparison.margins import QUARTILES, margin_table
from ntm_analysis.comparison.shares import share_table
from ntm_analysis.language import translate
from tests.comparison.test_heat import compared

TEXT = re.compile(r"<text ([^>]*)>([^<>\n]+)</text>")


def lines(svg: str) -> list[tuple[str, float, float, float]]:
    """Return each line of text with its ends from left to right, and its baseline."""
    found = []
    for attributes, words in TEXT.findall(svg):
        x, y = (float(re.search(rf'\b{name}="([\d.-]+)"', attributes)[1]) for name in "xy")
        size = float(re.search(r"font-size: ([\d.]+)px", attributes)[1])
        wide = text_width(words, size)
        shift = {"start": 0.0, "middle": wide / 2, "end": wide}
        left = x - shift[re.search(r"text-anchor: (\w+)", attributes)[1]]
        found.append((words, left, left + wide, y))
    return found


def key(svg: str, first: str) -> list[tuple[str, float, float, float]]:
    """Return the lines from the one that begins with these words down."""
    found = lines(svg)
    top = next(
        y
        for words, _, _, y in found
        if words == first or (len(words) > 5 and first.startswith(words))
    )
    return [line for line in found if line[3] >= top]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("count", [3, 30, 40])
def test_verdicts_come_before_names(provinces, count, lang):
    (programme,) = compared(provinces, count, lang=lang).programmes
    for chart in mark_maps(programme):
        found = lines(chart.svg)
        heads = {words: right for words, _, right, y in found if y < 25 and words.isdigit()}
        assert len(heads) == count
        assert heads["3"] < REACH
        last = heads[str(count)]
        assert last <= WIDTH
        names = [line for line in found if any(
            name.startswith(line[0].rstrip("…")) for name in programme.names.values())
            and len(line[0]) > 5]  # fmt: skip
        assert all(last < left < right <= WIDTH for _, left, right, _ in names)
        assert bool(names) == (count < 40)
        assert all(
            right <= REACH for _, _, right, _ in key(chart.svg, translate("verdict.met", lang))
        )


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("places", "districts"), [(1, 6), (1, 15), (60, 1)])
def test_shares_of_groups_come_before_names(provinces, places, districts, lang):
    (programme,) = compared(provinces, 60, places, districts, lang).programmes
    grouped = groupings(programme)[0]
    draw = indicator_maps if len(grouped.labels) <= 20 else criterion_maps
    for chart in draw(programme, grouped):
        found = lines(chart.svg)
        heads = [right for words, _, right, y in found if y < 15 and words.isdigit()]
        assert sum(right <= REACH for right in heads) >= 6
        assert max(heads) <= WIDTH
        assert all(right <= REACH for _, _, right, _ in key(chart.svg, "100%"))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_shares_and_the_key_of_bars(provinces, lang):
    (programme,) = compared(provinces, 30, lang=lang).programmes
    table = share_table(programme).query("share < 1").head(15)
    chart = share_chart(table, programme.names, lang)
    shares = [line for line in lines(chart.svg) if line[0].endswith("%")]
    assert len(shares) == len(table)
    assert all(right < 40 for _, _, right, _ in shares)
    first = next(v for v in ("met", "not_applicable") if table[v].sum())
    assert all(
        right <= REACH for _, _, right, _ in key(chart.svg, translate(f"verdict.{first}", lang))
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_explanation_of_margins(provinces, lang):
    (programme,) = compared(provinces, 30, lang=lang).programmes
    table = margin_table(programme).head(15)
    chart = margin_spread(table, programme.names, lang)
    words = key(chart.svg, translate("compare.margins_key", lang))
    assert len(words) > 2 and all(right <= REACH for _, _, right, _ in words)
    counts = [line for line in lines(chart.svg) if line[0].startswith("n = ")]
    assert len(counts) == len(table)
    assert all(right <= WIDTH for _, _, right, _ in counts)


def test_the_scale_of_margins_goes_as_far_as_they_do(provinces):
    (programme,) = compared(provinces, 30).programmes
    table = margin_table(programme).head(2).copy()
    for row, values in enumerate([(-0.032, 0.0, 0.01, 0.02, 0.31), (0.0, 0.1, 0.2, 0.3, 0.35)]):
        table.loc[table.index[row], list(QUARTILES)] = values
    ends = [line[0] for line in lines(margin_spread(table, programme.names, "en").svg)
            if line[0].endswith("%")]  # fmt: skip
    assert ends == ["−5%", "0%", "+35%"]
    table.loc[table.index[0], "least"] = -0.7
    found = [line[0] for line in lines(margin_spread(table, programme.names, "en").svg)]
    assert "−50%" in found and "50%." in found[-1]
