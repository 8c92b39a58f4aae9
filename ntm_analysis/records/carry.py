"""What a new year takes over from an earlier one, and what it does not."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import parse_date
from ntm_analysis.records.files import Record, Row, is_unnamed
from ntm_analysis.records.merge import stamp

STAYS: Final = ("appraiser", "submitted_to", "base_set")
"""Entries of an appraisal that hold beyond its year."""
GOES: Final = (
    "period", "petition", "citations", "dossier", "leadership", "claim", "conditions", "plan",
)  # fmt: skip
"""Entries that are of one year."""
_DECISION: Final = re.compile(
    r"/(?:\d{4}/)?(?:QĐ|NQ|QÐ)\b|^(?:Quyết định|Nghị quyết)\b", re.IGNORECASE
)

_YEARS: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(slots=True)
class Carried:
    """What was taken over and what was not.

    Attributes
    ----------
    entries : list of str
        Entries of the appraisal taken over.
    bases : list of str
        The other documents among the legal bases.
    evidence : list of str
        Documents whose last day is not over, with that day.
    decisions : list of str
        Decisions without a last day: to be confirmed.
    left : dict of str to int
        What stays behind: how many figures, claims, documents, facts, decisions of the appraiser.
    gone : list of str
        Entries of the appraisal that are of its year.
    stamped : int
        Rows of the commune without a year that now say theirs.
    """

    entries: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    stamped: int = 0


def add_year(
    old: Record,
    year: int,
    params: Mapping[str, Any],
    bases: Sequence[str],
    lang: Lang,
    source: int | None = None,
) -> tuple[Record, Carried]:
    """Return a commune with one more year, without any figure in it.

    Parameters
    ----------
    old : Record
    year : int
        The new year.
    params : mapping
        Its parameters.
    bases : sequence of str
        The decisions in force at the place and on the day.
    lang : {"vi", "en"}
        Of the notes on what is to be confirmed.
    source : int, optional
        The year from which what stays is taken over; nothing by default.
    """
    made, carried = copy.deepcopy(old), Carried()
    carried.stamped = stamp(made, [other for other in old.years if other != year])
    unnamed = {one: translate("cli.new_unnamed", one) for one in ("vi", "en")}
    appraisal: dict[str, Any] = {"set": params["set"], "appraiser": unnamed}
    documents: list[Any] = []
    if source is not None:
        before = old.appraisals.get(source, {})
        for key in STAYS:
            if before.get(key) and _is_named(before[key]):
                appraisal[key] = copy.deepcopy(before[key])
                carried.entries.append(key)
        documents = [one for one in before.get("legal_bases", ()) if isinstance(one, dict)]
        carried.bases = [_title(one, lang) for one in documents]
        carried.gone = [key for key in GOES if before.get(key)]
        made.evidence += _evidence(made, source, year, params["on"], lang, carried)
        carried.left["figures"] = sum(row["year"] == str(source) for row in made.figures)
        carried.left["decisions"] = sum(row["year"] == str(source) for row in made.decisions)
        carried.left["facts"] = sum(row["year"] == str(source) for row in made.facts)
    appraisal["legal_bases"] = [*bases, *documents]
    made.appraisals[year] = appraisal
    made.params[year] = dict(params)
    return made, carried


def _is_named(value: Any) -> bool:
    texts = value.values() if isinstance(value, Mapping) else [value]
    return not all(map(is_unnamed, texts))


def _title(document: Mapping[str, Any], lang: Lang) -> str:
    title = document.get("title", "")
    return str(title.get(lang, "") if isinstance(title, Mapping) else title)


def _evidence(
    made: Record, source: int, year: int, on: dt.date, lang: Lang, carried: Carried
) -> list[Row]:
    taken: list[Row] = []
    rows = [row for row in made.evidence if row["year"] == str(source)]
    for row in rows:
        name = " ".join(filter(None, (row.get("document", ""), row.get("number", ""))))
        last = _day(row.get("valid_until", ""))
        label = f"{row['indicator']}: {name}"
        if not name or (last is not None and last < on):
            continue
        if last is not None:
            carried.evidence.append(f"{label} (→ {last.isoformat()})")
        elif _is_standing_decision(row, year):
            carried.decisions.append(label)
        else:
            continue
        fresh = {**row, "year": str(year), "claimed_value": "", "claimed_verdict": ""}
        fresh |= {"confirmed_by": "", "confirmed_on": ""}
        if last is None:
            for key, one in (("note", "vi"), ("note_en", "en")):
                fresh[key] = translate("records.confirm", one, year=source)  # type: ignore[arg-type]
        taken.append(fresh)
    carried.left["claims"] = sum(
        bool(row.get("claimed_value") or row.get("claimed_verdict")) for row in rows
    )
    carried.left["evidence"] = len(rows) - len(taken)
    return taken


def _is_standing_decision(row: Row, year: int) -> bool:
    """Return whether a row names a decision that is not of an earlier year by its own title."""
    title = row.get("document", "")
    if not (_DECISION.search(row.get("number", "")) or _DECISION.search(title)):
        return False
    return all(int(found) >= year for found in _YEARS.findall(title))


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
