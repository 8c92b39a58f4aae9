"""Formulas: arithmetic over variables, the same for many communes and for one, never code."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_analysis.rulebook.formula import Formula, FormulaError, exact

NAMES = ("households", "poor", "rate_2")
POVERTY = "100 * (p - pn) / (h - pn) + 100 * (c - cn) / (h - cn)"

leaves = st.one_of(
    st.sampled_from(NAMES),
    st.integers(0, 1000).map(str),
    st.decimals(0, 100, places=2, allow_nan=False).map(str),
)
formulas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda one: f"-{one}"),
        inner.map(lambda one: f"(+{one})"),
    ),
    max_leaves=8,
)
figures = st.one_of(
    st.integers(0, 10**6).map(float), st.decimals(0, 1000, places=3, allow_nan=False).map(float)
)


@given(formulas, st.lists(st.tuples(figures, figures, figures), min_size=1, max_size=4))
def test_many_communes_at_once_give_what_each_gives_alone(text, rows):
    formula = Formula(text)
    assert set(formula.variables) <= set(NAMES)
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    together = formula.evaluate(dict(zip(NAMES, columns, strict=True)))
    for number, row in enumerate(rows):
        one = {name: np.array([value]) for name, value in zip(NAMES, row, strict=True)}
        alone = np.broadcast_to(formula.evaluate(one), (1,))[0]
        found = np.broadcast_to(together, (len(rows),))[number]
        assert found == alone or (np.isnan(found) and np.isnan(alone))


@given(formulas, st.tuples(figures, figures, figures))
def test_floats_agree_with_exact_fractions(text, row):
    """Where nothing is divided by a difference, in which floats may lose what is left."""
    formula = Formula(text.replace("-", "+"))
    floats = {name: np.array([value]) for name, value in zip(NAMES, row, strict=True)}
    fractions = dict(zip(NAMES, map(exact, row), strict=True))
    found = np.broadcast_to(formula.evaluate(floats), (1,))[0]
    try:
        true = formula.evaluate_exactly(fractions)
    except ZeroDivisionError:
        assert np.isnan(found) or found == 0  # 1 / (1 / 0) is 0 in floats
    else:
        assert found == pytest.approx(float(true), rel=1e-12)


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_rate_is_exact_to_the_last_digit_of_a_float(part, whole):
    formula = Formula("100 * part / whole")
    values = {"part": np.array([float(part)]), "whole": np.array([float(whole)])}
    alone = formula.evaluate_exactly({"part": Fraction(part), "whole": Fraction(whole)})
    assert alone == Fraction(100 * part, whole)
    assert formula.evaluate(values)[0] == pytest.approx(float(alone), rel=1e-15)


@given(st.decimals(-(10**6), 10**6, places=4, allow_nan=False))
def test_a_decimal_is_taken_as_it_is_written(number):
    assert exact(float(number)) == Fraction(number)


def test_poverty_of_liem_can():
    values = {"p": 33, "pn": 14, "h": 2692, "c": 9, "cn": 2}
    formula = Formula(POVERTY)
    assert formula.variables == ("p", "pn", "h", "c", "cn")
    found = formula.evaluate_exactly({k: Fraction(v) for k, v in values.items()})
    assert found == 100 * Fraction(19, 2678) + 100 * Fraction(7, 2690)
    assert float(found) == pytest.approx(0.969708, abs=1e-6)
    arrays = {k: np.array([v, v], dtype=float) for k, v in values.items()}
    assert formula.evaluate(arrays) == pytest.approx([float(found)] * 2)


def test_missing_figures_and_zero_denominators_give_no_value():
    formula = Formula("100 * part / whole")
    part = np.array([1.0, 0.0, np.nan, 1.0])
    whole = np.array([0.0, 0.0, 5.0, np.nan])
    assert np.isnan(formula.evaluate({"part": part, "whole": whole})).all()
    with pytest.raises(ZeroDivisionError):
        formula.evaluate_exactly({"part": Fraction(1), "whole": Fraction(0)})


HOSTILE = [
    "__import__('os').system('true')",
    "().__class__",
    "households.real",
    "households[0]",
    "households(1)",
    "open('x')",
    "(lambda: 1)()",
    "[h for h in (1, 2)]",
    "h if h else 1",
    "h and 1",
    "not h",
    "h > 1",
    "h ** 9999",
    "h % 2",
    "h // 2",
    "h << 10",
    "~h",
    "h | 1",
    "(h := 3)",
    "f'{h}'",
    "'text'",
    "True",
    "None",
    "1j",
    "...",
    "h, 1",
    "{h: 1}",
    "*h",
    "await h",
    "h = 1",
    "h; 1",
    "import os",
    "",
    " ",
    "100 *",
    "h h",
    "1 + " * 200 + "1",
    "(" * 250 + "h" + ")" * 250,
    "h\x00",
    "1e999 * h",
    "h + " + "9" * 400,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_not_arithmetic_is_refused(text: str):
    with pytest.raises(FormulaError):
        Formula(text)


@pytest.mark.parametrize("text", ["-" * 400 + "h", "+".join("h" * 200)])
def test_what_is_long_but_arithmetic_ends_well(text: str):
    assert Formula(text).evaluate({"h": np.array([1.0])})[0] in (1.0, 200.0)


def test_constants_divided_by_zero_give_no_value():
    assert np.isnan(Formula("1 / 0 + 0 * h").evaluate({"h": np.array([1.0])})).all()


def test_equal_texts_are_equal_formulas():
    assert Formula("100 * a / b") == Formula("100 * a / b")
    assert Formula(" a ").variables == ("a",)
    assert Formula("a + b * a").variables == ("a", "b")
