"""The audit of a report's text: whether its arithmetic holds.

`audit_file` checks a .txt, .docx or .pdf, `audit_text` its lines; `CHECKS` lists what is checked.
"""

from __future__ import annotations

from pathlib import Path

from ntm_analysis.audit.checks import CHECKS, UNCHECKED, Audit, Check, audit_text, examined
from ntm_analysis.audit.model import COLUMNS, VERDICTS, AuditRow, Line, Verdict
from ntm_analysis.audit.reading import KINDS, lines_of, read_report, remarks_of
from ntm_analysis.documents import read_document

__all__ = [
    "CHECKS",
    "COLUMNS",
    "UNCHECKED",
    "VERDICTS",
    "Audit",
    "AuditRow",
    "Check",
    "Line",
    "Verdict",
    "audit_file",
    "audit_text",
    "examine_file",
    "examined",
    "read_report",
]


def audit_file(path: Path) -> list[AuditRow]:
    """Check the arithmetic of a report in a file.

    Raises
    ------
    DataErrors
        If the file cannot be read as a report.
    """
    return examine_file(path).rows


def examine_file(path: Path) -> Audit:
    """Check the arithmetic of a report in a file, and count what was checked and what was not.

    Raises
    ------
    DataErrors
        If the file cannot be read as a report.
    """
    document = read_document(path, KINDS)
    return examined(lines_of(document.blocks), remarks_of(document))
