"""Scrutiny: what an appraiser should ask about a commune's figures."""

from ntm_analysis.scrutiny.finding import SEVERITIES, Cited, Finding
from ntm_analysis.scrutiny.registry import CHECKS, Check, scrutinise
from ntm_analysis.scrutiny.sensitivity import (
    Sensitivity,
    WhatIf,
    sensitivities,
    thin_or_flipping,
    what_if,
)
from ntm_analysis.scrutiny.table import COLUMNS, findings_frame

__all__ = [
    "CHECKS",
    "COLUMNS",
    "SEVERITIES",
    "Check",
    "Cited",
    "Finding",
    "Sensitivity",
    "WhatIf",
    "findings_frame",
    "scrutinise",
    "sensitivities",
    "thin_or_flipping",
    "what_if",
]
