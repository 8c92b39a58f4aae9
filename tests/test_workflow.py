"""The workflows run what they were checked with, and may change nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def plan(workflow: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(workflow.read_text(encoding="utf-8")))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_to_a_commit(workflow: Path) -> None:
    lines = workflow.read_text(encoding="utf-8").splitlines()
    uses = [line.strip().removeprefix("- ") for line in lines if "uses:" in line]
    assert uses
    assert [line for line in uses if not PINNED.match(line)] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_they_only_read(workflow: Path) -> None:
    assert plan(workflow)["permissions"] == {"contents": "read"}


def test_the_book_is_rendered_in_the_environment() -> None:
    steps = plan(ROOT / ".github/workflows/book.yml")["jobs"]["book"]["steps"]
    given = [step.get("with", {}) for step in steps]
    files = [one["environment-file"] for one in given if "environment-file" in one]
    assert [(ROOT / name).is_file() for name in files] == [True]
    assert any(one.get("cache-environment") for one in given)
    assert any("quarto-actions/render@" in step.get("uses", "") for step in steps)
    output = yaml.safe_load((ROOT / "_quarto.yml").read_text("utf-8"))["project"]["output-dir"]
    assert given[-1]["path"] == output
