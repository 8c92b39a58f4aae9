from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.book import BookError
from ntm_analysis.book.config import read_config
from ntm_analysis.book.manuscript import Manuscript
from ntm_analysis.book.numbering import read_manuscript
from tests.book.project import METHODS, PLAN, PREFACE, write_project

NBSP = "\u00a0"


def manuscript(project: Path) -> Manuscript:
    drafts = project / "drafts"
    drafts.mkdir()
    return read_manuscript(project, read_config(project), drafts)


def test_numbers_of_chapters_and_targets(tmp_path: Path) -> None:
    book = manuscript(write_project(tmp_path))
    assert [c.number for c in book.chapters] == ["", "1", "2", "A"]
    assert [c.label for c in book.chapters] == ["", "Chương 1", "Chương 2", "Phụ lục A"]
    assert {name: target.text for name, target in book.targets.items()} == {
        "sec-cach-tinh": f"Chương{NBSP}1",
        "sec-bien-do": f"Mục{NBSP}1.1",
        "tbl-cach-tinh": f"Bảng{NBSP}1.1",
        "sec-mau-ket-qua": f"Mục{NBSP}2.1",
        "tbl-mau-ket-qua": f"Bảng{NBSP}2.1",
        "fig-mau-hinh": f"Hình{NBSP}2.1",
        "sec-thuat-ngu": f"Phụ{NBSP}lục{NBSP}A",
    }


def test_headings_with_and_without_numbers(tmp_path: Path) -> None:
    methods = manuscript(write_project(tmp_path)).chapters[1]
    assert [(h.level, h.number, h.text) for h in methods.headings] == [
        (2, "1.1", "Biên độ"),
        (2, "", "Không số"),
        (3, "1.1.1", "Biên độ riêng"),
        (2, "", "English"),
    ]


def test_callout_titles_are_no_sections(tmp_path: Path) -> None:
    commune = manuscript(write_project(tmp_path)).chapters[2]
    assert [h.text for h in commune.headings] == ["Kết quả"]


def test_sections_without_numbers_when_told_so(tmp_path: Path) -> None:
    plan = PLAN + "number-sections: false\n"
    book = manuscript(write_project(tmp_path, **{"_quarto.yml": plan}))
    assert {h.number for c in book.chapters for h in c.headings} == {""}
    assert book.targets["sec-bien-do"].text == "Biên độ"
    assert book.targets["tbl-cach-tinh"].short == "1.1"


def test_english_chapter_has_english_labels(tmp_path: Path) -> None:
    text = "---\ntitle: Methods\nlang: en\n---\n\n| A |\n|---|\n| b |\n\n: C {#tbl-en}\n"
    project = write_project(tmp_path, **{"book/thuat-ngu.qmd": text})
    book = manuscript(project)
    assert book.targets["tbl-en"].text == f"Table{NBSP}A.1"
    assert book.chapters[-1].label == "Appendix A"


def test_unresolved_references_are_all_named(tmp_path: Path) -> None:
    changed = PREFACE + "\n@tbl-khong-co và @fig-cung-khong\n"
    project = write_project(tmp_path, **{"book/mo-dau.qmd": changed})
    with pytest.raises(BookError) as caught:
        manuscript(project)
    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert all(line.startswith("index.qmd:") for line in lines)
    assert "@tbl-khong-co" in lines[0]
    assert "@fig-cung-khong" in lines[1]


def test_an_id_may_stand_once_in_the_book(tmp_path: Path) -> None:
    changed = METHODS.replace("#tbl-cach-tinh", "#tbl-mau-ket-qua")
    project = write_project(tmp_path, **{"book/cach-tinh.qmd": changed})
    with pytest.raises(BookError, match="tbl-mau-ket-qua stands twice"):
        manuscript(project)


def test_second_title(tmp_path: Path) -> None:
    project = write_project(tmp_path, **{"book/cach-tinh.qmd": METHODS + "\n# Lại nữa\n"})
    with pytest.raises(BookError, match=r"book/cach-tinh\.qmd.*Lại nữa"):
        manuscript(project)


def test_missing_picture(tmp_path: Path) -> None:
    project = write_project(tmp_path, **{"book/thuat-ngu.qmd": "# A\n\n![x](hinh/a.png)\n"})
    with pytest.raises(BookError, match=r"thuat-ngu\.qmd.*book/hinh/a\.png"):
        manuscript(project)


def test_mail_addresses_are_no_references(tmp_path: Path) -> None:
    project = write_project(tmp_path, **{"book/sau/them.md": "Thư: a@b.vn, 43/2022@ha-nam.\n"})
    assert manuscript(project).chapters[0].cites == (
        "sec-cach-tinh",
        "tbl-mau-ket-qua",
        "tbl-cach-tinh",
    )
