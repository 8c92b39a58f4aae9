"""Part III: what is asked follows from what is found, and nothing else is asked."""

from __future__ import annotations

import pytest

from ntm_analysis import narrative
from tests.narrative.conftest import Changed
from tests.narrative.test_conclusion import SPOILT

NOTHING = "Không có kiến nghị bổ sung"
ASKED = {
    "fix": "khắc phục các chỉ tiêu chưa đạt: 10 thu nhập",
    "finish": "hoàn thành nội dung của chỉ tiêu 10 (",
    "supply": "bổ sung số liệu cho chỉ tiêu 10 (",
    "figure": "nêu con số cụ thể cho chỉ tiêu 10 (",
    "remedy": "khắc phục nợ đọng xây dựng cơ bản",
    "evidence": "có văn bản về nợ đọng xây dựng cơ bản",
    "watch": "theo dõi thường xuyên",
}


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, set()),
        (SPOILT["not_applicable"], set()),
        (SPOILT["not_met"], {"fix"}),
        (SPOILT["pending"], {"finish"}),
        (SPOILT["no_data"], {"supply"}),
        ({"figures": {"income_per_head": "10-200"}}, {"figure"}),
        ({"figures": {"income_per_head": "72.1"}}, {"watch"}),
        ({"conditions": {"debt": "not_met"}}, {"remedy"}),
        ({"conditions": {"debt": "no_data"}}, {"evidence"}),
        ({"conditions": {"debt": "absent"}}, {"evidence"}),
        (SPOILT["not_met"] | {"conditions": {"debt": "pending"}}, {"fix", "evidence"}),
    ],
)
def test_what_is_asked_follows_from_what_is_found(changed: Changed, changes, asked):
    text = narrative.recommendations(changed("vi", **changes))
    assert {key for key, words in ASKED.items() if words in text} == asked, text
    assert (NOTHING in text) is not asked
    assert text.rstrip().endswith(".")
