"""What a form is filled from: the raw tables and the profile of a commune."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ntm_analysis.communes import Case
from ntm_analysis.communes.delimiter import delimiter_of
from ntm_analysis.paths import Project
from ntm_analysis.records.files import is_unnamed
from ntm_analysis.yamlfile import read_text, read_yaml


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
    figures, evidence : list of dict
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
    _, profile, figures, evidence = case.files[:4]
    params = case.params.model_dump(mode="json")
    for key in ("commune", "year", "set", "on"):
        params.pop(key)
    data = read_yaml(profile, project.relative(profile)).data
    assert isinstance(data, dict)
    return filling_for(
        data,
        _rows(read_text(figures, project.relative(figures))),
        _rows(read_text(evidence, project.relative(evidence))),
        case.params.year,
        params,
    )


def filling_for(
    profile: Mapping[str, Any],
    figures: Sequence[dict[str, str]],
    evidence: Sequence[dict[str, str]],
    year: int,
    params: Mapping[str, Any],
) -> Filling:
    """Return what a form of one year shows of a commune's files: that year's part of each.

    What nobody has named yet is left blank, to be filled in.
    """
    own = dict(profile.get("appraisals", {}).get(year) or {})
    was = own.pop("identity", None) or {}
    return Filling(
        profile=_named({**profile, **was, "appraisals": {year: own}}),
        figures=[row for row in figures if row.get("year", "") in ("", str(year))],
        evidence=[row for row in evidence if row.get("year", "") in ("", str(year))],
        year=year,
        params=dict(params),
    )


def _named(node: Any) -> Any:
    """Return a profile without the words that stand where nothing has been named."""
    if isinstance(node, dict):
        return {key: _named(value) for key, value in node.items() if not is_unnamed(value)}
    if isinstance(node, list):
        return [_named(value) for value in node if not is_unnamed(value)]
    return node


def _rows(text: str) -> list[dict[str, str]]:
    delimiter, text, _ = delimiter_of(text)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [
        {key.strip(): (value or "").strip() for key, value in row.items() if key}
        for row in reader
        if any((value or "").strip() for key, value in row.items() if key)
    ]
