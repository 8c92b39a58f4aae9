"""What is strange of a commune's code and of the day whose law applies: told, not refused."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_analysis.communes import Commune
from ntm_analysis.communes.checks import day_remark, unit_remark

OLD, NEW = dt.date(2024, 11, 26), dt.date(2025, 11, 26)


@pytest.mark.parametrize(
    ("code", "name", "district", "on", "says"),
    [
        ("13531", "Bồ Đề", "Bình Lục", OLD, ()),
        ("13531", "bo de", None, OLD, ()),
        ("13456", "Bồ Đề", "Bình Lục", OLD, ("Xã Liêm Cần", "Bồ Đề, Bình Lục", "13531")),
        ("13531", "Bồ Đề", "Lý Nhân", OLD, ("Huyện Bình Lục", "Bồ Đề, Lý Nhân")),
        ("13456", "Liêm Cần", None, NEW, ("Xã Liêm Hà",)),
        ("00000", "Bồ Đề", "Bình Lục", OLD, ("00000",)),
    ],
)
def test_codes_are_compared_with_name_and_place(code, name, district, on, says):
    province = "Hà Nam" if on == OLD else "Ninh Bình"
    profile = {"id": "xa", "name": name, "code": code, "district": district, "province": province,
               "appraisals": {2024: {"set": "advanced", "appraiser": "Ủy ban"}}}  # fmt: skip
    told = unit_remark(Commune.model_validate(profile), on, "vi")
    assert bool(told) == bool(says)
    assert all(one in told for one in says), told
    made_up = Commune.model_validate({**profile, "synthetic": True})
    assert unit_remark(made_up, on, "vi") == ""


@pytest.mark.parametrize(
    ("year", "on", "strange"),
    [(2024, OLD, False), (2024, NEW, False), (2025, OLD, True), (2023, NEW, True)],
)
def test_a_day_of_another_year_is_told(year, on, strange):
    assert bool(day_remark(year, on, "en")) == strange
