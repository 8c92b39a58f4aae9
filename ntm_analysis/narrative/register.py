"""The tables of evidence and of questions."""

from __future__ import annotations

from ntm_analysis.language import translate
from ntm_analysis.narrative.report import Report
from ntm_analysis.numbers import format_date
from ntm_analysis.register import index_of
from ntm_analysis.register.index import named, tally
from ntm_analysis.register.questions import questions_of
from ntm_analysis.register.wording import answered, shown_body, shown_question
from ntm_analysis.scrutiny import Finding
from ntm_analysis.scrutiny.closing import closed_by
from ntm_analysis.tables import Md, escape, pipe_table


def evidence(report: Report) -> Md:
    """Return the index of the dossier: by indicator its documents, and what is missing."""
    lang = report.lang
    entries = index_of(report.case, report.assessment)
    rows = [
        (
            one.subject if one.subject in report.indicators else "–",
            one.name[lang],
            translate(f"register.state_{one.state}", lang),
            named(one, lang) or "–",
            one.grade,
            one.given_by.name[lang],
            one.raises[lang] or "–",
        )
        for one in entries
    ]
    keys = ("indicator", "state", "document", "grade", "given_by", "raises")
    table = pipe_table(
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
    counts = {key: n for key, n in tally(entries).items() if key != "below"}
    floor = report.case.params.evidence_floor
    intro = escape(translate("register.intro", lang, floor=floor, **counts))
    return Md(f"{intro}\n\n{table}")


def requests(report: Report) -> Md:
    """Return the questions by who answers, with their rounds and answers."""
    lang, case = report.lang, report.case
    rows = [
        (
            one.request.id if one.request else "–",
            shown_body(one, case, lang),
            shown_question(one, lang),
            one.matter.settles[lang] if one.matter else "–",
            answered(one, lang),
        )
        for one in questions_of(case, report.assessment, report.findings)
    ]
    return pipe_table(
        [
            translate(f"requests.head_{key}", lang)
            for key in ("id", "body", "question", "settles", "state")
        ],
        rows,
        translate("requests.caption", lang),
        f"tbl-{report.section_id}-requests",
        (3, 7, 14, 9, 7),
    )


def closed(report: Report, finding: Finding) -> str:
    """Return how a finding was answered; empty while it is open."""
    request = closed_by(report.case, finding)
    if request is None:
        return ""
    lang = report.lang
    answer = request.answer_en if lang == "en" and request.answer_en else request.answer
    if request.answered_on is None:
        return f"{translate(f'requests.state_{request.state}', lang)}: {answer}"
    day = format_date(request.answered_on, lang, "short")
    return translate("requests.closed", lang, day=day, answer=answer)
