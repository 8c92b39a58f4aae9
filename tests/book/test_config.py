from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.book import BookError
from ntm_analysis.book.config import Entry, merge, read_config
from ntm_analysis.problems import DataErrors
from tests.book.project import PLAN, write_project


def test_profile_adds_chapters_after_the_static_ones(tmp_path: Path) -> None:
    config = read_config(write_project(tmp_path))
    assert config.entries == (
        Entry("index.qmd", "chapter"),
        Entry("book/cach-tinh.qmd", "chapter"),
        Entry("reports/mau/mau.ipynb", "chapter", "Các xã"),
        Entry("book/thuat-ngu.qmd", "appendix"),
    )


def test_profile_may_be_missing(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "_quarto-communes.yml").unlink()
    assert [e.path for e in read_config(project).entries][-1] == "book/thuat-ngu.qmd"
    assert len(read_config(project).entries) == 3


def test_profile_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PROFILE", "other")
    assert len(read_config(write_project(tmp_path)).entries) == 3


def test_what_the_plan_says(tmp_path: Path) -> None:
    config = read_config(write_project(tmp_path))
    assert config.title == "Sách thử <nghiệm>"
    assert config.author == "Nhóm kiểm thử"
    assert config.output_name == "sach-thu"
    assert config.formats == ("html", "typst", "docx")
    assert config.output_dir == "_book"


def test_merge_appends_lists_and_replaces_the_rest() -> None:
    assert merge({"a": [1], "b": {"c": 1, "d": 2}}, {"a": [1, 2], "b": {"c": 3}}) == {
        "a": [1, 2],
        "b": {"c": 3, "d": 2},
    }


def test_no_chapters(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("book: {title: x}\n", encoding="utf-8")
    with pytest.raises(BookError, match="no chapter"):
        read_config(tmp_path)


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    project = write_project(tmp_path, **{"_quarto.yml": PLAN + "x: [1\n"})
    with pytest.raises(DataErrors) as caught:
        read_config(project)
    assert caught.value.problems[0].row


def test_strange_entry(tmp_path: Path) -> None:
    plan = PLAN.replace("- index.qmd", "- {nonsense: 1}")
    with pytest.raises(BookError, match="nonsense"):
        read_config(write_project(tmp_path, **{"_quarto.yml": plan}))
