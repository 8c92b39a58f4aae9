"""The chain of places: of the spans that may hold for a commune, the nearest one in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

from ntm_analysis.rulebook.divisions import NATIONAL, Lack, Locality, Stand, stand
from ntm_analysis.rulebook.spans import Span

SpanT = TypeVar("SpanT", bound=Span)


def pick(spans: Iterable[SpanT], at: Stand | str, on: dt.date) -> SpanT | Lack | None:
    """Return the span in force: that of the nearest link of the chain of places, the latest first.

    Parameters
    ----------
    spans : iterable of Span
    at : Stand or str
        Where the commune stands; a place alone is all of it.
    on : date

    Returns
    -------
    Span, Lack or None
        A `Lack` where the place is divided for these spans and the commune has no value of its
        own there: what holds elsewhere, or in general, is none of its.
    """
    where = stand((), Locality(at), on) if isinstance(at, str) else at
    held = [span for span in spans if span.on(on)]
    for place in dict.fromkeys((where.where.province, NATIONAL)):
        here = [span for span in held if span.place == place]
        code = where.where.code
        if code and (own := [span for span in here if span.commune == code]):
            return max(own, key=_since)
        divided = [span for span in here if span.division and not span.commune]
        if divided:
            own = [span for span in divided if span.division in where.parts]
            return _nearest(own, where) if own else _no_value(divided, where)
        if plain := [span for span in here if not span.commune]:
            return max(plain, key=_since)
    return None


def _since(span: Span) -> dt.date:
    return span.from_


def _nearest(own: Sequence[SpanT], where: Stand) -> SpanT | Lack:
    """Return the latest span; none where parts of two divisions have one of the same day."""
    last = max(map(_since, own))
    found = {span.division: span for span in own if span.from_ == last}
    if len(found) > 1:
        return Lack("several", None, tuple(sorted(key for key in found if key)))
    return next(iter(found.values()))


def _no_value(divided: Sequence[Span], where: Stand) -> Lack:
    named = tuple(dict.fromkeys(span.division or "" for span in divided))
    for key in named:
        if key in where.lacks:
            return where.lacks[key]
    division = next((where.divisions[key] for key in named if key in where.divisions), None)
    keys = [part.key for part in division.parts] if division else []
    return Lack("no_value", division, tuple(key for key in keys if key in where.parts))
