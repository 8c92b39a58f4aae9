"""What to look at in the rulebook: errors, what is doubtful, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ntm_analysis.language import say, user_lang
from ntm_analysis.numbers import format_date
from ntm_analysis.rulebook.divisions import NATIONAL
from ntm_analysis.rulebook.load import Rulebook
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Decision, Indicator
from ntm_analysis.rulebook.overlaps import worded_for
from ntm_analysis.rulebook.spans import Threshold
from ntm_analysis.units import unit_on

Grade = Literal["error", "doubtful", "missing"]
PROPOSED = "x_"
"""How the names of variables begin that a workbook's import proposed."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at.

    Attributes
    ----------
    grade : {"error", "doubtful", "missing"}
    set, place, indicator : str
        Empty where it concerns none; `indicator` is a code, a criterion's number or a decision.
    what : str
    """

    grade: Grade
    set: str
    place: str
    indicator: str
    what: str


def lint(book: Rulebook) -> Iterator[Remark]:
    """Yield what to look at, doubtful things first."""
    for key, loaded in book.sets.items():
        yield from _doubtful(book, key, loaded)
    for key, loaded in book.sets.items():
        yield from _missing(book, key, loaded)
    for name, decision in book.decisions.items():
        if decision.date is None:
            yield Remark("missing", "", decision.place, name, say("cli.missing_date"))


def _doubtful(book: Rulebook, key: str, loaded: LoadedSet) -> Iterator[Remark]:
    first = _first_day(book, loaded)
    for indicator in loaded.indicators.values():
        code = indicator.code
        if any(limb.formula.startswith(PROPOSED) for limb in indicator.limbs):
            yield Remark("doubtful", key, "", code, say("lint.proposed"))
        for span in indicator.thresholds:
            for what in _of_span(book, loaded, indicator, span, first):
                yield Remark("doubtful", key, span.place, code, what)
    for division in loaded.divisions:
        for part in division.parts:
            for code in part.communes:
                if _no_unit(code, division.from_ or loaded.about.days[0], division.until):
                    what = say("lint.no_unit", code=code)
                    yield Remark("doubtful", key, division.place, part.key, what)
    strange = {
        place
        for place in book.places_of(key)
        if place != NATIONAL and book.provinces and place not in book.provinces
    }
    for place in sorted(strange):
        yield Remark("doubtful", key, place, "", say("lint.no_province"))


def _of_span(
    book: Rulebook,
    loaded: LoadedSet,
    indicator: Indicator,
    span: Threshold,
    first: dt.date | None,
) -> Iterator[str]:
    lang = user_lang()
    decision = book.decisions[span.decision]
    day = format_date(span.from_, lang, "short")
    if decision.date and first and decision.date < first and span.from_ >= first:
        yield say(
            "lint.older",
            number=decision.number,
            date=format_date(decision.date, lang, "short"),
            first=format_date(first, lang, "short"),
        )
    if _long_after(decision, span):
        yield say("lint.late", number=decision.number, on=day)
    last = loaded.about.days[1]
    if loaded.about.period is not None and (span.from_ > last):
        yield say("lint.outside", on=day, last=format_date(last, lang, "short"))
    if span.commune and _no_unit(span.commune, span.from_, span.until):
        yield say("lint.no_unit", code=span.commune)
    if decision.place not in (span.place, NATIONAL):
        yield say("lint.elsewhere", number=decision.number, place=decision.place)
    if not span.division and not span.commune and _divided(loaded, indicator, span):
        yield say("lint.common")


def _no_unit(code: str, first: dt.date, last: dt.date | None) -> bool:
    """Whether no unit bears a code at either end of a span."""
    return unit_on(code, first) is None and (last is None or unit_on(code, last) is None)


def _long_after(decision: Decision, span: Threshold) -> bool:
    """Whether a value begins more than five years after its decision."""
    return decision.date is not None and (span.from_ - decision.date).days > 5 * 366


def _divided(loaded: LoadedSet, indicator: Indicator, span: Threshold) -> bool:
    """Whether a known value for all stands where a place is divided and no part has its own."""
    parts = {part.key for one in loaded.divisions if one.place == span.place for part in one.parts}
    known = any(
        text.strip() not in ("unknown", "delegated") for text in span.stated("own").values()
    )
    held = {one.division for one in indicator.thresholds if one.place == span.place}
    return bool(parts) and known and not parts & held


def _first_day(book: Rulebook, loaded: LoadedSet) -> dt.date | None:
    """Return the day on which the first decision of the set was signed."""
    days = [book.decisions[key].date for key in loaded.about.decisions if key in book.decisions]
    return min((day for day in days if day is not None), default=None)


def _missing(book: Rulebook, key: str, loaded: LoadedSet) -> Iterator[Remark]:
    for criterion in loaded.criteria:
        if not criterion.complete:
            what = say("cli.missing_indicators")
            yield Remark("missing", key, "", str(criterion.number), what)
    if loaded.about.period is None:
        yield Remark("missing", key, "", "", say("lint.no_period"))
    wanted, listed = loaded.about.indicators, len(loaded.indicators)
    if wanted is not None and listed < wanted:
        yield Remark("missing", key, "", "", say("lint.count", listed=listed, wanted=wanted))
    for division in loaded.divisions:
        for part in division.parts:
            if not (part.provinces or part.communes or part.classes or part.rest):
                what = say("lint.part", part=part.name[user_lang()])
                yield Remark("missing", key, division.place, "", what)
    for place in book.places_of(key):
        for indicator in loaded.indicators.values():
            here = (place, NATIONAL)
            own = [s for s in indicator.in_force if s.place == place]
            if not any(s.place in here and s.applies for s in own or indicator.in_force):
                continue
            spans = [s for s in indicator.thresholds if s.place in here]
            for code, what in _of_thresholds(indicator, spans):
                yield Remark("missing", key, place, code, what)


def _of_thresholds(indicator: Indicator, spans: list[Threshold]) -> Iterator[tuple[str, str]]:
    """Yield an indicator and its limbs without a threshold, or that it was never verified."""
    if not spans:
        yield indicator.code, say("cli.missing_threshold")
        return
    limbs = {limb.key: limb for span in spans for limb in worded_for(indicator, span).limbs}
    for place, limb in enumerate(limbs.values()):
        given = [worded_for(indicator, span).by_limb(span.requires).get(limb.key) for span in spans]
        said = [text.strip() for text in given if text is not None]
        code = indicator.code if place == 0 else f"{indicator.code} ({limb.key})"
        if not said or "unknown" in said:
            yield code, say("cli.missing_threshold")
        elif "delegated" in said and all(text == "delegated" for text in said):
            yield code, say("lint.delegated")
        elif place == 0 and not all(span.verified for span in spans):
            yield indicator.code, say("cli.missing_verified")
