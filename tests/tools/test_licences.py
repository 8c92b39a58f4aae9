"""The page of licences names all that the project runs with."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.licences import PAGE, closure, licence


def test_every_dependency_is_listed_with_a_licence(repository: Path) -> None:
    text = (repository / "pyproject.toml").read_text(encoding="utf-8")
    names = tomllib.loads(text)["project"]["dependencies"]
    rows = dict(
        line.strip("| ").split(" | ", 1)
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| package")
    )
    assert {canonicalize_name(Requirement(name).name) for name in names} <= set(rows)
    assert all(rows.values())


def test_what_a_dependency_needs_is_among_them() -> None:
    assert {"jinja2", "markupsafe"} <= closure(["jinja2>=3"])
    assert "markupsafe" not in closure(["pyyaml"])
    assert licence("jinja2").startswith("BSD")
