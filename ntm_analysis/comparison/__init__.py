"""Comparison: many communes and years side by side."""

from ntm_analysis.comparison.close import close
from ntm_analysis.comparison.decisions import decision
from ntm_analysis.comparison.heat import heat
from ntm_analysis.comparison.load import Comparison, compare, load
from ntm_analysis.comparison.margins import margins
from ntm_analysis.comparison.missing import missing
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.comparison.selection import selection
from ntm_analysis.comparison.shares import shares
from ntm_analysis.comparison.summary import summary
from ntm_analysis.comparison.years import years

__all__ = [
    "Comparison",
    "Programme",
    "close",
    "compare",
    "decision",
    "heat",
    "load",
    "margins",
    "missing",
    "selection",
    "shares",
    "summary",
    "years",
]
