"""The typed schema of a province's decision on a criteria set: one file of its folder."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from ntm_analysis.language import Text, say
from ntm_analysis.rulebook.divisions import NATIONAL, Division
from ntm_analysis.rulebook.models import Decision, Indicator, Variant
from ntm_analysis.rulebook.spans import Asked, FiveDigits, Slug
from ntm_analysis.rulebook.units import Schema
from ntm_analysis.rulebook.variables import Name, Variable
from ntm_analysis.spelling import bare_name

_SHARED = ("from", "until", "decision", "source")


class Given(Asked):
    """A requirement in a province's file, with what differs from the rest of the file.

    Attributes
    ----------
    from_, until : date or None
        Its own days: a value of one year.
    division : str or None
        The region, zone or group for which it holds.
    commune : str or None
        The five-digit code of the commune for which it holds.
    verified : bool or None
    decision, source : str or None
    note : Text or None
    """

    from_: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None
    division: Slug | None = None
    commune: FiveDigits | None = None
    verified: bool | None = None
    decision: str | None = None
    source: str | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.requires:
            raise ValueError(say("rulebook.requires_empty"))
        if self.from_ and self.until and self.until < self.from_:
            raise ValueError(say("rulebook.span_backward"))
        return self


def _form(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "many"
    if isinstance(value, Given) or (isinstance(value, dict) and "requires" in value):
        return "given"
    return "limbs" if isinstance(value, dict) else "one"


Entry = Annotated[
    Annotated[str, Tag("one")]
    | Annotated[dict[str, str], Tag("limbs")]
    | Annotated[Given, Tag("given")]
    | Annotated[tuple[Given, ...], Tag("many")],
    Discriminator(_form),
]
"""A requirement; one for each limb; one with its words; or several: by year, region or commune."""


class Province(Schema):
    """A decision on a criteria set: one file of its folder `provinces`.

    Attributes
    ----------
    place : str
        A province, or `Cả nước` for a decision of the nation.
    decisions : mapping
        The decisions that it cites and `decisions.yaml` does not have.
    decision : str
        The key of the decision that sets the thresholds.
    from_, until : date
        The days in force; open-ended where it has no `until`.
    except_ : tuple of str
        Indicators of the set that are not in force there.
    divisions : tuple of Division
        Its zones or groups of communes.
    criteria : mapping of number to Text
        Criteria that it has beside those of the set.
    indicators : tuple of Indicator
        Indicators that it has beside those of the set, or into which it splits one.
    variants : mapping of code to Variant
        Indicators of the set that it words otherwise.
    variables : mapping of str to Variable
        Quantities that its own indicators need.
    thresholds : mapping of code to requirement
        One requirement, one for each limb, or several by year, zone or commune.
    source : str
    verified : bool
    note : Text or None
    """

    place: Annotated[str, AfterValidator(lambda name: bare_name(name, "province"))]
    decisions: dict[str, Decision] = Field(default_factory=dict)
    decision: str
    from_: dt.date = Field(alias="from")
    until: dt.date | None = None
    except_: tuple[str, ...] = Field(default=(), alias="except")
    divisions: tuple[Division, ...] = ()
    criteria: dict[int, Text] = Field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    variants: dict[str, Variant] = Field(default_factory=dict)
    variables: dict[Name, Variable] = Field(default_factory=dict)
    thresholds: dict[str, Entry] = Field(default_factory=dict)
    source: str
    verified: bool = False
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_the_file(cls, given: Any) -> Any:
        """Give parts the place, days and decision of the file where they have none."""
        if not isinstance(given, dict):
            return given
        place = bare_name(str(given.get("place", "")), "province") or NATIONAL
        common = {
            "place": place,
            **{key: given[key] for key in _SHARED if given.get(key)},
            "verified": given.get("verified", False),
        }

        def filled(part: Any) -> Any:
            return common | part if isinstance(part, dict) else part

        changed = dict(given)
        if isinstance(given.get("variants"), dict):
            changed["variants"] = {k: filled(one) for k, one in given["variants"].items()}
        if isinstance(given.get("divisions"), list):
            changed["divisions"] = [filled(one) for one in given["divisions"]]
        if isinstance(given.get("indicators"), list):
            changed["indicators"] = [
                {"in_force": [common], "source": given.get("source")} | one
                if isinstance(one, dict)
                else one
                for one in given["indicators"]
            ]
        return changed

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.until is not None and self.until < self.from_:
            raise ValueError(say("rulebook.span_backward"))
        return self

    def given(self, code: str) -> tuple[tuple[tuple[str | int, ...], Given], ...]:
        """Return the requirements of an indicator, each with its place below the code."""
        entry = self.thresholds.get(code)
        if entry is None or entry == {}:
            return ()
        if isinstance(entry, tuple):
            return tuple(((number,), one) for number, one in enumerate(entry))
        if isinstance(entry, Given):
            return (((), entry),)
        return (((), Given(requires=entry)),)
