"""Numbers as reports print them, and rounding."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_analysis.audit import audit_text
from ntm_analysis.audit.expressions import NoExpressionError, values
from ntm_analysis.audit.figures import agrees, printed, readings, roundings, show, truncates


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2.751", ["2751", "2.751"]),
        ("72,403", ["72.403", "72403"]),
        ("0.71", ["0.71"]),
        ("0,125", ["0.125"]),
        ("8,35", ["8.35"]),
        ("04", ["4"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1.234.567", ["1234567"]),
        ("1.23.4", []),
        ("12.34,5", []),
    ],
)
def test_readings(text: str, wanted: list[str]) -> None:
    assert readings(text) == [Fraction(each) for each in wanted]


def test_counts_are_whole() -> None:
    assert readings("72,403", count=True) == [Fraction(72403)]
    assert readings("8,35", count=True) == [Fraction("8.35")]


def test_a_tie_may_go_either_way_that_is_taught() -> None:
    assert roundings(Fraction("12.5"), 0) == {Fraction(12), Fraction(13)}
    assert roundings(Fraction("0.5"), 0) == {Fraction(0), Fraction(1)}
    assert roundings(Fraction("1.5"), 0) == {Fraction(2)}


def test_a_cut_figure_is_not_a_rounded_one() -> None:
    exact, stated = Fraction(1361 * 100, 2692), printed("50,55")
    assert stated is not None
    assert truncates(exact, stated)
    assert not agrees(exact, stated)


def test_show() -> None:
    assert show(Fraction(2, 3)) == "0,6667"
    assert show(Fraction(1500)) == "1500"
    assert show(Fraction(-1, 2)) == "-0,5"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(33-14)/(2692 -14)", Fraction(19, 2678)),
        ("2 + 3 x 4", Fraction(14)),
        ("10 : 4", Fraction(5, 2)),
        ("1.200 - 200", Fraction(1000)),
    ],
)
def test_expressions(text: str, value: Fraction) -> None:
    assert values(text)[0] == value


@pytest.mark.parametrize("text", ["", "(1+2", "1 +", "a+1", "1/0", "1/(2-2)", "1 2"])
def test_no_expressions(text: str) -> None:
    with pytest.raises(NoExpressionError):
        values(text)


counts = st.integers(2, 9999).flatmap(
    lambda whole: st.tuples(st.integers(1, whole), st.just(whole))
)


def written(value: Fraction, decimals: int) -> str:
    return f"{float(value):.{decimals}f}".replace(".", ",")


@given(counts, st.integers(0, 3), st.sampled_from(["{p}% ({a}/{b} hộ)", "{a}/{b} hộ, đạt {p}%"]))
def test_a_correct_rounding_always_agrees(pair: tuple[int, int], decimals: int, form: str) -> None:
    part, whole = pair
    for rounded in roundings(Fraction(100 * part, whole), decimals):
        text = "Tỷ lệ đạt " + form.format(a=part, b=whole, p=written(rounded, decimals)) + "."
        rows = [row for row in audit_text([text]) if row.check == "ratio"]
        assert [row.verdict for row in rows] == ["agrees"], text


@given(counts, st.integers(0, 3), st.integers(1, 40), st.booleans())
def test_a_wrong_rounding_never_agrees(
    pair: tuple[int, int], decimals: int, steps: int, up: bool
) -> None:
    part, whole = pair
    right = roundings(Fraction(100 * part, whole), decimals)
    step = Fraction(steps, 10**decimals)
    wrong = max(right) + step if up else min(right) - step
    if wrong < 0:
        return
    text = f"Có {part}/{whole} hộ đạt tỷ lệ {written(wrong, decimals)}%."
    rows = [row for row in audit_text([text]) if row.check == "ratio"]
    assert [row.verdict for row in rows] == ["disagrees"], text


@given(st.text(max_size=200))
def test_any_text_can_be_audited(text: str) -> None:
    for row in audit_text(text.splitlines()):
        assert row.quote


PIECES = (
    "12 3,5 100% / ( ) = + x 2.751 hộ người đạt tỷ lệ trong đó gồm ¾ thôn ; . , Tiêu chí 3 ≥95% "
    "ngày 3/2 2024 km tổng số chiếm | -"
)
pieces = st.sampled_from(sorted(set(PIECES.split())))


@given(st.lists(pieces, max_size=30))
def test_any_sequence_of_pieces_can_be_audited(parts: list[str]) -> None:
    for row in audit_text([" ".join(parts)]):
        assert row.quote
        assert row.stated
