"""Writing made-up communes as the files of a project."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import yaml

from ntm_analysis.communes.evidence import COLUMNS as EVIDENCE_COLUMNS
from ntm_analysis.communes.figures import COLUMNS as FIGURE_COLUMNS
from ntm_analysis.language import translate
from ntm_analysis.samples.sample import LAST_DAY, Sample
from ntm_analysis.schemas import reference

PLANTED: Final = "planted.csv"
"""The file of a commune's folder that labels the planted faults; nothing else reads it."""
_FIGURES = (*FIGURE_COLUMNS, "year", "note_en")
_EVIDENCE = (*EVIDENCE_COLUMNS, "year", "note_en", "document_en", "issuer_en", "valid_until")
_PLANTED = ("year", "check", "indicator", "note", "note_en")


def files(sample: Sample, lang: str = "vi") -> dict[str, str]:
    """Return a sample's files by their path in a project.

    The planted faults stand in `planted.csv` of the commune's folder; one without rows says that
    there are none.
    """
    folder = f"data/communes/{sample.id}"
    faults = [
        {
            **{name: str(value) for name, value in fault._asdict().items()},
            "note": translate(f"sample.fault.{fault.check}", "vi"),
            "note_en": translate(f"sample.fault.{fault.check}", "en"),
        }
        for fault in sample.planted
    ]
    made = {
        f"{folder}/commune.yaml": _yaml(sample.profile, f"{folder}/commune.yaml", "commune"),
        f"{folder}/figures.csv": _table(_FIGURES, sample.figures),
        f"{folder}/evidence.csv": _table(_EVIDENCE, sample.evidence),
        f"{folder}/{PLANTED}": _table(_PLANTED, faults),
    }
    for year in sample.years:
        params = {
            "commune": sample.id,
            "year": year,
            "set": sample.rules.loaded.about.key,
            "on": dt.date(year, *LAST_DAY),
            "lang": lang,
        }
        path = f"params/{sample.id}-{year}.yaml"
        made[path] = _yaml(params, path, "params")
    return made


class _Plain(yaml.SafeDumper):
    """Without the anchors that YAML writes where one value stands twice."""

    def ignore_aliases(self, data: object) -> bool:
        """Return True: every value is written out."""
        return True


def _yaml(data: Mapping[str, object], path: str, schema: str) -> str:
    first = reference(Path(path), Path(), schema)
    text = yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)
    return f"{first}\n{text}"


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
