"""Tables: columns and rows that add up, and what looks like a sum and is none."""

from __future__ import annotations

import pytest

from ntm_analysis.audit import audit_text

RIGHT = """
Nguồn | Số tiền
I | Ngân sách | 5.600
1 | Trung ương | 2.100
2 | Tỉnh | 3.500
II | Vốn khác | 1.900
1 | Doanh nghiệp | 700
2 | Nhân dân | 1.200
 | Tổng cộng | 7.500
"""
OTHER_THINGS = """
Nội dung | Số lượng
Tổng số hộ | 1.020
Hộ dùng nước sạch | 980
Hộ nghèo | 14
"""
UPRIGHT = """
Chỉ tiêu | ĐVT | Kết quả
Tổng số hộ | hộ | 1.212
Số hộ nghèo | hộ | 16
Tỷ lệ hộ nghèo | % | {rate}
"""
BOTH = """
Thôn | Tổng số hộ | Số hộ đạt | Tỷ lệ (%)
Thượng | 120 | 96 | 80,0
Hạ | 150 | 132 | 88,0
Cộng | 270 | {met} | {rate}
"""


def wrong(text: str) -> list[tuple[str, str]]:
    rows = audit_text(text.strip("\n").split("\n"))
    return [(row.stated, row.recomputed) for row in rows if row.wrong]


@pytest.mark.parametrize(
    "text",
    [RIGHT, OTHER_THINGS, UPRIGHT.format(rate="1,32"), BOTH.format(met="228", rate="84,4")],
)
def test_right_tables(text: str) -> None:
    assert wrong(text) == []


def test_rates_below_one_another() -> None:
    assert wrong(UPRIGHT.format(rate="1,23")) == [("1,23%", "16/1212 = 1,3201%")]


def test_a_wrong_total_is_told_once() -> None:
    assert wrong(BOTH.format(met="238", rate="84,4")) == [("238", "96 + 132 = 228")]
    assert wrong(BOTH.format(met="228", rate="88,1")) == [("88,1%", "228/270 = 84,4444%")]
