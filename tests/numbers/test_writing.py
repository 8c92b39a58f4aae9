from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_analysis.numbers import format_number, format_value_near, numbers_in


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (72.403, "72,403", "72.403"),
        (2751, "2.751", "2,751"),
        (1234567.5, "1.234.567,5", "1,234,567.5"),
        (-0.03, "−0,03", "−0.03"),
        (0.0, "0", "0"),
        (-0.0, "0", "0"),
        (-0.00001, "0", "0"),
        (98.00072700836, "98,0007", "98.0007"),
        (100.0, "100", "100"),
        (Fraction(1, 3), "0,3333", "0.3333"),
        (0.1 + 0.2, "0,3", "0.3"),
    ],
)
def test_shortest_form(value, vi, en):
    assert format_number(value, "vi") == vi
    assert format_number(value, "en") == en


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (2.675, 2, "2,68"),
        (2.665, 2, "2,67"),
        (-2.665, 2, "−2,67"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (-0.004, 2, "0"),
        (98.0007, 2, "98"),
        (999.996, 2, "1.000"),
        (95.18, 1, "95,2"),
    ],
)
def test_halves_away_from_zero_and_no_idle_zeros(value, decimals, printed):
    assert format_number(value, "vi", decimals) == printed


def test_least_decimals_and_sign():
    assert format_number(98, "vi", 2, min_decimals=2) == "98,00"
    assert format_number(1.0007, "vi", 2, min_decimals=1, sign=True) == "+1,0"
    assert format_number(0, "vi", sign=True) == "0"
    assert format_number(-1, "en", sign=True) == "−1"


def test_numpy_scalars_print_as_numbers():
    np = pytest.importorskip("numpy")
    assert format_number(np.float64(72.403), "vi") == "72,403"
    assert format_number(np.int64(2751), "vi") == "2.751"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_no_number_is_refused(value):
    with pytest.raises(ValueError, match=r"nan|inf"):
        format_number(value, "vi")


@pytest.mark.parametrize(
    ("value", "threshold", "printed"),
    [
        (0.9997, 1.0, "0,9997"),
        (0.96974, 1.0, "0,97"),
        (1.0, 1.0, "1"),
        (84.999999, 85, "84,999999"),
        (85.00001, 85, "85,00001"),
        (98.0007, 97, "98"),
        (Fraction(10**10 - 1, 10**10), 1, "0,9999999999"),
        (0.1 + 0.2, 0.3, "0,3"),
        (0.125, 0.125, "0,125"),
        (12.345, None, "12,35"),
        (12.345, float("nan"), "12,35"),
    ],
)
def test_value_stays_on_its_side_of_the_threshold(value, threshold, printed):
    assert format_value_near(value, threshold, "vi") == printed


@given(st.fractions(-200, 200, max_denominator=5000), st.integers(-20000, 20000), st.integers(0, 3))
def test_print_compares_as_the_value_does(value, hundredths, decimals):
    threshold = Fraction(hundredths, 100)
    (printed,) = numbers_in(f" {format_value_near(value, threshold, 'vi', decimals)} ", "vi")
    assert (printed > threshold, printed < threshold) == (value > threshold, value < threshold)
    assert abs(printed - value) <= Fraction(1, 2 * 10**decimals)
