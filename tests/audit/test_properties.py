"""A correct rounding always agrees, a wrong one never."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ntm_analysis.audit import audit, passages
from ntm_analysis.audit.figures import read
from ntm_analysis.audit.formulas import evaluate

SHAPES = (
    "Có {a}/{b} hộ tham gia, đạt tỷ lệ {p}%.",
    "Tỷ lệ hộ tham gia là {p}% ({a}/{b}hộ).",
    "Số hộ tham gia: {a}/{b} = {p}%",
    "Hộ tham gia {a} hộ trên tổng số {b} hộ, chiếm {p} %.",
)


def vietnamese(number: Fraction, decimals: int) -> str:
    return f"{float(number):.{decimals}f}".replace(".", ",")


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def ratio(text: str) -> str:
    (row,) = [r for r in audit(passages([text])) if r.check == "ratio"]
    return row.verdict


@given(
    st.sampled_from(SHAPES), st.integers(1, 9000), st.integers(1, 9000), st.integers(0, 2),
    st.booleans(), st.integers(-30, 30),
)  # fmt: skip
def test_rounding(shape, one, other, decimals, dots, off):
    a, b = sorted((one, other))
    if a == b:
        b += 1
    exact = Fraction(100 * a, b)
    right = Fraction(round(exact * 10**decimals), 10**decimals)
    stated = right + Fraction(off, 10**decimals)
    if not 0 < stated < 100:
        return
    write = grouped if dots else str
    text = shape.format(a=write(a), b=write(b), p=vietnamese(stated, decimals))
    agrees = abs(exact - stated) <= Fraction(1, 2 * 10**decimals)
    assert ratio(text) == ("agrees" if agrees else "disagrees")


@given(st.integers(0, 10**7), st.integers(0, 3))
def test_numbers_are_read_as_printed(number, decimals):
    value = Fraction(number, 10**decimals)
    text = f"{number // 10**decimals:,}".replace(",", ".")
    if decimals:
        text += "," + f"{number % 10**decimals:0{decimals}d}"
    figure = read(text)
    assert figure is not None
    assert value in {reading for reading, _ in figure.readings}


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 99))
def test_arithmetic(a, b, c):
    assert evaluate(f"({a}-{b})/({c}) x 100%") == Fraction(a - b, c)
    assert evaluate(f"{a} + {b} × {c}") == a + b * c
    assert evaluate(f"{a},5% + {b}%") == (a + Fraction(1, 2) + b) / 100
