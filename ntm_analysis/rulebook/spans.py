"""Stretches of days in a place: where and since when an indicator holds, and what it requires."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Self

from pydantic import Discriminator, Field, Tag, model_validator

from ntm_analysis.language import Text, say
from ntm_analysis.rulebook.units import Schema

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FiveDigits = Annotated[str, Field(pattern=r"^\d{5}$")]
Link = tuple[str, str, str]
"""A link of the chain of places: a place, a part of it (region, zone, group), a commune's code."""


class Span(Schema):
    """A stretch of days in a place, by a decision; `until` is the last day.

    Attributes
    ----------
    from_, until : date
    place : str
        A province, or `Cả nước`.
    division : str or None
        The region, zone or group of that place for which it holds alone.
    commune : str or None
        The five-digit code of the commune for which it holds alone.
    decision, source : str
    verified : bool
        Whether it was read in the decision itself.
    """

    from_: dt.date = Field(alias="from")
    until: dt.date | None = None
    place: str
    division: Slug | None = None
    commune: FiveDigits | None = None
    decision: str
    source: str
    verified: bool = True
    note: Text | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.until is not None and self.until < self.from_:
            raise ValueError(say("rulebook.span_backward"))
        return self

    @property
    def link(self) -> Link:
        """The link of the chain of places that it names."""
        return self.place, self.division or "", self.commune or ""

    def on(self, day: dt.date) -> bool:
        """Return whether it holds on that day."""
        return self.from_ <= day and (self.until is None or day <= self.until)

    def covers(self, place: str, on: dt.date) -> bool:
        """Return whether this span holds in all of `place` (exactly that place) on that day."""
        return self.link == (place, "", "") and self.on(on)

    def overlaps(self, other: Span) -> bool:
        """Return whether the two have a day in common."""
        ends = [one.until for one in (self, other) if one.until is not None]
        first = max(self.from_, other.from_)
        return all(first <= end for end in ends)


class InForce(Span):
    """Where and when an indicator belongs to the set, or does not (`applies: false`)."""

    applies: bool = True


def requires_form(value: Any) -> str:
    """Return whether requirements are given one for each limb."""
    return "limbs" if isinstance(value, dict) else "one"


Requires = Annotated[
    Annotated[str, Tag("one")] | Annotated[dict[str, str], Tag("limbs")],
    Discriminator(requires_form),
]
"""One requirement for the indicator, or one for each limb."""


class Asked(Schema):
    """What is printed beside a requirement, and who checked it.

    Attributes
    ----------
    requires : str, or mapping of limb to str
    printed : str, or mapping of limb to str, or None
        The words of the decision.
    page : str or None
        Where in the decision they stand.
    points : float or None
        The points for meeting it, in a set with scores.
    checked_by, checked_on : str, date or None
        The second person who read it in the decision, and when.
    """

    requires: Requires
    printed: Requires | None = None
    page: str | None = None
    points: Annotated[float, Field(ge=0)] | None = None
    checked_by: str | None = None
    checked_on: dt.date | None = None


class Threshold(Span, Asked):
    """A dated requirement: one for the indicator, or one for each limb."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.requires:
            raise ValueError(say("rulebook.requires_empty"))
        return self

    def stated(self, own: str) -> dict[str, str]:
        """Return the requirements by limb; one that stands alone is of the limb `own`."""
        return self.requires if isinstance(self.requires, dict) else {own: self.requires}

    def words(self, limb: str, own: str) -> str:
        """Return the printed words for a limb; those given for all are of the limb `own`."""
        if isinstance(self.printed, dict):
            return self.printed.get(limb, "")
        return self.printed or "" if limb == own else ""
