"""Quantities that communes report: their kind, unit, scale, parts and wholes."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from ntm_analysis.language import Text, say
from ntm_analysis.rulebook.formula import Formula, FormulaError
from ntm_analysis.rulebook.units import Plausible, Schema, Unit

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
VariableKind = Literal["count", "amount", "percent", "flag", "grade"]


class Grade(Schema):
    """One grade of a scale, for example *tốt*."""

    key: Name
    label: Text


class Absence(Schema):
    """The answers where the absence of something is asked for, so that a bare *no* is unclear.

    Attributes
    ----------
    none, some : Text
        There was none of it, as required; there was some.
    """

    none: Text
    some: Text


class Variable(Schema):
    """A quantity that a commune reports.

    Attributes
    ----------
    label : Text
        What it is, as a noun phrase that reads well before a colon.
    unit : str
        A key of `units.yaml`.
    kind : {"count", "amount", "percent", "flag", "grade"}
        A count is a whole number ≥ 0, an amount a number ≥ 0, a percent lies in [0, 100],
        a flag is yes or no, a grade is one of `scale`.
    step : float or None
        For an amount that can be lost piece by piece (km of road), the piece: 0.01.
    part_of : str or None
        The variable that this one can never exceed.
    expected_within : str or None
        A variable of another section that it can hardly exceed, though counted differently:
        solid houses and households.
    sum_of : tuple of str
        Variables that make it up, where they do.
    equals : str or None
        Arithmetic over other variables that gives it, for a value that papers state beside the
        figures that it comes from.
    share_of : str or None
        For a percentage, the variable that it is a share of.
    scale : tuple of Grade
        The grades from worst to best.
    absence : Absence or None
        For a flag that asks for the absence of something: the answers in words. `yes` is that
        there was none.
    plausible : Plausible or None
        Where its figures lie as a rule, if not as its unit has it.
    whole_expected : bool
        Whether the part should be all of its whole: what is wanting is asked about.
    note : Text or None
        How it is counted, or what the word means.
    aliases : tuple of str
        How Vietnamese reports name it besides its label: phrases whose words all stand in the
        sentence, in any order, abbreviations spelt out.
    """

    label: Text
    unit: str
    kind: VariableKind
    step: Annotated[float, Field(gt=0)] | None = None
    part_of: Name | None = None
    expected_within: Name | None = None
    whole_expected: bool = False
    sum_of: tuple[Name, ...] = ()
    equals: str | None = None
    share_of: Name | None = None
    scale: tuple[Grade, ...] = ()
    absence: Absence | None = None
    plausible: Plausible | None = None
    note: Text | None = None
    aliases: tuple[str, ...] = ()

    @field_validator("equals")
    @classmethod
    def _arithmetic(cls, text: str | None) -> str | None:
        try:
            return text and Formula(text).text
        except FormulaError:
            raise ValueError(say("rulebook.formula", formula=text)) from None

    @property
    def parsed(self) -> Formula | None:
        """What gives it, parsed."""
        return Formula(self.equals) if self.equals else None

    @model_validator(mode="after")
    def _scale_with_grade(self) -> Self:
        if (self.kind == "grade") != bool(self.scale):
            raise ValueError(say("rulebook.scale"))
        if self.absence is not None and self.kind != "flag":
            raise ValueError(say("rulebook.absence"))
        return self

    @property
    def grades(self) -> tuple[str, ...]:
        """The keys of the scale, from worst to best."""
        return tuple(grade.key for grade in self.scale)


class VariablesFile(Schema):
    """`variables.yaml`: units and variables by name."""

    units: dict[str, Unit]
    variables: dict[Name, Variable]
