"""The narrative: official sentences in Vietnamese and English, from templates."""

from ntm_analysis.narrative.register import evidence, requests
from ntm_analysis.narrative.report import Report
from ntm_analysis.narrative.scrutiny import checks_chapter, findings, sensitivity
from ntm_analysis.narrative.sections import (
    base_set,
    conclusion,
    conditions,
    criterion,
    dossier,
    leadership,
    legal_bases,
    plan,
    provenance,
    recommendations,
    summary,
)

__all__ = [
    "Report",
    "base_set",
    "checks_chapter",
    "conclusion",
    "conditions",
    "criterion",
    "dossier",
    "evidence",
    "findings",
    "leadership",
    "legal_bases",
    "plan",
    "provenance",
    "recommendations",
    "requests",
    "sensitivity",
    "summary",
]
