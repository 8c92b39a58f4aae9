"""Whole reports: places, joined lines, order, tables of requirements, quiet where all is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.audit import CHECKS, COLUMNS, Line, audit_text

REPORT = """
Căn cứ Quyết định số 2145/QĐ-UBND ngày 14 tháng 6 năm 2022 của UBND huyện Lạc Thủy.
Xã có 1.842 hộ, 7.115 nhân khẩu ở 6 thôn. Điện thoại: (0218) 3.856.112.
4.1. Tiêu chí 1 về Giao thông
a) Yêu cầu của tiêu chí
- Tỷ lệ đường thôn được cứng hóa ≥90%
- 100% tỷ lệ đường xã được nhựa hóa
b) Kết quả thực hiện
- Đường thôn: tổng chiều dài 14,8 km, đã cứng hóa 13,6 km, đạt 91,9%.
- Có 9,6/9,6km đường xã được nhựa hóa, đạt 100%.
c) Tự đánh giá: Đạt
4.2. Tiêu chí 2 về Y tế
a) Yêu cầu của tiêu chí
- Tỷ lệ người dân tham gia bảo hiểm y tế ≥95%
b) Kết quả thực hiện
- Tỷ lệ người dân tham gia bảo hiểm y tế đạt 95,6% (6.802/7.115 người).
c) Tự đánh giá: Đạt
4.3. Tiêu chí 3 về Nước sạch
a) Yêu cầu của tiêu chí
- Tỷ lệ hộ được sử dụng nước sạch ≥55%
b) Kết quả thực hiện
- Tỷ lệ hộ được sử dụng nước sạch đạt 68,4% (1.260/1.842 hộ).
c) Tự đánh giá: Đạt
II. KẾT LUẬN
Đến 30/11/2024, xã đã đạt 3/3 tiêu chí, 4/4 chỉ tiêu (đạt 100%).
""".strip().split("\n")


def test_a_right_report_has_no_wrong_row() -> None:
    rows = audit_text(REPORT)
    assert {row.verdict for row in rows} == {"agrees"}
    assert len(rows) > 10


@pytest.mark.parametrize(
    ("right", "wrong", "check", "verdict"),
    [
        ("95,6% (", "96,5% (", "ratio", "disagrees"),
        ("13,6 km, đạt 91,9%", "13,6 km, đạt 92,9%", "base", "disagrees"),
        ("≥55%", "≥70%", "threshold", "disagrees"),
        ("3/3 tiêu chí", "4/4 tiêu chí", "tally", "inconsistent"),
        ("4/4 chỉ tiêu", "5/5 chỉ tiêu", "tally", "unclear"),
        ("1.260/1.842 hộ", "1.260/1.824 hộ", "quantity", "inconsistent"),
    ],
)
def test_one_planted_fault_is_found(right: str, wrong: str, check: str, verdict: str) -> None:
    faulty = "\n".join(REPORT).replace(right, wrong).split("\n")
    assert faulty != REPORT
    rows = [row for row in audit_text(faulty) if row.verdict != "agrees"]
    assert (check, verdict) in {(row.check, row.verdict) for row in rows}


def test_rows_follow_the_report() -> None:
    lines = [row.line for row in audit_text(REPORT)]
    assert lines == sorted(lines, key=lambda line: line or 0)


def test_wrapped_lines_are_one_sentence_and_keep_their_places() -> None:
    lines = [
        Line("Trong năm xã đã vận động được nhiều hộ tham gia, kết quả có tới", 1, 3),
        Line("1.432/1.569 hộ dùng nước máy, đạt tỷ lệ rất cao và bền vững là", 2, 3),
        Line("(91,27%).", 3, 3),
    ]
    rows = audit_text(
        [
            lines[0],
            Line("1.432/1.569 hộ dùng nước máy của nhà máy nước Đồng Lạc, đạt", 2, 3),
            Line("91,27%.", 3, 3),
        ]
    )
    assert [(row.line, row.page, row.stated, row.verdict) for row in rows] == [
        (2, 3, "91,27%", "agrees")
    ]
    assert audit_text(lines)


def test_a_cut_percentage_is_said_to_be_cut() -> None:
    (row,) = audit_text(["Có 17/18 vụ việc hòa giải thành, đạt 94,43%."])[:1]
    assert (row.verdict, "94,4444" in row.recomputed) == ("disagrees", True)
    (cut,) = audit_text(["Có 16/18 vụ việc hòa giải thành, đạt 88,8%."])[:1]
    assert cut.verdict == "disagrees"
    assert "88,9%" in cut.recomputed


def test_columns() -> None:
    (row,) = audit_text(["Có 17/18 vụ việc hòa giải thành, đạt 94,4%."])
    assert tuple(row.as_dict()) == COLUMNS


def test_every_check_says_in_both_languages_what_it_does() -> None:
    assert len({check.key for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert check.title.vi != check.title.en
        assert check.what.vi != check.what.en


def test_the_guide_lists_every_check(repository: Path) -> None:
    guide = (repository / "docs" / "how-to" / "audit-a-report.md").read_text(encoding="utf-8")
    rows = [f"| `{check.key}` | {check.title.en} | {check.what.en} |" for check in CHECKS]
    assert "\n".join(rows) in guide
