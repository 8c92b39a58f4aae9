from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.book import BookError, build_book
from ntm_analysis.book.config import read_config
from ntm_analysis.book.labels import read_labels
from tests.book.project import DATA_URI, markdown_output, notebook, write_project


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
