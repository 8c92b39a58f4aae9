"""Single cells of people's tables: years, dates, sources, codes, and what was probably meant."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection, Iterable
from typing import Final

from ntm_analysis.communes.table import Row
from ntm_analysis.language import say
from ntm_analysis.numbers import parse_date
from ntm_analysis.problems import Collector

CERTAINTIES: Final = ("sure", "likely", "guess")
"""How sure a program can be of what it read, the surest first."""


def read_year(row: Row, problems: Collector) -> int | None:
    """Return the year in the `year` cell, or None where it is empty or no year (then a problem)."""
    text = row["year"]
    if not text:
        return None
    if text.isdecimal() and len(text) == 4:
        return int(text)
    problems.add(row.problem("year", say("figures.year"), say("figures.year_wanted")))
    return None


def read_date(row: Row, column: str, problems: Collector) -> dt.date | None:
    """Return the date in a cell, or None where it is empty or no date (then a problem)."""
    if not row[column]:
        return None
    try:
        return parse_date(row[column])
    except ValueError:
        problems.add(row.problem(column, say("figures.date"), say("figures.date_wanted")))
        return None


def read_drafted(row: Row, problems: Collector) -> str:
    """Return how sure the program was that read the row; empty where a person entered it."""
    text = row["drafted"]
    if text and text not in CERTAINTIES:
        wanted = say("figures.drafted_wanted", words=", ".join(CERTAINTIES))
        problems.add(row.problem("drafted", say("figures.drafted"), wanted))
        return ""
    return text


def check_source(row: Row, sources: Collection[str], problems: Collector) -> None:
    """Note a problem where the `source` cell is empty or names a paper that is not listed."""
    source = row["source"]
    if not source:
        problems.add(
            row.problem("source", say("figures.source_empty"), say("figures.source_empty_wanted"))
        )
    elif sources and source.partition(":")[0] not in sources:
        problems.add(
            row.problem(
                "source",
                say("figures.source_unknown"),
                say("figures.source_unknown_wanted", sources=", ".join(sources)),
            )
        )


def check_code(row: Row, codes: Collection[str] | None, problems: Collector) -> None:
    """Note a problem where the `indicator` cell names none of `codes` (None: any will do)."""
    code = row["indicator"]
    if code and (codes is None or code in codes):
        return
    key = "figures.indicator_unknown" if code else "figures.indicator_empty"
    wanted = closest(code, codes or (), f"{key}_wanted")
    problems.add(row.problem("indicator", say(key, code=code), wanted))


def closest(name: str, known: Iterable[str], key: str) -> str:
    """Return the message `key`, whose field `alike` says what is most alike `name` in `known`.

    Codes of indicators (`17.80`) are sought in their own criterion first. Where nothing is alike
    the field names the first few of those known; it is empty where none is.
    """
    names = list(known)
    criterion = name.partition(".")[0]
    kin = [one for one in names if one.partition(".")[0] == criterion]
    near = kin if criterion.isdecimal() and kin else names
    if alike := difflib.get_close_matches(name, near, n=3, cutoff=0.6):
        return say(key, alike=say("figures.alike", names=", ".join(alike)))
    few = say("figures.known", names=", ".join(near[:3])) if names else ""
    return say(key, alike=few).strip()
