"""Writing made-up communes as the files of a project."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping

import yaml

from ntm_analysis.communes.evidence import COLUMNS as EVIDENCE_COLUMNS
from ntm_analysis.communes.figures import COLUMNS as FIGURE_COLUMNS
from ntm_analysis.samples.commune import LAST_DAY, Sample

_FIGURES = (*FIGURE_COLUMNS, "year", "note_en")
_EVIDENCE = (*EVIDENCE_COLUMNS, "year", "note_en", "document_en", "issuer_en", "valid_until")


def files(sample: Sample, lang: str = "vi") -> dict[str, str]:
    """Return a sample's files by their path in a project.

    The planted faults stand in `planted.csv` of the commune's folder, which nothing else reads.
    """
    folder = f"data/communes/{sample.id}"
    made = {
        f"{folder}/commune.yaml": yaml.safe_dump(
            sample.profile, allow_unicode=True, sort_keys=False, width=1000
        ),
        f"{folder}/figures.csv": _table(_FIGURES, sample.figures),
        f"{folder}/evidence.csv": _table(_EVIDENCE, sample.evidence),
    }
    if sample.planted:
        rows = [{"check": check, "indicator": code} for check, code in sample.planted]
        made[f"{folder}/planted.csv"] = _table(("check", "indicator"), rows)
    for year in sample.years:
        params = {
            "commune": sample.id,
            "year": year,
            "set": sample.rules.loaded.about.key,
            "on": dt.date(year, *LAST_DAY),
            "lang": lang,
        }
        made[f"params/{sample.id}-{year}.yaml"] = yaml.safe_dump(params, sort_keys=False)
    return made


def _table(columns: tuple[str, ...], rows: list[dict[str, str]] | list[Mapping[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
