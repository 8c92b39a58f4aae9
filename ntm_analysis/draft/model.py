"""What is read of a report, and what was not understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sure = Literal["sure", "likely", "guess"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of a report, as the value of a variable.

    Attributes
    ----------
    variable, indicator, value, unit, as_of : str
        As in `figures.csv`; `as_of` is empty where the report names no day.
    section : int
        The criterion under which it stands.
    page : int or None
    quote : str
    sure : {"sure", "likely", "guess"}
    """

    variable: str
    indicator: str
    value: str
    unit: str
    as_of: str
    section: int
    page: int | None
    quote: str
    sure: Sure


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A part of a whole that no indicator could be found for."""

    section: int
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The readings of a report, and the shares that went nowhere."""

    readings: tuple[Reading, ...]
    unplaced: tuple[Unplaced, ...]
