from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ntm_analysis.book.search import call


def arguments(script: str, name: str) -> list[Any]:
    """Return what a script hands to the search."""
    assert script.startswith(f"ntmSearch.{name}(")
    assert script.endswith(");\n")
    found: list[Any] = json.loads(f"[{script[len(f'ntmSearch.{name}(') : -3]}]")
    return found


def index(rendered: Path) -> list[list[str]]:
    """Return page, anchor, chapter, heading and text of every section."""
    book = rendered / "_book"
    (files,) = arguments((book / "site/search-index.js").read_text(encoding="utf-8"), "files")
    records = []
    for file in files:
        page, title, sections = arguments((book / file).read_text(encoding="utf-8"), "text")
        records += [[page, anchor, title, name, text] for anchor, name, text in sections]
    return records


def test_sections_are_indexed_with_their_anchors(rendered: Path) -> None:
    found = {(page, anchor): (chapter, name) for page, anchor, chapter, name, _ in index(rendered)}
    assert found["reports/mau/mau.html", "sec-mau-ket-qua"] == (
        "2 Xã Liêm Cần – năm 2024",
        "2.1 Kết quả",
    )
    # A chapter without words before its first section is still found by its title.
    assert found["reports/mau/mau.html", ""] == ("2 Xã Liêm Cần – năm 2024", "")


def test_tables_captions_and_alternative_texts_are_indexed(rendered: Path) -> None:
    text = next(r[4] for r in index(rendered) if r[1] == "sec-mau-ket-qua")
    for words in ("hỏa táng đạt 25%", "Bảng 2.1: Kết quả của xã", "Hỏa táng 25%, vượt ngưỡng."):
        assert words in text
    assert "Giá trị Đánh giá 17.10" in text


def test_formula_sources_and_back_links_are_not(rendered: Path) -> None:
    text = " ".join(r[4] for r in index(rendered))
    assert "frac" not in text
    assert "↩" not in text


def test_text_cannot_end_the_script() -> None:
    script = call("text", "a.html", "</script>", [["", "", "\u2028"]])
    assert "</script>" not in script
    assert "\u2028" not in script
    assert arguments(script, "text") == ["a.html", "</script>", [["", "", "\u2028"]]]
