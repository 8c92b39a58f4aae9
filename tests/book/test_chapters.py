"""The profile of generated chapters: made-up communes stand in a part of their own."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ntm_analysis.book.chapters import PROFILE, real_first, rulebook_path, write_chapters
from ntm_analysis.book.config import read_config
from ntm_analysis.communes import Case, load_cases
from ntm_analysis.language import translate
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from tests.support import sample_project

REAL = "reports/liem-can-2024/liem-can-2024.ipynb"
MADE_UP = [f"reports/gia-dinh-000{n}-2024/gia-dinh-000{n}-2024.ipynb" for n in (1, 2)]
COMPARISON = "reports/comparison/comparison.ipynb"


@pytest.fixture
def project(repository: Path, tmp_path: Path) -> Project:
    in_force = sample_project.rules(load_rulebook(repository / "data" / "rulebook"))
    samples = [sample_project.one(in_force, n) for n in (1, 2)]
    made = sample_project.write(samples, tmp_path, repository)
    shutil.copytree(repository / "data/communes/liem-can", tmp_path / "data/communes/liem-can")
    shutil.copy2(repository / "params/liem-can-2024.yaml", tmp_path / "params")
    return made


@pytest.fixture
def cases(project: Project) -> list[Case]:
    return load_cases(project)


def listed(project: Project, cases: list[Case]) -> list[object]:
    write_chapters(project, cases, project.root / COMPARISON)
    profile = yaml.safe_load((project.root / PROFILE).read_text(encoding="utf-8"))
    return profile["book"]["chapters"]


def test_made_up_communes_come_last_in_a_part(project, cases):
    part = {"part": translate("book.synthetic_part", "vi"), "chapters": MADE_UP}
    assert cases[0].id.startswith("gia-dinh")
    assert listed(project, cases) == [REAL, COMPARISON, part]
    entries = [e for e in read_config(project.root).entries if e.path.startswith("reports/")]
    parts = {e.path: e.part for e in entries if e.kind == "chapter"}
    assert parts == {REAL: "", COMPARISON: "", **dict.fromkeys(MADE_UP, part["part"])}


def test_there_is_no_part_without_them(project, cases):
    assert listed(project, [c for c in cases if not c.commune.synthetic]) == [REAL, COMPARISON]


def test_the_part_stands_also_where_all_are_made_up(project, cases):
    made_up = [case for case in cases if case.commune.synthetic]
    part = {"part": translate("book.synthetic_part", "vi"), "chapters": MADE_UP}
    assert listed(project, made_up) == [COMPARISON, part]


def test_language_and_appendices_go_by_the_real_communes(project, cases):
    real = [case for case in cases if not case.commune.synthetic]
    listed(project, real)
    appendix = rulebook_path(project).read_text(encoding="utf-8")
    changed = [
        replace(
            case, params=case.params.model_copy(update={"lang": "en", "on": dt.date(2024, 1, 1)})
        )
        if case.commune.synthetic
        else case
        for case in cases
    ]
    assert listed(project, changed)[-1]["part"] == translate("book.synthetic_part", "vi")
    assert rulebook_path(project).read_text(encoding="utf-8") == appendix


def test_order_is_kept_among_equals(cases):
    assert [c.id for c in real_first(cases)] == [
        "liem-can-2024", "gia-dinh-0001-2024", "gia-dinh-0002-2024",
    ]  # fmt: skip
