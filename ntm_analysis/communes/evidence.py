"""What the commune claims and what it shows for it: `evidence.csv`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from ntm_analysis.communes.cells import check_code, read_date, read_drafted, read_year
from ntm_analysis.communes.profile import Grade, Status
from ntm_analysis.communes.table import Row, read_table
from ntm_analysis.communes.years import years_of
from ntm_analysis.language import say, typed
from ntm_analysis.numbers import NotAFigure, parse_figure
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import Rulebook

COLUMNS = (
    "indicator",
    "claimed_value",
    "claimed_verdict",
    "document",
    "number",
    "issuer",
    "issued_on",
    "grade",
    "note",
)
OPTIONAL = (
    "year",
    "note_en",
    "document_en",
    "issuer_en",
    "valid_until",
    "file",
    "confirmed_by",
    "confirmed_on",
    "drafted",
)
VERDICTS: tuple[str, ...] = get_args(Status)
GRADES: tuple[str, ...] = get_args(Grade)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of evidence for one indicator.

    Attributes
    ----------
    indicator : str
    claimed_value : str
        As claimed, in machine form; empty where none is.
    claimed_verdict : str
        One of the verdicts, or empty.
    document, number, issuer : str
        The document, as it is called; empty where none is named.
    issued_on : date or None
    valid_until : date or None
        The last day that it says it is valid.
    grade : {"A", "B", "C", "D", "E"}
        A counts on file, B a bare number, C a dated document, D narrative only, E nothing.
    note, note_en, document_en, issuer_en : str
    year : int or None
        The appraisal it belongs to; None for all.
    row : int
    file : str
        The file in the commune's folder `evidence`, with `/` between folders; empty where none is.
    confirmed_by : str
        The office that confirmed it; empty where none did.
    confirmed_on : date or None
    drafted : {"", "sure", "likely", "guess"}
        How sure a program was that read it in a report, where nobody has confirmed it yet.
    """

    indicator: str
    claimed_value: str
    claimed_verdict: str
    document: str
    number: str
    issuer: str
    issued_on: dt.date | None
    grade: str
    note: str
    note_en: str
    document_en: str
    issuer_en: str
    valid_until: dt.date | None
    year: int | None
    row: int
    file: str = ""
    confirmed_by: str = ""
    confirmed_on: dt.date | None = None
    drafted: str = ""

    def deserves(self, on: dt.date, last: dt.date) -> str:
        """Return its grade as it stands in an appraisal.

        A dated document that is valid no more, or was not there yet, proves as little as words.

        Parameters
        ----------
        on : date
            The day whose law applies.
        last : date
            The last day of the appraisal.
        """
        stale = self.valid_until is not None and self.valid_until < on
        early = self.issued_on is not None and self.issued_on > last
        return "D" if self.grade == "C" and (stale or early) else self.grade


def read_evidence(
    path: Path,
    file: str,
    rulebook: Rulebook,
    codes: Collection[str] | None,
    problems: Collector,
    years: Collection[int] = (),
) -> list[Evidence]:
    """Read `evidence.csv`; problems of every row go to `problems`.

    Parameters
    ----------
    path, file : Path, str
        The file, and its name for the user.
    rulebook : Rulebook
        Gives the grades that may be claimed.
    codes : collection of str or None
        The indicators that may be named; None where the criteria set is not known.
    problems : Collector
    years : collection of int
        The years of the commune's appraisals.
    """
    rows = read_table(path, file, COLUMNS, OPTIONAL, problems)
    grades = list(dict.fromkeys(g for v in rulebook.variables.values() for g in v.grades))
    evidence = [_evidence(row, grades, codes, problems) for row in rows]
    _check_claims(evidence, file, years, problems)
    _check_days(evidence, file, years, problems)
    return evidence


def _check_days(
    evidence: Sequence[Evidence], file: str, years: Collection[int], problems: Collector
) -> None:
    """Note papers of a day more than a year after the appraisal's, or valid no day at all."""

    def note(one: Evidence, column: str, day: dt.date, told: str, wanted: str) -> None:
        value = typed(day.isoformat())
        problems.add(Problem(file, told, wanted, row=one.row, column=column, value=value))

    for one in evidence:
        last = one.year or max(years, default=0)
        for column in ("issued_on", "confirmed_on"):
            day: dt.date | None = getattr(one, column)
            if day is not None and last and day.year > last + 1:
                told = say("evidence.day_after", year=last)
                note(one, column, day, told, say("figures.day_after_wanted"))
        if one.valid_until and one.issued_on and one.valid_until < one.issued_on:
            told = say("evidence.valid_before")
            note(one, "valid_until", one.valid_until, told, say("evidence.valid_before_wanted"))


def _check_claims(
    evidence: Sequence[Evidence], file: str, appraised: Collection[int], problems: Collector
) -> None:
    years = {*appraised, *(one.year for one in evidence if one.year)}
    first: dict[tuple[str, int | None], Evidence] = {}
    for one in evidence:
        claim = (one.claimed_value, one.claimed_verdict)
        others = [first.setdefault((one.indicator, y), one) for y in years_of(one.year, years)]
        differ = [o for o in others if claim != (o.claimed_value, o.claimed_verdict)]
        if any(claim) and differ:
            other = differ[0]
            problems.add(
                Problem(
                    file,
                    say("evidence.claim_twice", code=one.indicator, row=other.row),
                    say("evidence.claim_twice_wanted"),
                    row=one.row,
                    column="claimed_value",
                    value=one.claimed_value or None,
                    other=other.row,
                )
            )


def _check_claimed(row: Row, grades: Sequence[str], problems: Collector) -> None:
    text = row["claimed_value"]
    if not text or text in grades:
        return
    try:
        parse_figure(text)
    except NotAFigure as error:
        wanted = (
            say("figures.number_hint", hint=error.hint)
            if error.hint
            else say("evidence.claimed_wanted", grades=", ".join(grades))
        )
        problems.add(row.problem("claimed_value", say("evidence.claimed", text=text), wanted))


def _evidence(
    row: Row, grades: Sequence[str], codes: Collection[str] | None, problems: Collector
) -> Evidence:
    check_code(row, codes, problems)
    _check_claimed(row, grades, problems)
    if row["claimed_verdict"] and row["claimed_verdict"] not in VERDICTS:
        problems.add(
            row.problem(
                "claimed_verdict",
                say("evidence.verdict"),
                say("evidence.verdict_wanted", verdicts=", ".join(VERDICTS)),
            )
        )
    if row["grade"] not in GRADES:
        problems.add(row.problem("grade", say("evidence.grade"), say("evidence.grade_wanted")))
    if bool(row["confirmed_by"]) != bool(row["confirmed_on"]):
        empty = "confirmed_on" if row["confirmed_by"] else "confirmed_by"
        wanted = say("evidence.confirmed_wanted")
        problems.add(row.problem(empty, say(f"evidence.{empty}_empty"), wanted))
    return Evidence(
        indicator=row["indicator"],
        claimed_value=row["claimed_value"],
        claimed_verdict=row["claimed_verdict"],
        document=row["document"],
        number=row["number"],
        issuer=row["issuer"],
        issued_on=read_date(row, "issued_on", problems),
        grade=row["grade"],
        note=row["note"],
        note_en=row["note_en"],
        document_en=row["document_en"],
        issuer_en=row["issuer_en"],
        valid_until=read_date(row, "valid_until", problems),
        year=read_year(row, problems),
        row=row.number,
        file=row["file"].replace("\\", "/"),
        confirmed_by=row["confirmed_by"],
        confirmed_on=read_date(row, "confirmed_on", problems),
        drafted=read_drafted(row, problems),
    )
