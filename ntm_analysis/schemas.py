"""JSON Schemas of the YAML files, made from the typed models, so that editors complete them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ntm_analysis.communes import Commune, Params
from ntm_analysis.law_tests.schema import LawTestsFile
from ntm_analysis.rulebook.authorities import Authorities
from ntm_analysis.rulebook.divisions import ClassesFile
from ntm_analysis.rulebook.models import Criterion, DecisionsFile
from ntm_analysis.rulebook.places import ProvincesFile
from ntm_analysis.rulebook.province_file import Province
from ntm_analysis.rulebook.sets import CriteriaSet
from ntm_analysis.rulebook.variables import VariablesFile

MODELS: Mapping[str, type[BaseModel]] = {
    "params": Params,
    "commune": Commune,
    "variables": VariablesFile,
    "decisions": DecisionsFile,
    "set": CriteriaSet,
    "criterion": Criterion,
    "province": Province,
    "provinces": ProvincesFile,
    "classes": ClassesFile,
    "authorities": Authorities,
    "law-tests": LawTestsFile,
}
PATTERNS: Mapping[str, tuple[str, ...]] = {
    "params": ("params/*.yaml",),
    "commune": ("data/communes/*/commune.yaml",),
    "variables": ("data/rulebook/variables.yaml", "data/rulebook/*/variables.yaml"),
    "decisions": ("data/rulebook/decisions.yaml",),
    "set": ("data/rulebook/*/set.yaml",),
    "criterion": ("data/rulebook/*/[0-9]*-*.yaml",),
    "province": ("data/rulebook/*/provinces/*.yaml",),
    "provinces": ("data/rulebook/provinces.yaml",),
    "classes": ("data/rulebook/classes.yaml",),
    "authorities": ("data/rulebook/authorities.yaml",),
    "law-tests": ("data/law-tests/*.yaml",),
}
"""Which files each schema is for."""


def schema(name: str) -> str:
    """Return a schema as JSON text."""
    made: dict[str, Any] = MODELS[name].model_json_schema(by_alias=True)
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def reference(path: Path, root: Path, name: str) -> str:
    """Return the first line by which a file names its schema to editors."""
    depth = len(path.relative_to(root).parts) - 1
    return f"# yaml-language-server: $schema={'../' * depth}schemas/{name}.schema.json"


def files_of(root: Path, name: str) -> list[Path]:
    """Return the files of a project that a schema is for, in order."""
    return sorted(path for pattern in PATTERNS[name] for path in root.glob(pattern))
