"""Margin charts of criteria."""

import math

import pytest

from ntm_analysis.charts import margin_chart
from ntm_analysis.charts.margin import row_scale, shares_axis
from tests.charts.frame import rows

BY_CODE = {row.code: row for row in rows()}


def test_rates_share_an_axis() -> None:
    scale = row_scale(BY_CODE["17.10"])
    assert (scale.low, scale.high) == (0, 100)
    assert shares_axis(BY_CODE["18.7"])


@pytest.mark.parametrize("code", ["10", "11", "13.1", "13.2", "17.11", "18.2"])
def test_own_scales_hold_zero_threshold_and_value(code: str) -> None:
    row = BY_CODE[code]
    assert not shares_axis(row)
    scale = row_scale(row)
    assert scale.low == 0
    ends = [row.threshold, row.low, row.high]
    assert scale.high > max(end for end in ends if math.isfinite(end))


def test_words() -> None:
    chart = margin_chart(rows(criterion=18), "vi")
    assert "18. Chất lượng môi trường sống" in chart.caption
    assert "18.1 Hộ dùng nước sạch từ hệ thống tập trung: 94,98%, yêu cầu ≥ 85%, đạt" in chart.alt
    assert "18.4 Chủ thể được tập huấn an toàn thực phẩm: đang hoàn thiện" in chart.alt
    assert "nan" not in chart.alt.lower() and "None" not in chart.alt
    for words in ("94,98%", "≥ 85%", "tốt hơn", "+9,98", "chưa rõ ngưỡng", "80–110"):
        assert f">{words}</text>" in chart.svg.replace("&gt;", ">"), words


def test_only_quantitative_ones_are_drawn() -> None:
    assert "17.9" not in margin_chart(rows(criterion=17), "vi").svg
    with pytest.raises(ValueError):
        margin_chart(rows(criterion=1), "vi")


def test_english() -> None:
    chart = margin_chart(rows("en", 12), "en")
    assert "12.1 Trained labour: 86.01%, required ≥ 85%, met" in chart.alt
    assert ">better</text>" in chart.svg
