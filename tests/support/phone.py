"""What does not fit on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from playwright.sync_api import Page

WIDTH = 360
FIND = """() => {
  const width = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > width) found.push('the page scrolls sideways');
  const inside = element => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)
          && box.getBoundingClientRect().right <= width + 1) return true;
    return false;
  };
  for (const element of document.querySelectorAll('main *')) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && box.right > width + 1 && !inside(element)
        && !(getComputedStyle(element).overflowX === 'auto' && box.right <= width + 1))
      found.push(element.tagName.toLowerCase() + ': ' + element.textContent.trim().slice(0, 40));
  }
  return found;
}"""


def too_wide(page: Page, files: Iterable[Path]) -> list[str]:
    """Return what of HTML files is wider than a phone and in no place of its own that scrolls."""
    page.set_viewport_size({"width": WIDTH, "height": 740})
    found = []
    for path in files:
        page.goto(path.as_uri())
        found += [f"{path.name}: {what}" for what in cast("list[str]", page.evaluate(FIND))]
    return found
