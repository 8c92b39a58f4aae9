"""What `ntm export` writes: valid, complete, the same every time, or nothing."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml

from ntm_analysis.assessment import assess
from ntm_analysis.communes import load_cases
from ntm_analysis.dataset import CODEBOOK, TABLES, export
from ntm_analysis.dataset.export import FILES
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors
from tests.dataset.conftest import COMMUNES, YEARS


def hashes(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_all_files_are_there(exported: Path) -> None:
    assert {path.name for path in exported.iterdir()} == FILES


def test_two_exports_are_the_same_byte_for_byte(
    exported: Path, sampled: Project, tmp_path: Path
) -> None:
    ids = [f"gia-dinh-{number:04}-{year}" for year in YEARS for number in reversed(range(COMMUNES))]
    export(sampled, tmp_path / "again", ids)
    assert hashes(tmp_path / "again") == hashes(exported)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_and_parquet_say_the_same(exported: Path, table) -> None:
    texts = rows(exported / f"{table.name}.csv")
    data = pq.read_table(exported / f"{table.name}.parquet")
    assert data.column_names == list(table.columns) == list(texts[0])
    for field in table.fields:
        cells = data.column(field.name).to_pylist()
        written = [row[field.name] for row in texts]
        assert [cell is None for cell in cells] == [text == "" for text in written], field.name
        pairs = [(c, t) for c, t in zip(cells, written, strict=True) if c is not None]
        if field.type == "number":
            assert all(float(text) == cell for cell, text in pairs)
        elif field.type == "boolean":
            assert all(text == str(cell).lower() for cell, text in pairs)
        else:
            assert all(text.removeprefix("'") == str(cell) for cell, text in pairs)


def test_results_are_those_of_the_assessment(real: Path, repository: Path) -> None:
    cases = load_cases(Project(repository))
    wanted = assess(cases, "vi").published()
    found = pd.read_parquet(real / "results.parquet")
    assert len(found) == len(wanted)
    both = wanted.merge(found, on=["commune", "year", "indicator"], suffixes=("", "_found"))
    assert len(both) == len(wanted)
    for name in ("margin", "relative_margin", "headroom"):
        pd.testing.assert_series_equal(both[name], both[f"{name}_found"], check_names=False)
    for name in ("verdict", "stability", "requires", "unit", "evidence_grade"):
        assert both[name].tolist() == both[f"{name}_found"].tolist()
    words = both["value"].map(lambda cell: isinstance(cell, str))
    assert words.any()
    assert both.loc[words, "value"].tolist() == both.loc[words, "value_text"].tolist()
    assert both.loc[words, "value_found"].isna().all()
    plain = both.loc[~words, "value"].astype(float)
    assert plain.equals(both.loc[~words, "value_found"])


def test_every_reading_is_exported_with_its_words(real: Path, repository: Path) -> None:
    (case,) = load_cases(Project(repository), ["liem-can-2024"])
    found = [r for r in rows(real / "figures.csv") if r["commune"] == "liem-can"]
    assert len(found) == len(case.readings)
    households = {row["value"] for row in found if row["variable"] == "households"}
    assert households >= {"2692", "2751", "2663"}
    inequality = next(row for row in found if row["text"].startswith(">"))
    assert (inequality["value"], inequality["high"], inequality["low_open"]) == ("", "", "true")


def test_made_up_communes_are_marked(exported: Path, real: Path) -> None:
    for name in ("results", "figures", "findings"):
        assert {row["synthetic"] for row in rows(exported / f"{name}.csv")} == {"true"}
    warning = "made-up communes with generated figures"
    assert warning in (exported / "README.md").read_text(encoding="utf-8")
    marked = {
        row["synthetic"] for row in rows(real / "results.csv") if row["commune"] == "liem-can"
    }
    assert marked == {"false"}


def test_codebook_explains_every_column_variable_and_unit(exported: Path) -> None:
    book = rows(exported / "codebook.csv")
    columns = {(row["table"], row["name"]) for row in book if row["entry"] == "column"}
    assert columns == {(t.name, f.name) for t in (*TABLES, CODEBOOK) for f in t.fields}
    variables = {row["name"]: row for row in book if row["entry"] == "variable"}
    assert {row["variable"] for row in rows(exported / "figures.csv")} <= set(variables)
    units = {row["name"] for row in book if row["entry"] == "unit"}
    assert {row["unit"] for row in rows(exported / "results.csv")} <= units
    assert variables["poor_households"]["unit_en"] == "household"
    assert all(row["label_vi"] and row["label_en"] and row["source"] for row in book)
    text = (exported / "codebook.md").read_text(encoding="utf-8")
    assert all(f"`{row['name']}`" in text for row in book)


def test_readme_has_licence_and_citation(exported: Path, repository: Path, tmp_path: Path) -> None:
    text = (exported / "README.md").read_text(encoding="utf-8")
    assert "CC-BY-4.0" in text
    citation = yaml.safe_load((repository / "CITATION.cff").read_text(encoding="utf-8"))
    export(Project(repository), tmp_path / "real", ["liem-can-2024"])
    real = (tmp_path / "real" / "README.md").read_text(encoding="utf-8")
    assert citation["title"] in real
    assert "Xã giả định" not in real


def test_search_engines_get_what_they_ask_for(real: Path) -> None:
    data = json.loads((real / "dataset.jsonld").read_text(encoding="utf-8"))
    assert (data["@context"], data["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(data["description"]) <= 5000
    assert data["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    for download in data["distribution"]:
        content = (real / download["contentUrl"]).read_bytes()
        assert download["sha256"] == hashlib.sha256(content).hexdigest()
    assert {one["propertyID"] for one in data["variableMeasured"]} >= {"1.1", "11", "17.8"}


def test_a_full_folder_is_left_alone_without_force(
    exported: Path, sampled: Project, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export(sampled, out)
    (out / "results.csv").write_text("changed", encoding="utf-8")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    before = hashes(out)
    with pytest.raises(DataErrors):
        export(sampled, out)
    assert hashes(out) == before
    export(sampled, out, force=True)
    after = hashes(out)
    assert after.pop("notes.txt") == before["notes.txt"]
    assert after == hashes(exported)


@pytest.mark.parametrize(
    ("whole", "part", "force"),
    [
        (None, "results.csv", True),  # what was there has its seal no more
        ((), "results.csv", False),  # a new folder: nothing is in its place
        (("results.csv", "notes.txt"), "datapackage.json", True),  # the first of many
    ],
)
def test_a_killed_export_can_be_done_again(
    exported: Path,
    sampled: Project,
    tmp_path: Path,
    whole: tuple[str, ...] | None,
    part: str,
    force: bool,
) -> None:
    out = tmp_path / "out"
    if whole is None:
        shutil.copytree(exported, out)
        (out / "datapackage.json").unlink()
    else:
        out.mkdir()
        for name in whole:
            (out / name).write_text("half", encoding="utf-8")
    (out / f".{part}.x.part").write_text("half", encoding="utf-8")
    export(sampled, out, force=force)
    assert hashes(out).items() >= hashes(exported).items()


@pytest.mark.parametrize("name", ["README.md", "datapackage.json"])
def test_force_never_touches_a_folder_of_another_kind(
    sampled: Project, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text('{"name": "other"}', encoding="utf-8")
    before = hashes(tmp_path)
    with pytest.raises(DataErrors):
        export(sampled, tmp_path, force=True)
    assert hashes(tmp_path) == before


def test_nothing_is_written_where_data_is_wrong(
    sampled: Project, repository: Path, tmp_path: Path
) -> None:
    with pytest.raises(DataErrors):
        export(sampled, tmp_path / "out", ["gia-dinh-0000-2024", "no-such-2024"])
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DataErrors):
        export(sampled, tmp_path / "file")
    assert not (tmp_path / "out").exists()
