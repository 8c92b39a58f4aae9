"""The letters that ask for explanation and further papers: one to each body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntm_analysis.official import fields
from ntm_analysis.official.setting import Setting
from ntm_analysis.official.wording import listed, office_words, sentence, without_lines
from ntm_analysis.register.questions import Question, next_round, questions_of
from ntm_analysis.register.wording import shown_body

_ASKING = ("draft", "asked", "late")


def letters(setting: Setting) -> tuple[fields.Request, ...]:
    """Return one letter a body, with its questions of the open round.

    The open round is the last one of which something is drafted or asked and not answered; where
    none is recorded, all that is new.
    """
    report = setting.report
    questions = questions_of(report.case, report.assessment, report.findings)
    open_ = [one for one in questions if one.state in _ASKING and one.request is not None]
    if open_:
        round_ = max(one.request.round for one in open_ if one.request)
        open_ = [one for one in open_ if one.request and one.request.round == round_]
    else:
        round_ = next_round(report.case)
        open_ = [one for one in questions if one.state == "new"]
    bodies: dict[str, list[Question]] = {}
    for one in open_:
        bodies.setdefault(shown_body(one, report.case, setting.lang), []).append(one)
    return tuple(_letter(setting, name, round_, asked) for name, asked in bodies.items())


def not_in_round(setting: Setting) -> int:
    """Return how many questions are new while an open round is recorded, and stand in no letter."""
    report = setting.report
    questions = questions_of(report.case, report.assessment, report.findings)
    if not any(one.state in _ASKING for one in questions):
        return 0
    return sum(one.state == "new" for one in questions)


def _letter(setting: Setting, body: str, round_: int, asked: Sequence[Question]) -> fields.Request:
    days = [one.request.due_on for one in asked if one.request and one.request.due_on]
    others = [one[setting.lang] for one in setting.office.recipients]
    others = others or [setting.blank("recipients")]
    copies = [*others, setting.say("file_copy", unit=setting.unit)]
    return fields.Request(
        **setting.common("request", listed([setting.say("as_above"), *copies])),
        body=re.sub(r"^UBND ", "Ủy ban nhân dân ", body),
        round=str(round_),
        due=setting.day(min(days) if days else None, "due"),
        questions=tuple(_asked(setting, n, one) for n, one in enumerate(asked, 1)),
    )


def _asked(setting: Setting, number: int, one: Question) -> fields.Asked:
    lang = setting.lang
    question = one.request.question if one.request and one.request.question else ""
    parts = [question] if question else []
    if one.matter is not None:
        parts = parts or [one.matter.question[lang]]
        parts += [face[lang] for face in one.matter.faces]
    elif one.request is not None and not parts:
        parts = [f"{one.request.subject} {'; '.join(one.request.findings)}".strip()]
    text = " ".join(
        sentence(office_words(without_lines(part, lang), lang)) for part in dict.fromkeys(parts)
    )
    settles = sentence(without_lines(one.matter.settles[lang], lang)) if one.matter else "–"
    return fields.Asked(str(number), text, settles)
