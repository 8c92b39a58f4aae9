"""A chart as Pandoc Markdown."""

import base64
import json
import xml.etree.ElementTree as ET

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_analysis.charts import Chart

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>ữ</text></svg>'
ALT = 'Chỉ tiêu "17.8" đạt 96,05% & < 100%, [x] \\ $5$ {a}'
CAPTION = "Tiêu chí *17*. [Môi trường] @x <1% $5$ a_b ^c^ ~d~ `e` #f !g \\"


def test_pandoc_reads_back_what_was_written() -> None:
    markdown = Chart(SVG, ALT, CAPTION).markdown("xa-mau-2024-17")
    document = json.loads(pypandoc.convert_text(markdown, "json", "markdown"))
    (block,) = document["blocks"]
    assert block["t"] == "Figure"
    text = pypandoc.convert_text(markdown, "plain", "markdown", extra_args=["--wrap=none"])
    assert CAPTION in text
    image = json.dumps(document, ensure_ascii=False)
    assert '"fig-xa-mau-2024-17"' in image
    alternative = ALT.replace("\\", r"\\").replace('"', r"\"")
    assert f'["fig-alt", "{alternative}"]' in image
    encoded = image.split("data:image/svg+xml;base64,")[1].split('"')[0]
    picture = base64.b64decode(encoded).decode()
    assert picture.startswith(SVG)
    assert ET.fromstring(picture).tag.endswith("svg")


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), unique=True, max_size=20))
def test_pictures_have_names_of_their_own_in_quarto(texts: list[str]) -> None:
    """Quarto takes up to twenty letters behind the last slash."""
    charts = [Chart(SVG.replace("ữ", text), ALT, CAPTION) for text in texts]
    names = [chart.data_uri.rpartition("/")[2][:20] for chart in charts]
    assert len(set(names)) == len(texts)
    assert all("svg" not in name for name in names)


def test_it_is_one_line() -> None:
    assert "\n" not in Chart(SVG, "a\nb", "c\nd").markdown("x")


@pytest.mark.parametrize("name", ["", "a b", "a}", 'a"'])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(ValueError):
        Chart(SVG, ALT, CAPTION).markdown(name)


def test_prefix_is_not_doubled() -> None:
    assert "{#fig-x " in Chart(SVG, ALT, CAPTION).markdown("fig-x")
