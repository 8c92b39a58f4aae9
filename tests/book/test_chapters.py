"""The profile of generated chapters: made-up communes stand in a part of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from ntm_analysis.assessment import assess
from ntm_analysis.batch.card import Card, card_of
from ntm_analysis.book.chapters import (
    PROFILE,
    for_readers,
    real_first,
    rulebook_path,
    write_chapters,
)
from ntm_analysis.book.config import read_config
from ntm_analysis.communes import load_cases
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
def cards(project: Project) -> list[Card]:
    cases = load_cases(project)
    return [card_of(case, case.id, assess([case])) for case in cases]


def listed(project: Project, cards: list[Card]) -> list[object]:
    write_chapters(project, cards, project.root / COMPARISON)
    profile = yaml.safe_load((project.root / PROFILE).read_text(encoding="utf-8"))
    return profile["book"]["chapters"]


def test_made_up_communes_come_last_in_a_part(project, cards):
    part = {"part": translate("book.synthetic_part", "vi"), "chapters": MADE_UP}
    assert cards[0].id.startswith("gia-dinh")
    assert listed(project, cards) == [REAL, COMPARISON, part]
    entries = [e for e in read_config(project.root).entries if e.path.startswith("reports/")]
    parts = {e.path: e.part for e in entries if e.kind == "chapter"}
    assert parts == {REAL: "", COMPARISON: "", **dict.fromkeys(MADE_UP, part["part"])}


def test_there_is_no_part_without_them(project, cards):
    assert listed(project, [c for c in cards if not c.synthetic]) == [REAL, COMPARISON]


def test_the_part_stands_also_where_all_are_made_up(project, cards):
    made_up = [card for card in cards if card.synthetic]
    part = {"part": translate("book.synthetic_part", "vi"), "chapters": MADE_UP}
    assert listed(project, made_up) == [COMPARISON, part]


def test_language_and_appendices_go_by_the_real_communes(project, cards):
    real = [card for card in cards if not card.synthetic]
    listed(project, real)
    appendix = rulebook_path(project).read_text(encoding="utf-8")
    changed = [
        card.model_copy(update={"lang": "en", "set": "base"}) if card.synthetic else card
        for card in cards
    ]
    assert listed(project, changed)[-1]["part"] == translate("book.synthetic_part", "vi")
    assert rulebook_path(project).read_text(encoding="utf-8") == appendix


def test_order_is_kept_among_equals(cards):
    assert [c.id for c in real_first(cards)] == [
        "liem-can-2024", "gia-dinh-0001-2024", "gia-dinh-0002-2024",
    ]  # fmt: skip


def test_the_public_book_holds_real_communes_only(cards):
    assert [card.id for card in for_readers(cards)] == ["liem-can-2024"]


def test_where_none_is_real_the_book_holds_those_made_up(cards):
    made_up = [card for card in cards if card.synthetic]
    assert for_readers(made_up) == made_up


@pytest.mark.parametrize(
    ("profile", "folder"), [("", "_book"), ("demo", "_book-demo"), ("demo,other", "_book-demo")]
)
def test_the_demonstration_has_a_folder_of_its_own(
    profile, folder, project, cards, repository, monkeypatch
):
    """The chapters are there whatever profile is asked for."""
    shutil.copy2(repository / "_quarto-demo.yml", project.root)
    monkeypatch.setenv("QUARTO_PROFILE", profile)
    write_chapters(project, cards)
    config = read_config(project.root)
    assert config.output_dir == folder
    assert [entry.path for entry in config.entries if "gia-dinh" in entry.path] == MADE_UP


def test_the_cover_of_one_commune_names_it_with_year_place_and_day(project, cards):
    (real,) = for_readers(cards)
    write_chapters(project, [real])
    assert read_config(project.root).cover == (
        "Xã Liêm Cần, huyện Thanh Liêm, tỉnh Hà Nam",
        "Năm 2024",
        "Theo quy định có hiệu lực ngày 26 tháng 11 năm 2024",
    )
    earlier = real.model_copy(update={"year": 2023, "id": "liem-can-2023"})
    write_chapters(project, [earlier, real])
    assert read_config(project.root).cover[1] == "Năm 2023–2024"
    write_chapters(project, cards)
    assert read_config(project.root).cover == ()
