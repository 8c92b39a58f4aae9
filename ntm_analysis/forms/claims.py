"""What an indicator measures, as the variable that a value claimed for it would be."""

from __future__ import annotations

from functools import cache
from typing import Final

from ntm_analysis.language import Text
from ntm_analysis.rulebook import Indicator, Rulebook, Variable
from ntm_analysis.rulebook.variables import VariableKind

_KINDS: Final[dict[str, VariableKind]] = {
    "yes_no": "flag", "count": "count", "amount": "amount", "level": "count", "rate": "amount",
}  # fmt: skip


def claim_variable(book: Rulebook, set_key: str, code: str) -> Variable | None:
    """Return the variable that the value of an indicator's own limb is like; None if unknown.

    Parameters
    ----------
    book : Rulebook
    set_key, code : str
        The criteria set and the indicator.
    """
    loaded = book.sets.get(set_key)
    indicator = loaded.indicators.get(code) if loaded else None
    return _variable(book, indicator) if indicator else None


def _variable(book: Rulebook, indicator: Indicator) -> Variable:
    own = indicator.own
    alone = book.variables.get(own.formula.strip())
    if alone is not None:
        return alone
    stated = book.variables.get(own.stated or "")
    if stated is not None:
        return stated
    kind: VariableKind = "percent" if own.unit == "percent" else _KINDS.get(own.kind, "amount")
    return _made(indicator.name.vi, indicator.name.en, own.unit, kind)


@cache
def _made(vi: str, en: str, unit: str, kind: VariableKind) -> Variable:
    return Variable(label=Text(vi=vi, en=en), unit=unit, kind=kind)
