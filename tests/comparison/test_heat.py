"""The heat map: a mark a commune where they are few, shares of groups where they are many."""

from __future__ import annotations

import math
import re

import pytest

from ntm_analysis.charts.style import INK
from ntm_analysis.comparison import compare
from ntm_analysis.comparison.charts.cells import SCALE, colour_of
from ntm_analysis.comparison.charts.common import contrast, ink_on, luminance
from ntm_analysis.comparison.heat import criterion_maps, groupings, heat, indicator_maps, mark_maps
from tests.comparison.conftest import OTHER, many
from tests.comparison.test_sections import rows_of


def compared(provinces, count, places=1, districts=1, lang="vi"):
    return compare(many(provinces.programmes[0].cases, count, places, districts), lang)


def texts(svg: str) -> list[str]:
    return re.findall(r">([^<>\n]+)</text>", svg)


def size(svg: str) -> tuple[float, float]:
    width, height = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups()
    return float(width), float(height)


@pytest.mark.parametrize("count", [3, 30, 40])
def test_few_communes_have_a_numbered_column_each(provinces, count):
    (programme,) = compared(provinces, count).programmes
    charts = mark_maps(programme)
    assert len(charts) == 2, "a page each"
    codes = []
    for chart in charts:
        found = texts(chart.svg)
        assert [str(n) for n in range(1, count + 1)] == [t for t in found if t.isdigit()][:count]
        assert found.count("°") == count + 1, "each made-up commune, and the key"
        codes += [t for t in found if t in programme.codes and not t.isdigit()]
        width, height = size(chart.svg)
        assert width <= 397 and height <= 620
        assert len(chart.svg) < 150_000
    assert codes == [code for code in programme.codes if "." in code]


@pytest.mark.parametrize("count", [3, 30])
def test_up_to_thirty_have_the_names_of_indicators(provinces, count):
    (programme,) = compared(provinces, count).programmes
    found = texts(mark_maps(programme)[0].svg)
    names = [programme.names[code] for code in programme.codes]
    assert sum(any(n.startswith(t.rstrip("…")) for n in names) for t in found if len(t) > 5) >= 30


def test_numbers_lead_to_names(provinces):
    from ntm_analysis.comparison import summary

    one = compared(provinces, 30)
    rows = rows_of(summary(one), "tbl-compare-communes")
    assert [row[0] for row in rows] == [str(n) for n in range(1, 31)]
    assert [row[1] for row in rows] == list(one.programmes[0].communes["label"])


def test_a_verdict_has_a_shape_of_its_own_and_what_is_not_in_force_a_dash(provinces):
    cases = provinces.programmes[0].cases
    (programme,) = compare(cases, "en").programmes
    assert any(c.commune.province == OTHER for c in cases)
    legend = texts(mark_maps(programme)[1].svg)[-4:]
    assert {"not in force", "made-up commune"} <= set(legend)


@pytest.mark.parametrize(
    ("count", "places", "districts", "keys"),
    [
        (41, 1, 0, ["rank"]),
        (60, 1, 6, ["district"]),
        (60, 1, 3, ["district", "rank"]),
        (60, 3, 5, ["district"]),
        (200, 10, 5, ["province"]),
        (200, 60, 3, ["province", "rank"]),
    ],
)
def test_many_communes_are_grouped_where_groups_tell(provinces, count, places, districts, keys):
    (programme,) = compared(provinces, count, places, districts).programmes
    found = groupings(programme)
    assert [one.key for one in found] == keys
    for one in found:
        assert set(one.group.index) == set(programme.communes["commune"]), "each in one group"
        assert sorted(set(one.group)) == list(range(len(one.labels)))


def printed(share: float) -> str:
    if math.isnan(share):
        return "–"
    return str(min(99, max(1, round(100 * share))) if 0 < share < 1 else round(100 * share))


def test_cells_are_the_shares_of_their_groups(provinces):
    (programme,) = compared(provinces, 60, 1, 6, "en").programmes
    (grouped,) = groupings(programme)
    charts = indicator_maps(programme, grouped)
    rows = programme.latest.assign(group=programme.latest["commune"].map(grouped.group))
    for chart in charts:
        found = [t for t in texts(chart.svg) if t.isdigit() or t in programme.codes or t == "–"]
        for code in programme.codes:
            if "." not in code or code not in found:
                continue
            at = found.index(code)
            shares = rows[rows["indicator"] == code].groupby("group")["counted"].mean()
            wanted = [printed(share) for share in shares.reindex(range(6))]
            assert found[at + 1 : at + 1 + len(wanted)] == wanted


def test_very_many_places_are_rows_and_none_is_cut(provinces):
    (programme,) = compared(provinces, 300, 90, 2).programmes
    places = groupings(programme)[0]
    assert len(places.labels) == 71 and places.labels[-1] == "Còn lại (20)"
    charts = criterion_maps(programme, places)
    shown = [t for chart in charts for t in texts(chart.svg)]
    for label in places.short:
        assert any(label.startswith(t.rstrip("…")) for t in shown if t[:1].isalpha())
    for chart in charts:
        assert size(chart.svg)[1] <= 660 and len(chart.svg) < 250_000


def test_criteria_are_met_where_all_of_their_indicators_are(provinces):
    (programme,) = compared(provinces, 60, 30, 1).programmes
    places = groupings(programme)[0]
    (chart, *_) = criterion_maps(programme, places)
    rows = programme.latest[programme.latest["commune"].map(places.group) == 0]
    whole = rows.groupby(["criterion", "commune"])["counted"].all().groupby(level=0).mean()
    found = texts(chart.svg)
    at = found.index("19")  # the last head
    cells = [t for t in found[at + 1 :] if t.isdigit()][:19]
    assert cells == [str(round(100 * share)) for share in whole]


def test_numbers_stand_out_from_their_cells():
    for _, colour in SCALE:
        assert contrast(ink_on(colour), colour) >= 4.5
    lights = [luminance(colour) for _, colour in SCALE]
    assert lights == sorted(lights, reverse=True), "told apart without seeing hues"
    assert contrast(INK, "#FFFFFF") > 15
    assert colour_of(100) != colour_of(99) and colour_of(0) == SCALE[-1][1]


def test_the_section_names_every_group(provinces):
    one = compared(provinces, 200, 60, 3)
    text = heat(one)
    assert "tbl-compare-heat-province" not in text, "the rows of the map bear the names"
    assert len(rows_of(text, "tbl-compare-heat-rank")) == 10
