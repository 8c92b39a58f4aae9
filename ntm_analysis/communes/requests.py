"""What was asked and answered: `requests.csv`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ntm_analysis.communes.cells import closest, read_date, read_year
from ntm_analysis.communes.stands import Stand, read_stand
from ntm_analysis.communes.table import Row, read_table
from ntm_analysis.communes.years import belongs
from ntm_analysis.language import messages, say
from ntm_analysis.problems import Collector, Problem

FILE: Final = "requests.csv"
COLUMNS: Final = (
    "id",
    "round",
    "to",
    "indicator",
    "finding",
    "asked_on",
    "due_on",
    "answered_on",
    "answer",
    "state",
)
OPTIONAL: Final = ("year", "question", "before", "answer_en")
BODIES: Final = ("commune", "finance", "front", "police", "department")
"""Who can be asked."""
STATES: Final = ("draft", "asked", "answered", "withdrawn")
OPEN: Final = ("not_met", "no_data", "pending", "clarify", "prove")
"""The conclusions that leave something to ask."""
_NAME: Final = re.compile(r"^[a-z]+(?:_[a-z0-9]+)*$")
"""What can only be the name of a quantity or a condition; titles of documents are words."""
_CHECK: Final = re.compile(r"^scrutiny\.(S\d\d)\.title$")

Matter = tuple[str, str]
"""A finding or open conclusion: what it is, and on what."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question to one body, and what became of it.

    Attributes
    ----------
    id : str
        Unique within the year.
    round : int
    to : str
        One of `BODIES`.
    subject : str
        The code of an indicator, or the key of a condition; empty where it concerns none.
    findings : tuple of str
        As written: `S03` or `clarify`, of the subject; `S02:households`, on something else.
    asked_on, due_on, answered_on : date or None
    answer, answer_en : str
    state : str
        One of `STATES`.
    question : str
        As it was asked.
    before : str
        How the subject stood then: its conclusion, and from what; see `Stand`.
    year : int or None
        The appraisal it belongs to; None for all.
    row : int
    """

    id: str
    round: int
    to: str
    subject: str
    findings: tuple[str, ...]
    asked_on: dt.date | None
    due_on: dt.date | None
    answered_on: dt.date | None
    answer: str
    answer_en: str
    state: str
    question: str
    before: str
    year: int | None
    row: int

    @property
    def matters(self) -> frozenset[Matter]:
        """What it asks about."""
        found = set()
        for one in self.findings:
            what, sign, on = one.partition(":")
            found.add((what.strip(), on.strip() if sign else self.subject))
        return frozenset(found)

    @property
    def stood(self) -> Stand:
        """How the subject stood when it was asked about."""
        return read_stand(self.before) or Stand()

    @property
    def closes(self) -> bool:
        """Whether the findings that it names are closed: answered, or withdrawn with a reason."""
        return self.state in ("answered", "withdrawn")


def checks_known() -> tuple[str, ...]:
    """Return the codes of all checks."""
    return tuple(m[1] for key in messages("vi") if (m := _CHECK.match(key)))


def read_requests(path: Path, file: str, problems: Collector) -> list[Request]:
    """Read `requests.csv`, all years; no request where there is no such file.

    Parameters
    ----------
    path, file : Path, str
        The file, and its name for the user.
    problems : Collector
        Takes what is wrong with single rows, and with ids that stand twice.
    """
    if not path.exists():
        return []
    rows = read_table(path, file, COLUMNS, OPTIONAL, problems)
    found = [one for one in (_request(row, problems) for row in rows) if one is not None]
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        other = first.setdefault((row["id"], row["year"]), row)
        if other is not row and row["id"]:
            problem = say("requests.twice", id=row["id"], row=other.number)
            twice = row.problem("id", problem, say("requests.twice_wanted"))
            problems.add(replace(twice, other=other.number))
    return found


def requests_of_year(
    requests: Sequence[Request],
    year: int,
    subjects: Collection[str],
    variables: Collection[str],
    file: str,
    problems: Collector,
) -> tuple[Request, ...]:
    """Return the requests of one appraisal, and note those on what is not in force or not known.

    Parameters
    ----------
    requests : sequence of Request
        All of the commune's.
    year : int
    subjects : collection of str
        The codes of the indicators in force and the keys of the conditions.
    variables : collection of str
        The names of all quantities.
    file : str
        Its name for the user.
    problems : Collector
    """
    mine = [one for one in requests if belongs(one.year, year)]
    for one in mine:
        for _, on in sorted(one.matters):
            if _NAME.match(on) and on not in variables and on not in subjects:
                problem = say("requests.on", on=on)
                wanted = closest(on, [*variables, *subjects], "requests.on_wanted")
                written = "; ".join(one.findings)
                problems.add(
                    Problem(file, problem, wanted, row=one.row, column="finding", value=written)
                )
        if one.subject and one.subject not in subjects:
            problem = say("decisions.subject", subject=one.subject)
            wanted = closest(one.subject, subjects, "decisions.subject_wanted")
            problems.add(
                Problem(file, problem, wanted, row=one.row, column="indicator", value=one.subject)
            )
    return tuple(mine)


def _request(row: Row, problems: Collector) -> Request | None:
    before = len(problems.problems)
    for column in ("id", "to", "finding", "state"):
        if not row[column]:
            wanted = say(f"requests.{column}_wanted", alike="").strip()
            problems.add(row.problem(column, say(f"requests.{column}_empty"), wanted))
    for column, words in (("to", BODIES), ("state", STATES)):
        if row[column] and row[column] not in words:
            _add(row, column, column, problems, f"{column}_wanted")
    text = row["round"]
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        _add(row, "round", "round", problems)
    findings = tuple(filter(None, (part.strip() for part in row["finding"].split(";"))))
    _check_findings(row, findings, problems)
    if read_stand(row["before"]) is None:
        _add(row, "before", "before", problems)
    days = {name: read_date(row, name, problems) for name in ("asked_on", "due_on", "answered_on")}
    year = read_year(row, problems)
    if len(problems.problems) == before:
        _check_days(row, days, problems)
    if len(problems.problems) > before:
        return None
    return Request(
        id=row["id"],
        round=int(text),
        to=row["to"],
        subject=row["indicator"],
        findings=findings,
        asked_on=days["asked_on"],
        due_on=days["due_on"],
        answered_on=days["answered_on"],
        answer=row["answer"],
        answer_en=row["answer_en"],
        state=row["state"],
        question=row["question"],
        before=row["before"],
        year=year,
        row=row.number,
    )


def _check_findings(row: Row, findings: Sequence[str], problems: Collector) -> None:
    known = (*checks_known(), *OPEN)
    for one in findings:
        what, sign, on = one.partition(":")
        if what.strip() not in known:
            problem = say("requests.finding", finding=one)
            wanted = closest(what.strip(), known, "requests.finding_wanted")
            problems.add(row.problem("finding", problem, wanted))
        elif not row["indicator"] and not (sign and on.strip()):
            _add(row, "indicator", "on_what", problems)


def _check_days(row: Row, days: dict[str, dt.date | None], problems: Collector) -> None:
    state, asked, answered = row["state"], days["asked_on"], days["answered_on"]
    if asked:
        for name in ("due_on", "answered_on"):
            day = days[name]
            if day and day < asked:
                _add(row, name, f"{name}_early", problems, "order_wanted")
    elif state in ("asked", "answered"):
        _add(row, "asked_on", "asked_on_empty", problems)
    if state == "answered":
        if answered is None:
            _add(row, "answered_on", "answered_on_empty", problems)
        if not row["answer"]:
            _add(row, "answer", "answer_empty", problems)
    elif state == "withdrawn":
        if not row["answer"]:
            _add(row, "answer", "withdrawn_empty", problems)
    elif answered or row["answer"]:
        _add(row, "state", "state_answered", problems)


def _add(row: Row, column: str, key: str, problems: Collector, wanted: str | None = None) -> None:
    told = say(f"requests.{wanted or f'{key}_wanted'}")
    problems.add(row.problem(column, say(f"requests.{key}"), told))
