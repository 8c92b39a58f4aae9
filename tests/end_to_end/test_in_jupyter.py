"""Notebooks as Jupyter shows them: text, tables and pictures, no syntax, nothing too wide."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.conftest import copy_project, ntm

pytestmark = [pytest.mark.book, pytest.mark.browser]

ID = "liem-can-2024"
SYNTAX = (
    ":::", "{#", "{.", "]{", "![", "](", "**", "data:image", "@sec-", "@tbl-", "@fig-", "\n---",
    "title:", "synthetic:", "fig-alt", "text/markdown", "| |", "|:-", "\\",
)  # fmt: skip
SHOWN = """() => [...document.querySelectorAll(
    '.jp-OutputArea-output, .jp-MarkdownOutput, .jp-RawCell')].map(e => e.innerText).join('\\n')"""


def _convert(folder: Path, path: str, name: str, *options: str) -> None:
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", *options]
    done = subprocess.run(
        [*command, "--output-dir", ".", "--output", name, path],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def pages(repository: Path, once_per_run: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    def make(folder: Path) -> None:
        copy_project(repository, folder)
        done = ntm(folder, "run", ID)
        assert done.returncode == 0, done.stderr
        _convert(folder, f"reports/{ID}/{ID}.ipynb", "executed")
        for name in ("commune", "comparison", "research"):
            _convert(folder, f"notebooks/{name}.ipynb", name, "--execute")

    return once_per_run("in-jupyter", make)


@pytest.fixture
def page(chromium: Browser) -> Page:
    return chromium.new_page(viewport={"width": 1000, "height": 800})


@pytest.mark.parametrize("name", ["executed", "commune", "comparison", "research"])
def test_jupyter_shows_text_and_no_syntax(pages: Path, page: Page, name: str) -> None:
    page.goto((pages / f"{name}.html").as_uri())
    shown = str(page.evaluate(SHOWN))
    assert [one for one in SYNTAX if one in shown] == []
    alternative = [image.get_attribute("alt") or "" for image in page.locator("img").all()]
    assert [words for words in alternative if words and words in shown] == []


@pytest.mark.parametrize("name", ["executed", "commune"])
def test_captions_callouts_and_pictures_read_as_such(pages: Path, page: Page, name: str) -> None:
    page.goto((pages / f"{name}.html").as_uri())
    assert page.locator("h1").first.inner_text().rstrip("¶")
    note = page.locator("[role=note]").first
    assert note.locator("strong").first.inner_text() == "Chưa đủ căn cứ đề nghị công nhận"
    assert page.locator("caption").first.inner_text() == "Từ tự đánh giá đến kết luận"
    figures = page.locator("figure")
    assert figures.count() > 10
    assert figures.first.locator("figcaption").inner_text().startswith("Kết quả đánh giá 74")
    widths = "e => [...document.querySelectorAll('figure img')].map(i => i.naturalWidth)"
    assert all(page.evaluate(widths))


@pytest.mark.parametrize("name", ["executed", "commune", "comparison", "research"])
@pytest.mark.parametrize("width", [1400, 800])
def test_nothing_is_wider_than_the_page(pages: Path, page: Page, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((pages / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
