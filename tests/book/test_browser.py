"""The HTML book in a real browser, opened from its folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

COMMUNE = "reports/mau/mau.html"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}


@contextmanager
def opened(
    browser: Browser, rendered: Path, page: str, size: dict[str, int], **options: object
) -> Iterator[Page]:
    """Open a page; fail on a script's error or a request that leaves the book's folder."""
    troubles: list[str] = []
    context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
    try:
        tab = context.new_page()
        tab.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        tab.on(
            "console",
            lambda said: (
                troubles.append(f"console: {said.text}")
                if said.type in ("error", "warning")
                else None
            ),
        )
        tab.on(
            "request",
            lambda asked: (
                troubles.append(f"request: {asked.url}")
                if not asked.url.startswith(("file://", "data:"))
                else None
            ),
        )
        tab.goto((rendered / "_book" / page).as_uri())
        yield tab
        assert troubles == []
    finally:
        context.close()


def search(tab: Page, query: str) -> list[str]:
    """Type a query after `/` and return what the results say."""
    tab.keyboard.press("/")
    tab.keyboard.type(query)
    # Under load, the results of the first letters may stand there for a while.
    shown = "query => document.querySelector('#search-results').dataset.query === query.trim()"
    tab.wait_for_function(shown, arg=query)
    return [item.inner_text() for item in tab.query_selector_all("#search-results li")]


def test_nothing_scrolls_sideways(chromium: Browser, rendered: Path) -> None:
    with opened(chromium, rendered, "index.html", DESK) as tab:
        for page in ("index.html", "book/cach-tinh.html", COMMUNE):
            tab.goto((rendered / "_book" / page).as_uri())
            for width in (360, 820, 1440):
                tab.set_viewport_size({"width": width, "height": 800})
                wide = tab.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (page, width)


def test_search(chromium: Browser, rendered: Path) -> None:
    first = {
        "hoa tang": "2.1 Kết quả",
        "hỏa táng": "2.1 Kết quả",
        "liem can": "2 Xã Liêm Cần – năm 2024",
        "lim can": "2 Xã Liêm Cần – năm 2024",  # a letter is missing
        "bien do rieng": "1.1.1 Biên độ riêng",
        "17.10": "2.1 Kết quả",
        "ty le hoa ta": "2.1 Kết quả",  # the last word is still being typed
    }
    with opened(chromium, rendered, "index.html", DESK) as tab:
        assert search(tab, "x")  # loads the index
        found = {}
        for query in first:
            tab.fill("#search", query)
            found[query] = tab.inner_text("#hit-0 .hit-title")
    assert found == first


FIT = [
    # page, anchor, chapter, heading, text, entries, whether made up
    ["made-up.html", "a", "4 Xã Giả Định", "Môi trường", "17.8 17.8 17.8 hỏa táng", "", True],
    ["real.html", "a", "2 Xã Liêm Cần", "Môi trường", "chỉ tiêu 17.8; hỏa táng", "", False],
    ["rules.html", "a", "B Bộ tiêu chí", "Tiêu chí 17", "Mã 17.8 Cơ sở", "17.7 · 17.8", False],
    ["made-up.html", "b", "4 Xã Giả Định", "Hỏa táng", "hỏa táng", "", True],
]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("17.8", ["rules.html#a", "real.html#a", "made-up.html#a"]),
        ("hoa tang", ["made-up.html#b", "real.html#a", "made-up.html#a"]),
        ("hoa tnag", ["made-up.html#b", "real.html#a", "made-up.html#a"]),
    ],
)
def test_what_fits_comes_first_and_what_is_made_up_after_its_equals(
    chromium: Browser, rendered: Path, query: str, wanted: list[str]
) -> None:
    with opened(chromium, rendered, "index.html", DESK) as tab:
        found = tab.evaluate(
            "([fit, query]) => new ntmSearch.Index(fit).search(query).hits"
            ".map(({ record }) => `${record.page}#${record.anchor}`)",
            [FIT, query],
        )
    assert found == wanted


def test_search_marks_what_it_found(chromium: Browser, rendered: Path) -> None:
    with opened(chromium, rendered, "index.html", DESK) as tab:
        search(tab, "hoa tang")
        marks = {m.inner_text() for m in tab.query_selector_all("#search-results mark")}
        assert marks == {"hỏa táng"}


def test_search_without_result(chromium: Browser, rendered: Path) -> None:
    with opened(chromium, rendered, "index.html", DESK) as tab:
        assert search(tab, "qqqq") == []
        assert "Không tìm thấy" in tab.inner_text(".search-status")


def test_search_by_keyboard(chromium: Browser, rendered: Path) -> None:
    with opened(chromium, rendered, "book/cach-tinh.html", DESK) as tab:
        assert len(search(tab, "bien do")) >= 2
        box = tab.locator("#search")
        assert box.get_attribute("aria-expanded") == "true"
        assert box.get_attribute("aria-activedescendant") == "hit-0"
        tab.keyboard.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant") == "hit-1"
        tab.keyboard.press("Escape")
        assert box.get_attribute("aria-expanded") == "false"
        tab.keyboard.press("Escape")
        assert search(tab, "hoa tang")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/mau.html#sec-mau-ket-qua")


def test_drawer_on_a_phone(chromium: Browser, rendered: Path) -> None:
    with opened(chromium, rendered, COMMUNE, PHONE) as tab:
        sidebar = tab.locator("#sidebar")
        assert not sidebar.is_visible()
        tab.click(".menu")
        tab.locator(".close:focus").wait_for()
        assert sidebar.is_visible()
        assert tab.locator(".menu").get_attribute("aria-expanded") == "true"
        tab.keyboard.press("Escape")
        sidebar.wait_for(state="hidden")
        tab.click(".menu")
        sidebar.get_by_role("link", name="Cách tính").click()
        tab.wait_for_url("**/cach-tinh.html")


def test_parts_fold(chromium: Browser, rendered: Path) -> None:
    with opened(chromium, rendered, "index.html", DESK) as tab:
        link = tab.locator("#sidebar").get_by_role("link", name="Xã Liêm Cần")
        assert link.is_visible()
        tab.locator("#sidebar summary", has_text="Các xã").click()
        assert not link.is_visible()


def test_section_in_view_is_marked(chromium: Browser, rendered: Path) -> None:
    with opened(chromium, rendered, "book/cach-tinh.html", {"width": 1440, "height": 300}) as tab:
        tab.evaluate("document.getElementById('sec-bien-do').scrollIntoView()")
        tab.wait_for_selector(".page-toc a.here")
        assert "Biên độ" in tab.inner_text(".page-toc a.here")


def test_on_a_phone_no_column_is_out_of_view(chromium: Browser, rendered: Path) -> None:
    """A row is a card there, in which each cell but the first says its column."""
    with opened(chromium, rendered, COMMUNE, PHONE) as tab:
        cells = tab.locator("table.ntm-cards tbody :is(td, th)")
        assert cells.count() > 4
        for at in range(cells.count()):
            box = cells.nth(at).bounding_box()
            assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"])
        label = "cell => getComputedStyle(cell, '::before').content"
        said = tab.locator("table.ntm-cards tbody td").last.evaluate(label)
        assert said.strip('" ') == tab.locator("table.ntm-cards thead th").last.inner_text()


def test_wide_tables_scroll_by_themselves(chromium: Browser, rendered: Path) -> None:
    with opened(chromium, rendered, COMMUNE, DESK) as tab:
        table = tab.locator(".ntm-table").first
        table.evaluate("box => { box.firstElementChild.style.minWidth = '120rem'; }")
        tab.evaluate("window.dispatchEvent(new Event('resize'))")
        assert table.evaluate("box => box.scrollWidth > box.clientWidth")
        assert table.get_attribute("tabindex") == "0"
        name = table.get_attribute("aria-labelledby")
        assert "Bảng" in tab.inner_text(f"#{name}")


def test_without_scripts(chromium: Browser, rendered: Path) -> None:
    with opened(chromium, rendered, COMMUNE, PHONE, java_script_enabled=False) as tab:
        assert tab.locator("h2").first.is_visible()
        tab.click(".menu")
        assert tab.locator("#sidebar").is_visible()
        assert not tab.locator("#search").is_visible()
