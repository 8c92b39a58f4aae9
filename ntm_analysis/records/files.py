"""A commune's own files in memory: all years, as rows and entries, not yet typed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from ntm_analysis.communes.decisions import COLUMNS as DECISION_COLUMNS
from ntm_analysis.communes.decisions import OPTIONAL as DECISION_OPTIONAL
from ntm_analysis.communes.evidence import COLUMNS as EVIDENCE_COLUMNS
from ntm_analysis.communes.evidence import OPTIONAL as EVIDENCE_OPTIONAL
from ntm_analysis.communes.facts import COLUMNS as FACT_COLUMNS
from ntm_analysis.communes.facts import OPTIONAL as FACT_OPTIONAL
from ntm_analysis.communes.figures import COLUMNS as FIGURE_COLUMNS
from ntm_analysis.communes.figures import OPTIONAL as FIGURE_OPTIONAL
from ntm_analysis.communes.names import RUN_ID
from ntm_analysis.communes.requests import COLUMNS as REQUEST_COLUMNS
from ntm_analysis.communes.requests import OPTIONAL as REQUEST_OPTIONAL
from ntm_analysis.communes.table import read_table
from ntm_analysis.language import LANGUAGES, translate
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector
from ntm_analysis.schemas import reference
from ntm_analysis.yamlfile import read_yaml

Row = dict[str, str]
_FIGURES: Final = (*FIGURE_COLUMNS, *FIGURE_OPTIONAL)
_EVIDENCE: Final = (*EVIDENCE_COLUMNS, *EVIDENCE_OPTIONAL)
_DECISIONS: Final = (*DECISION_COLUMNS, *DECISION_OPTIONAL)
_REQUESTS: Final = (*REQUEST_COLUMNS, *REQUEST_OPTIONAL)
_FACTS: Final = (*FACT_COLUMNS, *FACT_OPTIONAL)
_DAYS: Final = frozenset({"from", "until", "date", "on"})
TABLES: Final = ("figures", "evidence", "decisions", "requests", "facts")
SCAFFOLD: Final = frozenset(
    {"set", "appraiser", "legal_bases", "identity", "submitted_to", "base_set"}
)
"""The entries of an appraisal that `ntm new` writes."""


@dataclass
class Record:
    """What the files of a commune hold.

    Attributes
    ----------
    commune : str
        Its id.
    profile : dict
        `commune.yaml`.
    figures, evidence, decisions, requests, facts : list of dict
        The rows of the tables, text by column.
    params : dict of int to dict
        What `params/<ID>.yaml` holds, by year.
    """

    commune: str
    profile: dict[str, Any] = field(default_factory=dict)
    figures: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)
    requests: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    params: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def appraisals(self) -> dict[int, dict[str, Any]]:
        """The appraisals by year."""
        found: dict[int, dict[str, Any]] = self.profile.setdefault("appraisals", {})
        return found

    @property
    def years(self) -> list[int]:
        """The years that the commune has an appraisal or parameters of."""
        return sorted({*self.appraisals, *self.params})

    def rows_of(self, rows: Sequence[Row], year: int) -> list[Row]:
        """Return the rows of a table that belong to a year."""
        return [row for row in rows if row.get("year", "") in ("", str(year))]

    def is_pristine(self, year: int) -> bool:
        """Return whether a year is as `ntm new` made it: nothing in it that anyone entered."""
        claims = [
            row
            for row in self.rows_of(self.evidence, year)
            if row.get("claimed_value") or row.get("claimed_verdict")
        ]
        figures = self.rows_of(self.figures, year)
        entered = (figures, claims, self.rows_of(self.facts, year))
        return not any(entered) and set(self.appraisals.get(year, {})) <= SCAFFOLD

    def texts(self, years: Sequence[int] | None = None) -> dict[str, str]:
        """Return the files by their path in a project.

        Parameters
        ----------
        years : sequence of int, optional
            The years whose parameters are among them; all by default.
        """
        folder = f"data/communes/{self.commune}"
        profile = dict(self.profile)
        profile["appraisals"] = dict(sorted(self.appraisals.items()))
        made = {
            f"{folder}/commune.yaml": _yaml(profile, f"{folder}/commune.yaml", "commune"),
            f"{folder}/figures.csv": csv_text(_FIGURES, FIGURE_COLUMNS, self.figures),
            f"{folder}/evidence.csv": csv_text(_EVIDENCE, EVIDENCE_COLUMNS, self.evidence),
        }
        if self.decisions:
            made[f"{folder}/appraisal.csv"] = csv_text(_DECISIONS, DECISION_COLUMNS, self.decisions)
        if self.requests:
            made[f"{folder}/requests.csv"] = csv_text(_REQUESTS, REQUEST_COLUMNS, self.requests)
        if self.facts:
            made[f"{folder}/facts.csv"] = csv_text(_FACTS, FACT_COLUMNS, self.facts)
        for year in self.params if years is None else [y for y in years if y in self.params]:
            path = f"params/{self.commune}-{year}.yaml"
            made[path] = _yaml(self.params[year], path, "params")
        return made


def read_record(project: Project, commune: str) -> Record | None:
    """Return what the files of a commune hold; None where it has none.

    Raises
    ------
    DataErrors
        If a file is broken: then nothing can be added beside what it holds.
    """
    folder = project.communes / commune
    params = {
        year: path
        for path in sorted(project.params.glob(f"{commune}-*.yaml"))
        if (year := year_of(path.stem, commune)) is not None
    }
    if not folder.exists() and not params:
        return None
    record = Record(commune)
    problems = Collector()
    if folder.exists():
        profile = folder / "commune.yaml"
        found = read_yaml(profile, project.relative(profile)).data
        record.profile = found if isinstance(found, dict) else {}
        for name, file, columns, optional in (
            ("figures", "figures", FIGURE_COLUMNS, FIGURE_OPTIONAL),
            ("evidence", "evidence", EVIDENCE_COLUMNS, EVIDENCE_OPTIONAL),
            ("decisions", "appraisal", DECISION_COLUMNS, DECISION_OPTIONAL),
            ("requests", "requests", REQUEST_COLUMNS, REQUEST_OPTIONAL),
            ("facts", "facts", FACT_COLUMNS, FACT_OPTIONAL),
        ):
            path = folder / f"{file}.csv"
            if name in ("decisions", "requests", "facts") and not path.exists():
                continue
            rows = read_table(path, project.relative(path), columns, optional, problems)
            setattr(record, name, [dict(row.cells) for row in rows])
    for year, path in params.items():
        held = read_yaml(path, project.relative(path)).data
        record.params[year] = held if isinstance(held, dict) else {}
    problems.raise_if_any()
    return record


def year_of(run: str, commune: str) -> int | None:
    """Return the year of a run's name if it is one of this commune, else None."""
    match = RUN_ID.match(run)
    return int(match["year"]) if match and match["commune"] == commune else None


def unnamed() -> frozenset[str]:
    """Return the words that stand where nothing has been named yet, in both languages."""
    keys = ("cli.new_unnamed", "forms.not_stated")
    return frozenset(translate(key, lang) for key in keys for lang in LANGUAGES)


def is_unnamed(value: Any) -> bool:
    """Return whether a value is one of these words."""
    return isinstance(value, str) and value in unnamed()


def csv_text(columns: Sequence[str], required: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as CSV text; columns that no row uses are left out, but not the required ones."""
    used = [c for c in columns if c in required or any(row.get(c) for row in rows)]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, used, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _dated(node: Any, key: str = "") -> Any:
    """Return data with days as dates, which a loader leaves as text."""
    if isinstance(node, Mapping):
        return {name: _dated(value, str(name)) for name, value in node.items()}
    if isinstance(node, list | tuple):
        return [_dated(value) for value in node]
    if key in _DAYS and isinstance(node, str):
        try:
            return dt.date.fromisoformat(node)
        except ValueError:
            return node
    return node


def _yaml(data: Mapping[str, Any], path: str, schema: str) -> str:
    text = yaml.safe_dump(_dated(data), allow_unicode=True, sort_keys=False, width=1000)
    return f"{reference(Path(path), Path(), schema)}\n{text}"
