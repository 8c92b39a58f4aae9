"""The `chromium` fixture, as browser tests use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.browser
def test_it_runs_scripts_and_shows_vietnamese(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(
        "<p id='a'>Tỷ lệ hỏa táng</p><button onclick='a.textContent += \"!\"'>x</button>"
    )
    page.click("button")
    assert page.inner_text("#a") == "Tỷ lệ hỏa táng!"
    page.close()
