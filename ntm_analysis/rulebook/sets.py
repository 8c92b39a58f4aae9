"""The typed schema of criteria sets as wholes, and of provinces' decisions on them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from ntm_analysis.language import Text
from ntm_analysis.rulebook.divisions import Division
from ntm_analysis.rulebook.spans import Slug
from ntm_analysis.rulebook.units import Schema
from ntm_analysis.rulebook.variables import Name


class Condition(Schema):
    """A condition of recognition beside the indicators (QĐ 18/2022/QĐ-TTg).

    Attributes
    ----------
    key : str
    name, requires : Text
    paper : Text or None
        The paper of a dossier that shows it.
    decision, source : str
    """

    key: Name
    name: Text
    requires: Text
    paper: Text | None = None
    decision: str
    source: str


class Withdrawal(Schema):
    """When recognition is withdrawn (QĐ 18/2022/QĐ-TTg).

    Attributes
    ----------
    some : float
        The percentage of criteria no longer met from which it is, if a key one is among them.
    most : float
        The percentage from which it is in any case.
    key_criteria : tuple of int
    decision, source : str
    """

    some: Annotated[float, Field(gt=0, le=100)]
    most: Annotated[float, Field(gt=0, le=100)]
    key_criteria: tuple[int, ...]
    decision: str
    source: str


class CriteriaSet(Schema):
    """A criteria set: `set.yaml` of its folder.

    Attributes
    ----------
    key : str
        `advanced`.
    name : Text
        Its official name.
    level : Text
        The title that a commune gets: *nông thôn mới nâng cao*.
    decisions : tuple of str
        Keys of the decisions that make it, in order.
    criteria : int
        How many criteria it has; the files must agree.
    conditions : tuple of Condition
        What recognition needs beside the indicators.
    withdrawal : Withdrawal or None
        When recognition is lost.
    period : (int, int) or (date, date) or None
        The first and the last year, or day, that the set is for; None where that is not known.
    indicators : int or None
        How many indicators it has by the decision, where that is known.
    divisions : tuple of Division
        The regions or groups of communes for which it has values apart.
    """

    key: Slug
    name: Text
    level: Text
    decisions: tuple[str, ...]
    criteria: Annotated[int, Field(ge=1)]
    conditions: tuple[Condition, ...] = ()
    withdrawal: Withdrawal | None = None
    period: tuple[int, int] | tuple[dt.date, dt.date] | None = None
    indicators: Annotated[int, Field(ge=1)] | None = None
    divisions: tuple[Division, ...] = ()
    note: Text | None = None

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that the set is for; all days where that is not known."""
        if self.period is None:
            return dt.date.min, dt.date.max
        first, last = self.period
        return (
            first if isinstance(first, dt.date) else dt.date(first, 1, 1),
            last if isinstance(last, dt.date) else dt.date(last, 12, 31),
        )

    def holds_on(self, day: dt.date) -> bool:
        """Whether the set is for that day."""
        first, last = self.days
        return first <= day <= last
