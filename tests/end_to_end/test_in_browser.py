"""The real book in a browser, opened from the disk as people open it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from ntm_analysis.charts.style import WIDTH
from ntm_analysis.comparison.charts.common import REACH
from tests.end_to_end.conftest import Built

pytestmark = [pytest.mark.book, pytest.mark.browser]


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            complaints.append(request.url)
            if not request.url.startswith(("file:", "data:", "blob:"))
            else None
        ),
    )
    yield page
    page.close()


def test_pages_load_without_complaint(built: Built, page: Page, complaints: list[str]) -> None:
    for path in sorted(built.book.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.title()
    assert not complaints


@pytest.mark.parametrize("words", ["hỏa táng", "hoa tang", "HOA TANG"])
def test_search_finds_with_and_without_accents(built: Built, page: Page, words: str) -> None:
    page.goto((built.book / "index.html").as_uri())
    box = page.get_by_role("combobox").or_(page.get_by_role("searchbox")).first
    box.fill(words)
    results = page.get_by_role("option")
    results.first.wait_for()
    assert any("hỏa táng" in text.casefold() for text in results.all_inner_texts())
    results.first.click()
    page.wait_for_load_state()
    assert "html" in page.url


def test_a_number_is_found_without_its_grouping(built: Built, page: Page) -> None:
    page.goto((built.book / "index.html").as_uri())
    box = page.get_by_role("combobox").or_(page.get_by_role("searchbox")).first
    box.fill("2696")
    results = page.get_by_role("option")
    results.first.wait_for()
    assert any("2.696" in text for text in results.all_inner_texts())


def test_the_sidebar_leads_to_the_commune(built: Built, page: Page, complaints: list[str]) -> None:
    page.goto((built.book / "index.html").as_uri())
    page.get_by_role("link", name="Liêm Cần").first.click()
    page.wait_for_load_state()
    assert "liem-can-2024" in page.url
    assert "Liêm Cần" in page.get_by_role("heading", level=1).inner_text()
    assert not complaints


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_scrolls_sideways(built: Built, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for path in sorted(built.book.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_phone_shows_what_charts_of_the_comparison_put_to_the_left(
    built: Built, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(next(built.demonstration.rglob("comparison.html")).as_uri())
    pictures = page.locator("figure .ntm-picture")
    assert pictures.count()
    for box in pictures.all():
        box.scroll_into_view_if_needed()
        shown = box.evaluate("box => box.clientWidth / box.querySelector('img').clientWidth")
        assert shown * WIDTH >= REACH
