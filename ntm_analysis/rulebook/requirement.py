"""What an indicator requires: an operator and a threshold, exactly as the law prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, get_args

Op = Literal[">=", ">", "<=", "<", "yes", "unknown"]
OPS: tuple[Op, ...] = get_args(Op)
_COMPARISON = re.compile(r"^(>=|<=|>|<|≥|≤)\s*(\S.*)$")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
_SIGNS = {"≥": ">=", "≤": "<="}


LAW_REASONS = ("unknown_threshold", "delegated", "class_unknown")
"""Why a requirement is unknown: the reasons that are none of the commune's figures."""


class RequirementError(ValueError):
    """A requirement that is not of the form `>= 95`, `yes` or `unknown`."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a value must satisfy.

    Attributes
    ----------
    op : {">=", ">", "<=", "<", "yes", "unknown"}
        `yes` asks for the thing itself; `unknown` says that the threshold is not known to us.
    threshold : Fraction or None
        The threshold in the indicator's unit; for a grade, its place on the scale from 0.
    text : str
        As written in the rulebook.
    why : {"", "unknown_threshold", "delegated", "class_unknown"}
        Of an unknown one, why: nobody read it; the nation leaves it to the province; it is not
        known which region, zone or group the commune belongs to.
    """

    op: Op
    threshold: Fraction | None
    text: str
    why: str = ""

    @property
    def higher_is_better(self) -> bool:
        """Whether larger values satisfy the requirement."""
        return self.op in (">=", ">", "yes")

    @property
    def strict(self) -> bool:
        """Whether the threshold itself does not satisfy the requirement."""
        return self.op in (">", "<")

    def holds(self, value: Fraction) -> bool:
        """Return whether an exact value satisfies the requirement.

        Raises
        ------
        ValueError
            If the threshold is unknown.
        """
        if self.threshold is None:
            raise ValueError(self.text)
        return bool(self.allows((value > self.threshold) - (value < self.threshold)))

    def allows(self, sign: Any) -> Any:
        """Return whether a value satisfies the requirement, by the side on which it lies.

        Parameters
        ----------
        sign : number or array of number
            Below 0 where the value lies under the threshold, 0 at it, above 0 over it; NaN where
            there is no value.

        Returns
        -------
        bool or array of bool
            The one comparison with a threshold: floats, fractions and intervals all go by it.

        Examples
        --------
        >>> parse_requirement("> 72").allows(0)
        False
        """
        match self.op:
            case ">=" | "yes":
                return sign >= 0
            case ">":
                return sign > 0
            case "<=":
                return sign <= 0
            case "<":
                return sign < 0
        raise ValueError(self.text)


UNKNOWN = Requirement("unknown", None, "unknown", "unknown_threshold")
UNPLACED = Requirement("unknown", None, "unknown", "class_unknown")
"""It differs by region, zone or group, and which is the commune's, or its value, is not known."""
DELEGATED = Requirement("unknown", None, "delegated", "delegated")
"""The nation leaves it to the province."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A requirement relative to the threshold of another set: `>= 1.10 x advanced/10`.

    Attributes
    ----------
    op : {">=", ">", "<=", "<"}
    times : Fraction
    set, code : str
        The other set and its indicator.
    """

    op: Op
    times: Fraction
    set: str
    code: str


_RELATIVE = re.compile(r"^(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*x\s*([a-z0-9-]+)/(\d+(?:\.\d+){0,2})$")


def parse_relative(text: str) -> Relative | None:
    """Return a requirement that is relative to another set's threshold; None for any other."""
    match = _RELATIVE.match(text.strip())
    if match is None:
        return None
    return Relative(match[1], Fraction(Decimal(match[2])), match[3], match[4])  # type: ignore[arg-type]


def parse_requirement(text: str, scale: tuple[str, ...] = ()) -> Requirement:
    """Return the requirement that `text` states.

    Parameters
    ----------
    text : str
        `>= 95`, `> 72`, `< 1.0`, `yes`, `unknown`, `delegated`, or `>= good` on a scale of grades.
    scale : tuple of str
        The grades from worst to best, for requirements that name one.

    Raises
    ------
    RequirementError
        If it is of no such form, or names a grade that is not on the scale.
    """
    stripped = text.strip()
    if stripped == "yes":
        return Requirement("yes", Fraction(1), stripped)
    if stripped == DELEGATED.text:
        return DELEGATED
    if stripped == "unknown" or parse_relative(stripped) is not None:
        return UNKNOWN  # a relative one is known only together with the other set
    match = _COMPARISON.match(stripped)
    if match is None:
        raise RequirementError(text)
    sign, rest = _SIGNS.get(match[1], match[1]), match[2].strip()
    if _NUMBER.match(rest):
        threshold = Fraction(Decimal(rest))
    elif rest in scale:
        threshold = Fraction(scale.index(rest))
    else:
        raise RequirementError(text)
    op: Op = sign  # type: ignore[assignment]
    return Requirement(op, threshold, f"{sign} {rest}")
