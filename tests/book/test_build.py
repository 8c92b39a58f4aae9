from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from ntm_analysis.book import BookError, build_book
from ntm_analysis.book.config import read_config
from ntm_analysis.book.labels import read_labels
from ntm_analysis.book.made import RECORD
from tests.book.project import DATA_URI, METHODS, SVG, markdown_output, notebook, write_project


def test_what_was_made(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    result = build_book(
        write_project(tmp_path), ("docx", "html"), "builtin", lambda *step: told.append(step)
    )
    assert result.output_dir == tmp_path / "_book"
    assert [p.name for p in result.files] == ["index.html", "sach-thu.docx"]
    assert result.renderer == "builtin"
    assert result.pdf_pages is None
    assert [step for step in told if step[0] == "Rendering HTML"] == [
        ("Rendering HTML", n, 4) for n in (1, 2, 3, 4)
    ]
    assert all(done <= total for _, done, total in told)


def test_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="epub"):
        build_book(write_project(tmp_path), ("epub",))


def test_missing_label_is_named(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "book/lang-vi.yml").write_text("toc-title-document: x\n", encoding="utf-8")
    labels = read_labels(project, read_config(project))
    with pytest.raises(BookError, match=r"book/lang-vi\.yml lacks the label .crossref-fig-prefix"):
        labels["crossref-fig-prefix"]


def test_broken_picture_names_the_chapter(tmp_path: Path) -> None:
    text = notebook(markdown_output(f"![a]({DATA_URI[:-9]}!!!){{#fig-a}}"))
    project = write_project(tmp_path, **{"reports/mau/mau.ipynb": text, "index.qmd": "# A\n"})
    with pytest.raises(BookError, match=r"reports/mau/mau\.ipynb.*picture"):
        build_book(project, ("html",), "builtin")


def test_printed_forms_that_show_something_else_are_not_offered(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert build_book(project, renderer="builtin").stale == []
    page = project / "_book" / "index.html"
    assert 'href="sach-thu.pdf"' in page.read_text(encoding="utf-8")
    assert build_book(project, ("html",), renderer="builtin").stale == []
    assert 'href="sach-thu.pdf"' in page.read_text(encoding="utf-8")

    glossary = project / "book" / "thuat-ngu.qmd"
    glossary.write_text(glossary.read_text(encoding="utf-8") + "\nThêm.\n", encoding="utf-8")
    result = build_book(project, ("html", "docx"), renderer="builtin")
    assert [path.name for path in result.stale] == ["sach-thu.pdf"]
    assert result.stale[0].is_file()
    text = page.read_text(encoding="utf-8")
    assert 'href="sach-thu.pdf"' not in text
    assert 'href="sach-thu.docx"' in text

    assert build_book(project, renderer="builtin").stale == []
    assert 'href="sach-thu.pdf"' in page.read_text(encoding="utf-8")


def test_a_users_own_files_stay(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    build_book(project, renderer="builtin")
    own = [project / "_book" / name for name in ("CNAME", "book/scan.png", "signed.pdf")]
    for path in own:
        path.write_text("mine", encoding="utf-8")
    more = "# Thêm {#sec-them}\n\nx\n"
    (project / "book/thuat-ngu.qmd").write_text(more, encoding="utf-8")
    build_book(project, renderer="builtin")
    assert [path.read_text(encoding="utf-8") for path in own] == ["mine"] * 3
    (project / "_quarto-communes.yml").unlink()
    for name in ("index.qmd", "book/cach-tinh.qmd"):  # they refer to the chapter that goes
        (project / name).write_text("# A\n\nx\n", encoding="utf-8")
    build_book(project, renderer="builtin")
    assert not (project / "_book/reports/mau/mau.html").exists()  # ours, and stale
    assert all(path.exists() for path in own)


def test_a_users_own_printed_form_is_not_taken_for_the_book(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    build_book(project, ("docx",), renderer="builtin")
    newer = tmp_path / "_book/signed.docx"
    newer.write_text("mine", encoding="utf-8")
    os.utime(newer, (time.time() + 100,) * 2)
    result = build_book(project, ("docx",), renderer="builtin")
    assert [path.name for path in result.files] == ["sach-thu.docx"]


@pytest.mark.parametrize("records", ["kept", "lost"])
def test_a_users_own_files_stay_whatever_becomes_of_the_reports(
    tmp_path: Path, records: str
) -> None:
    project = write_project(tmp_path)
    site = tmp_path / "_book"
    build_book(project, ("html",), renderer="builtin")
    (site / "gone.html").write_text("ours, if nothing says whose", encoding="utf-8")
    own = [site / name for name in ("CNAME", "scan.pdf", "papers/a.docx", ".git/x.html")]
    for path in own:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    shutil.rmtree(tmp_path / "reports")
    if records == "lost":
        (site / RECORD).unlink()
    write_project(tmp_path)
    build_book(project, renderer="builtin")
    assert [path.read_text(encoding="utf-8") for path in own] == ["mine"] * 4
    assert (site / "gone.html").exists() == (records == "kept")
    assert build_book(project, ("html",), renderer="builtin").stale == []


def test_a_printed_form_is_stale_once_anything_it_shows_changed(tmp_path: Path) -> None:
    drawing = "\n![Hình vẽ](hinh.svg)\n\n::: {.callout-note}\nMột chú ý.\n:::\n"
    project = write_project(
        tmp_path, **{"book/hinh.svg": SVG, "book/cach-tinh.qmd": METHODS + drawing}
    )
    build_book(project, ("docx",), renderer="builtin")
    for file, before, after in (
        ("_quarto.yml", "Nhóm kiểm thử", "Người khác"),
        ("_quarto.yml", "book:\n", "book:\n  date: 1/1/2026\n"),
        ("_quarto.yml", "book:\n", "book:\n  description: Sách mẫu\n"),
        ("_quarto.yml", "    toc-depth: 3", "    toc-depth: 2"),
        ("_quarto-communes.yml", "Các xã", "Phần khác"),
        ("book/lang-vi.yml", "callout-note-title:", "callout-note-title: 1"),
        ("book/hinh.svg", "25%", "26%"),
    ):
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
        stale = build_book(project, ("html",), renderer="builtin").stale
        assert [one.name for one in stale] == ["sach-thu.docx"], (file, before)
        path.write_text(text, encoding="utf-8")
    assert build_book(project, ("html",), renderer="builtin").stale == []
