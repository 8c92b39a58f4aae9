from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ntm_analysis.book import pandoc
from ntm_analysis.book.html import outline
from ntm_analysis.book.manuscript import Heading
from ntm_analysis.book.policy import without_styles
from tests.book.page import Element, broken_links, ids, read

NBSP = "\u00a0"


def home(rendered: Path) -> Element:
    return read(rendered / "_book/index.html")


def methods(rendered: Path) -> Element:
    return read(rendered / "_book/book/cach-tinh.html")


def commune(rendered: Path) -> Element:
    return read(rendered / "_book/reports/mau/mau.html")


def test_a_page_for_each_chapter(rendered: Path) -> None:
    pages = {p.relative_to(rendered / "_book").as_posix() for p in rendered.glob("_book/**/*.html")}
    assert pages == {
        "index.html",
        "book/cach-tinh.html",
        "book/thuat-ngu.html",
        "reports/mau/mau.html",
    }


def test_every_link_leads_somewhere(rendered: Path) -> None:
    assert broken_links(rendered / "_book") == []


def test_no_outside_address(rendered: Path) -> None:
    for path in (rendered / "_book").rglob("*"):
        if path.suffix in (".html", ".css", ".js"):
            text = path.read_text(encoding="utf-8")
            outside = set(re.findall(r"https?://[^\s\"')]+", text))
            assert all(url.startswith("http://www.w3.org/") for url in outside), path


def test_ids_stand_once_on_a_page(rendered: Path) -> None:
    for path in (rendered / "_book").rglob("*.html"):
        found = ids(read(path))
        assert len(found) == len(set(found)), path


def test_references_across_chapters(rendered: Path) -> None:
    links = {e.text: e.attrs["href"] for e in home(rendered).find("a", "ntm-ref")}
    assert links == {
        f"Chương{NBSP}1".replace(NBSP, " "): "book/cach-tinh.html#sec-cach-tinh",
        "Bảng 2.1": "reports/mau/mau.html#tbl-mau-ket-qua",
        "1.1": "book/cach-tinh.html#tbl-cach-tinh",
    }
    there = {e.text: e.attrs["href"] for e in commune(rendered).find("a", "ntm-ref")}
    assert there["Mục 1.1"] == "../../book/cach-tinh.html#sec-bien-do"
    assert there["Hình 2.1"] == "#fig-mau-hinh"


def test_links_to_sources_lead_to_pages(rendered: Path) -> None:
    links = {e.text: e.attrs.get("href") for e in methods(rendered).find("article")[0].find("a")}
    assert links["bảng của xã"] == "../reports/mau/mau.html#tbl-mau-ket-qua"


def test_captions_are_numbered(rendered: Path) -> None:
    page = commune(rendered)
    assert page.find("caption")[0].text == "Bảng 2.1: Kết quả của xã"
    assert page.find("figcaption")[0].text == "Hình 2.1: Tỷ lệ so với ngưỡng"


def test_tables_have_scopes_alignment_and_widths(rendered: Path) -> None:
    table = commune(rendered).find("table")[0]
    scopes = [th.attrs["scope"] for th in table.find("th")]
    assert scopes == ["col"] * 4 + ["row"] * (len(scopes) - 4) and len(scopes) > 4
    assert "to-right" in table.find("td")[1].attrs["class"]
    assert len(table.find("col")) == 4
    assert commune(rendered).find("div", "ntm-table")[0].find("table") == [table]


def test_pictures_are_files_with_alternative_text(rendered: Path) -> None:
    image = commune(rendered).find("figure")[0].find("img")[0]
    assert image.attrs["alt"] == "Hỏa táng 25%, vượt ngưỡng."
    assert image.attrs["src"].endswith(".svg")


def test_callouts_have_a_word_and_a_title(rendered: Path) -> None:
    warning, note = commune(rendered).find("div", "callout")
    assert warning.find("div", "callout-head")[0].text == "Lưu ý Chỉ vừa đủ"
    assert note.find("div", "callout-head")[0].text == "Ghi chú Tiêu đề trong khung"
    assert warning.attrs["role"] == "note"


def test_verdicts_keep_their_word_and_lose_the_typed_sign(rendered: Path) -> None:
    assert [e.text for e in commune(rendered).find("span", "ntm-met")] == ["Đạt"]
    assert [e.text for e in commune(rendered).find("span", "ntm-no-data")] == ["Chưa có số liệu"]


def test_markup_in_text_stays_text(rendered: Path) -> None:
    article = methods(rendered).find("article")[0]
    assert article.find("script") == []
    assert "<script>alert(1)</script>" in article.text
    assert home(rendered).find("title")[0].text == "Sách thử <nghiệm>"


def test_formulas_need_no_script(rendered: Path) -> None:
    assert methods(rendered).find("math")


def test_synthetic_communes_say_so(rendered: Path) -> None:
    assert len(commune(rendered).find("div", "ntm-synthetic")) == 1
    assert methods(rendered).find("div", "ntm-synthetic") == []


def test_navigation(rendered: Path) -> None:
    page = commune(rendered)
    sidebar = page.find("nav", "sidebar")[0]
    assert [e.text for e in sidebar.find("a") if e.attrs.get("aria-current")] == [
        "2 Xã Liêm Cần – năm 2024"
    ]
    assert [e.text for e in sidebar.find("summary")] == ["Các xã", "Phụ lục"]
    turn = page.find("nav", "turn")[0].find("a")
    assert [(e.attrs["rel"], e.attrs["href"]) for e in turn] == [
        ("prev", "../../book/cach-tinh.html"),
        ("next", "../../book/thuat-ngu.html"),
    ]
    crumbs = [e.text for e in page.find("nav", "crumbs")[0].find("li")]
    assert crumbs == ["Sách thử <nghiệm>", "Các xã", "Chương 2"]


def test_language_is_stated(rendered: Path) -> None:
    page = methods(rendered)
    assert page.find("html")[0].attrs["lang"] == "vi"
    assert any(e.attrs.get("lang") == "en" for e in page.find("article")[0].find("div"))


def test_one_title_a_page(rendered: Path) -> None:
    for path in (rendered / "_book").rglob("*.html"):
        assert len(read(path).find("h1")) == 1, path


def test_printed_forms_are_offered(rendered: Path) -> None:
    files = {e.attrs["href"] for e in home(rendered).find("p", "downloads")[0].find("a")}
    assert files == {"sach-thu.pdf", "sach-thu.docx"}


def test_outline_nests_and_stops() -> None:
    headings = [Heading(level, str(n), "", "") for n, level in enumerate((2, 4, 3, 5, 2))]
    tree = outline(headings)
    assert [s.heading.id for s in tree] == ["0", "4"]
    assert [s.heading.id for s in tree[0].children] == ["1", "2"]
    assert tree[0].children[1].children == []


def test_no_page_has_scripts_or_styles_of_its_own(rendered: Path) -> None:
    pages = sorted((rendered / "_book").rglob("*.html"))
    assert len(pages) > 3
    for path in pages:
        page = read(path)
        policy = page.find("meta")[1].attrs
        assert policy["http-equiv"] == "Content-Security-Policy", path
        assert policy["content"].startswith("default-src 'none'; script-src 'self' file:; ")
        assert "unsafe" not in policy["content"]
        for element in page.find():
            own = [name for name in element.attrs if name == "style" or name.startswith("on")]
            assert not own, (path, element.tag, own)
            assert element.tag != "style"
            assert element.tag != "script" or (element.attrs["src"] and not element.text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<col style="width: 25%" />', '<col class="w-25" />'),
        ('<td style="text-align: right;">', '<td class="to-right">'),
        ('<td class="a b" style="text-align: center;">', '<td class="a b to-center">'),
        ('<table style="width:100%;" class="x">', '<table class="x w-100">'),
        ('<img src="x.png" style="width:80.0%">', '<img class="w-80" src="x.png">'),
        ('<span style="color: red" id="a">', '<span id="a">'),
        ('<p>a style="width: 1%" b</p>', '<p>a style="width: 1%" b</p>'),
    ],
)
def test_styles_become_classes(before: str, after: str) -> None:
    assert without_styles(before) == after


SECTION = """
#### 4.17. Environment {#sec-x-c17 .unnumbered}

``` {.ntm-html}
<section class="ntm-row" id="17.8"><h5><a href="#17.8">17.8</a> Waste</h5>
```

::: {.content-visible when-format="html"}
**Note.** As computed.
:::

``` {.ntm-html}
</section>
```

::: {.ntm-fold .ntm-official title="Table & chart"}
- **17.8.** Required.

The table.
:::

##### c) Assessment {#sec-x-c17-c .unnumbered}
"""


def through(text: str, written: str) -> str:
    """Return what our filters make of Markdown in a format."""
    tree = json.loads(pandoc.run(["-f", pandoc.READER, "-t", "json"], text, "x"))
    tree["meta"] = {"ntm": {"t": "MetaMap", "c": {"callouts": {"t": "MetaMap", "c": {}}}}}
    names = ("resolve", "html", "fold") if written == "html5" else ("resolve",)
    filters = [one for name in names for one in ("-L", pandoc.lua_filter(name))]
    return pandoc.run(["-f", "json", "-t", written, *filters], json.dumps(tree), "x")


def test_an_indicator_has_an_address_of_its_own() -> None:
    """`#17.8` leads to its result, and to nothing else on the page."""
    html = through(SECTION, "html5")
    assert html.count('id="17.8"') == 1 and 'href="#17.8"' in html
    assert html.index('id="17.8"') < html.index("sec-x-c17-c")
    assert "<strong>Note.</strong>" in html
    assert "<details><summary>Table &amp; chart</summary>" in html and "Required." not in html


def test_print_has_the_official_form_and_nothing_of_the_pages() -> None:
    printed = through(SECTION, "typst")
    assert "Required." in printed and "The table." in printed
    assert "As computed" not in printed and "ntm-row" not in printed


@pytest.mark.parametrize(
    "harm",
    [
        "<script>x</script>",
        '<p onclick="x">x</p>',
        '<p style="x">x</p>',
        '<a href="https://x.example">x</a>',
        "<p onclick=x>x</p>",
        '<a href="javascript:x">x</a>',
        "<img src=x>",
    ],
)
def test_other_html_than_our_own_is_shown_as_it_stands(harm: str) -> None:
    html = through(f"``` {{.ntm-html}}\n{harm}\n```\n", "html5")
    assert harm not in html and "&lt;" in html


def test_the_fonts_have_every_letter_of_the_pages(rendered: Path) -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(rendered / "_book" / "site" / "ReportSans-Regular.woff2")
    known = font.getBestCmap()
    words = "".join(
        path.read_text(encoding="utf-8") for path in (rendered / "_book").rglob("*.html")
    )
    letters = {letter for letter in words if letter.isalpha() and not letter.isascii()}
    assert {letter for letter in letters if ord(letter) not in known} == set()


def test_print_leaves_out_what_only_pages_have_however_deep_it_stands() -> None:
    nested = f'::: {{.ntm-fold .ntm-rows title="x"}}\n\n{SECTION}\n:::\n'
    for text in (SECTION, nested, f"::: {{.ntm-assessed}}\n\n{nested}\n:::\n"):
        printed = through(text, "plain")
        assert "Note." not in printed and printed.count("Required.") == 1
        assert through(text, "html5").count("<strong>Note.</strong>") == 1
