"""What the commune claims and what it shows for it: `evidence.csv`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from ntm_analysis.communes.figures import closest, read_date
from ntm_analysis.communes.profile import Grade, Status
from ntm_analysis.communes.table import Row, read_table
from ntm_analysis.language import say
from ntm_analysis.problems import Collector

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
OPTIONAL = ("year", "note_en", "document_en", "issuer_en")
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
    grade : {"A", "B", "C", "D", "E"}
        A counts on file, B a bare number, C a dated document, D narrative only, E nothing.
    note, note_en, document_en, issuer_en : str
    year : int or None
        The appraisal it belongs to; None for all.
    row : int
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
    year: int | None
    row: int


def read_evidence(
    path: Path, file: str, codes: Collection[str], problems: Collector
) -> list[Evidence]:
    """Read `evidence.csv`; problems of every row go to `problems`.

    Parameters
    ----------
    path, file : Path, str
        The file, and its name for the user.
    codes : collection of str
        The indicators that may be named.
    problems : Collector
    """
    rows = read_table(path, file, COLUMNS, OPTIONAL, problems)
    return [_evidence(row, codes, problems) for row in rows]


def _evidence(row: Row, codes: Collection[str], problems: Collector) -> Evidence:
    if row["indicator"] not in codes:
        problems.add(
            row.problem(
                "indicator",
                say("figures.indicator_unknown", code=row["indicator"]),
                closest(row["indicator"], codes, "figures.indicator_unknown_wanted"),
            )
        )
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
    year = row["year"]
    if year and not (year.isdecimal() and len(year) == 4):
        problems.add(row.problem("year", say("figures.year"), say("figures.year_wanted")))
        year = ""
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
        year=int(year) if year else None,
        row=row.number,
    )
