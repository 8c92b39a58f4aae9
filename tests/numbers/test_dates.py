import datetime as dt

import pytest

from ntm_analysis.numbers import format_date, parse_date


@pytest.mark.parametrize(
    ("day", "vi", "en", "short"),
    [
        ((2026, 11, 23), "ngày 23 tháng 11 năm 2026", "23 November 2026", "23/11/2026"),
        ((2024, 2, 5), "ngày 05 tháng 02 năm 2024", "5 February 2024", "05/02/2024"),
        ((2024, 3, 8), "ngày 08 tháng 3 năm 2024", "8 March 2024", "08/03/2024"),
    ],
)
def test_written(day, vi, en, short):
    date = dt.date(*day)
    assert format_date(date, "vi") == vi
    assert format_date(date, "en") == en
    assert format_date(date, "vi", "short") == format_date(date, "en", "short") == short


@pytest.mark.parametrize(
    "text", ["2024-02-05", "5/2/2024", "05/02/2024", " 5.2.2024 ", "ngày 05 tháng 02 năm 2024"]
)
def test_read(text):
    assert parse_date(text) == dt.date(2024, 2, 5)


@pytest.mark.parametrize("text", ["", "2024", "5/2/24", "2024-13-01", "31/02/2024", "hôm nay"])
def test_refused_with_the_text_in_the_reason(text):
    with pytest.raises(ValueError, match=f"“{text}”"):
        parse_date(text)


@pytest.mark.parametrize("day", [dt.date(2024, 1, 9), dt.date(2023, 10, 31)])
def test_what_is_written_is_read(day):
    assert parse_date(format_date(day, "vi")) == day
    assert parse_date(format_date(day, "vi", "short")) == day
