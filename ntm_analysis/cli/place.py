"""The province that a command takes where none is given."""

from __future__ import annotations

import datetime as dt
from typing import Final

from ntm_analysis.cli.console import err
from ntm_analysis.language import say, user_lang
from ntm_analysis.numbers import format_date
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.rulebook.places import gone_on

DEFAULT_PLACE: Final = "Hà Nam"


def place_or_default(book: Rulebook, place: str | None, on: dt.date) -> str:
    """Return the place asked for; else the default one, or what it became part of by that day."""
    if place:
        return place
    gone = gone_on(book, DEFAULT_PLACE, on)
    if gone is None or gone.until is None or gone.into is None:
        return DEFAULT_PLACE
    last = format_date(gone.until, user_lang(), "short")
    line = say("places.default_gone", place=DEFAULT_PLACE, into=gone.into, until=last)
    err.print(line, style="yellow", markup=False, soft_wrap=True)
    return gone.into
