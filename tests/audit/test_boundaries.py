"""Where a check of a report's text begins to object, as tables."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ntm_analysis.audit import audit_text
from ntm_analysis.audit.figures import printed
from ntm_analysis.audit.limits import Limit, limits
from ntm_analysis.audit.model import Line
from ntm_analysis.audit.sums import _verdict
from ntm_analysis.audit.text import paragraphs


def one(text: str) -> Limit:
    (found,) = limits(text)
    return found


@pytest.mark.parametrize(
    ("threshold", "result", "admits"),
    [
        ("≥ 80%", "80%", "yes"),
        ("≥ 80%", "79,9%", "no"),
        ("≥ 80%", "> 80%", "yes"),
        ("≥ 80%", "< 80%", "no"),
        ("≥ 80%", "≤ 80%", "open"),
        ("≥ 80%", "> 79%", "open"),
        ("> 80%", "80%", "no"),
        ("> 80%", "80,1%", "yes"),
        ("> 80%", "> 80%", "yes"),  # all of what is above 80 is above 80
        ("> 80%", "≥ 80%", "open"),
        ("> 80%", "≤ 80%", "no"),
        ("< 1%", "1%", "no"),
        ("< 1%", "< 1%", "yes"),
        ("< 1%", "≤ 1%", "open"),
        ("< 1%", "≥ 1%", "no"),
        ("≤ 1%", "1%", "yes"),
        ("≤ 1%", "> 1%", "no"),
        ("≥ 80%", "khoảng 90%", "open"),
        ("≥ 80%", "80-90%", "yes"),
        ("≥ 80%", "70-90%", "open"),
    ],
)
def test_whether_a_threshold_admits_a_result(threshold: str, result: str, admits: str):
    assert one(threshold).admits(one(result)) == admits


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        ("60", ["30", "20", "10"], "agrees"),
        # a whole number is no rounded one, unless it is all of it
        ("60", ["30,2", "20,1", "9,6"], "disagrees"),
        ("100", ["60,2", "30,1", "9,6"], "unclear"),
        ("60,0", ["30,2", "20,1", "9,6"], "unclear"),
        ("60,0", ["30,2", "20,1", "9,5"], "disagrees"),
    ],
)
def test_whether_parts_add_up(total: str, parts: list[str], verdict: str):
    whole, each = printed(total), [printed(part) for part in parts]
    assert whole is not None and None not in each
    sum_ = sum((part.value for part in each if part), Fraction(0))
    assert _verdict(sum_, whole, [part for part in each if part]) == verdict


def objections(*lines: str) -> list[str]:
    return [row.verdict for row in audit_text(lines) if row.verdict != "agrees"]


@pytest.mark.parametrize(
    ("other", "told"),
    [("2.692", False), ("2.680", True), ("2.560", True), ("2.550", False), ("1.700", False)],
)
def test_a_number_of_households_beside_another(other: str, told: bool):
    """One that is near is another value of the same thing; one that is far is another thing."""
    found = objections("Toàn xã có 2.692 hộ.", f"Có 1.000/{other} hộ dùng nước máy.")
    assert bool(found) is told, found


@pytest.mark.parametrize(
    ("other", "told"),
    [("8.997", False), ("8.900", True), ("8.500", True), ("7.300", True), ("7.100", False)],
)
def test_a_population_beside_another(other: str, told: bool):
    found = objections("Dân số của xã là 8.997 người.", f"Dân số toàn xã là {other} người.")
    assert bool(found) is told, found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lao động qua đào tạo 90%, trong đó: sơ cấp 50%, trung cấp 25%, nghề 15%.", ["agrees"]),
        ("Tỷ lệ đường 90%, bao gồm: bê tông 90%, nhựa 0%.", ["agrees"]),
        ("Tỷ lệ đường 90%, bao gồm: bê tông 95%, nhựa 1%.", []),
    ],
)  # fmt: skip
def test_a_part_may_be_all_of_its_total(text: str, found: list[str]):
    assert [row.verdict for row in audit_text([text]) if row.check == "percent_sum"] == found


@pytest.mark.parametrize(
    ("first", "joined"),
    [
        ("a" * 44, False),
        ("a" * 45, True),
        ("Đường xã dài 6,85 km", False),
        ("Các tuyến đường trục xã được bảo trì thường xuyên và", True),
        ("Các tuyến đường trục xã được bảo trì thường xuyên.", False),
    ],
)
def test_which_lines_were_only_wrapped(first: str, joined: bool):
    lines = [Line(first, 1), Line("có biển báo đầy đủ", 2)]
    assert len(paragraphs(lines)) == (1 if joined else 2)
