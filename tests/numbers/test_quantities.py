import pytest

from ntm_analysis.language import Text
from ntm_analysis.numbers import (
    format_comparison,
    format_quantity,
    format_reading,
    format_requirement,
    format_value,
    with_unit,
)
from ntm_analysis.rulebook.requirement import parse_requirement
from ntm_analysis.rulebook.units import Unit

PERCENT = Unit(label=Text(vi="%", en="%"))
HOUSEHOLD = Unit(label=Text(vi="hộ", en="household"), plural="households")
MILLION = Unit(label=Text(vi="triệu đồng/người/năm", en="million VND/person/year"))
LITRE = Unit(label=Text(vi="lít/người/ngày đêm", en="litre/person/day"), plural="litres/person/day")
LEVEL = Unit(label=Text(vi="mức độ", en="level"))


def test_quantities():
    assert format_quantity(95.18, PERCENT, "vi") == "95,18%"
    assert format_quantity(95.18, PERCENT, "en") == "95.18%"
    assert format_quantity(1, HOUSEHOLD, "en") == "1 household"
    assert format_quantity(-1, HOUSEHOLD, "en") == "−1 household"
    assert format_quantity(0, HOUSEHOLD, "en") == "0 households"
    assert format_quantity(2, HOUSEHOLD, "en") == "2 households"
    assert format_quantity(2, HOUSEHOLD, "vi") == "2 hộ"
    assert format_quantity(3, LEVEL, "vi") == "mức độ 3"
    assert format_quantity(0.9997, PERCENT, "vi", 2, threshold=1.0) == "0,9997%"
    assert format_quantity(0.403, MILLION, "vi", sign=True) == "+0,403 triệu đồng/người/năm"


@pytest.mark.parametrize(
    ("text", "unit", "lang", "scale", "printed"),
    [
        (">= 95", PERCENT, "vi", (), "≥ 95%"),
        ("> 72", MILLION, "vi", (), "> 72 triệu đồng/người/năm"),
        ("< 1.0", PERCENT, "vi", (), "< 1,0%"),
        ("< 1.0", PERCENT, "en", (), "< 1.0%"),
        (">= 1", HOUSEHOLD, "en", (), "≥ 1 household"),
        (">= 3", LEVEL, "vi", (), "≥ mức độ 3"),
        ("yes", PERCENT, "vi", (), "Có"),
        ("unknown", PERCENT, "en", (), "threshold not known"),
        (">= ensured", PERCENT, "vi", ("đảm bảo", "khá", "tốt"), "đảm bảo trở lên"),
        (">= good", PERCENT, "en", ("ensured", "fair", "good"), "good"),
    ],
)
def test_requirements(text, unit, lang, scale, printed):
    requirement = parse_requirement(text, ("ensured", "fair", "good"))
    assert format_requirement(requirement, unit, lang, scale) == printed


def test_comparisons():
    assert format_comparison(">=", 95.0, PERCENT, "vi") == "≥ 95%"
    assert format_comparison("<", 1.0, PERCENT, "vi", min_decimals=1) == "< 1,0%"
    assert format_comparison("unknown", float("nan"), PERCENT, "vi") == "chưa rõ ngưỡng"


def test_readings():
    assert format_reading(">90.72", PERCENT, "vi") == "> 90,72%"
    assert format_reading("≥40", PERCENT, "vi") == "≥ 40%"
    assert format_reading("<5", PERCENT, "en") == "< 5%"
    assert format_reading("80-110", LITRE, "vi") == "80–110 lít/người/ngày đêm"
    assert format_reading("80-110", LITRE, "en") == "80–110 litres/person/day"
    assert format_reading("2751", HOUSEHOLD, "vi") == "2.751 hộ"
    assert format_reading("yes", HOUSEHOLD, "vi") == "Có"
    assert format_reading("pending", HOUSEHOLD, "en") == "Pending"
    assert format_reading("tốt", HOUSEHOLD, "vi") == "tốt"


def test_values_by_kind():
    assert format_value(1.0, "yes_no", PERCENT, "vi") == "Có"
    assert format_value(0.0, "yes_no", PERCENT, "en") == "No"
    assert format_value(2.0, "grade", PERCENT, "vi", scale=("đảm bảo", "khá", "tốt")) == "tốt"
    assert format_value(98.0007, "rate", PERCENT, "vi", 2, threshold=97) == "98%"


def test_unit_after_a_printed_number():
    assert with_unit("98,0", PERCENT, "vi") == "98,0%"
    assert with_unit("1", HOUSEHOLD, "en", one=True) == "1 household"
    assert with_unit("1.0", HOUSEHOLD, "en") == "1.0 households"
