"""Days and years as people type them into a form: slips of the pen, and years in date cells."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_analysis.forms import import_file
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import find, write

PROFILE, FIGURES, EVIDENCE = "Thông tin chung", "Số liệu", "Minh chứng"
PLAN, FROM = "appraisals.2024.plan.year", "appraisals.2024.period.from"
UNTIL, BASE = "appraisals.2024.period.until", "appraisals.2024.base_set.recognised"


@pytest.mark.parametrize(
    "cells",
    [
        [
            (FIGURES, "households", "as_of", dt.date(2034, 2, 1), "01/02/2034", "năm trong ngày"),
            (FIGURES, "poor_households", "as_of", "30/6/1999", "30/06/1999", "đã kiểm tra"),
            (FIGURES, "houses", "as_of", dt.date(1905, 7, 16), "16/07/1905", "ngày/tháng/năm"),
            (FIGURES, "deaths", "as_of", 2024, "2024", "ngày/tháng/năm"),
            (FIGURES, "workers", "as_of", "2024", "2024", "ngày/tháng/năm"),
            (EVIDENCE, "1.1", "issued_on", "3/4/2042", "03/04/2042", "năm trong ngày"),
            (EVIDENCE, "1.2", "issued_on", "5/6/2024", None, ""),
            (EVIDENCE, "1.2", "valid_until", "5/6/2023", "05/06/2023", "cả hai ngày"),
            (PROFILE, FROM, "value", "4/11/2014", "04/11/2014", "từ 2023 đến 2026"),
            (PROFILE, PLAN, "value", dt.date(1905, 7, 18), "18/07/1905", "ví dụ 2026"),
            (PROFILE, BASE, "value", dt.date(1905, 7, 12), "12/07/1905", "ví dụ 2020"),
        ],
        [
            (PROFILE, UNTIL, "value", "29/11/2042", "29/11/2042", "từ 2023 đến 2026"),
            (PROFILE, PLAN, "value", 2019, "2019", "từ 2024 đến 2054"),
            (PROFILE, BASE, "value", 19, "19", "ví dụ 2025"),
        ],
        [
            (PROFILE, PLAN, "value", "năm 2025", "năm 2025", "ví dụ 2025"),
            (PROFILE, BASE, "value", dt.date(2020, 5, 1), "01/05/2020", "ví dụ 2020"),
        ],
    ],
)
def test_days_and_years_far_off(cells, empty, sheets, tmp_path):
    changes = {find(sheets, *where): typed for *where, typed, _, _ in cells}
    with pytest.raises(DataErrors) as error:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, changes))
    assert not empty.communes.exists()
    found = {(p.sheet, p.row, p.value): p.wanted for p in error.value.problems}
    for *where, _, value, wanted in cells:
        if value is not None:
            sheet, row, _ = find(sheets, *where)
            assert wanted in found.pop((sheet, row + 1, value))
    assert not found


@pytest.mark.parametrize("note", ["đã kiểm tra", "theo tổng điều tra; checked"])
def test_an_old_figure_counts_once_it_was_checked(note, empty, sheets, tmp_path):
    day = find(sheets, FIGURES, "households", "as_of")
    told_of = {day: "1/4/2009", find(sheets, FIGURES, "households", "note"): note}
    assert import_file(empty, write(tmp_path / "a.xlsx", sheets, told_of)).stored
    assert import_file(empty, write(tmp_path / "b.xlsx", sheets, {day: "1/4/2019"}), force=True)
