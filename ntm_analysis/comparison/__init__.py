"""Comparison: many communes and years side by side."""

from ntm_analysis.comparison.programme import Programme
from ntm_analysis.comparison.sections import (
    close,
    comparable,
    decision,
    heat,
    load_programme,
    margins,
    selection,
    shares,
    summary,
    years,
)

__all__ = [
    "Programme",
    "close",
    "comparable",
    "decision",
    "heat",
    "load_programme",
    "margins",
    "selection",
    "shares",
    "summary",
    "years",
]
