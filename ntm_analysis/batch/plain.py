"""What a commune's notebook makes, by a plain function: the floor runs are measured against."""

from __future__ import annotations

from ntm_analysis import narrative
from ntm_analysis.communes import Case
from ntm_analysis.narrative import Report
from ntm_analysis.paths import Project

BEFORE = (
    narrative.summary,
    narrative.legal_bases,
    narrative.dossier,
    narrative.leadership,
    narrative.base_set,
)
AFTER = (
    narrative.conditions,
    narrative.plan,
    narrative.findings,
    narrative.sensitivity,
    narrative.conclusion,
    narrative.recommendations,
    narrative.evidence,
    narrative.provenance,
)


def plain_report(project: Project, case: Case) -> list[str]:
    """Return the tables, charts and text of a commune's report, section by section."""
    report = Report(case, project)
    return [
        *(section(report) for section in BEFORE),
        *(narrative.criterion(report, number) for number in report.criteria),
        *(section(report) for section in AFTER),
    ]
