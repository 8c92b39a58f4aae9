"""Fractions of a report find their indicator, or are listed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ntm_analysis.audit import Line
from ntm_analysis.draft import Draft, draft_of
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.rulebook.in_force import rules_in_force

BOOK = load_rulebook(Path(__file__).parents[2] / "data" / "rulebook")
HOUSE = "Tỷ lệ hộ có nhà ở kiên cố hoặc bán kiên cố: 480/500 hộ, đạt 96%."


def read(heading: str, part: str, sentence: str) -> Draft:
    rules = rules_in_force(BOOK, "advanced", "Hà Nam", dt.date(2024, 11, 26))
    lines = [heading, part, sentence]
    return draft_of([Line(text, number) for number, text in enumerate(lines, 1)], rules)


@pytest.mark.parametrize("heading", ["Tiêu chí số 9 về Nhà ở dân cư", "Tiêu chí 8: Nhà ở dân cư"])
def test_a_name_wins_over_a_number(heading: str) -> None:
    found = read(heading, "b) Kết quả", HOUSE)
    assert [(one.section, one.value, one.sure) for one in found.readings] == [
        (9, "480", "sure"),
        (9, "500", "sure"),
    ]


@pytest.mark.parametrize(
    ("part", "sentence", "listed"),
    [
        ("a) Yêu cầu", HOUSE, 0),
        ("b) Kết quả", "Kế hoạch năm sau: " + HOUSE, 1),
        ("b) Kết quả", "Có 12/15 hộ trồng hoa, đạt 80%.", 1),
    ],
)
def test_what_is_no_result_is_no_figure(part: str, sentence: str, listed: int) -> None:
    found = read("Tiêu chí số 9 về Nhà ở dân cư", part, sentence)
    assert not found.readings
    assert len(found.unplaced) == listed


def test_a_fraction_that_does_not_recompute_is_not_sure() -> None:
    found = read("Tiêu chí số 9 về Nhà ở dân cư", "b) Kết quả", HOUSE.replace("96%", "91%"))
    assert found.readings
    assert all(one.sure == "guess" for one in found.readings)


def test_words_of_another_indicator_make_a_reading_less_sure() -> None:
    sentence = "Tuyến đường xã: 6/6 km đạt 100% được bê tông hóa, đảm bảo ô tô đi lại thuận tiện."
    found = read("Tiêu chí số 2 về Giao thông", "b) Kết quả", sentence)
    assert all(one.sure != "sure" for one in found.readings)
    assert found.readings
