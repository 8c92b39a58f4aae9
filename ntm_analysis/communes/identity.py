"""Who a commune is in `commune.yaml`: its classes, what it was in a year, what it was called."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from ntm_analysis.communes.names import (
    SLUG,
    CommuneName,
    DistrictName,
    FormerName,
    ProvinceName,
)
from ntm_analysis.communes.schema import Label, Schema
from ntm_analysis.language import say

FiveDigits = Annotated[str, Field(pattern=r"^\d{5}$")]


class CommuneClass(Schema):
    """A class of communes to which the commune belongs, or a part of a division: by whose word.

    Attributes
    ----------
    key : str
        A class of `classes.yaml` (`difficult`), or a region, zone or group (`group-1`).
    from_, until : date or None
        The first and the last day, where bounded.
    decision, source : str or None
        Who decided it, and where that is known from.
    """

    key: Annotated[str, Field(pattern=SLUG)]
    from_: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None
    decision: str | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.from_ and self.until and self.until < self.from_:
            raise ValueError(say("communes.period_backward"))
        return self

    def on(self, day: dt.date) -> bool:
        """Whether the commune is one on that day."""
        return (self.from_ is None or self.from_ <= day) and (
            self.until is None or day <= self.until
        )


def _entry(value: Any) -> Any:
    return {"key": value} if isinstance(value, str) else value


Class = Annotated[CommuneClass, BeforeValidator(_entry)]
"""A class with its days; a bare key is one of all days."""


class Identity(Schema):
    """What a commune was in the year of one appraisal, where that differs from what it is now.

    Only the entries that differ are given; see `Commune` for what they mean.
    """

    name: CommuneName | None = None
    code: FiveDigits | None = None
    district: DistrictName | None = None
    province: ProvinceName | None = None
    hamlets: tuple[str, ...] | None = None
    population: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    classes: tuple[Class, ...] | None = None
    note: Label | None = None


class Former(Schema):
    """A name or code that a unit bore before a merger or renaming.

    Attributes
    ----------
    name : str
    code : str or None
        The five-digit code that it had.
    district, province : str or None
    until : date or None
        The last day it was so called.
    """

    name: FormerName
    code: FiveDigits | None = None
    district: DistrictName | None = None
    province: ProvinceName | None = None
    until: dt.date | None = None
