"""What was done, from the commune's facts: works, models, bodies, trainings, events, costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ntm_analysis.numbers import format_reading
from ntm_analysis.official.setting import Setting
from ntm_analysis.official.wording import spoken


def deeds_of(setting: Setting, subject: str, *, aims: bool = False) -> Iterator[str]:
    """Give the facts on an indicator, a criterion, `leadership` or `plan`, as clauses.

    The overall aims of a plan are given alone, or left out.

    In English a fact without its translation stands in Vietnamese.
    """
    facts: tuple[Any, ...] = getattr(setting.report.case, "facts", ())
    units, lang = setting.report.case.rules.rulebook.units, setting.lang
    for fact in facts:
        if fact.subject != subject or (fact.kind == "aim") is not aims:
            continue
        text = (fact.text_en if lang == "en" and fact.text_en else fact.text).rstrip(" .;")
        place = fact.place_en if lang == "en" and fact.place_en else fact.place
        more = [place] if place and place.casefold() not in text.casefold() else []
        if fact.amount:
            amount = spoken(format_reading(fact.amount, units[fact.unit], lang), lang)
            if amount.casefold() not in text.casefold():
                more.append(amount)
        yield f"{text} ({'; '.join(more)})" if more else text
