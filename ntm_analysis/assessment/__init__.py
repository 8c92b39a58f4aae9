"""Assessment: value, margin, headroom and verdict of every indicator, for many communes at once."""

from ntm_analysis.assessment.assess import COLUMNS, Assessment, assess
from ntm_analysis.assessment.stability import STABLE, Variant, Variants, stability
from ntm_analysis.assessment.thin import thinness
from ntm_analysis.assessment.verdicts import VERDICTS
from ntm_analysis.assessment.wide import WideFigures, readings_frame, wide_figures

__all__ = [
    "COLUMNS",
    "STABLE",
    "VERDICTS",
    "Assessment",
    "Variant",
    "Variants",
    "WideFigures",
    "assess",
    "readings_frame",
    "stability",
    "thinness",
    "wide_figures",
]
