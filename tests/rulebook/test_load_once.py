"""A rulebook is parsed once for each content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook import load_rulebook


def test_the_same_content_is_parsed_once(repository: Path, tmp_path: Path) -> None:
    folder = repository / "data" / "rulebook"
    copy = tmp_path / "data" / "rulebook"
    shutil.copytree(folder, copy)
    assert load_rulebook(copy) is load_rulebook(folder)


def test_a_change_is_seen_and_a_mistake_told_each_time(repository: Path, tmp_path: Path) -> None:
    copy = tmp_path / "rulebook"
    shutil.copytree(repository / "data" / "rulebook", copy)
    before = load_rulebook(copy)
    file = copy / "variables.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n# x\n", encoding="utf-8")
    assert load_rulebook(copy) is not before
    file.write_text(f"{text}\nunknown: [\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DataErrors, match=r"variables\.yaml"):
            load_rulebook(copy)
