"""The Data Package descriptor validates with frictionless, and would not if the data were wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from frictionless import Report, validate

from ntm_analysis.dataset import TABLES


def check(folder: Path) -> Report:
    return validate(str(folder / "datapackage.json"))


def faults(report: Report) -> set[str]:
    return {kind for (kind,) in report.flatten(["type"])}


@pytest.mark.parametrize("which", ["real", "exported"])
def test_it_validates(which: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(which)
    report = check(folder)
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(TABLES) + 1
    assert not report.warnings


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("results.csv", ",met,", ",mat,", "constraint-error"),
        ("results.csv", ",2024,", ",năm,", "type-error"),
        ("results.csv", ",advanced,", ",basic,", "foreign-key"),
        ("figures.csv", ",households,", ",households_x,", "foreign-key"),
        ("rules.csv", ",1.2,", ",1.1,", "primary-key"),
        ("findings.csv", ",2023,", ",2022,", "foreign-key"),
    ],
)
def test_it_notices_what_is_wrong(
    exported: Path, tmp_path: Path, file: str, old: str, new: str, fault: str
) -> None:
    folder = tmp_path / "dataset"
    shutil.copytree(exported, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    untouched = check(folder)
    assert faults(untouched) & {"hash-count", "byte-count"}
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert fault in faults(check(folder))


def test_it_has_what_version_1_asks_for(real: Path) -> None:
    data = json.loads((real / "datapackage.json").read_text(encoding="utf-8"))
    assert data["profile"] == "tabular-data-package"
    assert data["licenses"][0]["name"] == "CC-BY-4.0"
    assert data["contributors"] and len(data["sources"]) > 1
    assert "created" not in data
    for resource in data["resources"]:
        assert resource["bytes"] == (real / resource["path"]).stat().st_size
        assert all(f["title"] and f["description"] for f in resource["schema"]["fields"])
