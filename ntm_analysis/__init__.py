"""Reproducible appraisal reports for Vietnam's New Rural communes (nông thôn mới).

Examples
--------
>>> from ntm_analysis import Report, narrative
>>> report = Report.load("liem-can", 2024)
>>> report.assessment.of(report.case).loc["11", "verdict"]
'met'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntm_analysis import calculation, narrative
    from ntm_analysis.assessment import assess
    from ntm_analysis.batch.parameters import check_parameters
    from ntm_analysis.communes import load_case, load_cases
    from ntm_analysis.dataset import load_results
    from ntm_analysis.narrative import Report

__all__ = [
    "Report",
    "assess",
    "calculation",
    "check_parameters",
    "load_case",
    "load_cases",
    "load_results",
    "narrative",
]

_HOMES = {
    "Report": "ntm_analysis.narrative",
    "assess": "ntm_analysis.assessment",
    "check_parameters": "ntm_analysis.batch.parameters",
    "load_case": "ntm_analysis.communes",
    "load_cases": "ntm_analysis.communes",
    "load_results": "ntm_analysis.dataset",
}


def __getattr__(name: str) -> Any:
    # Names are fetched when asked for: `ntm check` need not wait for pandas and matplotlib.
    from importlib import import_module

    if name in ("calculation", "narrative"):
        return import_module(f"ntm_analysis.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(name)
