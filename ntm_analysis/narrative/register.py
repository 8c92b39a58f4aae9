"""The tables of evidence and of questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ntm_analysis.capitals import lower_first, upper_first
from ntm_analysis.communes.requests import Request
from ntm_analysis.communes.stands import Stand
from ntm_analysis.language import Lang, translate
from ntm_analysis.narrative.filters import no_stop
from ntm_analysis.narrative.report import Report
from ntm_analysis.numbers import format_date
from ntm_analysis.register import Entry, index_of
from ntm_analysis.register.index import named, tally
from ntm_analysis.register.questions import Question, new_rows, next_round, questions_of
from ntm_analysis.register.wording import answered, changed_words, shown_body, shown_question
from ntm_analysis.scrutiny import CHECKS, Finding
from ntm_analysis.scrutiny.closing import gone, matter_of, stands_of, status_of
from ntm_analysis.tables import Md, pipe_table

_HASH: Final = 16
"""How many digits of a hash are printed."""


def evidence(report: Report) -> Md:
    """Return the appendix on evidence: what is there, what is missing, who must give it."""
    entries = index_of(report.case, report.assessment)
    return report.render(
        "evidence",
        counts=tally(entries),
        floor=report.case.params.evidence_floor,
        owed_table=_owed(report, entries) if any(one.raises.vi for one in entries) else "",
        table=_index(report, entries),
    )


def _owed(report: Report, entries: Sequence[Entry]) -> Md:
    """Return who must give what is missing, those with most to give first."""
    lang = report.lang
    owed: dict[str, dict[str, None]] = {}
    for one in entries:
        if one.raises.vi:
            name = _code(report, one, lower_first(one.name[lang]))
            owed.setdefault(one.given_by.name[lang], {})[name] = None
    rows = sorted(
        ((body, ", ".join(names), str(len(names))) for body, names in owed.items()),
        key=lambda row: -int(row[2]),
    )
    return pipe_table(
        [translate(f"register.head_{key}", lang) for key in ("given_by", "owed", "owed_count")],
        rows,
        translate("register.caption_owed", lang),
        f"tbl-{report.section_id}-owed",
        (10, 20, 4),
        ("left", "left", "right"),
    )


def _index(report: Report, entries: Sequence[Entry]) -> Md:
    lang = report.lang
    rows = []
    said = ""
    for one in entries:
        again, said = one.subject == said, one.subject
        rows.append(
            (
                _code(report, one, "–"),
                one.name[lang],
                translate(f"register.state_{one.state}", lang),
                _document(one, lang),
                one.grade,
                one.given_by.name[lang],
                "–" if again else one.raises[lang] or "–",
            )
        )
    keys = ("indicator", "state", "document", "grade", "given_by", "raises")
    return pipe_table(
        [
            translate("report.head_code", lang),
            *(translate(f"register.head_{key}", lang) for key in keys),
        ],
        rows,
        translate("register.caption", lang),
        f"tbl-{report.section_id}-evidence",
        (3, 7, 5, 10, 3, 8, 10),
        ("left", "left", "left", "left", "center", "left", "left"),
    )


def _code(report: Report, one: Entry, other: str) -> str:
    return one.subject if one.subject in report.indicators else other


def _document(one: Entry, lang: Lang) -> str:
    """Return a document with its validity, who confirmed it, and its file."""
    parts = [named(one, lang)]
    if one.valid_until:
        day = format_date(one.valid_until, lang, "short")
        parts.append(translate("register.valid_until", lang, day=day))
    if one.confirmed_by and one.confirmed_on:
        day = format_date(one.confirmed_on, lang, "short")
        parts.append(translate("register.confirmed", lang, body=one.confirmed_by, day=day))
    if one.exhibit:
        hashed = one.exhibit.sha256[:_HASH]
        parts.append(translate("register.file", lang, file=one.exhibit.name, hash=hashed))
    return "; ".join(filter(None, parts)) or "–"


def requests(report: Report) -> Md:
    """Return the questions, a table for each who answers, with their rounds and answers."""
    case = report.case
    questions = questions_of(case, report.assessment, report.findings)
    fresh = iter(new_rows(case, questions, next_round(case), None, report.lang))
    groups: dict[str, list[tuple[Question, str]]] = {}
    for one in questions:
        number = next(fresh)["id"] if one.state == "new" else one.request.id if one.request else "–"
        groups.setdefault(shown_body(one, case, report.lang), []).append((one, number))
    tables = [
        _questions(report, number, body, asked)
        for number, (body, asked) in enumerate(groups.items(), 1)
    ]
    return Md("\n\n".join(tables))


def _subject(report: Report, one: Question) -> str:
    """Return the code of the indicator that a question is about, or the condition's name."""
    subject = one.request.subject if one.request else one.matter.subject if one.matter else ""
    names = {c.key: c.name for c in report.case.rules.loaded.about.conditions}
    return names[subject][report.lang] if subject in names else subject or "–"


def _questions(report: Report, number: int, body: str, asked: Sequence[tuple[Question, str]]) -> Md:
    lang = report.lang
    keys, widths = ["id", "about", "question", "settles"], [3, 4, 16, 9]
    rounds = bool(report.case.requests)
    if rounds:
        keys, widths = [*keys, "state"], [*widths, 9]
    rows = [
        (
            id_,
            _subject(report, one),
            shown_question(one, lang),
            one.matter.settles[lang] if one.matter else "–",
            *((answered(one, lang),) if rounds else ()),
        )
        for one, id_ in asked
    ]
    own = asked[0][0].state == "own"
    key = "own" if own else "to"
    return pipe_table(
        [translate(f"requests.head_{key}", lang) for key in keys],
        rows,
        translate(f"requests.caption_{key}", lang, body=body, count=len(rows)),
        f"tbl-{report.section_id}-requests-{number}",
        widths,
    )


def became(report: Report, finding: Finding) -> str:
    """Return what became of a finding: asked, answered, closed with its answer; empty if open."""
    status = status_of(report.case, finding)
    if status.request is None:
        return ""
    return _became(report, status.state, status.request, matter_of(finding)[1])


def found_no_more(report: Report) -> list[tuple[str, str, str]]:
    """Return what was asked about and is found no more: check, what it was, what became of it."""
    lang = report.lang
    return [
        (
            check,
            request.question
            or translate("requests.was_found", lang, title=check_title(check, lang), on=on),
            _became(report, "closed", request, on),
        )
        for (check, on), request in gone(report.case, report.findings)
    ]


def check_title(code: str, lang: Lang) -> str:
    """Return what a check looks for, in a few words."""
    return next(one.title(lang) for one in CHECKS if one.code == code)


def _became(report: Report, state: str, request: Request, on: str) -> str:
    lang = report.lang
    answer = request.answer_en if lang == "en" and request.answer_en else request.answer
    days = {
        name: format_date(day, lang, "short") if day else ""
        for name, day in (
            ("asked", request.asked_on), ("due", request.due_on), ("day", request.answered_on)
        )
    }  # fmt: skip
    key = state
    if state == "asked":
        key = "asked_due" if request.due_on else "asked"
    elif not request.answered_on:
        key = "withdrawn" if request.state == "withdrawn" else "no_answer"
    text = translate(f"requests.finding_{key}", lang, id=request.id, answer=no_stop(answer), **days)
    stands = stands_of(report.case, report.assessment).get(on, Stand())
    changed = changed_words(request.stood, stands, lang) if state != "asked" else ""
    return f"{text} {upper_first(changed)}." if changed else text
