"""The rules of print find what breaks them, and pass what keeps them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from tests.support.print_rules import Leaf, half_empty, headings_last, heads_alone, leaves_of

Made = Callable[[str], tuple[Path, list[Leaf]]]
SETUP = """
#set document(title: "x")
#set page(width: 210mm, height: 297mm, margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))
#set table.cell(breakable: false)
#title[x]
= Chương
"""
TEXT = "#lorem(60)\n\n"
PICTURE = '<svg xmlns=\\"http://www.w3.org/2000/svg\\"><rect width=\\"9\\" height=\\"9\\"/></svg>'
CHART = f'#figure(image(bytes("{PICTURE}"), width: 9cm, height: 23cm, alt: "x"))\n\n'
TABLE = "#table(columns: 1, table.header[Đầu], [#v({gap}) Hàng], [Hàng])\n"


@pytest.fixture
def leaves(tmp_path: Path) -> Made:
    def made(body: str) -> tuple[Path, list[Leaf]]:
        source = tmp_path / "x.typ"
        source.write_text(SETUP + body, encoding="utf-8")
        pdf = tmp_path / "x.pdf"
        typst.compile(source, output=pdf, pdf_standards=["ua-1"])
        return pdf, leaves_of(pdf)

    return made


def test_a_heading_that_ends_a_page_is_found(leaves: Made) -> None:
    _, bad = leaves(TEXT + "#v(1fr)\n== Mục\n#pagebreak()\n" + TEXT)
    assert headings_last(bad) == ["p. 1: /H2"]
    _, good = leaves(TEXT + "== Mục\n" + TEXT + "= Chương sau\n" + TEXT)
    assert headings_last(good) == []


def test_a_head_without_its_first_row_is_found(leaves: Made) -> None:
    figure = "#figure(caption: [Bảng], " + TABLE.format(gap="60mm")[1:].rstrip() + ")\n"
    broken = "#show figure: set block(breakable: true)\n#set figure.caption(position: top)\n"
    alone = broken + "#v(225mm)\n" + figure
    _, bad = leaves(alone)
    assert heads_alone(bad) == ["p. 1"]
    _, good = leaves(TABLE.format(gap="1mm"))
    assert heads_alone(good) == []


def test_a_page_left_half_empty_before_a_picture_is_found(leaves: Made) -> None:
    pdf, bad = leaves(TEXT + CHART + TEXT * 4)
    assert len(half_empty(pdf, bad)) == 1
    pdf, good = leaves(TEXT * 7 + CHART + TEXT)
    assert half_empty(pdf, good) == []
    pdf, opening = leaves(TEXT + "#pagebreak()\n= Chương sau\n" + CHART)
    assert half_empty(pdf, opening) == []
