"""Number formats of spreadsheets: whether one shows a value as a percentage."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Final

_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_SECTIONS: Final = re.compile(r'(?:"[^"]*"|\\.|[^;])+|(?<=;)(?=;|$)')
_CONDITION: Final = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_HOLDS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne,
    "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip


def shows_percent(code: str, value: float | str | None = None) -> bool:
    """Return whether a number format multiplies by 100.

    A percent sign in quotation marks or after a backslash is only printed. A format may have
    several sections, for values of one sign or of a condition.

    Parameters
    ----------
    code : str
        The format, as the workbook holds it.
    value : float or str, optional
        What the cell holds, which tells the section; without a number any section counts.

    Examples
    --------
    >>> shows_percent("0.00%"), shows_percent('0.00"%"')
    (True, False)
    >>> shows_percent("[<1]0%;0.0", 0.95), shows_percent("[<1]0%;0.0", 95)
    (True, False)
    """
    if "%" not in code:
        return False
    try:
        number = float(value) if value not in (None, "") else None
    except ValueError:
        number = None
    shown = code if number is None else _section(_SECTIONS.findall(code), number)
    return "%" in _LITERAL.sub("", shown)


def _section(sections: list[str], value: float) -> str:
    """Return the section of a format that a value is shown by."""
    conditions = [_CONDITION.search(one) for one in sections]
    if any(conditions):
        for one, condition in zip(sections, conditions, strict=True):
            if condition is None or _HOLDS[condition[1]](value, float(condition[2])):
                return one
        return sections[-1]
    place = 1 if value < 0 else 2 if value == 0 else 0
    return sections[place] if place < len(sections) else sections[0]
