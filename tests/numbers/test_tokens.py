from fractions import Fraction

import pytest

from ntm_analysis.numbers import format_number, number_tokens, numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Thu nhập đạt 72,403 triệu đồng.", [Fraction("72.403")]),
        ("2.613/2.751 hộ, đạt 94,98%", [Fraction(2613), Fraction(2751), Fraction("94.98")]),
        ("từ 80–110 lít", [80, 110]),
        ("thấp hơn (−0,03 điểm)", [Fraction("-0.03")]),
        ("04/04 thôn, 01 HTX", [4, 4, 1]),
        ("Dư 27 căn nhà; 0 hộ.", [27, 0]),
        ("1.234.567,5 đồng", [Fraction("1234567.5")]),
        ("Quyết định số 43/2022/QĐ-UBND ngày 16/9/2022, Tờ trình 152/TTr-UBND", []),
        ("Nghị quyết 01-NQ/TW, 72-NQ-BCH, Đề án số 01/ĐA, QCVN 01-1:2018/BYT", []),
        ("ngày 05 tháng 02 năm 2024, tháng 6/2024, giai đoạn 2021-2025, 6/2024", []),
        ("Chỉ tiêu 17.8, 18.6 và 18.8 còn 3 hộ", [3]),
        ("Chỉ tiêu 17.8, trong đó 5 hộ; tiêu chí số 01 đạt 64/74 chỉ tiêu", [5, 64, 74]),
        ("chỉ tiêu 9: 98%", [98]),
        ("| 17.8 | 96,05% |", [Fraction("96.05")]),
        ("4 m2/người, 80m2", [4, 80]),
        ("## 4.11 Nghèo\n2.751 hộ\n1. Một mục", [2751]),
        ("{#tbl-liem-can-2024-12} @fig-liem-can-2024-9 `x=5`", []),
    ],
)
def test_vietnamese(text, numbers):
    assert numbers_in(text, "vi") == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2,613 of 2,751 households (94.98%)", [2613, 2751, Fraction("94.98")]),
        ("Criterion 5 and indicators 17.1, 18.6 and 18.8: 3 in all", [3]),
        ("On 23 November 2026, in 2024 and November 2024", []),
        (
            "Income is 72.403 million VND, 0.403 above 72.",
            [Fraction("72.403"), Fraction("0.403"), 72],
        ),
        ("a margin of −0.03 points", [Fraction("-0.03")]),
        ("17.1.2 is a code", []),
    ],
)
def test_english(text, numbers):
    assert numbers_in(text, "en") == numbers


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("value", [72.403, 2751, -0.03, 0, 1234567.891, 100])
def test_what_is_written_is_found(value, lang):
    assert numbers_in(f"a {format_number(value, lang)} b", lang) == [Fraction(str(value))]


def test_tokens_say_where():
    text = "còn −3 hộ"
    (token,) = number_tokens(text, "vi")
    assert text[token.start : token.end] == token.text == "−3"


def test_given_words_are_left_out():
    text = "17.8: 96.05% against 17.8%; 9 holds, 27 left"
    assert numbers_in(text, "en", ignore=["17.8", "9"]) == [
        Fraction("96.05"),
        Fraction("17.8"),
        27,
    ]
