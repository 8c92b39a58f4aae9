"""Communes: who they are, what they report, what they show for it."""

from ntm_analysis.communes.case import Case, list_ids, load_case, load_cases, read_cases, together
from ntm_analysis.communes.decisions import AppraiserDecision
from ntm_analysis.communes.drafted import Unconfirmed, unconfirmed
from ntm_analysis.communes.evidence import Evidence
from ntm_analysis.communes.figures import Reading, choose
from ntm_analysis.communes.params import Params
from ntm_analysis.communes.profile import Appraisal, Commune

__all__ = [
    "Appraisal",
    "AppraiserDecision",
    "Case",
    "Commune",
    "Evidence",
    "Params",
    "Reading",
    "Unconfirmed",
    "choose",
    "list_ids",
    "load_case",
    "load_cases",
    "read_cases",
    "together",
    "unconfirmed",
]
