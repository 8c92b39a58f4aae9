"""Findings as the table `findings.csv`: what was found, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from ntm_analysis.assessment import Assessment
from ntm_analysis.communes import Case
from ntm_analysis.communes.requests import Request
from ntm_analysis.communes.stands import Stand
from ntm_analysis.scrutiny.closing import gone, matter_of, stands_of, status_of
from ntm_analysis.scrutiny.finding import Finding
from ntm_analysis.scrutiny.registry import CHECKS
from ntm_analysis.scrutiny.subject import phrase

COLUMNS: Final = (
    "commune",
    "year",
    "check",
    "severity",
    "indicator",
    "figures",
    "sources",
    "sentence",
    "sentence_en",
    "state",
    "request",
    "round",
    "asked_on",
    "due_on",
    "answered_on",
    "answer",
    "answer_en",
    "before",
    "now",
)
"""The columns of `findings.csv`: a contract."""


def findings_frame(case: Case, findings: Sequence[Finding], assessment: Assessment) -> pd.DataFrame:
    """Return the findings on one commune as a table with `COLUMNS`.

    Parameters
    ----------
    case : Case
    findings : sequence of Finding
    assessment : Assessment
        That holds the case.

    Returns
    -------
    DataFrame
        One row a finding, the gravest first; then what was asked about and is found no more,
        closed. `before` says how its indicator or condition stood when it was asked about, `now`
        how it stands: `clarify (met, disputed)`.
    """
    stands = stands_of(case, assessment)
    rows = [
        (
            case.params.commune,
            case.params.year,
            one.check,
            one.severity,
            one.indicator,
            "; ".join(cited.text for cited in one.figures),
            "; ".join(one.sources),
            one.sentence.vi,
            one.sentence.en,
            (status := status_of(case, one)).state,
            *_asked(status.request, matter_of(one)[1], stands),
        )
        for one in findings
    ]
    rows += [_gone(case, *one, stands) for one in gone(case, findings)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _gone(
    case: Case, matter: tuple[str, str], request: Request, stands: Mapping[str, Stand]
) -> tuple[object, ...]:
    check, on = matter
    severity = next(one.severities[0] for one in CHECKS if one.code == check)
    said = phrase("scrutiny.gone", id=request.id, on=on)
    return (
        case.params.commune,
        case.params.year,
        check,
        severity,
        on if on in case.rules.by_code else "",
        "" if on in case.rules.by_code else on,
        "",
        said.vi,
        said.en,
        "closed",
        *_asked(request, on, stands),
    )


def _asked(request: Request | None, on: str, stands: Mapping[str, Stand]) -> tuple[object, ...]:
    now = stands[on].written() if on in stands else ""
    if request is None:
        return ("",) * 8 + (now,)
    return (
        request.id,
        request.round,
        _iso(request.asked_on),
        _iso(request.due_on),
        _iso(request.answered_on),
        request.answer,
        request.answer_en,
        request.before,
        now,
    )


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
