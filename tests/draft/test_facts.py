"""What reports say was done: the kind, the indicator, the place, the sum."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_analysis.audit.model import Line
from ntm_analysis.draft.facts import facts
from ntm_analysis.draft.passages import passages
from ntm_analysis.draft.topics import Topics
from ntm_analysis.rulebook import rules_in_force


@pytest.fixture(scope="module")
def topics(book) -> Topics:
    return Topics(rules_in_force(book, "advanced", "Hà Nam", dt.date(2024, 11, 26)))


@pytest.mark.parametrize(
    ("criterion", "sentence", "wanted"),
    [
        (
            "2 về Giao thông",
            "Năm 2024 xã đã nâng cấp 1,2 km đường ngõ xóm tại thôn Bái Thượng với 1,5 tỷ đồng",
            [("2.3", "work", "thôn Bái Thượng", "1.5")],
        ),
        (
            "13 về Tổ chức sản xuất",
            "Hội Nông dân mở 03 lớp tập huấn về truy xuất nguồn gốc cho các hộ sản xuất",
            [("13.4", "training", "", "")],
        ),
        (
            "19 về Quốc phòng và An ninh",
            "Xã duy trì mô hình camera an ninh ở các trục đường chính",
            [("19.2", "model", "", "")],
        ),
        ("2 về Giao thông", "Xã sẽ xây mới 3 km đường trục thôn trong năm 2025", []),
        ("2 về Giao thông", "Chưa lắp đặt được biển báo trên các tuyến đường xã", []),
        ("2 về Giao thông", "Đường thôn đã cứng hóa 12,4/12,4 km, đạt 100%", []),
        ("19 về Quốc phòng và An ninh", "Lực lượng được xây dựng, củng cố vững mạnh", []),
    ],
)
def test_what_was_done_is_a_fact_and_what_is_planned_is_none(topics, criterion, sentence, wanted):
    lines = [Line(f"Tiêu chí số {criterion}", 1), Line(f"{sentence}.", 2)]
    read = list(facts(passages(lines, topics.rules, "report"), topics))
    assert [(one.subject, one.kind, one.place, one.amount) for one in read] == wanted
    assert all(one.text in sentence and one.unit == ("billion_vnd" if one.amount else "")
               for one in read)  # fmt: skip
