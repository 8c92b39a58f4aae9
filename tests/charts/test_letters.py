"""Names in letters that our font lacks are drawn as text, and nobody is warned in the notebook."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace

import pytest

from ntm_analysis.charts.overview import margin_overview
from ntm_analysis.charts.style import text_width
from tests.charts.frame import rows

NAMES = ("日本語 中文 한국어", "עברית", "Z̷a̷l̷g̷o̷", "Chợ 😀")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_without_a_letter_in_our_font(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert text_width(name, 10) > 0
        drawn = margin_overview([replace(row, label=name) for row in rows()], "vi").svg
    lengths = re.findall(rf'textLength="([\d.]+)"[^>]*>{re.escape(name)}<', drawn)
    assert lengths
    assert all(float(length) > 10 for length in lengths)
