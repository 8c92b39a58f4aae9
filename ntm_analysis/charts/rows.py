"""The results of one commune-year as the charts use them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ntm_analysis.assessment import no_room
from ntm_analysis.assessment.standing import weakest, worst
from ntm_analysis.language import Lang, Text, translate
from ntm_analysis.numbers import (
    format_number,
    format_reading,
    format_value_near,
    with_unit,
)
from ntm_analysis.rulebook.units import Unit

QUANTITATIVE = ("rate", "amount", "count")
"""Kinds of indicator that have a distance to their threshold; levels and grades are ordinal."""
_HIGHER = (">=", ">")
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One indicator of one commune-year.

    Attributes
    ----------
    code : str
        `17.8`.
    criterion : int
    criterion_name, label : str
        In the language of the chart; `label` is the indicator's short name.
    kind : str
        Indicator kind of the rulebook.
    unit : Unit
        Of the value, threshold and margin.
    low, high : float
        The value, twice; the ends of an inequality or range (infinite where open-ended); NaN.
    reading : str
        An inequality or range as reported in machine syntax; else empty.
    op : str
        `>=`, `>`, `<=`, `<`, `yes` or `unknown`.
    threshold : float
        NaN where there is none.
    margin, relative_margin : float
        Positive is better than required; relative to the threshold; NaN where not known.
    headroom, headroom_base : float
        How many countable units may be lost, and of how many; NaN where not known.
    headroom_unit : Unit or None
    verdict : str
        A key of the verdicts.
    flips : bool
        Whether another figure of the commune's papers turns the verdict.
    thin : bool
        Whether it is met with next to nothing to lose, by the report's limit.
    thinness : float
        The share that may be lost; NaN where there is nothing to lose by nature.
    standing : str
        How firm a verdict of met or not applicable is; empty where not known.
    """

    code: str
    criterion: int
    criterion_name: str
    label: str
    kind: str
    unit: Unit
    low: float
    high: float
    reading: str
    op: str
    threshold: float
    margin: float
    relative_margin: float
    headroom: float
    headroom_base: float
    headroom_unit: Unit | None
    verdict: str
    flips: bool
    thin: bool = False
    standing: str = ""
    thinness: float = math.nan

    @property
    def no_room(self) -> bool:
        """Whether what is required leaves nothing to lose: all of a whole, at least one."""
        return self.verdict == "met" and bool(no_room(self.kind, self.op, self.threshold))

    @property
    def unproven_absence(self) -> bool:
        """Whether it is said not to occur, without enough evidence."""
        return self.verdict == "not_applicable" and self.standing in ("unproven", "disputed")

    @property
    def face(self) -> str:
        """What marks it: its verdict, or `unproven` or `disputed` where it is met short of firm."""
        weak = self.verdict == "met" and self.standing in ("unproven", "disputed")
        return self.standing if weak else self.verdict

    @property
    def quantitative(self) -> bool:
        """Whether it is measured and has, or lacks only, a numeric threshold."""
        return self.kind in QUANTITATIVE and self.op != "yes"

    @property
    def has_value(self) -> bool:
        """Whether there is a number, an inequality or a range to draw."""
        return self.verdict not in ("pending", "not_applicable") and not math.isnan(self.low)

    @property
    def exact(self) -> bool:
        """Whether the value is one number."""
        return self.has_value and self.low == self.high

    @property
    def higher_is_better(self) -> bool:
        """Whether larger values satisfy the requirement."""
        return self.op in (*_HIGHER, "yes", "unknown")

    @property
    def whole_required(self) -> bool:
        """Whether all of a whole is required, so that nothing can be better."""
        return self.percent and self.op == ">=" and self.threshold == 100

    @property
    def percent(self) -> bool:
        """Whether its unit is per cent."""
        return self.unit.label.vi == "%"

    def value_text(self, lang: Lang, *, unit: bool = True) -> str:
        """Return the value as printed, or what stands in its place."""
        if not self.has_value:
            key = self.verdict if self.verdict in _ABSENT else "no_data"
            return translate(f"verdict.{key}", lang)
        if not self.exact:
            text = format_reading(self.reading, self.unit if unit else _PERCENT, lang)
            return text if unit else text.removesuffix("%")
        text = self._near(self.low, self.threshold, lang)
        return with_unit(text, self.unit, lang, one=text == "1") if unit else text

    def margin_text(self, lang: Lang) -> str:
        """Return the margin as printed, with its sign; empty where not known."""
        if math.isnan(self.margin):
            return ""
        text = self._near(self.margin, 0.0, lang)
        return f"+{text}" if self.margin > 0 else text

    def unit_text(self, lang: Lang) -> str:
        """Return the unit as it stands behind the label."""
        if lang == "en" and self.unit.plural:
            return self.unit.plural
        return self.unit.label[lang]

    def _near(self, value: float, limit: float, lang: Lang) -> str:
        """Return a number on its side of a limit: `39,00` where it is rounded, `39` where not."""
        decimals = 3 if self.kind == "amount" else 2
        least = 0 if round(value, decimals) == value else decimals
        return format_value_near(
            value, value + 1 if math.isnan(limit) else limit, lang, decimals, least
        )

    def requirement_text(self, lang: Lang, *, unit: bool = True) -> str:
        """Return the requirement as printed."""
        if self.op == "yes":
            return translate("numbers.yes", lang)
        if self.op not in _SIGNS or math.isnan(self.threshold):
            return translate("charts.unknown_threshold", lang)
        text = format_number(self.threshold, lang)
        if self.whole_required:
            return f"{text}%" if unit else text
        if unit:
            text = with_unit(text, self.unit, lang, one=text == "1")
        return f"{_SIGNS[self.op]} {text}"


_PERCENT = Unit(label=Text(vi="%", en="%"))
_ABSENT = ("pending", "not_applicable")


def chart_rows(
    results: pd.DataFrame,
    units: Mapping[str, Unit],
    criteria: Mapping[int, str],
    labels: Mapping[str, str] | None = None,
) -> list[ChartRow]:
    """Return the rows of a results frame of one commune-year.

    Parameters
    ----------
    results : DataFrame
        `Assessment.results`, or `.of(case)`, in legal order.
    units : mapping of unit key to Unit
        Those of the rulebook.
    criteria : mapping of criterion number to its name
    labels : mapping of code to short name, optional
        By default the column `short`, else `name`.

    Raises
    ------
    ValueError
        If the frame holds more than one commune-year.
    """
    if len(results[["commune", "year"]].drop_duplicates()) > 1:
        raise ValueError(results["commune"].unique())
    column = "short" if "short" in results else "name"
    rows = []
    for record in results.to_dict("records"):
        code = str(record["indicator"])
        label = (labels or {}).get(code) or str(record[column])
        rows.append(_row({str(k): v for k, v in record.items()}, units, criteria, label))
    return rows


def _row(
    record: Mapping[str, Any], units: Mapping[str, Unit], criteria: Mapping[int, str], label: str
) -> ChartRow:
    criterion = int(record["criterion"])
    return ChartRow(
        code=str(record["indicator"]),
        criterion=criterion,
        criterion_name=criteria[criterion],
        label=label,
        kind=str(record["kind"]),
        unit=units[str(record["unit"])],
        low=_number(record.get("value_low", record["value"])),
        high=_number(record.get("value_high", record["value"])),
        reading=_word(record.get("value_text")),
        op=str(record["op"]),
        threshold=_number(record["threshold"]),
        margin=_number(record["margin"]),
        relative_margin=_number(record["relative_margin"]),
        headroom=_number(record["headroom"]),
        headroom_base=_number(record.get("headroom_base")),
        headroom_unit=units.get(_word(record["headroom_unit"])),
        verdict=str(record["verdict"]),
        thin=bool(record.get("thin", False)),
        flips=bool(record.get("turns", _word(record.get("stability")).startswith("flips"))),
        standing=_word(record.get("standing")),
        thinness=_number(record.get("thinness")),
    )


def _number(value: Any) -> float:
    return math.nan if value is None or value is pd.NA else float(value)


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def face_of_all(rows: Iterable[ChartRow]) -> str:
    """Return what marks a criterion: the worst of its indicators' verdicts, as it stands."""
    there = list(rows)
    verdict = worst({row.verdict for row in there})
    standing = weakest({row.standing for row in there})
    return standing if verdict == "met" and standing in ("unproven", "disputed") else verdict


def worth_drawing(rows: Iterable[ChartRow]) -> bool:
    """Return whether a margin chart of these rows would show anything."""
    return any(row.quantitative and row.has_value for row in rows)
