"""What a form is filled from: the raw tables and the profile of a commune."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntm_analysis.communes import Case
from ntm_analysis.communes.decisions import COLUMNS as DECISION_COLUMNS
from ntm_analysis.communes.decisions import OPTIONAL as DECISION_OPTIONAL
from ntm_analysis.communes.folder import DECISIONS
from ntm_analysis.communes.table import read_table
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector
from ntm_analysis.records.files import TABLES, Record, is_unnamed, read_record


@dataclass(frozen=True, slots=True)
class Mark:
    """How a program came to a value of the form.

    Attributes
    ----------
    sure : {"sure", "likely", "guess"}
    quote : str
        Where it stands in the report, and in which words.
    """

    sure: str
    quote: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A number of a report that went nowhere.

    Attributes
    ----------
    in_file, section, page, stated, reason, quote : str
    """

    in_file: str
    section: str
    page: str
    stated: str
    reason: str
    quote: str


@dataclass
class Filling:
    """The content of a form, as the commune's files have it.

    Attributes
    ----------
    profile : dict
        What `commune.yaml` holds.
    figures, evidence, decisions, requests, facts : list of dict
        The rows of the tables, in order.
    year : int or None
        The year of the form.
    params : dict
        What the parameter file holds beside commune, year, set, on and lang.
    marks : dict
        Of what was drafted: (`figures` or `evidence`, row from 0) or (`profile`, path) to marks.
    unread : list of Unread
    """

    profile: dict[str, Any] = field(default_factory=dict)
    figures: list[dict[str, str]] = field(default_factory=list)
    evidence: list[dict[str, str]] = field(default_factory=list)
    decisions: list[dict[str, str]] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    facts: list[dict[str, str]] = field(default_factory=list)
    year: int | None = None
    params: dict[str, Any] = field(default_factory=dict)
    marks: dict[tuple[str, int | str], Mark] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    @property
    def drafted(self) -> bool:
        """Whether anything in it is a draft."""
        rows = [*self.figures, *self.evidence]
        return bool(self.marks) or any(row.get("drafted") for row in rows)

    @property
    def appraisal(self) -> dict[str, Any]:
        """The profile's part on the form's year."""
        found = self.profile.get("appraisals", {}).get(self.year, {})
        assert isinstance(found, dict)
        return found


def filling_of(project: Project, case: Case) -> Filling:
    """Return the content of a commune's files, which have been checked."""
    record = read_record(project, case.params.commune)
    assert record is not None
    # Only what the file says, so that a form that comes back unchanged changes nothing.
    params = case.params.model_dump(mode="json", exclude_unset=True)
    for key in ("commune", "year", "set", "on"):
        params.pop(key, None)
    # A decision without a year belongs to the appraisal within whose days it was taken.
    rows = _numbered(project.communes / case.params.commune / DECISIONS, project)
    record.decisions = [rows[one.row] for one in case.decisions]
    return filling_for(record, case.params.year, params)


def _numbered(path: Path, project: Project) -> dict[int, dict[str, str]]:
    """Return the rows of a table of decisions by their number."""
    if not path.exists():
        return {}
    file = project.relative(path)
    rows = read_table(path, file, DECISION_COLUMNS, DECISION_OPTIONAL, Collector())
    return {row.number: dict(row.cells) for row in rows}


def filling_for(record: Record, year: int, params: Mapping[str, Any]) -> Filling:
    """Return what a form of one year shows of a commune's files: that year's part of each.

    What nobody has named yet is left blank, to be filled in.
    """
    own = dict(record.appraisals.get(year) or {})
    was = own.pop("identity", None) or {}
    profile = _named({**record.profile, **was, "appraisals": {year: own}})
    filling = Filling(profile=profile, year=year, params=dict(params))
    for name in TABLES:
        setattr(filling, name, record.rows_of(getattr(record, name), year))
    return filling


def _named(node: Any) -> Any:
    """Return a profile without the words that stand where nothing has been named."""
    if isinstance(node, dict):
        return {key: _named(value) for key, value in node.items() if not is_unnamed(value)}
    if isinstance(node, list):
        return [_named(value) for value in node if not is_unnamed(value)]
    return node
