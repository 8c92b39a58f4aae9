"""What was done, in the commune's own words: `facts.csv`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, get_args

from ntm_analysis.communes.cells import check_source, closest, read_year
from ntm_analysis.communes.table import Row, read_table
from ntm_analysis.language import say
from ntm_analysis.numbers import NotAFigure, parse_figure
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook import Rulebook

FILE: Final = "facts.csv"
COLUMNS: Final = ("indicator", "kind", "text", "text_en", "place", "amount", "unit", "source")
OPTIONAL: Final = ("year", "place_en")
Kind = Literal["work", "model", "document", "body", "training", "event", "cost", "aim"]
KINDS: Final[tuple[str, ...]] = get_args(Kind)
PARTS: Final = ("leadership", "plan")
"""The parts of the report beside its criteria that facts belong to: I.2 and I.6."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was done, built, set up or paid.

    Attributes
    ----------
    subject : str
        The code of an indicator (`6.2`), the number of a criterion (`6`), or one of `PARTS`.
    kind : str
        One of `KINDS`.
    text, text_en : str
        A clause that reads by itself, without a full stop; `text_en` may be empty.
    place, place_en : str
        Where, if the text does not say it.
    amount, unit : str
        How much, in the syntax of `figures.csv`, and a unit of the rulebook; both or neither.
    source : str
    year : int or None
        The appraisal it belongs to; None for all.
    row : int
    """

    subject: str
    kind: str
    text: str
    text_en: str
    place: str
    place_en: str
    amount: str
    unit: str
    source: str
    year: int | None
    row: int


def read_facts(
    path: Path,
    file: str,
    rulebook: Rulebook,
    codes: Collection[str] | None,
    sources: Collection[str],
    problems: Collector,
) -> list[Fact]:
    """Read `facts.csv`, all years; no fact where there is no such file.

    Parameters
    ----------
    path, file : Path, str
        The file, and its name for the user.
    rulebook : Rulebook
        Gives the units.
    codes : collection of str or None
        The indicators of the criteria set; None where it is not known.
    sources : collection of str
        The papers that `commune.yaml` lists.
    problems : Collector
        Takes what is wrong with each row.

    Examples
    --------
    A row, and what the report makes of it::

        6.2,event,lễ hội Đền Lăng được phục dựng,,Đền Lăng,,,report:111
    """
    if not path.exists():
        return []
    rows = read_table(path, file, COLUMNS, OPTIONAL, problems)
    subjects = None if codes is None else (*codes, *_criteria(codes), *PARTS)
    found = [_fact(row, rulebook, subjects, sources, problems) for row in rows]
    _check_repeats(found, rows, problems)
    return found


def _criteria(codes: Collection[str]) -> list[str]:
    return list(dict.fromkeys(code.partition(".")[0] for code in codes))


def _fact(
    row: Row,
    rulebook: Rulebook,
    subjects: Collection[str] | None,
    sources: Collection[str],
    problems: Collector,
) -> Fact:
    subject, kind = row["indicator"], row["kind"]
    if not subject or (subjects is not None and subject not in subjects):
        key = "facts.subject" if subject else "facts.subject_empty"
        wanted = closest(subject, subjects or (), "facts.subject_wanted")
        problems.add(row.problem("indicator", say(key, subject=subject), wanted))
    if kind not in KINDS:
        key = "facts.kind" if kind else "facts.kind_empty"
        problems.add(row.problem("kind", say(key), say("facts.kind_wanted")))
    elif kind == "aim" and subject != "plan":
        problems.add(row.problem("kind", say("facts.aim_elsewhere"), say("facts.aim_wanted")))
    if not row["text"]:
        problems.add(row.problem("text", say("facts.text_empty"), say("facts.text_wanted")))
    _check_amount(row, rulebook, problems)
    check_source(row, sources, problems)
    return Fact(
        subject=subject,
        kind=kind,
        text=row["text"],
        text_en=row["text_en"],
        place=row["place"],
        place_en=row["place_en"],
        amount=row["amount"],
        unit=row["unit"],
        source=row["source"],
        year=read_year(row, problems),
        row=row.number,
    )


def _check_amount(row: Row, rulebook: Rulebook, problems: Collector) -> None:
    amount, unit = row["amount"], row["unit"]
    if unit and unit not in rulebook.units:
        wanted = closest(unit, rulebook.units, "facts.unit_wanted")
        problems.add(row.problem("unit", say("facts.unit", unit=unit), wanted))
    if bool(amount) != bool(unit):
        column = "unit" if amount else "amount"
        problems.add(row.problem(column, say("facts.half"), say("facts.half_wanted")))
    if amount:
        try:
            parse_figure(amount)
        except NotAFigure:
            problem, wanted = say("facts.amount"), say("facts.amount_wanted")
            problems.add(row.problem("amount", problem, wanted))


def _check_repeats(facts: Collection[Fact], rows: Collection[Row], problems: Collector) -> None:
    first: dict[tuple[str, str, str, int | None], int] = {}
    for fact, row in zip(facts, rows, strict=True):
        key = (fact.subject, fact.text.casefold(), fact.place.casefold(), fact.year)
        other = first.setdefault(key, fact.row)
        if fact.text and other != fact.row:
            wanted = say("facts.twice_wanted")
            problem = row.problem("text", say("facts.twice", row=other), wanted)
            problems.add(replace(problem, other=other))
