import math

import pytest

from ntm_analysis.numbers import NotAFigure, parse_figure

INF = math.inf


@pytest.mark.parametrize(
    ("text", "low", "high", "opens", "normal"),
    [
        ("2751", 2751, 2751, (False, False), "2751"),
        ("2.751", 2.751, 2.751, (False, False), "2.751"),
        (" 95.18 ", 95.18, 95.18, (False, False), "95.18"),
        ("-3", -3, -3, (False, False), "-3"),
        (">40", 40, INF, (True, True), ">40"),
        ("> 40", 40, INF, (True, True), ">40"),
        (">=40", 40, INF, (False, True), ">=40"),
        ("≥40", 40, INF, (False, True), ">=40"),
        ("<5", -INF, 5, (True, True), "<5"),
        ("≤ 5", -INF, 5, (True, False), "<=5"),
        ("80-110", 80, 110, (False, False), "80-110"),
        ("80 – 110", 80, 110, (False, False), "80-110"),
        ("110-80", 110, 80, (False, False), "110-80"),
        ("\u00a027\u00a0", 27, 27, (False, False), "27"),
        ("２７", 27, 27, (False, False), "27"),
        ("yes", 1, 1, (False, False), "yes"),
        ("Có", 1, 1, (False, False), "yes"),
        ("no", 0, 0, (False, False), "no"),
    ],
)
def test_figures(text, low, high, opens, normal):
    figure = parse_figure(text)
    assert (figure.low, figure.high) == (low, high)
    assert (figure.low_open, figure.high_open) == opens
    assert (figure.status, figure.text) == ("number", normal)
    assert figure.exact == (low == high)


@pytest.mark.parametrize("word", ["pending", "not_applicable"])
def test_status_words(word):
    figure = parse_figure(word)
    assert figure.status == word
    assert math.isnan(figure.low)
    assert not figure.exact


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("72,403", "72.403"),
        ("1 234", "1234"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("2.751.000", "2751000"),
        ("95,18%", "95.18"),
        ("95.18 %", "95.18"),
        (">90,72%", ">90.72"),
        ("trên 90,72", ">90.72"),
        ("từ 80 đến 110 lít", "80-110"),
        ("72,403 triệu đồng/người/năm", "72.403"),
        ("=>40", ">=40"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("+5", "5"),
        ("5.", "5"),
        ("118O", "1180"),
        ("l2,5 %", "12.5"),
        ("80l", "80"),
        ("n/a", ""),
        ("đang hoàn thiện", "pending"),
        ("2613/2751", ""),
        ("nhiều", ""),
        ("", ""),
        ("nan", ""),
        ("inf", ""),
        ("1e5", ""),
        ("12abc3", ""),
        ("1,2,3", ""),
    ],
)
def test_what_is_no_figure_is_refused_with_a_hint(text, hint):
    with pytest.raises(NotAFigure) as caught:
        parse_figure(text)
    assert caught.value.hint == hint
    assert caught.value.text == text
    if hint:
        parse_figure(hint)
