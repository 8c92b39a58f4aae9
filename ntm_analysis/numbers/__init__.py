"""Reading and writing numbers and dates as Vietnamese and English papers print them."""

from ntm_analysis.numbers.dates import format_date, parse_date
from ntm_analysis.numbers.quantities import (
    format_comparison,
    format_quantity,
    format_reading,
    format_requirement,
    format_value,
    with_unit,
)
from ntm_analysis.numbers.reading import NotAFigure, ParsedFigure, parse_figure
from ntm_analysis.numbers.tokens import NumberToken, number_tokens, numbers_in
from ntm_analysis.numbers.writing import format_number, format_value_near

__all__ = [
    "NotAFigure",
    "NumberToken",
    "ParsedFigure",
    "format_comparison",
    "format_date",
    "format_number",
    "format_quantity",
    "format_reading",
    "format_requirement",
    "format_value",
    "format_value_near",
    "number_tokens",
    "numbers_in",
    "parse_date",
    "parse_figure",
    "with_unit",
]
