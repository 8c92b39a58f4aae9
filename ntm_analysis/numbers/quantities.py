"""Quantities, requirements and readings with their units, as reports print them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Protocol

from ntm_analysis.language import Lang, Text, translate
from ntm_analysis.numbers.reading import NotAFigure, parse_figure
from ntm_analysis.numbers.rounding import decimals_of
from ntm_analysis.numbers.writing import (
    MINUS,
    SHORTEST,
    Number,
    decimals_near,
    format_number,
)

_SIGNS: Final = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}
_NAMES: Final = {">=": "at_least", ">": "above", "<=": "at_most", "<": "below"}
_BEFORE_NUMBER: Final = ("mức độ", "level")
"""Units that stand before their number: *mức độ 3*, *level 3*."""


# `numbers` serves every package, so it names what it needs of the rulebook's types and does not
# import them.
class UnitLike(Protocol):
    """What is needed of a unit; `ntm_analysis.rulebook.Unit` is one."""

    @property
    def label(self) -> Text:
        """As written after one or after many in Vietnamese, after one in English."""

    @property
    def plural(self) -> str | None:
        """The English plural, where it differs."""


class RequirementLike(Protocol):
    """What is needed of a requirement; `ntm_analysis.rulebook.Requirement` is one."""

    @property
    def op(self) -> str:
        """The operator, `yes` or `unknown`."""

    @property
    def threshold(self) -> Fraction | None:
        """The threshold, if there is one."""

    @property
    def text(self) -> str:
        """As written in the rulebook: `< 1.0`."""


def with_unit(text: str, unit: UnitLike, lang: Lang, *, one: bool = False) -> str:
    """Return a printed number with its unit: `95,18%`, `27 căn nhà`, `mức độ 3`.

    Parameters
    ----------
    text : str
        The number, as printed.
    unit : Unit
        A percent sign follows without a space, other units with one; levels go before.
    lang : {"vi", "en"}
    one : bool
        Whether English takes the singular.
    """
    label = unit.label[lang]
    if label == "%":
        return f"{text}%"
    if label in _BEFORE_NUMBER:
        return f"{label} {text}"
    if lang == "en" and not one and unit.plural:
        label = unit.plural
    return f"{text} {label}"


def format_quantity(
    value: Number,
    unit: UnitLike,
    lang: Lang,
    decimals: int | None = None,
    *,
    min_decimals: int = 0,
    sign: bool = False,
    threshold: Number | None = None,
) -> str:
    """Return a number with its unit: `95,18%`, `27 hộ`, `1 household`, `2 households`.

    Parameters
    ----------
    value : float, int or Fraction
    unit : Unit
    lang : {"vi", "en"}
    decimals, min_decimals, sign
        As for `format_number`.
    threshold : float, int or Fraction, optional
        What the reader will compare it with: decimals are added until it compares truly.
    """
    if threshold is not None and not math.isnan(threshold):
        decimals = decimals_near(value, threshold, SHORTEST if decimals is None else decimals)
    text = format_number(value, lang, decimals, min_decimals, sign=sign)
    return with_unit(text, unit, lang, one=text.lstrip(f"+{MINUS}") == "1")


def format_requirement(
    requirement: RequirementLike, unit: UnitLike, lang: Lang, scale: Sequence[str] = ()
) -> str:
    """Return a requirement as a report prints it: `≥ 95%`, `> 72 triệu đồng/người/năm`, `Có`.

    Parameters
    ----------
    requirement : Requirement
    unit : Unit
    lang : {"vi", "en"}
    scale : sequence of str
        For a grade, the labels of its scale from worst to best in that language.

    Notes
    -----
    Sign and decimals are those of the rulebook, which are those of the law: `< 1,0%`.
    """
    decimals = 0 if scale else len(requirement.text.partition(".")[2].rstrip())
    return format_comparison(
        requirement.op, requirement.threshold, unit, lang, scale, min_decimals=decimals
    )


def format_comparison(
    op: str,
    threshold: Number | None,
    unit: UnitLike,
    lang: Lang,
    scale: Sequence[str] = (),
    *,
    min_decimals: int = 0,
) -> str:
    """Return an operator and a threshold as a report prints them (see `format_requirement`).

    Parameters
    ----------
    op : {">=", ">", "<=", "<", "yes", "unknown"}
    threshold : float, int or Fraction, optional
        In the unit; for a grade its place on the scale. Not needed for `yes` and `unknown`.
    unit, lang, scale
        As for `format_requirement`.
    min_decimals : int
        The least decimals of the threshold.
    """
    if op == "yes":
        return translate("numbers.yes", lang)
    if op == "unknown" or threshold is None or math.isnan(threshold):
        return translate("numbers.unknown", lang)
    if scale:
        place = int(threshold)
        best = op == ">=" and place == len(scale) - 1
        key = "grade" if best else f"grade_{_NAMES[op]}"
        return translate(f"numbers.{key}", lang, grade=scale[place])
    quantity = format_quantity(threshold, unit, lang, min_decimals=min_decimals)
    return f"{_SIGNS[op]} {quantity}"


def decimals_shown(text: str) -> int:
    """Return how many decimals a figure keeps in print: those of its source, up to four."""
    return min(decimals_of(text), SHORTEST)


def format_reading(text: str, unit: UnitLike, lang: Lang) -> str:
    """Return a figure of `figures.csv` as a report prints it.

    Parameters
    ----------
    text : str
        In machine syntax: `>90.72` gives `> 90,72%`, `80-110` gives `80–110 lít/người/ngày đêm`,
        `yes` gives `Có`, `pending` its words, and `86.0` gives `86,0%`: it keeps the decimals of
        its source. What is no figure (a grade) comes back as it is.
    unit : Unit
    lang : {"vi", "en"}
    """
    try:
        figure = parse_figure(text)
    except NotAFigure:
        return text
    if figure.status != "number":
        return translate(f"verdict.{figure.status}", lang)
    if figure.text in ("yes", "no"):
        return translate(f"numbers.{figure.text}", lang)
    if figure.exact:
        return format_quantity(figure.low, unit, lang, min_decimals=decimals_shown(figure.text))
    ends = [end for end in (figure.low, figure.high) if math.isfinite(end)]
    least = decimals_shown(figure.text) if len(ends) == 1 else 0
    low, high = (
        format_number(end, lang, min_decimals=least) if math.isfinite(end) else ""
        for end in (figure.low, figure.high)
    )
    if low and high:
        return with_unit(f"{low}–{high}", unit, lang)
    sign = _SIGNS[figure.text.rstrip("0123456789.-")]
    return with_unit(f"{sign} {low or high}", unit, lang)


def format_value(
    value: Number,
    kind: str,
    unit: UnitLike,
    lang: Lang,
    decimals: int | None = None,
    *,
    threshold: Number | None = None,
    scale: Sequence[str] = (),
) -> str:
    """Return an indicator's value by its kind: a quantity, `Có` or `Không`, or a grade.

    Parameters
    ----------
    value : float, int or Fraction
    kind : {"rate", "amount", "count", "level", "yes_no", "grade"}
    unit, lang, decimals, threshold
        As for `format_quantity`.
    scale : sequence of str
        For a grade, the labels of its scale from worst to best in that language.
    """
    if kind == "yes_no":
        return translate("numbers.yes" if value >= 1 else "numbers.no", lang)
    if kind == "grade" and scale:
        return scale[int(value)]
    return format_quantity(value, unit, lang, decimals, threshold=threshold)
