"""What a Word template of a document can print: its fields, in one language, as plain text.

A template is checked against these classes before it is filled in; the how-to page lists them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document (Decree 30/2020/NĐ-CP, annex I, part II).

    Attributes
    ----------
    superior : str
        The body above the issuing one; empty where the head names none.
    agency : tuple of str
        The issuing body in capitals, a line each.
    number : str
        Number and sign, `45/BC-UBND`.
    place_and_date : str
        `Thanh Liêm, ngày 28 tháng 11 năm 2024`.
    day : str
        The day alone, as annexes name their report.
    """

    superior: str
    agency: tuple[str, ...]
    number: str
    place_and_date: str
    day: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The block of the signature: for whom and as what, in capitals; then the name."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Common:
    """What every document has.

    Attributes
    ----------
    head : Head
    signature : Signature
    recipients : tuple of str
        The copies, a line each; the last is the file copy.
    appraiser, receiver : str
        The appraising body, and the one that it reports to.
    commune : str
        `xã Liêm Cần`.
    commune_in_full : str
        With district and province.
    year, level, set_name : str
    synthetic : str
        That the commune is made up; empty of a real one.
    """

    head: Head
    signature: Signature
    recipients: tuple[str, ...]
    appraiser: str
    receiver: str
    commune: str
    commune_in_full: str
    year: str
    level: str
    set_name: str
    synthetic: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the report.

    Attributes
    ----------
    number, name : str
        `01`, `Quy hoạch`.
    place : str
        Its number within part I.4: `4.1`.
    requirements : tuple of str
        What each indicator asks.
    results : tuple of str
        What is reported, what the appraisal established, what is open: a paragraph each.
    conclusion : str
    """

    number: str
    name: str
    place: str
    requirements: tuple[str, ...]
    results: tuple[str, ...]
    conclusion: str


@dataclass(frozen=True, slots=True)
class Report(Common):
    """The appraisal report."""

    bases: tuple[str, ...]
    period: str
    team: str
    visits: str
    dossier: tuple[str, ...]
    leadership: tuple[str, ...]
    base_set: str
    criteria: tuple[Criterion, ...]
    conditions: tuple[str, ...]
    plan_year: str
    plan: tuple[str, ...]
    concluded_dossier: str
    concluded_level: tuple[str, ...]
    concluded_conditions: str
    proposal: str
    recommendations: tuple[str, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row of the summary table: a criterion, or an indicator of it."""

    code: str
    name: str
    requires: str
    claimed: str
    result: str
    conclusion: str
    note: str
    is_criterion: bool


@dataclass(frozen=True, slots=True)
class Summary(Common):
    """The summary table: every criterion and indicator."""

    rows: tuple[SummaryRow, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, what would settle it, and its number."""

    number: str
    question: str
    settles: str


@dataclass(frozen=True, slots=True)
class Request(Common):
    """The letter that asks one body for explanation and further papers."""

    body: str
    round: str
    due: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the team."""

    name: str
    post: str
    role: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who was present beside the team."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A place that was visited, the day, and what was seen."""

    place: str
    day: str
    seen: str


@dataclass(frozen=True, slots=True)
class Minutes(Common):
    """The minutes of the appraisal.

    Attributes
    ----------
    chair : str
        The head of the team, with the office held.
    secretary, secretary_name : str
        Who took the minutes, with and without the office held.
    """

    at: str
    begun: str
    ended: str
    team: tuple[Person, ...]
    attendees: tuple[Attendee, ...]
    chair: str
    secretary: str
    secretary_name: str
    visits: tuple[Seen, ...]
    dossier: tuple[str, ...]
    results: tuple[str, ...]
    opinions: tuple[str, ...]
    conclusion: tuple[str, ...]
    head_of_team: str
    head_of_commune: Signature


@dataclass(frozen=True, slots=True)
class Submission(Common):
    """The submission to the body that is asked to recognise the commune."""

    bases: tuple[str, ...]
    about: str
    results: tuple[str, ...]
    proposal: str
    enclosed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A document of the dossier, or an indicator that has none."""

    number: str
    subject: str
    document: str
    mark: str
    day: str
    issuer: str
    state: str


@dataclass(frozen=True, slots=True)
class EvidenceList(Common):
    """The list of evidence."""

    rows: tuple[EvidenceRow, ...]
    totals: str


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a result lies from what is required, and what may be lost before it turns."""

    code: str
    name: str
    requires: str
    value: str
    margin: str
    headroom: str
    verdict: str
    standing: str


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A verdict that another figure of the same dossier turns."""

    code: str
    name: str
    change: str
    verdict: str
    turned: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name with what belongs to it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Analysis(Common):
    """The annex of analysis: what the software has to say stands here and nowhere else."""

    law: tuple[str, ...]
    counts: tuple[Named, ...]
    margins: tuple[Margin, ...]
    readings: tuple[OtherReading, ...]
    findings: tuple[Named, ...]
    files: tuple[Named, ...]
    versions: tuple[Named, ...]
