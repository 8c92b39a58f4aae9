"""The eye for PDFs sees what is wrong, and nothing where all is well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from ntm_analysis.book.typesetting import FONTS
from tests.support.looks import off_the_paper, out_of_cells, overprinted, pages_of, text_below_heads

PAGE = "#set page(width: 200pt, height: 200pt, margin: 20pt)\n#set text(font: 'Liberation Serif')\n"
TABLE = "#table(columns: (60pt, 60pt), {first}, [Đạt])"
GOOD = {
    "two marks on a letter, in close lines": "#set par(leading: 0.3em)\nỂ gỹ Ộ gặp ỵ Ẫ\n\nẪ Ệ ẵ",
    "letters that lie close": "#emph[(17] _kết_ Tiếp Quyết định",
    "a formula": "$ v = 100 times (P_1 - P_2) / sqrt(a b) $",
    "hanging marks": "#set par(justify: true)\n" + "xã, huyện, " * 30,
    "a table": TABLE.format(first="[Quy hoạch chung xây dựng]"),
    "a label across a chart's line": "#place(dx: 20pt, line(angle: 90deg, length: 90pt))Thu nhập",
}
SPOILT: dict[str, tuple[str, Callable[[Path], list[str]], str]] = {
    "over one another": ("#place(dx: 4pt, dy: 3pt)[Nghèo]Giàu", overprinted, "Nghèo"),
    "two lines in one": ("#set par(leading: -0.6em)\n" + "Thu nhập " * 19, overprinted, "Thu"),
    "off the right edge": ("#place(dx: 150pt, box(width: 80pt)[Hỏa táng])", off_the_paper, "táng"),
    "off the foot": ("#place(dy: 178pt)[Hỏa]", off_the_paper, "Hỏa"),
    "out of a cell": (TABLE.format(first="box(width: 99pt)[Thông_tin_truyền_thông]"), out_of_cells,
                      "Thông_tin_truyền_thông"),
}  # fmt: skip


def pdf(folder: Path, text: str) -> Path:
    (folder / "x.typ").write_text((PAGE + text).replace("'", '"'), encoding="utf-8")
    typst.compile(folder / "x.typ", folder / "x.pdf", font_paths=[FONTS], ignore_system_fonts=True)
    return folder / "x.pdf"


@pytest.mark.parametrize("name", GOOD)
def test_nothing_where_all_is_well(tmp_path: Path, name: str) -> None:
    made = pdf(tmp_path, GOOD[name])
    assert [page.words for page in pages_of(made)] != [()]
    assert overprinted(made) + off_the_paper(made, 20, 20) + out_of_cells(made) == []


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_pages(tmp_path: Path, name: str) -> None:
    text, look, word = SPOILT[name]
    found = look(pdf(tmp_path, text))
    assert found
    assert any(word in line for line in found), found
    assert all(line.startswith("p. 1: ") for line in found)


def test_side_margins(tmp_path: Path) -> None:
    made = pdf(tmp_path, "#move(dx: 140pt)[xã]")
    assert off_the_paper(made) == []
    assert off_the_paper(made, right=40) == ["p. 1: “xã”"]


def test_heads_are_left_out_and_letters_of_other_planes_are_one(tmp_path: Path) -> None:
    head = "#set page(margin: (top: 60pt), header: [Đầu 😀 trang])\n"
    (text,) = text_below_heads(pdf(tmp_path, head + "Thân 😀 trang"))
    assert "Đầu" not in text and text.split()[0] == "Thân" and text.split()[-1] == "trang"
