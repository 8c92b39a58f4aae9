"""Checks of claims, documents, conditions and plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.communes.papers import Document
from ntm_analysis.language import Text, translate
from ntm_analysis.numbers import format_requirement
from ntm_analysis.rulebook import parse_requirement
from ntm_analysis.rulebook.formula import exact
from ntm_analysis.scrutiny.finding import Cited, Finding, Severity
from ntm_analysis.scrutiny.proofs import other_proofs
from ntm_analysis.scrutiny.subject import Subject, aside, both, day, small


def not_applicable_as_met(subject: Subject) -> Iterator[Finding]:
    """Find what does not occur in the commune and is claimed as met."""
    yield from _claimed_as_met(subject, "S08", "not_applicable", "evidence")


def pending_as_met(subject: Subject) -> Iterator[Finding]:
    """Find what is still being completed and is claimed as met."""
    yield from _claimed_as_met(subject, "S09", "pending", "verdict")


def _claimed_as_met(
    subject: Subject, check: str, verdict: str, severity: Severity
) -> Iterator[Finding]:
    for rule in subject.rules:
        row = subject.row(rule)
        if row["verdict"] != verdict or row["claimed_verdict"] != "met":
            continue
        chosen = [subject.chosen(name, rule.code) for name in rule.indicator.variables]
        yield subject.find(
            check,
            severity,
            rule.code,
            "claimed",
            [r for r in chosen if r is not None and r.status == verdict],
        )


def conditions_without_evidence(subject: Subject) -> Iterator[Finding]:
    """Find conditions of recognition (QĐ 18/2022/QĐ-TTg) without sufficient evidence."""
    for condition in subject.case.rules.loaded.about.conditions:
        evidence = subject.case.appraisal.conditions.get(condition.key)
        if evidence is not None and evidence.status in COUNTED:
            continue
        failed = evidence is not None and evidence.status == "not_met"
        said = evidence.statement if evidence is not None else None
        variant = "not_met" if failed else "said" if said else "silent"
        source = evidence.source or "" if evidence is not None else ""
        yield subject.find(
            "S14",
            "verdict" if failed else "evidence",
            "",
            variant,
            [Cited(f"{condition.key}={evidence.status if evidence else 'no_data'}", source)],
            condition=condition.name,
            requires=small(condition.requires),
            said=small(said) if said else "",
        )


# Dates ----------------------------------------------------------------------------------------


def dates(subject: Subject) -> Iterator[Finding]:
    """Find documents whose dates cannot all be right, or not valid on the day."""
    yield from _relies_on_later(subject)
    yield from (replace(one, ours=True) for one in _printed_otherwise(subject))
    yield from _two_dates(subject)
    yield from _evidence_dates(subject)
    yield from other_proofs(subject)
    yield from (replace(one, ours=True) for one in _late_bases(subject))
    yield from _late_petition(subject)


def _dossier_documents(subject: Subject) -> list[Document]:
    appraisal = subject.case.appraisal
    bases = [basis for basis in appraisal.legal_bases if isinstance(basis, Document)]
    proofs = [c.document for c in appraisal.conditions.values() if c.document is not None]
    petition = [appraisal.petition] if appraisal.petition else []
    return [*bases, *petition, *appraisal.leadership.documents, *proofs]


def _named(document: Document) -> Text:
    if not document.number:
        return document.title
    number = document.number
    return both(
        lambda lang: f"{document.title[lang]} {translate('report.numbered', lang, number=number)}"
    )


def _relies_on_later(subject: Subject) -> Iterator[Finding]:
    for document in _dossier_documents(subject):
        for key in document.relies_on:
            cited = subject.book.decisions[key]
            if document.date is None or cited.date is None or cited.date <= document.date:
                continue
            yield subject.find(
                "S10",
                "form",
                "",
                "later",
                [Cited(f"{document.number or document.title.vi}", document.source or "")],
                document=_named(document),
                day=day(document.date),
                decision=cited.number,
                later=day(cited.date),
            )


def _printed_otherwise(subject: Subject) -> Iterator[Finding]:
    groups: dict[tuple[str, str | None, dt.date | None], list[str]] = {}
    for citation in subject.case.appraisal.citations:
        printed = (citation.decision, citation.number, citation.date)
        groups.setdefault(printed, []).append(citation.source)
    for (key, number, date), sources in groups.items():
        decision = subject.book.decisions[key]
        places = aside(subject.place(source) for source in sources)
        figures = [Cited(f"{number or decision.number} {date or ''}".strip(), s) for s in sources]
        if date is not None and decision.date is not None and date != decision.date:
            yield subject.find(
                "S10",
                "form",
                "",
                "printed_date",
                figures,
                number=decision.number,
                first=day(date),
                other=day(decision.date),
                places=places,
            )
        if number is not None and number != decision.number:
            yield subject.find(
                "S10",
                "form",
                "",
                "printed_number",
                figures,
                number=number,
                right=decision.number,
                places=places,
            )


def _two_dates(subject: Subject) -> Iterator[Finding]:
    """One number of one issuer, two days."""
    seen: dict[tuple[str, str], list[tuple[dt.date, str, str]]] = {}
    for document in _dossier_documents(subject):
        if document.number and document.date:
            issuer = document.issuer.vi.casefold() if document.issuer else ""
            entry = (document.date, document.number, document.source or "")
            seen.setdefault((_bare(document.number), issuer), []).append(entry)
    for row in subject.case.evidence:
        if row.number and row.issued_on:
            entry = (row.issued_on, row.number, f"evidence.csv:{row.row}")
            seen.setdefault((_bare(row.number), row.issuer.casefold()), []).append(entry)
    for entries in seen.values():
        days = sorted({entry[0] for entry in entries})
        if len(days) < 2:
            continue
        yield subject.find(
            "S10",
            "form",
            "",
            "two_dates",
            [Cited(f"{number} {on}", source) for on, number, source in entries],
            number=entries[0][1],
            first=day(days[0]),
            other=day(days[1]),
            places=aside(subject.place(e[2]) for e in entries if e[2]),
        )


def _bare(number: str) -> str:
    return "".join(number.split()).casefold()


def _evidence_dates(subject: Subject) -> Iterator[Finding]:
    on, last = subject.case.params.on, subject.case.last_day
    for row in subject.case.evidence:
        figure = Cited(f"{row.document} {row.number}".strip(), f"evidence.csv:{row.row}")
        name = both(lambda lang, row=row: _evidence_name(row.document, row.document_en, lang))
        if row.issued_on is not None and row.issued_on > last:
            yield subject.find(
                "S10", "evidence", row.indicator, "after", [figure],
                document=name, number=row.number, day=day(row.issued_on), last=day(last),
            )  # fmt: skip
        if row.valid_until is not None and row.valid_until < on:
            yield subject.find(
                "S10", "evidence", row.indicator, "expired", [figure],
                document=name, number=row.number, day=day(row.valid_until), last=day(on),
            )  # fmt: skip


def _evidence_name(document: str, english: str, lang: str) -> str:
    name = english if lang == "en" and english else document
    return name or ("the document" if lang == "en" else "văn bản")


def _late_bases(subject: Subject) -> Iterator[Finding]:
    on = subject.case.params.on
    appraisal = subject.case.appraisal
    for basis in appraisal.legal_bases:
        decision = subject.book.decisions[basis] if isinstance(basis, str) else basis
        if decision.date is not None and decision.date > on:
            number = decision.number or decision.title.vi
            yield subject.find(
                "S10", "form", "", "late_basis", [Cited(number)],
                number=number, day=day(decision.date), last=day(on),
            )  # fmt: skip


def _late_petition(subject: Subject) -> Iterator[Finding]:
    appraisal = subject.case.appraisal
    petition, period = appraisal.petition, appraisal.period
    if petition and petition.date and period and petition.date > period.from_:
        yield subject.find(
            "S10", "form", "", "petition", [Cited(petition.number or "", petition.source or "")],
            day=day(petition.date), first=day(period.from_),
        )  # fmt: skip


# The plan -------------------------------------------------------------------------------------


def plan_targets(subject: Subject) -> Iterator[Finding]:
    """Find targets below what is reached already, or set for a year that is past."""
    plan = subject.case.appraisal.plan
    for target in plan.targets if plan else ():
        assert plan is not None
        aim = _aim(subject, target.requires, target.unit, target.text)
        figures = [Cited(f"{target.name.vi}: {target.requires or aim.vi}", target.source or "")]
        common: dict[str, object] = {
            "name": small(target.name),
            "aim": aim,
            "period": target.period,
        }
        if target.until is not None and target.until < plan.year:
            yield subject.find(
                "S12", "form", "", "past", figures,
                until=target.until, plan_year=plan.year, **common,
            )  # fmt: skip
        rule = subject.case.rules.by_code.get(target.indicator or "")
        if rule is None or target.requires is None:
            continue
        value = float(subject.row(rule)["value"])
        requirement = parse_requirement(target.requires)
        if requirement.threshold is None or value != value:
            continue
        if requirement.threshold == rule.own.threshold:
            continue  # what the law asks may always be aimed at
        if _already_better(requirement.threshold, exact(value), requirement.higher_is_better):
            unit = rule.indicator.unit
            yield subject.find(
                "S12", "form", rule.code, "below", figures,
                now=subject.quantity(value, unit, 2), **common,
            )  # fmt: skip


def _already_better(aim: Fraction, now: Fraction, higher: bool) -> bool:
    return now > aim if higher else now < aim


def _aim(subject: Subject, requires: str | None, unit: str | None, text: Text | None) -> Text:
    if text is not None:
        return text
    if requires is None or unit is None:
        return Text(vi="–", en="–")
    units = subject.book.units
    return both(lambda lang: format_requirement(parse_requirement(requires), units[unit], lang))
