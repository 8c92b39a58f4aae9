"""The index of a dossier: by indicator what is there, what is missing, who must give it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from ntm_analysis.assessment import Assessment
from ntm_analysis.assessment.conditions import condition_standing
from ntm_analysis.communes import Case
from ntm_analysis.communes.evidence import Evidence
from ntm_analysis.communes.exhibits import Exhibit
from ntm_analysis.language import Lang, Text
from ntm_analysis.numbers import format_date
from ntm_analysis.register.bodies import Body, body, body_of
from ntm_analysis.scrutiny.subject import both, phrase, small

COLUMNS = (
    "commune",
    "year",
    "indicator",
    "name",
    "state",
    "document",
    "number",
    "issuer",
    "issued_on",
    "valid_until",
    "file",
    "kind",
    "size",
    "sha256",
    "confirmed_by",
    "confirmed_on",
    "grade",
    "floor",
    "given_by",
    "raises",
)
"""The columns of `ntm evidence`: a contract."""

NOTHING = Text.model_construct(vi="", en="")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the dossier, or an indicator without any.

    Attributes
    ----------
    subject : str
        The code of an indicator, or the key of a condition.
    name : Text
    state : {"filed", "named", "missing"}
        The file is there; the document is only named; neither.
    document, issuer : Text
    number : str
    issued_on, valid_until, confirmed_on : date or None
    exhibit : Exhibit or None
        The file.
    confirmed_by : str
    grade : str
        The best grade of all that the subject rests on.
    floor : str
        The lowest grade that proves.
    given_by : Body
        Who must give what is missing.
    raises : Text
        What would raise the grade to the floor; empty where it is there.
    """

    subject: str
    name: Text
    state: str
    document: Text
    issuer: Text
    number: str
    issued_on: dt.date | None
    valid_until: dt.date | None
    confirmed_on: dt.date | None
    exhibit: Exhibit | None
    confirmed_by: str
    grade: str
    floor: str
    given_by: Body
    raises: Text


def index_of(case: Case, assessment: Assessment) -> tuple[Entry, ...]:
    """Return the index of the dossier: indicators in legal order, then conditions.

    Parameters
    ----------
    case : Case
    assessment : Assessment
        That holds the case.
    """
    return (*_indicators(case, assessment), *_conditions(case))


def raises(grade: str, floor: str, asked: Text) -> Text:
    """Return what would raise evidence of a grade to the floor; empty where it is there."""
    return NOTHING if grade <= floor else phrase(f"register.raise_{floor}", asked=asked)


def asked(evidence: Text) -> Text:
    """Return what the rulebook asks as evidence, as it stands inside a sentence."""
    return small(both(lambda lang: evidence[lang].rstrip().removesuffix(".")))


def _indicators(case: Case, assessment: Assessment) -> Iterator[Entry]:
    rows = assessment.records(case)
    proofs: dict[str, list[Evidence]] = {}
    for one in case.evidence:
        if one.document or one.number or one.file:
            proofs.setdefault(one.indicator, []).append(one)
    floor = case.params.evidence_floor
    for rule in case.rules.rules:
        grade = str(rows[rule.code]["evidence_grade"])
        more = raises(grade, floor, asked(rule.indicator.evidence))
        # A department confirms a result; where there is none yet, it is the commune's to give.
        stands = str(rows[rule.code]["verdict"]) in ("met", "not_applicable")
        given_by = body_of(case, rule.code) if stands else body(case, "commune")
        for proof in proofs.get(rule.code, ()):
            exhibit = case.exhibits.get(proof.file)
            yield Entry(
                rule.code,
                rule.indicator.short,
                "filed" if exhibit else "named",
                _in_both(proof.document, proof.document_en),
                _in_both(proof.issuer, proof.issuer_en),
                proof.number,
                proof.issued_on,
                proof.valid_until,
                proof.confirmed_on,
                exhibit,
                proof.confirmed_by,
                grade,
                floor,
                given_by,
                more,
            )
        if rule.code not in proofs:
            yield _bare(rule.code, rule.indicator.short, grade, floor, given_by, more)


def _conditions(case: Case) -> Iterator[Entry]:
    floor = case.params.evidence_floor
    for condition in case.rules.loaded.about.conditions:
        stands = condition_standing(case, condition.key)
        said = case.appraisal.conditions.get(condition.key)
        more = raises(stands.grade, floor, small(condition.requires))
        given_by = body_of(case, condition.key)
        document = said.document if said else None
        if document is None:
            yield _bare(condition.key, condition.name, stands.grade, floor, given_by, more)
            continue
        yield Entry(
            condition.key,
            condition.name,
            "named",
            document.title,
            document.issuer or NOTHING,
            document.number or "",
            document.date,
            None,
            None,
            None,
            "",
            stands.grade,
            floor,
            given_by,
            more,
        )


def _bare(subject: str, name: Text, grade: str, floor: str, body: Body, more: Text) -> Entry:
    none = (NOTHING, NOTHING, "", None, None, None, None, "")
    return Entry(subject, name, "missing", *none, grade, floor, body, more)


def _in_both(vi: str, en: str) -> Text:
    return Text.model_construct(vi=vi, en=en or vi)


def index_frame(
    case: Case, entries: Sequence[Entry], lang: Lang, unnamed: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the index as a table with `COLUMNS`, one row a document.

    Parameters
    ----------
    case : Case
    entries : sequence of Entry
    lang : {"vi", "en"}
    unnamed : sequence of str
        Files in the folder that no row names; they stand at the end, as `unnamed`.
    """
    start = (case.params.commune, case.params.year)
    rows = [(*start, *_row(one, lang)) for one in entries]
    rows += [(*start, *("",) * 2, "unnamed", *("",) * 5, name, *("",) * 9) for name in unnamed]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(one: Entry, lang: Lang) -> tuple[object, ...]:
    shown = one.exhibit
    return (
        one.subject,
        one.name[lang],
        one.state,
        one.document[lang],
        one.number,
        one.issuer[lang],
        _iso(one.issued_on),
        _iso(one.valid_until),
        shown.name if shown else "",
        shown.kind if shown else "",
        shown.size if shown else "",
        shown.sha256 if shown else "",
        one.confirmed_by,
        _iso(one.confirmed_on),
        one.grade,
        one.floor,
        one.given_by.name[lang],
        one.raises[lang],
    )


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def named(one: Entry, lang: Lang) -> str:
    """Return a document as a table names it: title, number, day, issuer."""
    day = format_date(one.issued_on, lang, "short") if one.issued_on else ""
    return ", ".join(filter(None, (one.document[lang], one.number, day, one.issuer[lang])))


def tally(entries: Sequence[Entry]) -> dict[str, int]:
    """Return how many documents are filed and named, how many subjects have none or too little.

    A document that serves several subjects is one.
    """
    documents: dict[str, set[tuple[str, ...]]] = {"filed": set(), "named": set()}
    for one in entries:
        if one.state in documents:
            documents[one.state].add((one.document.vi, one.number, one.issuer.vi))
    counts = {state: len(found) for state, found in documents.items()}
    counts["missing"] = sum(one.state == "missing" for one in entries)
    return {**counts, "below": len({one.subject for one in entries if one.grade > one.floor})}


def shared_files(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """Return the files that serve several indicators, with these."""
    users: dict[str, list[str]] = {}
    for one in entries:
        if one.exhibit is not None:
            users.setdefault(one.exhibit.name, []).append(one.subject)
    return {
        name: tuple(dict.fromkeys(codes)) for name, codes in users.items() if len(set(codes)) > 1
    }
