"""Assessment: value, margin, headroom and verdict of every indicator, for many communes at once."""

from ntm_analysis.assessment.assess import (
    COLUMNS,
    FURTHER_COLUMNS,
    Assessment,
    Counts,
    Record,
    assess,
    unexplained,
)
from ntm_analysis.assessment.conditions import ConditionStanding, condition_standings
from ntm_analysis.assessment.criteria import CRITERION_COLUMNS, criteria_of
from ntm_analysis.assessment.many import ManyResults, assess_many
from ntm_analysis.assessment.parquet import read_readings, readings_of, write_readings
from ntm_analysis.assessment.stability import STABLE, Variant, Variants, stability
from ntm_analysis.assessment.standing import CONCLUSIONS, STANDINGS
from ntm_analysis.assessment.thin import is_thin, no_room
from ntm_analysis.assessment.verdicts import VERDICTS
from ntm_analysis.assessment.wide import WideFigures, readings_frame, wide_figures

__all__ = [
    "COLUMNS",
    "CONCLUSIONS",
    "CRITERION_COLUMNS",
    "FURTHER_COLUMNS",
    "STABLE",
    "STANDINGS",
    "VERDICTS",
    "Assessment",
    "ConditionStanding",
    "Counts",
    "ManyResults",
    "Record",
    "Variant",
    "Variants",
    "WideFigures",
    "assess",
    "assess_many",
    "condition_standings",
    "criteria_of",
    "is_thin",
    "no_room",
    "read_readings",
    "readings_frame",
    "readings_of",
    "stability",
    "unexplained",
    "wide_figures",
    "write_readings",
]
