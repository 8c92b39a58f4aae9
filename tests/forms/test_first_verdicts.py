"""The form's live check judges each limb by its own requirement."""

from __future__ import annotations

import io

import pytest
import python_calamine

from ntm_analysis.assessment import assess
from ntm_analysis.communes import load_case
from ntm_analysis.forms import filling_of, write_form


@pytest.fixture(scope="module")
def made_up(project):
    return load_case(project, "gia-dinh-0001-2024")


def rows(project, case):
    form = write_form(case.rules, "vi", filling_of(project, case), assess([case], "vi"))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(form))
    sheet = book.get_sheet_by_name("Kiểm tra").to_python()
    return [row for row in sheet if str(row[0]).strip()]


def test_a_failing_limb_is_told_by_its_own_figure(project, made_up):
    case = made_up.with_figures({"insurance_women_rate": "90"})
    mine = [row for row in rows(project, case) if str(row[0]) == "14.1"]
    told = {str(row[1]).rpartition(": ")[2]: (row[2], row[4]) for row in mine}
    assert told["Nữ"] == (90, "Chưa đạt")
    own, *_ = told.values()
    assert own[1] == "Đạt" and own[0] > 95


def test_an_indicator_of_one_limb_keeps_its_name(project, made_up):
    names = {str(row[0]): str(row[1]) for row in rows(project, made_up)}
    assert names["10"] == made_up.rules.by_code["10"].indicator.name.vi
