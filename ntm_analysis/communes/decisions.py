"""What the appraiser decided: `appraisal.csv`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from ntm_analysis.communes.cells import closest, read_date, read_year
from ntm_analysis.communes.params import Params
from ntm_analysis.communes.profile import Appraisal, Commune
from ntm_analysis.communes.table import Row, read_table
from ntm_analysis.language import say
from ntm_analysis.numbers import parse_date
from ntm_analysis.problems import Collector, Problem

COLUMNS = ("indicator", "decision", "by", "role", "on", "reason", "round")
OPTIONAL = ("year", "reason_en", "role_en")
Conclusion = Literal["met", "clarify", "prove", "not_met", "pending", "no_data", "not_applicable"]
CONCLUSIONS: tuple[str, ...] = get_args(Conclusion)


@dataclass(frozen=True, slots=True)
class AppraiserDecision:
    """What the appraiser decided of one indicator or condition.

    Attributes
    ----------
    subject : str
        The code of an indicator, or the key of a condition.
    decision : str
        One of `CONCLUSIONS`.
    by, role : str
        Who decided, and as what.
    on : date
    reason, reason_en, role_en : str
    round : int
        The round of the appraisal, from 1; the last one holds.
    year : int or None
        The appraisal it belongs to; None where its day says so.
    row : int
    """

    subject: str
    decision: str
    by: str
    role: str
    on: dt.date
    reason: str
    reason_en: str
    role_en: str
    round: int
    year: int | None
    row: int


def read_decisions(path: Path, file: str, problems: Collector) -> list[AppraiserDecision]:
    """Read `appraisal.csv`, all years; no decision where there is no such file.

    Parameters
    ----------
    path, file : Path, str
        The file, and its name for the user.
    problems : Collector
        Takes what is wrong with single rows.
    """
    if not path.exists():
        return []
    rows = read_table(path, file, COLUMNS, OPTIONAL, problems)
    found = [_decision(row, problems) for row in rows]
    _check_faulty_twice(rows, found, problems)
    return [one for one in found if one is not None]


def _check_faulty_twice(
    rows: Sequence[Row], found: Sequence[AppraiserDecision | None], problems: Collector
) -> None:
    """Note what is decided twice where one of the rows is faulty: `decisions_of_year` sees neither.

    Rows of unreadable days are left out: they may be of two appraisals.
    """
    first: dict[tuple[str, str, str, int], tuple[Row, bool]] = {}
    for row, one in zip(rows, found, strict=True):
        try:
            day = parse_date(row["on"])
        except ValueError:
            continue
        if not row["indicator"]:
            continue
        key = (row["indicator"], row["round"] or "1", row["year"], day.year)
        other, sound = first.setdefault(key, (row, one is not None))
        if other is not row and not (sound and one is not None):
            problem = say(
                "decisions.twice", subject=row["indicator"], row=other.number, round=key[1]
            )
            twice = row.problem("indicator", problem, say("decisions.twice_wanted"))
            problems.add(replace(twice, other=other.number))


def _decision(row: Row, problems: Collector) -> AppraiserDecision | None:
    before = len(problems.problems)
    for column in ("indicator", "decision", "by", "on"):
        if not row[column]:
            problems.add(
                row.problem(
                    column, say(f"decisions.{column}_empty"), say(f"decisions.{column}_wanted")
                )
            )
    if row["decision"] and row["decision"] not in CONCLUSIONS:
        wanted = say("decisions.decision_wanted")
        problems.add(row.problem("decision", say("decisions.decision"), wanted))
    on = read_date(row, "on", problems)
    text = row["round"]
    if text and not (text.isascii() and text.isdecimal() and int(text) > 0):
        problems.add(row.problem("round", say("decisions.round"), say("decisions.round_wanted")))
    year = read_year(row, problems)
    if on is None or len(problems.problems) > before:
        return None
    return AppraiserDecision(
        subject=row["indicator"],
        decision=row["decision"],
        by=row["by"],
        role=row["role"],
        on=on,
        reason=row["reason"],
        reason_en=row["reason_en"],
        role_en=row["role_en"],
        round=int(text or 1),
        year=year,
        row=row.number,
    )


def decisions_of_year(
    decisions: Sequence[AppraiserDecision],
    params: Params,
    commune: Commune,
    subjects: Collection[str],
    file: str,
    problems: Collector,
) -> tuple[AppraiserDecision, ...]:
    """Return the decisions of one appraisal, and note those that cannot be of it.

    Parameters
    ----------
    decisions : sequence of AppraiserDecision
        All of the commune's.
    params, commune : Params, Commune
    subjects : collection of str
        The codes of the indicators in force and the keys of the conditions.
    file : str
        Its name for the user.
    problems : Collector
    """
    mine = []
    first: dict[tuple[str, int], AppraiserDecision] = {}
    for one in decisions:
        if (one.year or _year_of(one, params, commune)) != params.year:
            continue
        mine.append(one)
        _check_subject(one, subjects, file, problems)
        _check_day(one, params, commune.appraisals[params.year], file, problems)
        other = first.setdefault((one.subject, one.round), one)
        if other is not one:
            problem = say("decisions.twice", subject=one.subject, row=other.row, round=one.round)
            wanted = say("decisions.twice_wanted")
            at = _at(one, "indicator", one.subject, file, problem, wanted)
            problems.add(replace(at, other=other.row))
    return tuple(mine)


def _year_of(one: AppraiserDecision, params: Params, commune: Commune) -> int:
    """Return the appraisal within whose days a decision was taken; the one at hand if none."""
    for year, appraisal in commune.appraisals.items():
        period = appraisal.period
        if year != params.year and period and period.from_ <= one.on <= period.until:
            return year
    return params.year


def _check_subject(
    one: AppraiserDecision, subjects: Collection[str], file: str, problems: Collector
) -> None:
    if one.subject not in subjects:
        problem = say("decisions.subject", subject=one.subject)
        wanted = closest(one.subject, subjects, "decisions.subject_wanted")
        problems.add(_at(one, "indicator", one.subject, file, problem, wanted))


def _check_day(
    one: AppraiserDecision, params: Params, appraisal: Appraisal, file: str, problems: Collector
) -> None:
    period = appraisal.period
    if period is None:
        return
    first, last = period.from_, max(period.until, params.on)
    if not first <= one.on <= last:
        problem = say("decisions.outside", day=f"{one.on:%d/%m/%Y}")
        wanted = say("decisions.outside_wanted", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
        problems.add(_at(one, "on", f"{one.on:%d/%m/%Y}", file, problem, wanted))


def _at(
    one: AppraiserDecision, column: str, value: str, file: str, problem: str, wanted: str
) -> Problem:
    return Problem(file, problem, wanted, row=one.row, column=column, value=value)
