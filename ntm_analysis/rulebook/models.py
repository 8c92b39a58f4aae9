"""The typed schema of the rulebook: decisions, criteria, indicators and their limbs."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from ntm_analysis.language import Text, say
from ntm_analysis.rulebook.formula import Formula, FormulaError
from ntm_analysis.rulebook.kinds import DocumentKind, kind_by_symbol
from ntm_analysis.rulebook.spans import InForce, Span, Threshold
from ntm_analysis.rulebook.units import Schema
from ntm_analysis.rulebook.variables import Name

IndicatorKind = Literal["rate", "amount", "count", "yes_no", "level", "grade"]


class Decision(Schema):
    """A legal document, with where it is known from.

    Attributes
    ----------
    number : str
        As printed: `318/QĐ-TTg`.
    kind : document kind
        `decision`, `resolution`, `decree`, …; may be left out where the number states it.
    place : str
        The province that issued it, or `Cả nước`.
    issuer : Text
        Who signed it.
    date : date or None
        The day of signing; None where it is not known.
    in_force : date or None
        The first day in force, where it is known and differs.
    title : Text
        What it is about.
    amends : tuple of str
        Keys of the decisions that it amends.
    source : str
        An address or a place in a document; `unverified` where the text was not seen.
    note : Text or None
        What is uncertain about it.
    """

    number: str
    kind: DocumentKind = "decision"
    place: str
    issuer: Text
    date: dt.date | None = None
    in_force: dt.date | None = None
    title: Text
    amends: tuple[str, ...] = ()
    source: str
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        if not isinstance(given, dict) or given.get("kind") or not given.get("number"):
            return given
        kind = kind_by_symbol(str(given["number"]))
        if kind is None:
            raise ValueError(say("rulebook.kind_unknown", number=given["number"]))
        return given | {"kind": kind}


class Loss(Schema):
    """What is lost one by one when headroom is counted.

    Attributes
    ----------
    variable : str
        The count that changes.
    by : {-1, 1}
        -1 when losing one lowers it (solid houses), 1 when one more is worse (poor households).
    """

    variable: Name
    by: Literal[-1, 1] = -1


class Limb(Schema):
    """One of the things that an indicator asks for.

    Attributes
    ----------
    key : str
        Its name within the indicator; `own` for the only one.
    name : Text or None
        What it asks; None for the only one, which is the indicator itself.
    kind : indicator kind
        What sort of value it has.
    unit : str
        A key of `units.yaml`, the unit of its value.
    formula : str
        Arithmetic over variables.
    stated : str or None
        The variable that holds the value itself, used where the formula's parts are not reported.
    loss : Loss or None
        What headroom counts; None where nothing countable can be lost.
    better : {"higher", "lower"}
        Which values are the better ones, where no threshold says so (`<` or `>`).
    same_requirement : bool
        Whether the law words one requirement for this limb and the indicator's own quantity ("to
        be met for both men and women"), so that a value given for the indicator holds for it too.
    """

    key: Name = "own"
    name: Text | None = None
    kind: IndicatorKind
    unit: str
    formula: str
    stated: Name | None = None
    loss: Loss | None = None
    better: Literal["higher", "lower"] = "higher"
    same_requirement: bool = False

    @field_validator("formula")
    @classmethod
    def _arithmetic(cls, text: str) -> str:
        try:
            Formula(text)
        except FormulaError:
            raise ValueError(say("rulebook.formula", formula=text)) from None
        return text

    @cached_property
    def parsed(self) -> Formula:
        """The formula, parsed."""
        return Formula(self.formula)

    @property
    def lower_is_better(self) -> bool:
        """Whether less of it is better."""
        return self.better == "lower" or (self.loss is not None and self.loss.by > 0)

    @property
    def variables(self) -> tuple[str, ...]:
        """All variables that can give this limb a value."""
        names = self.parsed.variables
        return names if self.stated is None else tuple(dict.fromkeys((*names, self.stated)))


class Department(Schema):
    """Who confirms indicators to the appraiser.

    Attributes
    ----------
    name : Text
        As it was called when the guidance was issued.
    decision : str or None
        The guidance of its ministry: a key of `decisions.yaml`.
    source : str
        Where it is known from.
    """

    name: Text
    decision: str | None = None
    source: str


class Variant(Span):
    """An indicator as a decision words it for a place and time: what it gives differs.

    Attributes
    ----------
    name, short, evidence : Text or None
    combine : {"all", "any"} or None
    limbs : tuple of Limb
        All of them, where they differ.
    context : tuple of str or None
    """

    name: Text | None = None
    short: Text | None = None
    combine: Literal["all", "any"] | None = None
    limbs: tuple[Limb, ...] = ()
    context: tuple[Name, ...] | None = None
    evidence: Text | None = None

    def of(self, indicator: Indicator) -> Indicator:
        """Return the indicator in these words."""
        own = {
            key: value
            for key in ("name", "short", "combine", "limbs", "context", "evidence")
            if (value := getattr(self, key)) not in (None, ())
        }
        if "name" in own:
            own.setdefault("short", self.name)
        return indicator.model_copy(update=own)


class Indicator(Schema):
    """An indicator with its whole history.

    Attributes
    ----------
    code : str
        `17.8`, or `9` for a criterion of one indicator.
    name : Text
        The official name.
    short : Text
        A label of a few words, for charts.
    kind, unit
        Of its own limb (the first).
    combine : {"all", "any"}
        Whether all limbs are asked for, or any of them is enough.
    limbs : tuple of Limb
        The first is the indicator's own quantity, the others are secondary.
    context : tuple of str
        Further variables that the report shows beside the result.
    evidence : Text
        What evidence is asked for.
    department : Department or None
        The department that confirms it, where it is another than its criterion's.
    in_force : tuple of Span
        Where and when it belongs to the set.
    thresholds : tuple of Threshold
        Its requirements by place and day.
    variants : tuple of Variant
        Its other wordings by place and day.
    source : str
        Where its wording is known from.
    note : Text or None
        What is uncertain about it.
    """

    code: Annotated[str, Field(pattern=r"^\d+(\.\d+){0,2}$")]
    name: Text
    short: Text
    combine: Literal["all", "any"] = "all"
    limbs: tuple[Limb, ...] = Field(min_length=1)
    context: tuple[Name, ...] = ()
    evidence: Text
    department: Department | None = None
    in_force: tuple[InForce, ...] = Field(min_length=1)
    thresholds: tuple[Threshold, ...] = ()
    variants: tuple[Variant, ...] = ()
    source: str
    note: Text | None = None

    @model_validator(mode="after")
    def _limbs_named(self) -> Self:
        keys = [limb.key for limb in self.limbs]
        if len(set(keys)) != len(keys):
            raise ValueError(say("rulebook.limb_twice"))
        if len(keys) > 1 and any(limb.name is None for limb in self.limbs):
            raise ValueError(say("rulebook.limb_unnamed"))
        for threshold in () if self.variants else self.thresholds:
            named = threshold.requires
            strange = [key for key in named if key not in keys] if isinstance(named, dict) else []
            if strange:
                raise ValueError(say("rulebook.limb_unknown", limbs=", ".join(strange)))
            if unnamed := self.unnamed_limbs(named):
                raise ValueError(say("rulebook.limb_of_its_own", limbs=", ".join(unnamed)))
        return self

    def unnamed_limbs(self, requires: str | dict[str, str]) -> list[str]:
        """Return the limbs of which one value for the whole indicator says nothing.

        Those that the law words a requirement of their own: they must be named.
        """
        if isinstance(requires, dict) or requires.strip() in ("unknown", "delegated"):
            return []
        return [limb.key for limb in self.limbs[1:] if not limb.same_requirement]

    def by_limb(self, requires: str | dict[str, str]) -> dict[str, str]:
        """Return a requirement as given, by limb; one value holds for all limbs worded so."""
        if isinstance(requires, dict):
            return requires
        everywhere = requires.strip() in ("unknown", "delegated")
        return {
            limb.key: requires
            for place, limb in enumerate(self.limbs)
            if place == 0 or limb.same_requirement or everywhere
        }

    @property
    def own(self) -> Limb:
        """The indicator's own quantity."""
        return self.limbs[0]

    @property
    def kind(self) -> IndicatorKind:
        """The kind of its own quantity."""
        return self.own.kind

    @property
    def unit(self) -> str:
        """The unit of its own quantity."""
        return self.own.unit

    @property
    def criterion(self) -> int:
        """The number of the criterion that it belongs to."""
        return int(self.code.partition(".")[0])

    @property
    def variables(self) -> tuple[str, ...]:
        """All variables that its limbs name."""
        return tuple(dict.fromkeys(name for limb in self.limbs for name in limb.variables))


class Criterion(Schema):
    """A criterion and its indicators, in legal order: one file of the rulebook.

    Attributes
    ----------
    number : int
    name : Text
    complete : bool
        Whether all of its indicators are listed; where their names are not sourced, they are not.
    indicators : tuple of Indicator
    note : Text or None
        What is missing, and why.
    department : Department or None
        Who confirms its indicators, where a source says so.
    """

    number: Annotated[int, Field(ge=1)]
    name: Text
    complete: bool = True
    indicators: tuple[Indicator, ...] = ()
    note: Text | None = None
    department: Department | None = None

    @model_validator(mode="after")
    def _listed(self) -> Self:
        if self.complete and not self.indicators:
            raise ValueError(say("rulebook.criterion_empty"))
        return self


class DecisionsFile(Schema):
    """`decisions.yaml`: decisions by key `number@place-slug`."""

    decisions: dict[str, Decision]
