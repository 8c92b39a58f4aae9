"""Every list of dependencies says the same: pyproject.toml, uv.lock and environment.yml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
ONLY_IN_CONDA = {"python", "pip", "quarto"}

Ranges = dict[str, SpecifierSet]


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def ranges_of(lines: list[str]) -> Ranges:
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(each.name): each.specifier for each in requirements}


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return read_toml("pyproject.toml")


@pytest.fixture(scope="module")
def lock() -> dict[str, Any]:
    return read_toml("uv.lock")


@pytest.fixture(scope="module")
def own(pyproject: dict[str, Any], lock: dict[str, Any]) -> dict[str, Any]:
    """This project's own entry in the lock."""
    name = canonicalize_name(pyproject["project"]["name"])
    (entry,) = (package for package in lock["package"] if package["name"] == name)
    return entry


@pytest.fixture(scope="module")
def conda() -> list[Any]:
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["dependencies"]


def locked_ranges(entries: list[dict[str, Any]]) -> Ranges:
    return {each["name"]: SpecifierSet(each.get("specifier", "")) for each in entries}


def test_conda_has_every_dependency_with_its_range(
    pyproject: dict[str, Any], conda: list[Any]
) -> None:
    (from_pip,) = (each["pip"] for each in conda if isinstance(each, dict))
    listed = ranges_of([each for each in conda if isinstance(each, str)])
    listed |= ranges_of([each for each in from_pip if not each.startswith("-e")])
    wanted = ranges_of(
        [*pyproject["project"]["dependencies"], *pyproject["dependency-groups"]["lab"]]
    )
    assert {name: each for name, each in listed.items() if name not in ONLY_IN_CONDA} == wanted
    assert set(listed) >= ONLY_IN_CONDA
    assert "-e ." in from_pip


def test_one_lowest_python_is_named_everywhere(
    pyproject: dict[str, Any], lock: dict[str, Any], conda: list[Any]
) -> None:
    wanted = pyproject["project"]["requires-python"]
    assert lock["requires-python"] == wanted
    assert f"python{wanted}" in conda
    lowest = wanted.removeprefix(">=")
    assert pyproject["tool"]["mypy"]["python_version"] == lowest
    assert pyproject["tool"]["ruff"]["target-version"] == "py" + lowest.replace(".", "")
    setup = (ROOT / ".ci" / "setup").read_text(encoding="utf-8")
    assert f"({lowest.replace('.', ', ')})" in setup


def test_lock_was_made_from_these_dependencies(
    pyproject: dict[str, Any], own: dict[str, Any]
) -> None:
    optional = pyproject["project"].get("optional-dependencies", {})
    listed = [*pyproject["project"]["dependencies"], *(x for xs in optional.values() for x in xs)]
    assert locked_ranges(own["metadata"]["requires-dist"]) == ranges_of(listed)
    groups = pyproject["dependency-groups"]
    assert {group: locked_ranges(own["metadata"]["requires-dev"][group]) for group in groups} == {
        group: ranges_of(lines) for group, lines in groups.items()
    }


def test_locked_versions_lie_within_the_ranges(
    pyproject: dict[str, Any], lock: dict[str, Any]
) -> None:
    lines = [*pyproject["project"]["dependencies"]]
    for group in pyproject["dependency-groups"].values():
        lines += group
    outside = [
        f"{package['name']} {package['version']}"
        for name, allowed in ranges_of(lines).items()
        for package in lock["package"]
        if package["name"] == name and not allowed.contains(Version(package["version"]))
    ]
    locked = {package["name"] for package in lock["package"]}
    assert outside == []
    assert set(ranges_of(lines)) - locked == set()


def test_lock_names_no_index_but_pypi() -> None:
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://([^/\"]+)", text))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_citation_has_the_version_of_the_project(pyproject: dict[str, Any]) -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == pyproject["project"]["version"]
