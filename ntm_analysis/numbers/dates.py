"""Dates as official papers write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final, Literal

from ntm_analysis.language import Lang, say

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ISO = re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$")
_DAY_FIRST = re.compile(r"^(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})$")
_WORDS = re.compile(r"^(?:ngày )?(?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>\d{4})$", re.I)


def format_date(date: dt.date, lang: Lang, style: Literal["long", "short"] = "long") -> str:
    """Return a date as a report writes it.

    Parameters
    ----------
    date : date
    lang : {"vi", "en"}
    style : {"long", "short"}
        `ngày 23 tháng 11 năm 2026` and `23 November 2026`, or `23/11/2026` in both.

    Notes
    -----
    Days below 10 and the months 1 and 2 take a leading zero in the long Vietnamese form, so
    that no digit can be added (Nghị định 30/2020/NĐ-CP, phụ lục I): `ngày 05 tháng 02 năm 2024`.
    In the short form both parts have two digits, so that columns of dates align.
    """
    if style == "short":
        return f"{date.day:02d}/{date.month:02d}/{date.year:04d}"
    if lang == "en":
        return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def parse_date(text: str) -> dt.date:
    """Return the date that `text` names.

    Parameters
    ----------
    text : str
        `2024-11-26`, `26/11/2024` (day first, as in Vietnam), `26.11.2024` or
        `ngày 26 tháng 11 năm 2024`.

    Raises
    ------
    ValueError
        With the reason in the user's language: another form, or a day that does not exist.
    """
    clean = " ".join(unicodedata.normalize("NFKC", text).split())
    match = _ISO.match(clean) or _DAY_FIRST.match(clean) or _WORDS.match(clean)
    if match is None:
        raise ValueError(say("numbers.date_form", text=text))
    try:
        return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        raise ValueError(say("numbers.date_absent", text=text)) from None
