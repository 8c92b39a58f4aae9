"""The typed schema of `data/law-tests/*.yaml`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ntm_analysis.communes.profile import Grade, Status
from ntm_analysis.communes.schema import Label, Schema
from ntm_analysis.language import say

NOT_IN_FORCE = "not_in_force"
_SCALAR = (str, int, float)


def _readings(value: Any) -> Any:
    """Return one figure or a list of them as the texts that `figures.csv` would hold."""
    every = value if isinstance(value, list) else [value]
    texts = [str(one).strip() for one in every if isinstance(one, _SCALAR)]
    plain = not any(isinstance(one, bool) for one in every)
    if not every or len(texts) < len(every) or not all(texts) or not plain:
        raise ValueError(say("law_tests.figure"))
    return tuple(texts)


def _written(value: Any) -> Any:
    """Return a number as it is written, to whose decimals the result is compared."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Readings = Annotated[tuple[str, ...], BeforeValidator(_readings)]
Decimal = Annotated[
    str, BeforeValidator(_written), Field(pattern=r"^[-+]?\d+(\.\d+)?$", max_length=30)
]


class Circumstances(Schema):
    """Under which law a test stands; what a test leaves out is taken from its file's head.

    Attributes
    ----------
    set : str or None
        A criteria set's key.
    place : str or None
        A province, or the nation.
    on : date or None
        The day whose law applies.
    classes : tuple of str or None
        The commune's classes, regions, zones or groups; an empty list says that it has none.
    """

    set: str | None = None
    place: str | None = None
    on: dt.date | None = None
    classes: tuple[str, ...] | None = None


class TestEntry(Circumstances):
    """One test.

    Attributes
    ----------
    name : Label
        What it shows, in a sentence.
    indicator : str
        The indicator's code.
    figures : mapping of variable to readings
        In the syntax of `figures.csv`; of several readings the first is assessed with, and the
        others stand against it.
    evidence : {"A", "B", "C", "D", "E"}
        The grade of the evidence on file.
    verdict : str
        One of the verdicts, or `not_in_force`.
    requires, limb, value, margin, headroom, standing, conclusion, turned_by, lack : str or None
        What else is to come out; a number is compared to the decimals that it is written with.
    law : str or None
        The words of the law, or where they stand.
    """

    __test__ = False

    name: Label
    indicator: str
    figures: dict[str, Readings] = Field({})
    evidence: Grade = "E"
    verdict: Status | Literal["not_in_force"]
    requires: str | None = None
    limb: str | None = None
    value: Decimal | None = None
    margin: Decimal | None = None
    headroom: Decimal | None = None
    standing: Literal["firm", "unproven", "disputed"] | None = None
    conclusion: Literal["clarify", "prove"] | Status | None = None
    turned_by: str | None = None
    lack: (
        Literal["unread", "delegated", "class", "several", "no_part", "no_value", "relative"] | None
    ) = None
    law: Label | None = None


class LawTestsFile(Circumstances):
    """A file of tests, with what they share at its head."""

    tests: tuple[TestEntry, ...] = Field(min_length=1)
