"""Questions in words, for the terminal and the book."""

from __future__ import annotations

from ntm_analysis.communes import Case
from ntm_analysis.communes.stands import Stand
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
    checks = dict.fromkeys(finding.check for finding in one.matter.findings)
    codes = ", ".join(checks)
    more = translate("requests.faces", lang, count=len(one.matter.faces), codes=codes)
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
        state = f"{text} {on}".rstrip()
        text = translate(
            "requests.answered_cell", lang, state=state, answer=answer.rstrip().removesuffix(".")
        )
    if changed := changed_words(asked.stood, one.stands, lang):
        text = f"{text} ({changed})"
    return text


def changed_words(before: Stand, now: Stand, lang: Lang) -> str:
    """Return how a matter stood and how it stands; empty where one of both is not known."""
    if not (before.conclusion and now.conclusion):
        return ""
    if before == now:
        return translate("requests.unchanged", lang, now=stand_words(now, lang))
    words = {"before": stand_words(before, lang), "now": stand_words(now, lang)}
    return translate("requests.changed", lang, **words)


def stand_words(stand: Stand, lang: Lang) -> str:
    """Return a conclusion in words, with verdict and standing where these say something else."""
    text = translate(f"conclusion.{stand.conclusion}", lang).lower()
    inside = []
    if stand.verdict and stand.verdict != stand.conclusion:
        inside.append(translate(f"verdict.{stand.verdict}", lang).lower())
    if stand.standing and (inside or stand.standing != "firm"):
        inside.append(translate(f"standing.{stand.standing}", lang).lower())
    quoted = f"“{text}”"
    return f"{quoted} ({', '.join(inside)})" if inside else quoted
