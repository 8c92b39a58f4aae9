"""Questions in words, for the terminal and the book."""

from __future__ import annotations

from ntm_analysis.communes import Case
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_date
from ntm_analysis.register.bodies import body
from ntm_analysis.register.questions import Question


def shown_body(one: Question, case: Case, lang: Lang) -> str:
    """Return who answers."""
    if one.matter is not None and one.matter.to.key == one.to:
        return one.matter.to.name[lang]
    return body(case, one.to).name[lang]


def shown_question(one: Question, lang: Lang) -> str:
    """Return what is asked, with how much is folded under it."""
    if one.matter is None:
        assert one.request is not None
        asked = one.request
        return asked.question or f"{asked.subject} {'; '.join(asked.findings)}".strip()
    if not one.matter.faces:
        return one.matter.question[lang]
    more = translate("requests.faces", lang, count=len(one.matter.faces))
    return f"{one.matter.question[lang]} {more}"


def answered(one: Question, lang: Lang) -> str:
    """Return the state of a question: with its answer, and what has changed since."""
    key = "answered_word" if one.state == "answered" else one.state
    text = translate(f"requests.state_{key}", lang)
    asked = one.request
    if asked is None:
        return text
    if asked.closes:
        answer = asked.answer_en if lang == "en" and asked.answer_en else asked.answer
        on = format_date(asked.answered_on, lang, "short") if asked.answered_on else ""
        text = translate("requests.answered_cell", lang, state=text, day=on, answer=answer)
    if asked.before and one.now and (asked.closes or asked.before != one.now):
        words = {
            name: translate(f"conclusion.{value}", lang).lower()
            for name, value in (("before", asked.before), ("now", one.now))
        }
        text = f"{text} ({translate('requests.changed', lang, **words)})"
    return text
