"""Text from data shows as it is written, whatever it holds."""

from __future__ import annotations

import pypandoc
import pytest

from ntm_analysis.tables import Md, escape, pipe_table

HOSTILE = [
    "a | b | c",
    "`rm -rf` *now* _then_ **bold**",
    "[link](http://example.com) ![x](y)",
    "<script>alert(1)</script>",
    "@tbl-x and #heading",
    "1. first",
    "- dash",
    "+ plus",
    "# title",
    "> quote",
    "$x^2$ ~sub~ ^sup^",
    "back\\slash {.class} :::",
    "line one\nline two",
    "(a) item",
    "A. Nguyễn",
    "* star",
    ": colon",
]


def _plain(markdown: str) -> str:
    text = pypandoc.convert_text(
        markdown, "plain", format="markdown", extra_args=["--wrap=none", "--eol=lf"]
    )
    return str(text).strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_comes_back_as_it_was(text: str) -> None:
    assert _plain(escape(text)) == " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_in_its_cell(text: str) -> None:
    table = pipe_table(("a", "b"), [(text, "next")], "caption", "tbl-x", (3, 3))
    html = pypandoc.convert_text(table, "html", format="markdown")
    assert html.count("<td") == 2
    assert "<script" not in html
    assert "next" in html


def test_markdown_is_not_escaped_twice() -> None:
    assert escape(Md("**bold**")) == "**bold**"


def test_widths_are_kept() -> None:
    table = pipe_table(("a", "b"), [("x", "y")], "caption", "tbl-x", (1, 3))
    html = pypandoc.convert_text(table, "html", format="markdown")
    assert "width: 25%" in html and "width: 74%" in html
