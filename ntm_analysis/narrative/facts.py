"""What was done, as sentences of the report."""

from __future__ import annotations

from collections.abc import Iterable

from ntm_analysis.capitals import upper_first
from ntm_analysis.communes.facts import Fact
from ntm_analysis.language import Lang
from ntm_analysis.numbers import format_reading
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.tables import Md, escape


def facts_of(facts: Iterable[Fact], *subjects: str) -> list[Fact]:
    """Return the facts on any of some subjects, in the order in which they were entered."""
    return [fact for fact in facts if fact.subject in subjects]


def fact_sentence(fact: Fact, book: Rulebook, lang: Lang) -> Md:
    """Return a fact as a sentence, with its place and amount where its text does not say them.

    A fact that was entered in Vietnamese only is printed so, marked as Vietnamese.

    Parameters
    ----------
    fact : Fact
    book : Rulebook
        Gives the unit of the amount.
    lang : {"vi", "en"}

    Examples
    --------
    "Hai thôn xây cổng làng" at "Tam Tứ" for `2` `billion_vnd` becomes
    "Hai thôn xây cổng làng (Tam Tứ; 2 tỷ đồng)."
    """
    text = fact.text_en if lang == "en" and fact.text_en else fact.text
    place = fact.place_en if lang == "en" and fact.place_en else fact.place
    more = [place] if place and place.casefold() not in text.casefold() else []
    if fact.amount:
        amount = format_reading(fact.amount, book.units[fact.unit], lang)
        if amount.casefold() not in text.casefold():
            more.append(amount)
    aside = f" ({'; '.join(more)})" if more else ""
    whole = f"{upper_first(text.rstrip(' .;'))}{aside}."
    if lang == "en" and not fact.text_en:
        return Md(f"[{escape(whole)}]{{lang=vi}}")
    return escape(whole)


def fact_sentences(facts: Iterable[Fact], book: Rulebook, lang: Lang) -> Md:
    """Return facts as sentences one after the other; empty where there is none."""
    return Md(" ".join(fact_sentence(fact, book, lang) for fact in facts))
