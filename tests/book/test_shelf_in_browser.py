"""The index of several books in a real browser, opened from its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.book.shelf_project import IDS, SEVEN, build, write_report, write_shelf
from tests.book.test_browser import DESK, PHONE, opened, search

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOUSES = "Tân Lập có 2.696 nhà, 3.517 người."
BOTH_WAYS = "Thanh Hà ghi 3517 ở biểu, 3.517 ở phiếu."

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shelf(once_per_run: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """A shelf by district."""
    return once_per_run("shelf-html", _make)


def _make(folder: Path) -> None:
    project = write_shelf(folder, SEVEN)
    for commune, words in (("tan-lap", HOUSES), ("thanh-ha", BOTH_WAYS)):
        write_report(folder, next(one for one in SEVEN if one.commune == commune), words)
    assert build(project, IDS).made == 5


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("dinh xa", "ha-nam/phu-ly/reports/dinh-xa-2024/dinh-xa-2024.html"),
        ("Đinh Xá", "ha-nam/phu-ly/reports/dinh-xa-2024/dinh-xa-2024.html"),
        ("dihn xa", "ha-nam/phu-ly/reports/dinh-xa-2024/dinh-xa-2024.html"),  # two letters swapped
        ("hoa tang tan lap", "thanh-hoa/truc-thuoc-tinh/reports/tan-lap-2026/tan-lap-2026.html"),
        ("liem can 2025", "ha-nam/thanh-liem/reports/liem-can-2025/liem-can-2025.html"),
        ("bien do rieng", "book/cach-tinh.html"),
        (
            "80–110 thanh phong",
            "thanh-hoa/thanh-liem/reports/thanh-phong-2024/thanh-phong-2024.html",
        ),
    ],
)
def test_the_index_searches_all_books(
    chromium: Browser, shelf: Path, query: str, page: str
) -> None:
    with opened(chromium, shelf, "catalogue.html", DESK) as tab:
        search(tab, query)
        tab.wait_for_selector("#hit-0")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"**/{page}*")


def test_a_number_is_found_without_its_grouping(chromium: Browser, shelf: Path) -> None:
    with opened(chromium, shelf, "catalogue.html", DESK) as tab:
        hits = search(tab, "2696 nha")
        assert hits and all("Tân Lập" in text for text in hits)
        assert "gần giống" not in tab.inner_text(".search-status")


@pytest.mark.parametrize("number", ["3517", "3.517"])
def test_pages_are_counted_once_however_they_write_a_number(
    chromium: Browser, shelf: Path, number: str
) -> None:
    with opened(chromium, shelf, "index.html", DESK) as tab:
        found = " ".join(search(tab, number))
        assert "Tân Lập" in found and "Thanh Hà" in found
        assert tab.inner_text(".search-status").startswith("2 trang")


def test_it_says_where(chromium: Browser, shelf: Path) -> None:
    with opened(chromium, shelf, "index.html", DESK) as tab:
        search(tab, "hoa tang lien can")
        first = tab.inner_text("#hit-0")
        assert "Kết quả" in first
        assert "Xã Liêm Cần" in first
        assert "gần giống" in tab.inner_text(".search-status")


def test_it_loads_little(chromium: Browser, shelf: Path) -> None:
    """Only the words sought and the pages shown are loaded, not what every book says."""
    with opened(chromium, shelf, "index.html", DESK) as tab:
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url.partition("_book/")[2]))
        search(tab, "tan lap")
        tab.wait_for_selector("#hit-0")
    texts = [url for url in asked if url.endswith(".text.js")]
    assert texts
    assert all("tan-lap" in url or "truc-thuoc-tinh" in url for url in texts)


def test_a_letter_alone_is_too_short(chromium: Browser, shelf: Path) -> None:
    with opened(chromium, shelf, "index.html", DESK) as tab:
        assert search(tab, "x") == []
        assert "hai chữ" in tab.inner_text(".search-status")


def test_what_stands_as_it_was_typed_is_no_misspelling(chromium: Browser, shelf: Path) -> None:
    """“hoa” stands in sections; it is not meant to be “Hà” of Hà Nam, or “Xá”."""
    with opened(chromium, shelf, "index.html", DESK) as tab:
        search(tab, "hoa tang")
        assert "gần giống" not in tab.inner_text(".search-status")
        assert "hỏa táng" in tab.inner_text("#hit-0").casefold()
        close = tab.locator("#search-results li", has_text="Thanh Hà")
        marks = {mark.casefold() for mark in close.locator("mark").all_inner_texts()}
        assert marks == {"hỏa táng"}


def test_made_up_communes_come_after_real_ones(chromium: Browser, shelf: Path) -> None:
    """Though “Giả Định A” stands before the other districts on the shelf."""
    with opened(chromium, shelf, "index.html", DESK) as tab:
        hits = search(tab, "hoa tang")
        made_up = [at for at, text in enumerate(hits) if "Giả Định" in text]
        assert made_up and made_up[0] > max(
            at for at, text in enumerate(hits) if "Liêm Cần" in text
        )
        tab.fill("#search", "gia dinh")
        tab.locator("#hit-0", has_text="Giả Định 1").wait_for()


def test_headings_come_first(chromium: Browser, shelf: Path) -> None:
    with opened(chromium, shelf, "index.html", DESK) as tab:
        search(tab, "biên độ")
        assert "Biên độ" in tab.inner_text("#hit-0 .hit-title")


def test_nothing_is_found(chromium: Browser, shelf: Path) -> None:
    with opened(chromium, shelf, "index.html", DESK) as tab:
        assert search(tab, "qqqq") == []
        assert "Không tìm thấy" in tab.inner_text(".search-status")


def test_a_book_leads_to_the_search_of_all(chromium: Browser, shelf: Path) -> None:
    with opened(chromium, shelf, "ha-nam/phu-ly/index.html", DESK) as tab:
        search(tab, "liem can")
        tab.click("#hit-all")
        tab.wait_for_url("**/_book/index.html?q=liem%20can")
        tab.wait_for_selector("#hit-0")
        assert "Liêm Cần" in tab.inner_text("#hit-0")


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ("hoa tagn", 0),  # only what is spelt alike: another book may have just this
        ("hoa tang", -1),
    ],
)
def test_the_search_of_all_is_offered_first_where_nothing_fits_exactly(
    chromium: Browser, shelf: Path, query: str, at: int
) -> None:
    with opened(chromium, shelf, "ha-nam/phu-ly/index.html", DESK) as tab:
        hits = search(tab, query)
        assert len(hits) > 1
        assert hits[at].startswith("Tìm trong tất cả các quyển")
        assert tab.get_attribute("#search", "aria-activedescendant") == (
            "hit-all" if at == 0 else "hit-0"
        )


@pytest.mark.parametrize("page", ["index.html", "catalogue.html", "ha-nam/thanh-liem/index.html"])
def test_nothing_scrolls_sideways(chromium: Browser, shelf: Path, page: str) -> None:
    with opened(chromium, shelf, page, PHONE) as tab:
        assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
