"""Rows that are hard to draw: long names, extreme and negative margins, odd units."""

import math

from ntm_analysis.charts import ChartRow
from tests.charts.frame import UNITS

LONG = (
    "Tỷ lệ cơ sở sản xuất - kinh doanh, nuôi trồng thủy sản, làng nghề, cơ sở chế biến nông lâm "
    "thủy sản và cơ sở chăn nuôi bảo đảm các quy định về vệ sinh thú y và bảo vệ môi trường"
)


def _row(
         code: str, value: float | tuple[float, float, str], op: str, threshold: float,
         verdict: str, unit: str = "percent", kind: str = "rate", label: str = LONG,
         headroom: float = math.nan, base: float = math.nan, counted: str = "household",
         flips: bool = False) -> ChartRow:  # fmt: skip
    low, high, reading = value if isinstance(value, tuple) else (value, value, "")
    sign = -1 if op.startswith("<") else 1
    exact = low == high and not math.isnan(threshold)
    margin = sign * (low - threshold) if exact else math.nan
    relative = margin / abs(threshold) if exact and threshold else math.nan
    return ChartRow(
        code, 17, "Môi trường sống xanh, sạch, đẹp, an toàn và phát triển bền vững", label, kind,
        UNITS[unit], low, high, reading, op, threshold, margin, relative, headroom, base,
        None if math.isnan(headroom) else UNITS[counted], verdict, flips,
    )  # fmt: skip


def hard_rows() -> list[ChartRow]:
    """Rows of one criterion."""
    nan, inf = math.nan, math.inf
    return [
        _row("17.1", 12.5, ">=", 95, "not_met", headroom=-1234567, base=2751000, flips=True),
        _row("17.2", 100, ">=", 0.5, "met"),
        _row("17.3", 94.9999, ">=", 95, "not_met", headroom=-1, base=20000),
        _row("17.4", 0, "<", 1, "met", headroom=0, base=10, flips=True),
        _row("17.5", 98, "<=", 95, "not_met"),
        _row("17.6", 99, "<=", 99.5, "met"),
        _row("17.7", (40, inf, ">40"), ">=", 2, "met"),
        _row("17.8", (-inf, 3, "<3"), "<", 98, "met"),
        _row("17.9", (99, inf, ">99"), ">", 99, "met"),
        _row("17.10", 1234567.891, ">", 1234567, "met", "income", "amount", headroom=27, base=2751),
        _row("17.11", (80, 110, "80-110"), ">", 80, "no_data", "litre", "amount"),
        _row("17.12", nan, ">=", 8, "no_data"),
        _row("17.13", nan, "unknown", nan, "not_applicable"),
        _row("17.14", nan, ">=", 1, "pending", "model", "count"),
        _row("17.15", 12, ">=", 1, "met", "model", "count", label="Ngắn", headroom=11, base=12,
             counted="model"),
        _row("17.16", 0, ">=", 1, "not_met", "model", "count", label="Ngắn", headroom=-1, base=1,
             counted="model"),
        _row("17.17", 3, ">=", 0, "met", "model", "count", label="W" * 90),
    ]  # fmt: skip
