"""Pipe tables as Pandoc reads them."""

from __future__ import annotations

import pypandoc

from ntm_analysis.tables import pipe_table


def test_widths_are_kept() -> None:
    table = pipe_table(("a", "b"), [("x", "y")], "caption", "tbl-x", (1, 3))
    html = pypandoc.convert_text(table, "html", format="markdown")
    assert "width: 25%" in html and "width: 74%" in html
