"""Audit: the arithmetic of a report's text, recomputed."""

from ntm_analysis.audit.checks import CHECKS, audit
from ntm_analysis.audit.passages import Passage, passages
from ntm_analysis.audit.reading import read_report
from ntm_analysis.audit.row import VERDICTS, WRONG, AuditRow

__all__ = [
    "CHECKS",
    "VERDICTS",
    "WRONG",
    "AuditRow",
    "Passage",
    "audit",
    "passages",
    "read_report",
]
