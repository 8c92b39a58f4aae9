"""Checks of what the dossier says about itself: targets, documents, parts, bases, form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ntm_analysis.assessment.verdicts import MET, NOT_APPLICABLE_VERDICT
from ntm_analysis.communes.papers import Document
from ntm_analysis.communes.profile import Target
from ntm_analysis.language import Text, translate
from ntm_analysis.numbers import format_requirement
from ntm_analysis.rulebook import Rule, parse_requirement
from ntm_analysis.rulebook.formula import exact
from ntm_analysis.scrutiny.finding import Cited, Finding
from ntm_analysis.scrutiny.subject import Subject, aside, both, small

_UNFINISHED: Final = re.compile(
    r"(?<!\w)(?:mới (?:có|chỉ|ký|lập|bắt đầu|đang|làm|lắp|triển khai|xây|đạt|được)|"
    r"đang (?:hoàn thiện|triển khai|thực hiện|lập|làm|xây|lắp|thi công|chờ|xin|trình)|"
    r"sẽ (?:có|làm|lắp|xây|hoàn thành|triển khai|tổ chức)|dự kiến|"
    r"chưa (?:hoàn thành|thực hiện|lắp|xây|triển khai|làm|đủ|tổ chức|đạt|được|đi vào)|"
    r"còn (?:thiếu|\d+ [^\W\d_]+ (?:chưa|không))|không còn (?:hoạt động|sử dụng)|"
    r"đã (?:hỏng|ngừng))",
    re.I,
)
"""Words of a remark by which something is not done; that a document is wanting is no such."""
_THERE: Final = re.compile(r"(?<!\w)(?:nói|nêu|ghi|cho biết) (?:là )?(?:vẫn |đã )?có(?!\w)", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def missed_targets(subject: Subject) -> Iterator[Finding]:
    """Find results short of what the commune's own plan sets for the year appraised."""
    plan, year = subject.case.appraisal.plan, subject.case.params.year
    told: set[tuple[str, str]] = set()
    for target in plan.targets if plan else ():
        rule = subject.case.rules.by_code.get(target.indicator or "")
        if rule is None or target.requires is None or not _covers(target, year):
            continue
        requirement, limb = parse_requirement(target.requires), rule.indicator.own
        value = float(subject.limb_row(rule, limb.key)["value"])
        if requirement.threshold is None or value != value or requirement.holds(exact(value)):
            continue
        if (rule.code, target.requires) in told:
            continue
        told.add((rule.code, target.requires))
        unit = subject.book.units[target.unit or limb.unit]
        yield subject.find(
            "S17",
            "inconsistent",
            rule.code,
            "missed",
            [Cited(f"{target.name.vi}: {target.requires}", target.source or "")],
            aim=both(lambda lang, r=requirement, u=unit: format_requirement(r, u, lang)),
            period=target.period,
            now=subject.quantity(value, limb.unit, 3 if limb.kind == "amount" else 2),
            places=_places(subject, target.source),
        )


def _covers(target: Target, year: int) -> bool:
    years = [int(one) for one in _YEAR.findall(target.period.vi)]
    return bool(years) and min(years) <= year <= max(years)


def _places(subject: Subject, *sources: str | None) -> Text:
    return aside(subject.place(source) for source in sources if source)


def bare_documents(subject: Subject) -> Iterator[Finding]:
    """Find documents that are named as evidence without their number or date."""
    for row in subject.case.evidence:
        lacking = [
            key for key, there in (("number", row.number), ("date", row.issued_on)) if not there
        ]
        if not row.document or not lacking or row.indicator not in subject.case.rules.by_code:
            continue
        yield subject.find(
            "S18",
            "form",
            row.indicator,
            "lacking",
            [Cited(row.document, f"evidence.csv:{row.row}")],
            document=both(
                lambda lang, row=row: (
                    row.document_en if lang == "en" and row.document_en else row.document
                )
            ),
            lacking=_lacking(lacking),
        )

    yield from _bare_papers(subject)


def _bare_papers(subject: Subject) -> Iterator[Finding]:
    """Find the same in the other parts of the dossier, and among the appraiser's own bases."""
    appraisal = subject.case.appraisal
    papers = [(one, "") for one in appraisal.leadership.documents]
    if appraisal.petition:
        papers.insert(0, (appraisal.petition, ""))
    papers += [(c.document, key) for key, c in appraisal.conditions.items() if c.document]
    bases = [one for one in appraisal.legal_bases if isinstance(one, Document)]
    told = set()
    for paper, condition in papers:
        if _formally(paper) and paper.title.vi not in told:
            told.add(paper.title.vi)
            yield _bare_paper(subject, paper, "paper", condition or paper.title.vi)
    for paper in bases:
        if _formally(paper) and paper.title.vi not in told:
            yield replace(_bare_paper(subject, paper, "basis", paper.title.vi), ours=True)


def _bare_paper(subject: Subject, paper: Document, variant: str, on: str) -> Finding:
    return subject.find(
        "S18",
        "form",
        "",
        variant,
        [Cited(on, paper.source or "")],
        document=paper.title,
        lacking=_lacking(_formally(paper)),
        places=_places(subject, paper.source),
    )


def _lacking(keys: list[str]) -> Text:
    return both(
        lambda lang: f" {translate('scrutiny.and', lang)} ".join(
            translate(f"scrutiny.lacking_{key}", lang) for key in keys
        )
    )


def parts_left_open(subject: Subject) -> Iterator[Finding]:
    """Find what is called met while counts beside it show that some are wanting."""
    variables = subject.book.variables
    told: set[str] = set()
    for rule in subject.rules:
        row = subject.row(rule)
        if row["verdict"] != MET or rule.indicator.kind not in ("yes_no", "grade"):
            continue
        for name in rule.indicator.context:
            whole_name = variables[name].part_of
            if not variables[name].whole_expected or whole_name is None:
                continue
            part, whole = subject.chosen(name, rule.code), subject.chosen(whole_name, rule.code)
            if part is None or whole is None or not part.high < whole.low:
                continue
            told.add(rule.code)
            yield subject.find(
                "S19",
                "inconsistent",
                rule.code,
                "open",
                [part, whole],
                label=small(subject.label(name)),
                part=subject.placed(part),
                whole=subject.printed(whole),
            )

    for rule in subject.rules:
        if rule.code not in told:
            yield from _against_its_remark(subject, rule)


def _against_its_remark(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find what is called met, or not there, while a remark on it says the contrary."""
    verdict = str(subject.row(rule)["verdict"])
    contrary = {MET: _UNFINISHED, NOT_APPLICABLE_VERDICT: _THERE}.get(verdict)
    if contrary is None:
        return
    names = (*rule.indicator.variables, *rule.indicator.context)
    readings = [subject.chosen(name, rule.code) for name in dict.fromkeys(names)]
    remarks = [
        (one.note, one.note_en, one.source)
        for one in readings
        if one is not None and one.indicator == rule.code
    ]
    remarks += [
        (one.note, one.note_en, f"evidence.csv:{one.row}")
        for one in subject.case.evidence
        if one.indicator == rule.code
    ]
    for note, english, source in remarks:
        if contrary.search(note):
            yield subject.find(
                "S19",
                "inconsistent",
                rule.code,
                "remark" if verdict == MET else "there",
                [Cited(note, source)],
                remark=both(
                    lambda lang, n=note, e=english: _inside(e if lang == "en" and e else n)
                ),
            )
            return


def _inside(note: str) -> str:
    return note.rstrip().rstrip(".;")


def conditions_without_paper(subject: Subject) -> Iterator[Finding]:
    """Find conditions of recognition for which the dossier lists no paper."""
    appraisal = subject.case.appraisal
    if not appraisal.dossier.items:
        return
    for condition in subject.case.rules.loaded.about.conditions:
        evidence = appraisal.conditions.get(condition.key)
        named = any(item.condition == condition.key for item in appraisal.dossier.items)
        if condition.paper is not None and not named and not (evidence and evidence.document):
            # One finding a condition: each paper is another body's to give.
            yield subject.find(
                "S20",
                "form",
                "",
                "lacking",
                [Cited(f"{condition.key}=", appraisal.dossier.source or "")],
                items=len(appraisal.dossier.items),
                paper=condition.paper,
            )


def bases_apart(subject: Subject) -> Iterator[Finding]:
    """Find decisions that the papers or the rules rest on and the legal bases do not name."""
    appraisal = subject.case.appraisal
    if not appraisal.legal_bases:
        return
    named = {basis for basis in appraisal.legal_bases if isinstance(basis, str)}
    cited: dict[str, list[str]] = {}
    for document in appraisal.leadership.documents:
        for key in document.relies_on:
            cited.setdefault(key, []).append(document.source or "")
    for key in appraisal.base_set.against:
        cited.setdefault(key, []).append(appraisal.base_set.source or "")
    for key, sources in cited.items():
        if key not in named:
            yield _apart(subject, key, "cited", [s for s in dict.fromkeys(sources) if s])
    for key in sorted({rule.decision for rule in subject.rules if rule.decision} - set(cited)):
        if key not in named:
            yield _apart(subject, key, "applied", [])


def _apart(subject: Subject, key: str, variant: str, sources: list[str]) -> Finding:
    return subject.find(
        "S21",
        "form",
        "",
        variant,
        [Cited(key, source) for source in sources] or [Cited(key)],
        number=subject.book.decisions[key].number,
        places=_places(subject, *sources),
    )


def formal_elements(subject: Subject) -> Iterator[Finding]:
    """Find papers of an office under appraisal that bear no number or no date."""
    for key, paper in subject.case.commune.sources.items():
        lacking = _formally(paper)
        if paper.issuer is not None and lacking:
            yield subject.find(
                "S22",
                "form",
                "",
                "lacking",
                [Cited(paper.title.vi, key)],
                document=paper.title,
                lacking=_lacking(lacking),
            )


def _formally(paper: Document) -> list[str]:
    return [key for key, there in (("number", paper.number), ("date", paper.date)) if not there]
