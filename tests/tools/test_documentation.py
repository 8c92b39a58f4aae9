"""The documentation as pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.documentation import make, pages


def test_every_page_is_made_and_no_link_is_dead(repository: Path, tmp_path: Path) -> None:
    made = make(repository, tmp_path / "docs")
    planned = [page for part in pages(repository).values() for page in part]
    assert set(made) == {"index.html", *(page.removesuffix(".md") + ".html" for page in planned)}
    for name in made:
        page = tmp_path / "docs" / name
        for link in re.findall(r'href="([^"#]+)', page.read_text(encoding="utf-8")):
            assert re.match(r"[a-z]+:", link) or (page.parent / link).exists(), (name, link)


def test_a_page_that_stands_nowhere_is_told(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "lost.md").write_text("# Lost", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"docs/lost\.md"):
        pages(tmp_path)
