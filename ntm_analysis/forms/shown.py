"""What a cell holds, as the person looking at it sees it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from ntm_analysis.language import typed, user_lang


def shown(value: Any) -> str:
    """Return a cell's value as the workbook shows it: days as dd/mm/yyyy, numbers without `.0`.

    Examples
    --------
    >>> shown(2024.0), shown(dt.date(2034, 1, 2)), shown("1,5")
    ('2024', '02/01/2034', '1,5')
    """
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return typed(short(value))
    return str(value)


def short(value: float) -> str:
    """Return a number in machine syntax, without what a computer's arithmetic adds."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 10))


def same_number(text: str, plain: str) -> bool:
    """Return whether a text is a number as its reader writes it: a decimal comma, a percent sign.

    Three digits after a comma may be thousands, so that is told.
    """
    bare = text.removesuffix("%").strip()
    if "," in bare and (user_lang() != "vi" or re.search(r",\d{3}(?!\d)", bare)):
        return False
    return bare.replace(",", ".") == plain
