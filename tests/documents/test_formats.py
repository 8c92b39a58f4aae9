"""What number formats print beside a number."""

from __future__ import annotations

import pytest

from ntm_analysis.documents.formats import shown_number


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.95, '"≥ "0%', "≥ 95%"),
        (0.01, '"< "0.0%', "< 1,0%"),
        (79.2, "0.0", "79,2"),
        (79.25, "0.0", "79,25"),
        (1, '0" mô hình"', "1 mô hình"),
        (1, '"≥"00', "≥01"),
        (72, '[>0]">"0" triệu";0', ">72 triệu"),
        (55, r"\≥\ 0", "≥ 55"),
        (17.1, "0.00", "17,10"),
        (1234.5, "#,##0.0", "1.234,5"),
    ],
)
def test_a_number_shows_as_in_the_workbook(value, number_format, shown):
    assert shown_number(value, number_format) == shown
