"""The steps from figures to verdicts, as tables and charts to work with in a notebook."""

from ntm_analysis.calculation.changes import what_turns
from ntm_analysis.calculation.pictures import criterion_figure, margins_figure
from ntm_analysis.calculation.steps import explain
from ntm_analysis.calculation.tables import (
    computed_values,
    figures_table,
    rules_table,
    used_figures,
)

__all__ = [
    "computed_values",
    "criterion_figure",
    "explain",
    "figures_table",
    "margins_figure",
    "rules_table",
    "used_figures",
    "what_turns",
]
