"""The way in: the first page of the real book, and its links into what is folded."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.end_to_end.conftest import Built

pytestmark = [pytest.mark.book, pytest.mark.browser]


def test_the_book_opens_with_its_communes(built: Built) -> None:
    page = (built.book / "index.html").read_text(encoding="utf-8")
    assert page.index('id="communes"') < page.index("preface-title")
    assert 'href="reports/liem-can-2024/liem-can-2024.html"><b>Liêm Cần</b>' in page


@pytest.mark.parametrize(("typed", "many"), [("gia dinh 2", 1), ("LIEM can", 1), ("Hà Nam", 4)])
def test_a_name_is_found_while_it_is_typed(
    chromium: Browser, built: Built, typed: str, many: int
) -> None:
    tab = chromium.new_page()
    tab.goto((built.demonstration / "index.html").as_uri())
    tab.fill("#find", typed)
    assert tab.locator(".ntm-communes > li:visible").count() == many
    assert tab.inner_text("#find-status").startswith(str(many))
    tab.fill("#find", "không có xã này")
    assert tab.locator(".ntm-communes > li:visible").count() == 0
    tab.close()


def test_a_tile_unfolds_what_it_leads_to(chromium: Browser, built: Built) -> None:
    tab = chromium.new_page()
    tab.goto(built.chapter.as_uri())
    row = tab.locator("[id='17.8']")
    assert not row.is_visible()
    tab.click(".ntm-tile[href='#17.8']")
    row.wait_for(state="visible")
    tab.goto("about:blank")
    tab.goto(f"{built.chapter.as_uri()}#17.8")
    row.wait_for(state="visible")
    tab.check("#ntm-show-open")
    assert tab.locator("[id='3.1']").is_visible() and not tab.locator("[id='1.1']").is_visible()
    tab.close()
