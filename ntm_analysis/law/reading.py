"""What a reading of the law's printed words comes to, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from ntm_analysis.language import say

Sure = Literal["sure", "likely", "person"]
_ORDER: Final[dict[Sure, int]] = {"sure": 0, "likely": 1, "person": 2}
DELEGATED: Final = "delegated"
"""The nation leaves it to the province."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a reading is not sure: a message `law.why.<key>` and what it names."""

    key: str
    fields: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(f"law.why.{self.key}", **self.fields)


@dataclass(frozen=True, slots=True)
class Reading:
    """A requirement as read from printed words.

    Attributes
    ----------
    requires : str
        As the rulebook has it: `>= 95`, `yes`, `delegated`; empty where none could be read.
    sure : {"sure", "likely", "person"}
        `person`: it is left to a person.
    why : tuple of Reason
        Why it is not sure.
    """

    requires: str
    sure: Sure = "sure"
    why: tuple[Reason, ...] = ()

    def doubted(self, sure: Sure, key: str, **fields: Any) -> Reading:
        """Return it as no surer than that, with one more reason."""
        least = max(self.sure, sure, key=_ORDER.__getitem__)
        reason = Reason(key, fields)
        if any(str(one) == str(reason) for one in self.why):
            return replace(self, sure=least)
        return replace(self, sure=least, why=(*self.why, reason))


def left(key: str, **fields: Any) -> Reading:
    """Return a reading that is left to a person."""
    return Reading("", "person", (Reason(key, fields),))
