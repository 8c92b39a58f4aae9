"""Labels take the room that was measured for them, whatever one font a machine has."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import pytest
from fontTools.ttLib import TTFont

from ntm_analysis.charts.style import text_width
from tests.charts.test_pictures import DRAWINGS
from tests.support.get_chromium import Chromium
from tests.support.node import open_playwright

pytestmark = pytest.mark.browser
FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
FAMILIES = ("DejaVuSans", "DejaVuSansMono", "DejaVuSerif")
"""All wider than ours; Matplotlib brings them."""
DRAWN = ("tiles", "overview", "margin-3", "margin-13", "hard-margin", "hard-tiles")
TEXTS = """() => [...document.querySelectorAll('text')].map(text => {
  const style = getComputedStyle(text);
  return [text.textContent, parseFloat(style.fontSize), style.fontWeight === '700',
          text.getBBox().width];
})"""


def only(family: str, folder: Path) -> Path:
    """Write settings of fontconfig that know the fonts of one family alone."""
    for suffix in ("", "-Bold"):
        shutil.copy(FONTS / f"{family}{suffix}.ttf", folder)
    settings = folder / "fonts.conf"
    places = f"<dir>{folder}</dir><cachedir>{folder}/cache</cachedir>"
    settings.write_text(f"<fontconfig>{places}</fontconfig>", encoding="utf-8")
    return settings


@pytest.mark.parametrize("family", FAMILIES)
def test_no_label_grows(chromium_program: Chromium, tmp_path: Path, family: str) -> None:
    settings = {"FONTCONFIG_FILE": str(only(family, tmp_path)), "FONTCONFIG_PATH": str(tmp_path)}
    program = replace(chromium_program, environment={**chromium_program.environment, **settings})
    letters = set(TTFont(FONTS / f"{family}.ttf").getBestCmap())
    grown, known = [], set()
    with open_playwright() as playwright, program.launch(playwright) as browser:
        page = browser.new_page()
        for name in DRAWN:
            canvas, height = DRAWINGS[name]("vi")
            page.set_content(canvas.finish(height))
            for words, size, bold, width in page.evaluate(TEXTS):
                if not letters >= {ord(letter) for letter in words}:
                    continue  # put together from pieces, whose boxes reach far
                if abs(width - text_width(words, size, bold)) > 1.0 + 0.02 * width:
                    grown.append(f"{name}: “{words}” takes {width:.1f}")
        page.set_content("<span style='font-family: sans-serif'>Hỏa táng</span>")
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument", {"depth": -1})["root"]
        span = session.send("DOM.querySelector", {"nodeId": root["nodeId"], "selector": "span"})[
            "nodeId"
        ]
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": span})["fonts"]
        known = {font["familyName"].replace(" ", "") for font in fonts}
    assert known == {family}
    assert grown == []
