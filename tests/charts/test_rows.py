"""From results to rows."""

import math

import pandas as pd
import pytest

from ntm_analysis.charts import chart_rows, worth_drawing
from tests.charts.frame import CRITERIA, UNITS, results, rows

NAMES = dict(enumerate(CRITERIA["vi"], 1))
BY_CODE = {row.code: row for row in rows()}


def test_all_rows_in_order() -> None:
    assert len(BY_CODE) == 74
    assert list(BY_CODE)[:4] == ["1.1", "1.2", "1.3", "2.1"]


@pytest.mark.parametrize(
    ("code", "value", "requirement", "margin"),
    [
        ("17.8", "96,05%", "≥ 95%", "+1,05"),
        ("12.2", "39,00%", "≥ 38%", "+1,00"),
        ("11", "0,97%", "< 1%", "+0,03"),
        ("10", "72,403 triệu đồng/người/năm", "> 72 triệu đồng/người/năm", "+0,403"),
        ("2.2", "100%", "100%", "0"),
        ("13.8", "3 mô hình", "≥ 1 mô hình", "+2"),
        ("3.1", "Chưa có số liệu", "≥ 90%", ""),
        ("13.6", "Đang hoàn thiện", "≥ 1 vùng", ""),
        ("18.8", "Không phát sinh", "chưa rõ ngưỡng", ""),
        ("18.7", "100%", "chưa rõ ngưỡng", ""),
    ],
)
def test_texts(code: str, value: str, requirement: str, margin: str) -> None:
    row = BY_CODE[code]
    assert row.value_text("vi") == value
    assert row.requirement_text("vi") == requirement
    assert row.margin_text("vi") == margin


def test_inexact_readings() -> None:
    assert BY_CODE["18.2"].value_text("vi", unit=False) == "80–110"
    assert BY_CODE["8.2"].value_text("vi").replace(" ", "") == ">90,72%"
    assert not BY_CODE["8.2"].exact and BY_CODE["8.2"].has_value


def test_english_units() -> None:
    english = {row.code: row for row in rows("en")}
    assert english["13.1"].value_text("en") == "1 cooperative"
    assert english["13.8"].value_text("en") == "3 models"
    assert english["13.8"].unit_text("en") == "models"


def test_thin_and_flips() -> None:
    assert BY_CODE["9"].thin and BY_CODE["11"].thin
    assert not BY_CODE["2.2"].thin and not BY_CODE["3.1"].thin
    assert [code for code, row in BY_CODE.items() if row.flips] == ["11", "12.1"]


def test_missing_values_of_pandas() -> None:
    frame = results().assign(headroom=pd.array([pd.NA] * 74, dtype="Int64"))
    assert all(math.isnan(row.headroom) for row in chart_rows(frame, UNITS, NAMES))


def test_labels_given_win() -> None:
    made = chart_rows(results(), UNITS, NAMES, {"9": "Nhà kiên cố"})
    assert next(row.label for row in made if row.code == "9") == "Nhà kiên cố"


def test_one_commune_year_only() -> None:
    two = pd.concat([results(), results().assign(year=2025)])
    with pytest.raises(ValueError):
        chart_rows(two, UNITS, NAMES)


def test_worth_drawing() -> None:
    assert worth_drawing(rows(criterion=17))
    assert not worth_drawing(rows(criterion=1))
    assert not worth_drawing([BY_CODE["3.1"], BY_CODE["13.6"], BY_CODE["18.8"]])
