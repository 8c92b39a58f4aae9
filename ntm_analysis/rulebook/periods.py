"""Which criteria sets are for a day."""

from __future__ import annotations

import datetime as dt

from ntm_analysis.language import Lang, say
from ntm_analysis.numbers import format_date
from ntm_analysis.rulebook.load import Rulebook


def outside(book: Rulebook, set_key: str, on: dt.date, lang: Lang) -> tuple[str, str] | None:
    """Return what is wrong with a day outside a criteria set's period, and which sets are for it.

    Parameters
    ----------
    book : Rulebook
    set_key : str
    on : date
    lang : {"vi", "en"}

    Returns
    -------
    (str, str) or None
        The problem and what to do; None where the set is for that day.
    """
    about = book.sets[set_key].about
    if about.holds_on(on):
        return None
    first, last = about.days
    problem = say(
        "period.outside",
        on=format_date(on, lang, "short"),
        set=about.name[lang],
        first=format_date(first, lang, "short"),
        last=format_date(last, lang, "short"),
    )
    there = [
        f"{key} ({loaded.about.name[lang]})"
        for key, loaded in book.sets.items()
        if loaded.about.period is not None and loaded.about.holds_on(on)
    ]
    wanted = say("period.others", sets="; ".join(there)) if there else say("period.none")
    return problem, wanted
