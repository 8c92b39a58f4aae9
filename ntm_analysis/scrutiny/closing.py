"""What became of findings: open, asked, answered, closed with an answer, or there no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ntm_analysis.assessment import Assessment, condition_standings
from ntm_analysis.communes import Case
from ntm_analysis.communes.requests import OPEN, Matter, Request
from ntm_analysis.communes.stands import Stand
from ntm_analysis.scrutiny.finding import Finding

STATES: Final = ("open", "asked", "answered", "closed")
"""Of a finding: nobody was asked; asked; its matter was answered, not by its name; closed."""


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a finding.

    Attributes
    ----------
    state : str
        One of `STATES`.
    request : Request or None
        The last one about it, or about its subject.
    """

    state: str
    request: Request | None = None


def matter_of(finding: Finding) -> Matter:
    """Return what a finding is, and on what: an indicator, a figure, a document or a condition."""
    if finding.indicator:
        return finding.check, finding.indicator
    figure = finding.figures[0].text if finding.figures else ""
    on = figure.partition("=")[0].partition(": ")[0]
    return finding.check, " ".join(on.replace(";", ",").split())


def status_of(case: Case, finding: Finding) -> Status:
    """Return what became of a finding, by the last request that was sent about it."""
    matter = matter_of(finding)
    if last := _last(one for one in case.requests if matter in one.matters):
        return Status("closed" if last.closes else "asked", last)
    about = (one for one in case.requests if one.subject and one.subject == matter[1])
    if last := _last(one for one in about if one.state != "withdrawn"):
        return Status("answered" if last.closes else "asked", last)
    return Status("open")


def closed_by(case: Case, finding: Finding) -> Request | None:
    """Return the answered or withdrawn request that closes a finding; None while it is open."""
    status = status_of(case, finding)
    return status.request if status.state == "closed" else None


def _last(requests: Iterator[Request]) -> Request | None:
    sent = [one for one in requests if one.state != "draft"]
    return max(sent, key=lambda one: (one.round, one.row), default=None)


def gone(case: Case, findings: Sequence[Finding]) -> tuple[tuple[Matter, Request], ...]:
    """Return what was asked about and is found no more, with the last request about it."""
    there = {matter_of(one) for one in findings}
    last: dict[Matter, Request] = {}
    for request in sorted(case.requests, key=lambda one: (one.round, one.row)):
        if request.state != "draft":
            last |= dict.fromkeys(request.matters, request)
    return tuple(
        (matter, request)
        for matter, request in sorted(last.items(), key=lambda one: (one[1].row, one[0]))
        if matter[0] not in OPEN and matter not in there
    )


def stands_of(case: Case, assessment: Assessment) -> Mapping[str, Stand]:
    """Return how each indicator and condition stands now, by code or key."""
    rows = assessment.of(case)
    columns = zip(rows["conclusion"], rows["verdict"], rows["standing"], strict=True)
    stands = {
        str(code): Stand(*map(str, one)) for code, one in zip(rows.index, columns, strict=True)
    }
    return stands | {
        one.key: Stand(one.conclusion, one.verdict, one.standing)
        for one in condition_standings(case)
    }
