"""One document number, one date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ntm_analysis.audit.dates import Cited, cited
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.words import likeness
from ntm_analysis.language import say

_ALIKE = 0.6


def check_document_dates(report: Report) -> Iterator[Finding]:
    """Find a document that is cited with two dates."""
    groups: dict[tuple[str, str, str], list[Cited]] = defaultdict(list)
    for each in cited(report):
        if each.day:
            groups[each.number, each.year, each.code].append(each)
    for group in groups.values():
        for index, later in enumerate(group):
            other = next((each for each in group[:index] if _same_but_date(each, later)), None)
            repeated = any(each.day == later.day for each in group[:index])
            if other and not repeated:
                yield Finding(
                    later.paragraph,
                    later.start,
                    later.end,
                    f"{later.name}: {later.printed}",
                    say("audit.other_date", document=other.name, date=other.printed),
                    "inconsistent",
                )


def _same_but_date(first: Cited, second: Cited) -> bool:
    """Whether two citations with different dates mean one document."""
    if first.day == second.day or first.day is None or second.day is None:
        return False
    if not _one_issuer(first.issuer, second.issuer):
        return False
    if first.year or first.code.endswith("TTg"):
        return bool(first.year) or first.day.year == second.day.year or _titles(first, second)
    if _unlike(first, second):
        return False
    if bool(first.issuer) != bool(second.issuer):
        return _titles(first, second)
    # numbers begin anew each year
    return first.day.year == second.day.year or _titles(first, second)


def _unlike(first: Cited, second: Cited) -> bool:
    """Whether two titles are clearly about different things."""
    shorter, longer = sorted((first.title, second.title), key=len)
    return len(shorter.split()) > 5 and likeness(shorter, longer) < 0.3


def _one_issuer(first: str, second: str) -> bool:
    if not first or not second:
        return True
    return first.startswith(second) or second.startswith(first)


def _titles(first: Cited, second: Cited) -> bool:
    shorter, longer = sorted((first.title, second.title), key=len)
    return len(shorter.split()) > 5 and likeness(shorter, longer) >= _ALIKE


def check_document_numbers(report: Report) -> Iterator[Finding]:
    """Find a number with a year in one place and without it in another, of the same day."""
    every = list(cited(report))
    told: set[tuple[str, str]] = set()
    for each in every:
        key = (each.number, each.code)
        if each.year or key in told:
            continue
        other = next(
            (
                one
                for one in every
                if one.year
                and (one.number, one.code) == key
                and one.day == each.day
                and _one_issuer(one.issuer, each.issuer)
            ),
            None,
        )
        if other:
            told.add(key)
            yield Finding(
                each.paragraph,
                each.start,
                each.end,
                each.name,
                say("audit.other_number", document=other.name, date=other.printed),
                "unclear",
            )


def check_document_years(report: Report) -> Iterator[Finding]:
    """Find dates that do not exist, and a year in a number that is not the date's."""
    told: set[tuple[str, str]] = set()
    for each in cited(report):
        if (each.name, each.printed) in told:
            continue
        if each.day is None:
            text = say("audit.no_such_day", date=each.printed)
        elif each.year and int(each.year) != each.day.year:
            text = say("audit.other_year", year=each.year, date=each.printed)
        else:
            continue
        told.add((each.name, each.printed))
        yield Finding(
            each.paragraph,
            each.start,
            each.end,
            f"{each.name}: {each.printed}",
            text,
            "inconsistent",
        )
