"""Pipe tables as Pandoc reads them."""

from __future__ import annotations

import pypandoc
import pytest

from ntm_analysis.tables import pipe_table


def test_widths_are_kept() -> None:
    table = pipe_table(("a", "b"), [("x", "y")], "caption", "tbl-x", (1, 3))
    html = pypandoc.convert_text(table, "html", format="markdown")
    assert "width: 25%" in html and "width: 74%" in html


@pytest.mark.parametrize(
    ("header", "row", "widths"),
    [(("a", "b", "c"), ("1", "2", "3"), (1, 1)), (("a", "b"), ("1", "2", "3"), (1, 1)),
     (("a", "b", "c"), ("1", "2"), (1, 1, 1))],
)  # fmt: skip
def test_a_table_is_of_one_width(header, row, widths):
    """Else readers of Markdown drop cells without a word, or show no table at all."""
    with pytest.raises(ValueError, match="tbl-x"):
        pipe_table(header, [row], "c", "tbl-x", widths)
