"""Where something stands, as a letter says it."""

from __future__ import annotations

import pytest

from ntm_analysis.communes.papers import Source
from ntm_analysis.communes.printing import print_place

LINES = Source(title="Báo cáo", parts={"I": 10, "I.1": 12, "I.10": 40, "II": 55})
PAGES = Source(title="Biên bản")


@pytest.mark.parametrize(
    ("source", "vi", "en"),
    [
        ("report:9", "dòng 9", "line 9"),
        ("report:10", "mục I", "item I"),
        ("report:12", "mục I.1", "item I.1"),
        ("report:39", "mục I.1", "item I.1"),
        ("report:54", "mục I.10", "item I.10"),
        ("report:999", "mục II", "item II"),
        ("report:trang 4", "trang 4", "trang 4"),
        ("report", "report", "report"),
    ],
)
def test_a_line_is_told_by_its_part(source: str, vi: str, en: str) -> None:
    assert print_place(source, {"report": LINES}, "vi") == vi
    assert print_place(source, {"report": LINES}, "en") == en


def test_the_order_in_which_parts_are_listed_does_not_matter() -> None:
    mixed = Source(title="Báo cáo", parts=dict(sorted(LINES.parts.items(), reverse=True)))
    assert [mixed.part_of(line) for line in (9, 11, 39, 60)] == [None, "I", "I.1", "II"]


def test_of_several_papers_it_says_which() -> None:
    papers = {"report": LINES, "minutes": PAGES}
    assert print_place("minutes:3", papers, "vi") == "minutes, dòng 3"
    assert print_place("report:41", papers, "vi") == "report, mục I.10"
