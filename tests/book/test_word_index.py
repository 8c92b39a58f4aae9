"""The index that the search over all books reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_analysis.book import wordindex
from ntm_analysis.book.sealed import Words, words_of
from ntm_analysis.book.search import PageText
from ntm_analysis.book.wordindex import base36, encoded, write_word_index
from ntm_analysis.spelling import fold, slug, words


def read(site: Path) -> dict[str, list[Any]]:
    """Return what each file of an index hands over, by its name."""
    found = {}
    for path in sorted((site / wordindex.FOLDER).glob("*.js")):
        script = path.read_text(encoding="utf-8")
        start = script.index("(")
        assert script.startswith("ntmShelf.")
        found[path.stem] = json.loads(f"[{script[start + 1 : -3]}]")
    return found


def decoded(text: str) -> list[int]:
    numbers: list[int] = []
    for run in text.split(" "):
        first, _, last = run.partition("-")
        numbers += range(int(first, 36), int(last or first, 36) + 1)
    return numbers


@given(st.sets(st.integers(0, 5000)).map(sorted))
def test_numbers_come_back(numbers: list[int]) -> None:
    assert (decoded(encoded(numbers)) if numbers else []) == numbers


@given(st.integers(0, 10**9))
def test_base_36(number: int) -> None:
    assert int(base36(number), 36) == number


def test_runs_are_short() -> None:
    assert encoded(range(8000)) == "0-667"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tỷ lệ Hỏa táng", {"ty", "le", "hoa", "tang"}),
        ("Đinh Xá", {"dinh", "xa"}),
        ("2.751/2.751 hộ", {"2.751/2.751", "751/2.751", "2.751", "751", "ho"}),
        ("43/2022/QĐ-UBND", {"43/2022/qd", "2022/qd", "qd", "ubnd"}),
        ("Ấp Ổ", {"ap", "o"}),
    ],
)
def test_words(text: str, wanted: set[str]) -> None:
    assert words(text) == wanted


@given(st.text())
def test_folding_keeps_places(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_slug() -> None:
    assert slug("Liêm Cần") == "liem-can"
    assert slug("  Bà Rịa – Vũng Tàu ") == "ba-ria-vung-tau"


def test_every_word_of_every_page_is_found(tmp_path: Path) -> None:
    pages = [
        words_of(PageText(f"{n}.html", f"Xã Số {n}", [["", "Hỏa táng", f"có {n * 7} hộ"]]))
        for n in range(600)
    ]
    write_word_index(pages, tmp_path)
    files = read(tmp_path)
    starts, total, each, real = files["starts"]
    assert total == real == 600
    listed = [row for n in range(3) for row in files[f"pages-{n}"][1]]
    assert listed == [[page.page, page.title] for page in pages]
    assert each == len(files["pages-0"][1])
    postings = {
        word: decoded(text)
        for start, entries in (rest for name, rest in files.items() if name.startswith("words-"))
        for word, text in entries.items()
        if word.startswith(start) and start in starts
    }
    for number, page in enumerate(pages):
        for word in page.words:
            assert number in postings[word]
    assert postings["^so"] == list(range(600))
    assert postings["406"] == [58, 406]


def test_made_up_pages_come_after_all_others(tmp_path: Path) -> None:
    pages = [
        words_of(PageText(f"{n}.html", "x", [["", "", "hộ"]], made_up=n % 3 == 0)) for n in range(6)
    ]
    write_word_index(pages, tmp_path)
    files = read(tmp_path)
    assert [page for page, _ in files["pages-0"][1]] == [f"{n}.html" for n in (1, 2, 4, 5, 0, 3)]
    assert files["starts"][3] == 4


def test_what_begins_an_entry_counts_as_a_heading() -> None:
    page = words_of(PageText("a.html", "x", [["", "Tiêu chí 17", "17.8 Cơ sở", "17.8 · 17.9"]]))
    assert page.heads == ("17", "17.8", "17.9", "8", "9", "chi", "tieu")


def test_large_files_are_divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordindex, "MOST_BYTES", 400)
    pages = [Words(f"{n}.html", "x", (f"tha{n:03}", "the", "thi")) for n in range(100)]
    write_word_index(pages, tmp_path)
    starts = read(tmp_path)["starts"][0]
    assert len([s for s in starts if s.startswith("tha")]) > 1
    assert "the" in starts
    for path in (tmp_path / wordindex.FOLDER).glob("words-*.js"):
        assert path.stat().st_size < 1000
