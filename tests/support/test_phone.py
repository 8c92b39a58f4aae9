"""What is too wide for a phone is found, and what scrolls in its own place is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.phone import too_wide

pytestmark = pytest.mark.browser
WIDE = '<table style="width: 500px"><tr><td>Hỏa táng</td></tr></table>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>" + "Một đoạn văn dài. " * 40, ""),
        (f'<div style="overflow-x: auto">{WIDE}</div>', ""),
        (WIDE, "table: Hỏa táng"),
        ("<p>" + "https://chinhphu.vn/" + "a" * 90, "scrolls sideways"),
        (f'<div style="overflow: hidden">{WIDE}</div>', "table: Hỏa táng"),
    ],
)
def test_wide_things(chromium: Browser, tmp_path: Path, body: str, said: str) -> None:
    path = tmp_path / "x.html"
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    path.write_text(f"<!DOCTYPE html>{head}<main>{body}</main>", encoding="utf-8")
    page = chromium.new_page()
    found = too_wide(page, [path])
    page.close()
    assert bool(found) == bool(said)
    assert any(said in line for line in found) or not said
