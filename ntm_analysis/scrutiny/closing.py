"""Which findings an answer has closed."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_analysis.communes import Case
from ntm_analysis.communes.requests import Matter, Request
from ntm_analysis.scrutiny.finding import Finding


def matter_of(finding: Finding) -> Matter:
    """Return what a finding is, and on what: an indicator, a figure, a document or a condition."""
    if finding.indicator:
        return finding.check, finding.indicator
    figure = finding.figures[0].text if finding.figures else ""
    on = figure.partition("=")[0].partition(": ")[0]
    return finding.check, " ".join(on.replace(";", ",").split())


def closed_by(case: Case, finding: Finding) -> Request | None:
    """Return the answered or withdrawn request that closes a finding; the last, if several do."""
    matter = matter_of(finding)
    found = [one for one in case.requests if one.closes and matter in one.matters]
    return max(found, key=lambda one: one.round, default=None)


def open_findings(case: Case, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings that no answer has closed."""
    return tuple(one for one in findings if closed_by(case, one) is None)
