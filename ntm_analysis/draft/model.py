"""What a report gives: readings, statements, papers, and the numbers that went nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from ntm_analysis.language import say

Sure = Literal["sure", "likely", "guess"]
Reason = Literal[
    "unplaced", "unsure", "requirement", "plan", "earlier", "change", "part", "elsewhere",
    "refused", "number_of", "paper", "formula", "claim",
]  # fmt: skip
"""Why a number is at no variable."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a report.

    Attributes
    ----------
    file : str
        The key of the report among the sources.
    line : str
        The number of its line or paragraph; in a PDF the page before it.
    page : int or None
    section : str
        The heading that it stands under.
    criterion : int or None
    quote : str
        The words around it.
    """

    file: str
    line: str
    page: int | None
    section: str
    criterion: int | None
    quote: str

    @property
    def source(self) -> str:
        """As `figures.csv` has it: `report:151`."""
        return f"{self.file}:{self.line}"

    @property
    def words(self) -> str:
        """Where it stands and in which words, for a comment."""
        parts = [self.section] if self.section else []
        if self.page is not None:
            parts.append(say("draft.page", page=self.page))
        parts.append(self.source)
        return f"{' · '.join(parts)}: “{self.quote}”"


@dataclass(frozen=True, slots=True)
class Found:
    """A figure read.

    Attributes
    ----------
    variable, indicator : str
        The indicator is empty for a general figure.
    value : str
        In the machine form of `figures.csv`.
    unit : str
    as_of : date or None
    sure : {"sure", "likely", "guess"}
    spot : Spot
    why : tuple of str
        What spoke for it, for `--explain`.
    kind : {"share", "count", "rate", "amount", "answer"}
    """

    variable: str
    indicator: str
    value: str
    unit: str
    as_of: dt.date | None
    sure: Sure
    spot: Spot
    why: tuple[str, ...] = ()
    kind: str = "amount"

    def as_dict(self) -> dict[str, Any]:
        """Return what `ntm draft --format json` prints."""
        return {
            "variable": self.variable,
            "indicator": self.indicator,
            "value": self.value,
            "unit": self.unit,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "section": self.spot.section,
            "page": self.spot.page,
            "quote": self.spot.quote,
            "sure": self.sure,
        }


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that a report names as evidence; its number and day as far as they are printed."""

    indicator: str
    title: str
    number: str
    issuer: str
    issued_on: dt.date | None
    sure: Sure
    spot: Spot


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a report says was done.

    Attributes
    ----------
    subject : str
        The indicator, or the number of the criterion.
    kind : str
        One of the kinds of `facts.csv`.
    text, place : str
    amount, unit : str
        A sum of money that it names; empty if there is none, or several.
    sure : {"likely", "guess"}
    spot : Spot
    """

    subject: str
    kind: str
    text: str
    place: str
    amount: str
    unit: str
    sure: Sure
    spot: Spot


@dataclass(frozen=True, slots=True)
class Missed:
    """A number that is at no variable, and why.

    Attributes
    ----------
    number : str
        As printed.
    reason : Reason
    spot : Spot
    """

    number: str
    reason: Reason
    spot: Spot


@dataclass(slots=True)
class Draft:
    """What was read from the reports on one commune.

    Attributes
    ----------
    found : list of Found
    papers : list of Paper
    facts : list of Fact
    claims : dict of str to str
        The verdict claimed, by indicator.
    missed : list of Missed
    placed : int
        How many printed numbers are at a variable, a target, or in the profile.
    numbers : int
        How many numbers the reports print: `placed` and `missed` together.
    profile : dict
        Leaves of `commune.yaml` by path, those of the appraisal without `appraisals.<year>.`.
    marks : dict of str to (Sure, Spot)
        How sure each of them is, and where it stands.
    targets : list of (dict, Sure, Spot)
    remarks : list of str
        What the reader should know.
    """

    found: list[Found] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)
    missed: list[Missed] = field(default_factory=list)
    placed: int = 0
    numbers: int = 0
    profile: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, tuple[Sure, Spot]] = field(default_factory=dict)
    targets: list[tuple[dict[str, Any], Sure, Spot]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
