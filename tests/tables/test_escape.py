"""Text from data shows as it is, makes no link and no markup, in every dialect of Markdown."""

from __future__ import annotations

import json
import re
from typing import Any

import pypandoc
import pytest

from ntm_analysis.book.pandoc import READER
from ntm_analysis.tables import Md, attribute, code, escape, pipe_table, title
from tests.hostile.values import VALUES, printed

DIALECTS = (
    READER,
    "markdown",
    "markdown+autolink_bare_uris+emoji+tex_math_double_backslash",
    "gfm",
    "commonmark_x+autolink_bare_uris",
)
"""The built-in renderer's, Pandoc's own, one with more in it than Quarto takes, Jupyter's, and one
that is all extensions."""


def _blocks(markdown: str, dialect: str) -> list[Any]:
    tree = pypandoc.convert_text(markdown, "json", format=dialect)
    blocks: list[Any] = json.loads(tree)["blocks"]
    return blocks


def _text(inlines: list[Any]) -> str:
    """Return plain text; anything but words and spaces shows as its kind."""
    known = {"Space": " ", "SoftBreak": " "}
    return "".join(
        part["c"] if part["t"] == "Str" else known.get(part["t"], f"<{part['t']}>")
        for part in inlines
    )


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_paragraph_shows_what_the_data_say(dialect: str) -> None:
    blocks = _blocks("\n\n".join(escape(value) for value in VALUES), dialect)
    assert [block["t"] for block in blocks] == ["Para"] * len(VALUES)
    assert [_text(block["c"]) for block in blocks] == [printed(value) for value in VALUES]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_within_a_sentence_too(dialect: str) -> None:
    text = "\n\n".join(f"Xã {escape(value)}, năm 2024. **{escape(value)}**" for value in VALUES)
    shown = [block["c"] for block in _blocks(text, dialect)]
    assert [_text(one[:-1]) for one in shown] == [
        f"Xã {printed(value)}, năm 2024. " for value in VALUES
    ]
    assert [_text(one[-1]["c"]) for one in shown] == [printed(value) for value in VALUES]


@pytest.mark.parametrize("dialect", DIALECTS[:3])
def test_a_cell_a_heading_and_a_caption_too(dialect: str) -> None:
    table = pipe_table(
        ("a", "b"), [(value, "next") for value in VALUES], VALUES[1], "tbl-x", (3, 3)
    )
    headings = "\n\n".join(f"## {escape(value)} {{#h{n}}}" for n, value in enumerate(VALUES))
    first, *others = _blocks(f"{table}\n\n{headings}", dialect)
    cells = [row[1][0][4] for row in first["c"][4][0][3]]
    assert [_text(cell[0]["c"]) for cell in cells] == [printed(value) for value in VALUES]
    caption = _text(first["c"][1][1][0]["c"])
    assert caption.removesuffix("<Space>").startswith(printed(VALUES[1]))
    assert [block["c"][1][0] for block in others] == [f"h{n}" for n in range(len(VALUES))]
    assert [_text(block["c"][2]) for block in others] == [printed(value) for value in VALUES]


@pytest.mark.parametrize("dialect", DIALECTS[:3])
def test_an_attribute_is_read_back_as_it_was(dialect: str) -> None:
    text = "\n\n".join(f'[x]{{alt="{attribute(value)}"}}' for value in VALUES)
    spans = [block["c"][0] for block in _blocks(text, dialect)]
    assert [span["t"] for span in spans] == ["Span"] * len(VALUES)
    assert [dict(span["c"][0][2])["alt"] for span in spans] == [printed(v) for v in VALUES]


def test_no_short_code_is_left_for_quarto() -> None:
    """Quarto looks for them in the text, before anything else is read."""
    assert not any("{{<" in escape(value) or "{{<" in attribute(value) for value in VALUES)


def test_markdown_is_not_escaped_twice() -> None:
    assert escape(Md("**bold**")) == "**bold**"


def test_no_short_code_is_left_in_a_title() -> None:
    (block,) = _blocks(title("Xã {{< include x >}}"), READER)
    words = [part["c"] for part in block["c"] if part["t"] == "Str"]
    assert "{{<" not in words and "}}" not in "|".join(words)
    shown = pypandoc.convert_text(title("Xã {{< include x >}}"), "plain", format=READER)
    assert shown.strip() == "Xã {{< include x >}}"


@pytest.mark.parametrize("name", ["`x`{=html}.yaml", "``.csv", "a|b.csv", "{{< env HOME >}}.csv"])
def test_code_does_not_end_where_a_name_says_so(name: str) -> None:
    assert code("data/a.csv") == "`data/a.csv`"
    (block,) = _blocks(code(name), DIALECTS[0])
    assert _text(block["c"]) == name


def test_an_attribute_holds_no_link_for_those_who_read_it_as_text() -> None:
    made = attribute("[x](http://evil.example) www.evil.example, 12.1: 95")
    assert not re.search(r"\]\(|://|www\.", made)
    assert "12.1: 95" in made
