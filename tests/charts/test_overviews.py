"""The tile map, the overview of margins and the headroom chart."""

import pytest

from ntm_analysis.charts import (
    headroom_chart,
    headroom_rows,
    margin_overview,
    overview_rows,
    tile_map,
)
from ntm_analysis.charts.overview import headroom_text
from tests.charts.frame import codes, rows
from tests.charts.hard import hard_rows


def test_every_indicator_has_a_tile() -> None:
    chart = tile_map(rows(), "vi")
    for code in codes():
        assert f">{code}</text>" in chart.svg
    for word in ("Đạt: 64", "Chưa đạt: 0", "Đang hoàn thiện: 2", "Không phát sinh: 3"):
        assert f">{word}</text>" in chart.svg
    assert "Chưa có số liệu: 5 (3.1, 13.2, 13.4, 13.5, 18.2)" in chart.alt
    assert "74" in chart.caption and "19" in chart.caption
    assert ">Không phát sinh, chưa đủ minh chứng: 1</text>" in chart.svg
    assert "không phát sinh, chưa đủ minh chứng: 17.1" in chart.alt


def test_overview_is_sorted_and_says_what_is_thin() -> None:
    drawn = overview_rows(rows())
    thin = [row.code for row in drawn if row.thin]
    assert thin == ["11", "10", "9", "17.8", "12.1"]
    assert [row.code for row in drawn[: len(thin)]] == thin  # the least to lose on top
    others = [row for row in drawn if not row.thin and not row.no_room]
    margins = [row.relative_margin for row in others]
    assert margins == sorted(margins)
    whole = [row.code for row in drawn if row.no_room]
    assert {"2.2", "3.2", "13.8"} <= set(whole) and not set(whole) & {"3.3", "18.1"}
    assert [row.code for row in drawn[-len(whole) :]] == whole
    chart = margin_overview(rows(), "vi")
    assert ">còn 27 căn nhà</text>" in chart.svg
    assert ">+233,3%</text>" in chart.svg
    assert "Trục ngắt ở 50%" in chart.svg
    assert "(2.2) đến +233,3% (3.3)" in chart.alt
    assert chart.svg.count(">vừa đủ</text>") == sum(r.no_room and r.margin == 0 for r in drawn)
    assert "Biên độ mỏng có 5: 11, 10, 9, 17.8, 12.1." in chart.alt
    assert f"{len(drawn)} chỉ tiêu" in chart.caption


def test_headroom_texts() -> None:
    by_code = {row.code: row for row in rows("en")}
    assert headroom_text(by_code["9"], "en") == "27 houses to spare"
    assert headroom_text(by_code["11"], "en") == "0 households to spare"
    assert headroom_text(by_code["18.1"], "en") == ""
    assert headroom_text(by_code["10"], "en") == ""
    hard = {row.code: row for row in hard_rows()}
    assert headroom_text(hard["17.3"], "vi") == "thiếu 1 hộ"
    assert headroom_text(hard["17.3"], "en") == "1 household short"


def test_headroom_chart() -> None:
    drawn = headroom_rows(rows())
    assert all(row.headroom_base > 0 for row in drawn)
    assert {row.code for row in drawn} >= {"9", "11", "12.1", "17.8", "18.1"}
    chart = headroom_chart(rows(), "vi")
    assert ">27 / 2.751 căn nhà</text>" in chart.svg
    assert "18.1 Hộ dùng nước sạch từ hệ thống tập trung: 274 trên 2.751 hộ (10,0%)" in chart.alt


def test_nothing_to_draw() -> None:
    plain = rows(criterion=1)
    with pytest.raises(ValueError):
        margin_overview(plain, "vi")
    with pytest.raises(ValueError):
        headroom_chart(plain, "vi")
