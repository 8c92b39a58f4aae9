"""Our Markdown as Jupyter shows it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from ntm_analysis.tables import attribute, escape, in_language, pipe_table, verdict_span
from ntm_analysis.tables.html import as_html

DATA = "data:image/svg+xml;base64,PHN2Zy8+"
NASTY = (
    r"<b>&amp; $x$ **đậm** [a](http://x) {#id .c} | `mã` \(y\) @sec-x ![p](q) "
    r'::: -- ... "k" ^1^ ~2~'
)


class _Reader(HTMLParser):
    """What one sees, and the tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[tuple[str, dict[str, str | None]]]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def first(self, tag: str) -> dict[str, str | None]:
        return next(attrs for name, attrs in self.tags if name == tag)


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("## Tóm tắt {#sec-a .unnumbered}", "Tóm tắt"),
        ('::: {.callout-warning title="Xem lại"}\nmột\n:::', "Xem lại một"),
        ("::: {.callout-warning}\n- một\n- hai\n:::", "Lưu ý một hai"),
        ("trước\n::: {.khung}\ntrong\n\n::: {.callout-note}\nsâu\n:::\n:::\nsau",
         "trước trong Ghi chú sâu sau"),
        ("::: {.callout-note}\nkhông đóng", "Ghi chú không đóng"),
        ("- một\n\n::: note\nhai\n:::", "một hai"),
        (str(verdict_span("met", "Đạt")) + ".", "● Đạt."),
        ("[*nhấn* {]{.x} và [liên kết](#sec-a)", "nhấn { và liên kết"),
        ("phép kiểm tra ở @sec-checks, @tbl-khac.",
         "phép kiểm tra ở phụ lục về các phép kiểm tra, phần khác của sách báo cáo."),
        ("### Bảng {#sec-b}\n\nXem @sec-b.", "Bảng Xem “Bảng”."),
        ("| a |\n|:--|\n| 1 |\n\n: Bảng *một* {#tbl-x}\n\nsau", "Bảng một a 1 sau"),
        (f'![Hình một]({DATA}){{#fig-x fig-alt="Cột: 5, {{x}} *y*"}}', "Hình một"),
        (f"![]({DATA})", ""),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        (": không phải chú thích", ": không phải chú thích"),
    ],
)  # fmt: skip
def test_one_sees_text(markdown: str, seen: str) -> None:
    page = _Reader(as_html(markdown))
    assert " ".join(page.text.split()) == seen
    assert not [tag for tag, _ in page.tags if tag == "script"]


def test_a_picture_keeps_its_data_its_alternative_text_and_its_name() -> None:
    words = 'Cột “5” & <6> {x} "y"'
    markdown = f'![Hình]({DATA}){{#fig-x fig-alt="{attribute(words)}"}}'
    image = _Reader(as_html(markdown)).first("img")
    assert (image["src"], image["alt"], image["id"]) == (DATA, words, "fig-x")


def test_text_from_data_shows_as_it_is_written() -> None:
    table = pipe_table(("a", "b"), [(NASTY, escape(NASTY))], NASTY, "tbl-x", (1, 1))
    for markdown in (str(table), f"## {escape(NASTY)} {{#sec-a}}\n\n- {escape(NASTY)}\n"):
        page = _Reader(as_html(markdown))
        assert page.text.count(" ".join(NASTY.split())) == (3 if markdown == table else 2)
        assert not {"a", "img", "b", "strong", "code"} & {tag for tag, _ in page.tags}


def test_numbers_stand_at_the_right_as_the_table_says() -> None:
    table = pipe_table(("a", "b"), [("x", "1")], "c", "tbl-x", (1, 1), ("left", "right"))
    html = as_html(table)
    assert re.findall(r"text-align:(\w+)", html.split("</caption>")[1]) == ["left", "right"] * 2


def test_jupyter_gets_text_and_the_book_the_markdown() -> None:
    text = "## Summary {#sec-a}\n\nSee @sec-checks.\n"
    bundle = in_language(text, "en")._repr_mimebundle_()
    assert bundle["text/markdown"] == text
    assert "the appendix on the checks" in bundle["text/html"]
    assert len(bundle["text/plain"]) < 80
