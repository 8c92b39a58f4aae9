"""The typed schema of `commune.yaml`: who the commune is, and what its appraisals rest on."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ntm_analysis.communes.identity import Class, FiveDigits, Former, Identity
from ntm_analysis.communes.names import CommuneId, CommuneName, DistrictName, ProvinceName
from ntm_analysis.communes.office import Office
from ntm_analysis.communes.papers import Basis, Citation, Document, Source
from ntm_analysis.communes.schema import Label, Schema
from ntm_analysis.language import say
from ntm_analysis.rulebook.divisions import Locality

Status = Literal["met", "not_met", "pending", "no_data", "not_applicable"]
Grade = Literal["A", "B", "C", "D", "E"]


class Period(Schema):
    """From the first day to the last, both included."""

    from_: dt.date = Field(alias="from")
    until: dt.date

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.until < self.from_:
            raise ValueError(say("communes.period_backward"))
        return self


class DossierItem(Schema):
    """One part of the dossier, whether it is there, and which condition it speaks of, if any."""

    name: Label
    present: bool | None = None
    condition: str | None = None
    source: str | None = None


class Dossier(Schema):
    """The dossier sent for appraisal."""

    declared_complete: bool | None = None
    under: str | None = None
    items: tuple[DossierItem, ...] = ()
    source: str | None = None


class Fact(Schema):
    """One short statement with its place in the commune's papers."""

    text: Label
    source: str | None = None


class Leadership(Schema):
    """How the work was led: documents in order of date, and facts."""

    documents: tuple[Document, ...] = ()
    facts: tuple[Fact, ...] = ()


class BaseSet(Schema):
    """Recognition on the base set, and the self-assessment against it."""

    recognised: int | None = None
    by: Label | None = None
    criteria_met: int | None = None
    criteria_total: int | None = None
    indicators_met: int | None = None
    indicators_total: int | None = None
    against: tuple[str, ...] = ()
    source: str | None = None


class Claim(Schema):
    """What the report under appraisal claims as its total."""

    criteria_met: int
    criteria_total: int
    indicators_met: int
    indicators_total: int
    source: str | None = None


class ConditionEvidence(Schema):
    """What shows that a condition of recognition holds.

    Attributes
    ----------
    status : verdict
        What the evidence supports; `no_data` where there is none.
    claimed : verdict or None
        What is claimed.
    statement : Label or None
        What is said, in a short noun phrase or clause.
    rate : float or None
        A rate in percent, for residents' satisfaction.
    document : Document or None
        The document that shows it.
    grade : {"A", "B", "C", "D", "E"}
        The grade of the evidence.
    """

    status: Status
    claimed: Status | None = None
    statement: Label | None = None
    rate: Annotated[float, Field(ge=0, le=100)] | None = None
    document: Document | None = None
    grade: Grade = "E"
    source: str | None = None


class Target(Schema):
    """A target of the plan for the next year.

    Attributes
    ----------
    name : Label
        What is aimed at.
    indicator : str or None
        The indicator that it concerns.
    requires : str or None
        `>= 96`; None where the target is no number.
    unit : str or None
        A key of `units.yaml`.
    text : Label or None
        The target in words, where it is no number.
    period : Label
        The year or years it is set for, as printed.
    until : int or None
        The last of these years.
    """

    name: Label
    indicator: str | None = None
    requires: str | None = None
    unit: str | None = None
    text: Label | None = None
    period: Label
    until: int | None = None
    source: str | None = None


class PlanTask(Schema):
    """What the plan means to do in one field."""

    field: Label
    tasks: tuple[Label, ...] = Field(min_length=1)
    source: str | None = None


class Plan(Schema):
    """The plan for the year after the appraisal."""

    year: int
    targets: tuple[Target, ...] = ()
    tasks: tuple[PlanTask, ...] = ()


class Appraisal(Schema):
    """One appraisal of the commune.

    Attributes
    ----------
    identity : Identity or None
        What the commune was called, and where it lay, in that year, where that has changed since.
    set : str
        The criteria set it is judged by.
    appraiser : Label
        The appraising body.
    submitted_to : Label or None
        Who is asked to recognise the commune.
    period : Period or None
        The days of the appraisal.
    petition : Document or None
        The commune's request.
    legal_bases : tuple of str or Document
        Keys of decisions, and other documents.
    citations : tuple of Citation
        Decisions that the papers print with another number or date.
    conditions : mapping of condition key to evidence
        Debt, residents' satisfaction, security.
    drafted : bool
        Whether a program read what stands here in a report, and nobody has confirmed all of it.
    office : Office
        What only the appraising office knows.
    """

    identity: Identity | None = None
    set: str
    drafted: bool = False
    appraiser: Label
    submitted_to: Label | None = None
    period: Period | None = None
    petition: Document | None = None
    legal_bases: tuple[Basis, ...] = ()
    citations: tuple[Citation, ...] = ()
    dossier: Dossier = Dossier()
    leadership: Leadership = Leadership()
    base_set: BaseSet = BaseSet()
    claim: Claim | None = None
    conditions: dict[str, ConditionEvidence] = Field({})
    plan: Plan | None = None
    office: Office = Office()


class Commune(Schema):
    """A commune: `commune.yaml`.

    Attributes
    ----------
    id : str
        The name of its folder.
    name : str
        Without the word *xã*.
    code : str or None
        The five-digit code of the national list of administrative units.
    district, province : str
        Names; no district since 1 July 2025.
    formerly : tuple of Former
        The units that it was made of, or its own earlier names.
    merged_into : Former or None
        The unit that it became part of; `until` is its own last day.
    hamlets : tuple of str
        Names.
    population : int or None
        Persons, where known.
    classes : tuple of CommuneClass or None
        All classes of communes to which it belongs, and regions, zones or groups that it is told
        to belong to; an empty list says that there is none, no list that nothing is told.
    synthetic : bool
        Whether it is made up; every page that shows it says so.
    sources : mapping of key to Source
        The papers that the `source` columns name.
    appraisals : mapping of year to Appraisal
    """

    id: CommuneId
    name: CommuneName
    code: FiveDigits | None = None
    district: DistrictName | None = None
    province: ProvinceName
    formerly: tuple[Former, ...] = ()
    merged_into: Former | None = None
    hamlets: tuple[str, ...] = ()
    population: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    classes: tuple[Class, ...] | None = None
    synthetic: bool = False
    sources: dict[str, Source] = Field({})
    appraisals: dict[int, Appraisal] = Field(min_length=1)
    note: Label | None = None

    def locality(self, on: dt.date) -> Locality:
        """Return what the law needs to know of its place on a day."""
        told = None
        if self.classes is not None:
            told = frozenset(one.key for one in self.classes if one.on(on))
        return Locality(self.province, self.code or "", told)

    def in_year(self, year: int) -> Commune:
        """Return the commune as it was in the year of an appraisal: name, province and the like."""
        appraisal = self.appraisals.get(year)
        if appraisal is None or appraisal.identity is None:
            return self
        own = appraisal.identity
        return self.model_copy(update={key: getattr(own, key) for key in own.model_fields_set})
