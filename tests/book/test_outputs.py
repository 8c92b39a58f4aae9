from __future__ import annotations

import base64
from typing import Any

import pytest

from ntm_analysis.book.outputs import shown

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
FRAME = """<div><style scoped>.dataframe tbody tr th {vertical-align: top;}</style>
<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>Hộ</th></tr>
<tr><th>Thôn</th><th></th></tr></thead>
<tbody><tr><th>Thôn | 1 *</th><td>1,204</td></tr><tr><th>Thôn 2</th><td>NaN</td></tr></tbody>
</table>
<p>2 rows × 1 columns</p></div>"""


def display(**data: Any) -> dict[str, Any]:
    kinds = {"png": "image/png", "svg": "image/svg+xml", "html": "text/html", "text": "text/plain"}
    return {
        "output_type": "display_data",
        "data": {kinds.get(kind, kind): text for kind, text in data.items()},
        "metadata": {},
    }


def test_picture() -> None:
    text, missing = shown(display(png=PNG + "\n", text="<Figure size 640x480>"), 4, "vi")
    assert text.startswith(f"![](data:image/png;base64,{PNG}){{fig-alt=")
    assert "ô số 4" in text
    assert not missing


def test_picture_comes_before_html() -> None:
    text, _ = shown(display(svg="<svg/>", html="<div>x</div>"), 1, "en")
    assert text.startswith("![](data:image/svg+xml;base64,PHN2Zy8+)")


def test_data_frame_is_a_table() -> None:
    text, missing = shown(display(html=FRAME.splitlines(keepends=True), text="..."), 1, "vi")
    head, rule, *rows = text.splitlines()
    assert head == "| Thôn | Hộ |"
    assert [cell[-1] for cell in rule.strip("|").split("|")] == ["-", ":"]
    assert rows[:2] == ["| Thôn \\| 1 \\* | 1,204 |", "| Thôn 2 | NaN |"]
    assert "2 rows × 1 columns" in rows[-1]
    assert "vertical-align" not in text
    assert not missing


@pytest.mark.parametrize(
    "html",
    [
        '<table><tr><th colspan="2">a</th></tr><tr><td>1</td><td>2</td></tr></table>',
        "<table><tr><td>1</td></tr><tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>",
        '<table><tr><td><img src="x"></td></tr></table>',
        "<div>Plotly.newPlot()</div>",
        "<script>x</script>",
    ],
)
def test_what_cannot_be_shown_is_named_in_place_and_in_the_list(html: str) -> None:
    text, missing = shown(display(html=html), 7, "vi")
    assert "ô số 7" in missing
    assert "text/html" in missing
    assert text.startswith("::: {.callout-warning}")
    assert "ô số 7" in text


def test_table_too_involved_is_shown_as_its_text() -> None:
    html = '<table><tr><th colspan="2">a</th></tr></table>'
    assert shown(display(html=html, text="   a\nx  1"), 1, "vi") == ("```\n   a\nx  1\n```", "")


def test_kinds_that_only_a_program_shows_are_named() -> None:
    output = display(**{"application/vnd.plotly.v1+json": {"data": []}, "html": "<div></div>"})
    assert "application/vnd.plotly.v1+json, text/html" in shown(output, 1, "en")[1]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("3", "```\n3\n```"),
        ("a ``` b", "````\na ``` b\n````"),
        ("\x1b[31mđỏ\x1b[0m", "```\nđỏ\n```"),
        ("<Axes: >", ""),
        ("[<matplotlib.lines.Line2D at 0x1>]", ""),
        (" \n", ""),
    ],
)
def test_text(text: str, block: str) -> None:
    assert shown(display(text=text), 1, "vi") == (block, "")


def test_streams() -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": ["in ", "ra\n"]}
    assert shown(printed, 1, "vi") == ("```\nin ra\n```", "")
    warned = {"output_type": "stream", "name": "stderr", "text": "x"}
    text, missing = shown(warned, 2, "vi")
    assert not text
    assert "stderr" in missing
