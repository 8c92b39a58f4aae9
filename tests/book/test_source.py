from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from ntm_analysis.book import BookError, cells
from ntm_analysis.book.config import Entry
from ntm_analysis.book.source import Source, read_source
from tests.book.project import FRONT, markdown_output, notebook, write_project


def source(project: Path, path: str) -> Source:
    return read_source(project, Entry(path, "chapter"))


def test_includes_are_resolved_from_the_chapter(tmp_path: Path) -> None:
    found = source(write_project(tmp_path), "index.qmd")
    assert "Đoạn văn lấy từ tệp thứ hai." in found.text
    assert "{{<" not in found.text
    assert not found.numbered


def test_notebook_gives_its_markdown_and_hides_its_code(tmp_path: Path) -> None:
    found = source(write_project(tmp_path), "reports/mau/mau.ipynb")
    assert found.title == "Xã Liêm Cần – năm 2024"
    assert found.numbered
    assert found.text.lstrip().startswith("## Kết quả {#sec-mau-ket-qua}")
    assert "bi_mat" not in found.text
    assert "show()" not in found.text


def test_text_is_composed(tmp_path: Path) -> None:
    project = write_project(tmp_path, **{"index.qmd": unicodedata.normalize("NFD", "# Liêm Cần\n")})
    assert "Liêm Cần" in source(project, "index.qmd").text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (notebook(count=None), "not executed"),
        (notebook({"output_type": "error", "ename": "KeyError", "evalue": "x"}), "KeyError: x"),
        ("{", "not a Jupyter notebook"),
        ('{"cells": ["x"]}', "not a Jupyter notebook"),
        (notebook().replace('"source"', '"text"'), "not a Jupyter notebook"),
    ],
)
def test_unusable_notebooks(tmp_path: Path, text: str, message: str) -> None:
    project = write_project(tmp_path, **{"reports/mau/mau.ipynb": text})
    with pytest.raises(BookError, match=message) as caught:
        source(project, "reports/mau/mau.ipynb")
    assert "reports/mau/mau.ipynb" in str(caught.value)


def test_outputs_that_are_not_markdown_are_shown_or_named(tmp_path: Path) -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": ["in ra"]}
    chart = {"output_type": "display_data", "data": {"text/html": "<canvas>"}, "metadata": {}}
    text = notebook(stream, markdown_output("## Có"), chart)
    project = write_project(tmp_path, **{"reports/mau/mau.ipynb": text})
    found = source(project, "reports/mau/mau.ipynb")
    assert "```\nin ra\n```\n\n## Có" in found.text
    (missing,) = found.left_out
    assert missing in found.text.replace("\\", "")


def test_circular_include(tmp_path: Path) -> None:
    project = write_project(tmp_path, **{"book/sau/them.md": "{{< include book/mo-dau.qmd >}}\n"})
    with pytest.raises(BookError, match="includes itself"):
        source(project, "index.qmd")


def test_missing_include_names_chapter_and_file(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "book/sau/them.md").unlink()
    with pytest.raises(BookError, match=r"index\.qmd.*book/sau/them\.md"):
        source(project, "index.qmd")


def test_broken_front_matter(tmp_path: Path) -> None:
    text = notebook(markdown_output("x"), front=FRONT.replace("lang: vi", "lang: [vi"))
    project = write_project(tmp_path, **{"reports/mau/mau.ipynb": text})
    with pytest.raises(BookError, match="front matter"):
        source(project, "reports/mau/mau.ipynb")


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("# A\n", True),
        ("# A {.unnumbered}\n", False),
        ("# A {-}\n", False),
        ("# A {#sec-a .unnumbered}\n", False),
        ("# A {#sec-a-b}\n", True),
        ("---\ntitle: A\nnumber-sections: false\n---\n", False),
        ("---\ntitle: A\n---\n## B {.unnumbered}\n", True),
    ],
)
def test_numbered_chapters(tmp_path: Path, text: str, *, numbered: bool) -> None:
    project = write_project(tmp_path, **{"index.qmd": text})
    assert source(project, "index.qmd").numbered is numbered


def test_a_book_takes_no_more_of_a_notebook_than_its_text(tmp_path: Path) -> None:
    """What Quarto is given is what the built-in renderer reads."""
    output = markdown_output("## Có {#sec-co}")
    output["data"] |= {"text/html": "<h2>Có</h2>", "text/plain": "Có"}
    made = json.loads(notebook(output))
    story = {"cell_type": "markdown", "metadata": {"tags": ["remove-cell"]}, "source": "chuyện"}
    made["cells"].insert(1, story)
    filtered = subprocess.run(
        [sys.executable, "-S", "-I", cells.__file__],  # as Quarto runs it, in any Python
        input=json.dumps(made).encode(),
        capture_output=True,
        check=True,
    ).stdout
    kept = json.loads(filtered)["cells"]
    assert ["".join(cell["source"]) for cell in kept if cell["cell_type"] == "markdown"] == [FRONT]
    bundles = [one["data"] for cell in kept for one in cell.get("outputs", ())]
    assert [list(bundle) for bundle in bundles] == [["text/markdown"]]
    project = write_project(tmp_path, **{"reports/mau/mau.ipynb": json.dumps(made)})
    assert source(project, "reports/mau/mau.ipynb").text.strip() == "## Có {#sec-co}"
