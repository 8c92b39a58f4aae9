"""What the tables of the dataset hold: the one source of schemas, codebook and checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ntm_analysis.assessment import CONCLUSIONS, STANDINGS, VERDICTS
from ntm_analysis.communes.evidence import GRADES
from ntm_analysis.language import Lang, translate
from ntm_analysis.scrutiny import SEVERITIES
from ntm_analysis.scrutiny.closing import STATES

Type = Literal["string", "integer", "number", "boolean", "date"]
_STATUSES = ("number", "pending", "not_applicable")
_KINDS = ("rate", "amount", "count", "yes_no", "level", "grade")


@dataclass(frozen=True, slots=True)
class Field:
    """A column.

    Attributes
    ----------
    name : str
    type : {"string", "integer", "number", "boolean", "date"}
    source : str
        Where it comes from: `params`, `profile`, `figures`, `evidence`, `requests`, `rulebook`,
        `computed`.
    required : bool
        Whether no cell is empty.
    unit : str
        A key of the rulebook's units, or `column:<name>` where another column holds it.
    enum : tuple of str
        All values that it can have; any where empty.
    minimum, maximum : int or None
    pattern : str or None
        A regular expression that the whole cell matches.
    about : str
        The key of its label and definition, where it is not its name.
    """

    name: str
    type: Type = "string"
    source: str = "computed"
    required: bool = False
    unit: str = ""
    enum: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    about: str = ""

    def label(self, lang: Lang) -> str:
        """Return what it is, in a few words."""
        return translate(f"dataset.columns.{self.about or self.name}.label", lang)

    def definition(self, lang: Lang) -> str:
        """Return how it is to be read."""
        return translate(f"dataset.columns.{self.about or self.name}.text", lang)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values stand in columns of another table."""

    fields: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, what makes a row one, and what it refers to."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign: tuple[ForeignKey, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)

    def title(self, lang: Lang) -> str:
        """Return what it is called."""
        return translate(f"dataset.tables.{self.name}.title", lang)

    def description(self, lang: Lang) -> str:
        """Return what a row of it is."""
        return translate(f"dataset.tables.{self.name}.text", lang)


_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
_CODE = r"\d+(\.\d+)?"
_COMMUNE = Field("commune", source="params", required=True, pattern=_SLUG)
_YEAR = Field("year", "integer", "params", required=True, minimum=2010, maximum=2100)
_SET = Field("set", source="params", required=True)
_ON = Field("on", "date", "params", required=True, about="day")
_CRITERION = Field("criterion", "integer", "rulebook", required=True, minimum=1)
_INDICATOR = Field("indicator", source="rulebook", required=True, pattern=_CODE)
_NAME = Field("name", source="rulebook", required=True)
_NAME_EN = Field("name_en", source="rulebook", required=True)
_UNIT = Field("unit", source="rulebook", required=True)
_KIND = Field("kind", source="rulebook", required=True, enum=_KINDS)
_REQUIRES = Field("requires", source="rulebook", required=True)
_WHERE = (
    Field("province", source="profile", required=True),
    Field("district", source="profile"),
    Field("synthetic", "boolean", "profile", required=True),
)

RESULTS: Final = Table(
    "results",
    (
        _COMMUNE,
        _YEAR,
        _CRITERION,
        _INDICATOR,
        _NAME,
        Field("value", "number", unit="column:unit"),
        _UNIT,
        _REQUIRES,
        Field("margin", "number", unit="column:unit"),
        Field("relative_margin", "number"),
        Field("headroom", "number", unit="column:headroom_unit"),
        Field("headroom_unit", source="rulebook"),
        Field("verdict", required=True, enum=VERDICTS),
        Field("stability", required=True),
        Field("claimed_value", source="evidence", unit="column:unit"),
        Field("claimed_verdict", source="evidence", enum=VERDICTS),
        Field("evidence_grade", source="evidence", required=True, enum=GRADES),
        Field("standing", enum=STANDINGS),
        Field("conclusion", required=True, enum=CONCLUSIONS),
        Field("value_text", source="figures", unit="column:unit"),
        Field("limb", source="rulebook", required=True, pattern="[a-z][a-z0-9_]*"),
        Field("reason"),
        Field("thinness", "number"),
        Field("thin", "boolean", required=True),
        _KIND,
        Field("name_en", source="rulebook", required=True),
        Field("commune_name", source="profile", required=True),
        *_WHERE,
        _SET,
        _ON,
    ),
    ("commune", "year", "indicator"),
    (
        ForeignKey(
            ("set", "province", "on", "indicator"),
            "rules",
            ("set", "province", "on", "indicator"),
        ),
    ),
)
CRITERIA: Final = Table(
    "criteria",
    (
        _COMMUNE,
        _YEAR,
        _CRITERION,
        Field("name", source="rulebook", required=True, about="criterion_name"),
        Field("name_en", source="rulebook", required=True, about="criterion_name_en"),
        Field("indicators", "integer", required=True, minimum=1),
        Field("counted", "integer", required=True, minimum=0),
        Field("firm", "integer", required=True, minimum=0),
        Field("concluded", "integer", required=True, minimum=0),
        Field("verdict", required=True, enum=VERDICTS, about="criterion_verdict"),
        Field("standing", enum=STANDINGS, about="criterion_standing"),
        Field("conclusion", required=True, enum=CONCLUSIONS, about="criterion_conclusion"),
        Field("commune_name", source="profile", required=True),
        *_WHERE,
        _SET,
        _ON,
    ),
    ("commune", "year", "criterion"),
    (ForeignKey(("commune", "year", "criterion"), "results", ("commune", "year", "criterion")),),
)
_OF_RESULTS = ForeignKey(("commune", "year"), "results", ("commune", "year"))
FIGURES: Final = Table(
    "figures",
    (
        _COMMUNE,
        _YEAR,
        *_WHERE,
        Field("row", "integer", "figures", required=True, minimum=0),
        Field("variable", source="figures", required=True, pattern="[a-z][a-z0-9_]*"),
        Field("indicator", source="figures", pattern=_CODE, about="reading_indicator"),
        Field("value", "number", "figures", unit="column:unit", about="reading"),
        Field("text", source="figures", required=True, unit="column:unit"),
        Field("low", "number", "figures", unit="column:unit"),
        Field("high", "number", "figures", unit="column:unit"),
        Field("low_open", "boolean", "figures", required=True),
        Field("high_open", "boolean", "figures", required=True),
        Field("status", source="figures", required=True, enum=_STATUSES),
        _UNIT,
        Field("as_of", "date", "figures"),
        Field("source", source="figures"),
        Field("primary", "boolean", "figures", required=True),
        Field("possible", "boolean", "figures", required=True),
        Field("note", source="figures"),
        Field("note_en", source="figures"),
    ),
    ("commune", "year", "row"),
    (_OF_RESULTS, ForeignKey(("variable",), "codebook", ("name",))),
)
FINDINGS: Final = Table(
    "findings",
    (
        _COMMUNE,
        _YEAR,
        *_WHERE,
        Field("number", "integer", required=True, minimum=1),
        Field("check", required=True, pattern=r"S\d\d"),
        Field("severity", required=True, enum=SEVERITIES),
        Field("indicator", pattern=_CODE, about="finding_indicator"),
        Field("figures"),
        Field("sources"),
        Field("sentence", required=True),
        Field("sentence_en", required=True),
        Field("state", required=True, enum=STATES, about="finding_state"),
        Field("request", source="requests"),
        Field("round", "integer", "requests", minimum=1),
        Field("asked_on", "date", "requests"),
        Field("due_on", "date", "requests"),
        Field("answered_on", "date", "requests"),
        Field("answer", source="requests"),
        Field("answer_en", source="requests"),
        Field("before", source="requests"),
        Field("now"),
    ),
    ("commune", "year", "number"),
    (_OF_RESULTS,),
)
RULES: Final = Table(
    "rules",
    (
        _SET,
        Field("province", source="profile", required=True),
        _ON,
        _CRITERION,
        _INDICATOR,
        _NAME,
        _NAME_EN,
        _KIND,
        _UNIT,
        _REQUIRES,
        Field("limbs", source="rulebook"),
        Field("formula", source="rulebook", required=True),
        Field("place", source="rulebook"),
        Field("from", "date", "rulebook"),
        Field("until", "date", "rulebook"),
        Field("decision", source="rulebook"),
        Field("decision_number", source="rulebook"),
        Field("decision_date", "date", "rulebook"),
        Field("verified", "boolean", "rulebook"),
        Field("source", source="rulebook", about="rule_source"),
    ),
    ("set", "province", "on", "indicator"),
)
CODEBOOK: Final = Table(
    "codebook",
    (
        Field("entry", required=True, enum=("column", "variable", "unit")),
        Field("table"),
        Field("name", required=True, about="key"),
        Field("label_vi", required=True),
        Field("label_en", required=True),
        Field("kind", required=True, about="entry_kind"),
        Field("unit", about="entry_unit"),
        Field("unit_vi"),
        Field("unit_en"),
        Field("values"),
        Field("definition_vi"),
        Field("definition_en"),
        Field("source", required=True, about="entry_source"),
    ),
    (),
)
TABLES: Final = (RESULTS, CRITERIA, FIGURES, FINDINGS, RULES)
"""The tables that are written as CSV and as Parquet."""
