"""The audit of a report's text: whether its arithmetic holds.

`audit_file` checks a .txt, .docx or .pdf, `audit_text` its lines; `CHECKS` lists what is checked.
"""

from __future__ import annotations

from pathlib import Path

from ntm_analysis.audit.checks import CHECKS, Check, audit_text
from ntm_analysis.audit.model import COLUMNS, VERDICTS, AuditRow, Line, Verdict
from ntm_analysis.audit.reading import read_report

__all__ = [
    "CHECKS",
    "COLUMNS",
    "VERDICTS",
    "AuditRow",
    "Check",
    "Line",
    "Verdict",
    "audit_file",
    "audit_text",
    "read_report",
]


def audit_file(path: Path) -> list[AuditRow]:
    """Check the arithmetic of a report in a file.

    Raises
    ------
    DataErrors
        If the file cannot be read as a report.
    """
    return audit_text(read_report(path))
