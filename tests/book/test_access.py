"""Every page of the book for who cannot see, point or tell colours: axe-core finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(chromium: Browser, rendered: Path, scheme: str, width: int) -> None:
    """On every kind of page, with all that folds unfolded."""
    found = []
    context = chromium.new_context(
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900},
        bypass_csp=True,  # for axe alone: it comes as a script within the page
    )
    try:
        for page in sorted((rendered / "_book").rglob("*.html")):
            tab = context.new_page()
            tab.goto(page.as_uri())
            tab.evaluate(OPEN)
            tab.evaluate(AXE.read_text(encoding="utf-8"))
            told = tab.evaluate("rules => axe.run(document, rules)", RULES)
            found += [
                f"{page.name}: {one['id']}: {one['nodes'][0]['html'][:120]}"
                for one in told["violations"]
            ]
            tab.close()
    finally:
        context.close()
    assert found == []


def test_axe_would_find_a_picture_without_words(chromium: Browser, rendered: Path) -> None:
    """The check is not blind."""
    context = chromium.new_context(bypass_csp=True)
    try:
        tab = context.new_page()
        tab.goto((rendered / "_book" / "index.html").as_uri())
        tab.evaluate("document.querySelector('main').append(document.createElement('img'))")
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        told = tab.evaluate("rules => axe.run(document, rules)", RULES)
    finally:
        context.close()
    assert "image-alt" in {one["id"] for one in told["violations"]}
