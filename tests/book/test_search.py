from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ntm_analysis.book import search
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
        page, title, sections, *_ = arguments((book / file).read_text(encoding="utf-8"), "text")
        records += [[page, anchor, title, *section[:2]] for anchor, *section in sections]
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


def test_pages_of_made_up_communes_say_so(rendered: Path) -> None:
    flags = {}
    for page in ("index", "reports/mau/mau"):
        script = (rendered / f"_book/{page}.text.js").read_text(encoding="utf-8")
        flags[page] = arguments(script, "text")[3:]
    assert flags == {"index": [], "reports/mau/mau": [True]}


def test_entries_of_an_appendix_are_told_and_no_others(rendered: Path) -> None:
    found = {}
    for page in ("book/thuat-ngu", "reports/mau/mau"):
        script = (rendered / f"_book/{page}.text.js").read_text(encoding="utf-8")
        found[page] = [section[3:] for section in arguments(script, "text")[2]]
    assert found["book/thuat-ngu"] == [["Biên độ (margin)"]]
    assert not any(found["reports/mau/mau"])


def test_an_entry_is_the_first_cell_of_a_row_or_a_term() -> None:
    body = (
        '<h2 id="a">Bảng</h2><table><thead><tr><th>Mã</th><th>Tên</th></tr></thead><tbody>'
        "<tr><td><p>17.8</p></td><td>Cơ sở</td></tr><tr><td>17.9</td><td>17.1</td></tr>"
        "</tbody></table><dl><dt>Biên <em>độ</em></dt><dd>Khoảng cách</dd></dl>"
    )
    sections = search.sections_of(body, entries=True)
    assert [section[3:] for section in sections if section[0]] == [("17.8 · 17.9 · Biên độ",)]


def test_an_indicator_is_found_by_its_own_address() -> None:
    """What follows its row belongs to the criterion again."""
    body = """<h4 id="c17">Environment</h4><section class="ntm-row ntm-thin" id="17.8">
    <h5 id="i-17.8"><a href="#17.8">17.8</a> Stables</h5><p>96 %</p></section>
    <p>Table</p><h5 id="x">c) Assessment</h5><p>Met</p><h4 id="c18">Water</h4>"""
    assert search.sections_of(body, entries=False) == [
        ("", "", ""),
        ("c17", "Environment", "Table c) Assessment Met"),
        ("17.8", "17.8 Stables", "96 %"),
        ("c18", "Water", ""),
    ]


def test_text_cannot_end_the_script() -> None:
    script = call("text", "a.html", "</script>", [["", "", "\u2028"]])
    assert "</script>" not in script
    assert "\u2028" not in script
    assert arguments(script, "text") == ["a.html", "</script>", [["", "", "\u2028"]]]
