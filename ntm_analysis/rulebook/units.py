"""Units of measurement, and where figures in them lie as a rule."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ntm_analysis.language import Text


class Schema(BaseModel):
    """What all parts of the rulebook share: frozen, no unknown entries, no empty text."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_min_length=1,
        str_strip_whitespace=True,
        populate_by_name=True,
        strict=False,
    )


class OtherUnit(Schema):
    """A unit in which figures are stated by mistake.

    Attributes
    ----------
    unit : Text
    factor : float
        How many of it make one of the right unit.
    """

    unit: Text
    factor: Annotated[float, Field(gt=0)]


class Plausible(Schema):
    """Where figures lie as a rule: our own wide bounds, no law. What lies beyond is asked about.

    Attributes
    ----------
    least, most : float or None
        The ends, both within; None where there is none.
    why : Text
        Why a figure beyond them is doubtful: a whole sentence.
    instead : tuple of OtherUnit
        The units that people take for this one.
    """

    least: float | None = None
    most: float | None = None
    why: Text
    instead: tuple[OtherUnit, ...] = ()


class Unit(Schema):
    """A unit of measurement or of counting.

    Attributes
    ----------
    label : Text
        As written after one or after many in Vietnamese, after one in English.
    plural : str or None
        The English plural, where it differs.
    plausible : Plausible or None
        Where figures in this unit lie as a rule.
    aliases : tuple of str
        What Vietnamese reports count in its place: *căn*, *ngôi nhà*.
    """

    label: Text
    plural: str | None = None
    plausible: Plausible | None = None
    aliases: tuple[str, ...] = ()
