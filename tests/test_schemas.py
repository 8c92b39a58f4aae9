"""The JSON Schemas are those of the models, and every YAML file names its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.schemas import MODELS, files_of, reference, schema

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", list(MODELS))
def test_schemas_are_in_step(name):
    """Run `ntm schemas` after changing a model."""
    assert (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8") == schema(name)


@pytest.mark.parametrize("name", list(MODELS))
def test_files_name_their_schema(name):
    paths = files_of(ROOT, name)
    assert paths or name == "province"
    for path in paths:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first == reference(path, ROOT, name), path
        target = path.parent / first.partition("$schema=")[2]
        assert target.resolve() == ROOT / "schemas" / f"{name}.schema.json"


def test_no_yaml_file_of_the_data_is_without():
    known = {path for name in MODELS for path in files_of(ROOT, name)}
    assert {*ROOT.glob("data/**/*.yaml"), *ROOT.glob("params/*.yaml")} == known
