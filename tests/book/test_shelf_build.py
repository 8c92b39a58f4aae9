"""Several small books and their index."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ntm_analysis.book import volume
from ntm_analysis.book.config import BookConfig
from ntm_analysis.book.front import MOST
from ntm_analysis.book.sealed import SEALS
from ntm_analysis.book.shelf import Division
from tests.book.page import broken_links, read
from tests.book.shelf_project import (
    IDS,
    SEVEN,
    build,
    card,
    in_this_process,
    write_report,
    write_shelf,
)

ROW = 1000
"""Bytes of a row on the first page."""


@pytest.fixture(scope="module")
def shelf(once_per_run: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """A shelf by district with all formats."""

    def make(folder: Path) -> None:
        result = build(write_shelf(folder, SEVEN), IDS, formats=("html", "pdf", "docx"))
        assert (result.made, result.unchanged, result.failed) == (5, 0, {})

    return once_per_run("shelf", make)


def files(site: Path, pattern: str) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob(pattern))
        if path.is_file()
    }


def stamps(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_link_leads_somewhere(shelf: Path) -> None:
    assert broken_links(shelf / "_book") == []


def test_books_and_what_they_hold(shelf: Path) -> None:
    book = shelf / "_book/ha-nam/thanh-liem"
    assert sorted(p.name for p in book.iterdir()) == [
        "index.html",
        "index.text.js",
        "ntm-media",
        "reports",
        "sach-thu-ha-nam-thanh-liem.docx",
        "sach-thu-ha-nam-thanh-liem.pdf",
        "search-index.js",
    ]
    assert sorted(p.name for p in (book / "reports").iterdir()) == [
        "liem-can-2024",
        "liem-can-2025",
        "thanh-ha-2024",
    ]
    home = read(book / "index.html")
    rows = [row.text for row in home.find("tr")[1:]]
    assert rows == [
        "Liêm Cần 2024 71/74 60 61/74 0 0 3",
        "Liêm Cần 2025 71/74 60 61/74 0 0 3",
        "Thanh Hà 2024 71/74 60 61/74 0 0 3",
    ]


def test_shared_chapters_stand_once(shelf: Path) -> None:
    """The pages on methods are the index's; printed books have them all the same."""
    from pypdf import PdfReader

    site = shelf / "_book"
    assert [p.relative_to(site).as_posix() for p in site.rglob("cach-tinh.html")] == [
        "book/cach-tinh.html"
    ]
    links = {
        e.attrs.get("href")
        for e in read(site / "ha-nam/phu-ly/reports/dinh-xa-2024/dinh-xa-2024.html").find("a")
    }
    assert "../../../../book/cach-tinh.html#sec-bien-do" in links
    pdf = PdfReader(site / "ha-nam/phu-ly/sach-thu-ha-nam-phu-ly.pdf")
    text = "\n".join(page.extract_text() for page in pdf.pages)
    for words in ("Cách tính", "Thuật ngữ", "Đinh Xá", "Huyện Phủ Lý, tỉnh Hà Nam"):
        assert words in text
    assert "Liêm Cần" not in text.split("Giới thiệu quyển này")[-1].split("Lời nói đầu")[0]


def test_the_first_page_names_areas_with_how_their_reports_end(shelf: Path) -> None:
    rows = read(shelf / "_book/index.html").find("ul", "ntm-communes")[0].children
    listed = read(shelf / "_book/catalogue.html").find("tbody")[0].find("tr")
    assert [row.find("a")[0].text for row in rows] == [row.find("a")[0].text for row in listed]
    assert all("báo cáo: kết luận đạt đủ 0" in row.text for row in rows)


def test_made_up_communes_are_marked_in_lists(shelf: Path) -> None:
    rows = [row.text for row in read(shelf / "_book/catalogue.html").find("tr")]
    province = [row.text for row in read(shelf / "_book/ha-nam/index.html").find("tr")]
    assert rows[1].startswith("Tỉnh Hà Nam 4 5 0")
    assert province[1].startswith("Huyện Giả Định A, tỉnh Hà Nam (giả định) 1 1 0 0 PDF · DOCX")


def test_a_page_does_not_grow_with_the_number_of_books(shelf: Path, tmp_path: Path) -> None:
    more = [
        card(f"xa-{n}-{m}", f"Xã {n} {m}", f"Huyện {n}", f"Tỉnh {n % 3}")
        for n in range(40)
        for m in range(1)
    ]
    names = [*IDS, *(about.id for about in more)]
    large = write_shelf(tmp_path, [*SEVEN, *more])
    assert build(large, names).made == 45
    few, many = (files(root / "_book", "*.html") for root in (shelf, tmp_path))
    same = set(few) & set(many) - {"catalogue.html", "index.html"}
    assert len(same) > 10
    for page in sorted(same):
        # The small shelf offers printed forms, too: its pages are the longer ones.
        assert len(many[page]) <= len(few[page]), page
    # A row an area, but never more than a page holds.
    assert len(many["index.html"]) <= len(few["index.html"]) + MOST * ROW


def test_long_lists_are_divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm_analysis.book import catalogue

    monkeypatch.setattr(catalogue, "MOST", 4)
    cards = [card(f"xa-{n:02}", f"Số {n:02}", f"H {n:02}", "T") for n in range(9)]
    project = write_shelf(tmp_path, cards)
    build(project, [c.id for c in cards])
    pages = [tmp_path / "_book" / f"catalogue{n}.html" for n in ("", "-2", "-3")]
    assert [len(read(page).find("tr")) - 1 for page in pages] == [4, 4, 1]
    assert broken_links(tmp_path / "_book") == []


@pytest.mark.parametrize("by", ["district", "commune"])
@pytest.mark.parametrize(
    ("province", "district"), [("Đà Nẵng", "Hoà Vang"), ("Đà Nẳng", "Hòa Vang")]
)
def test_a_place_spelt_in_two_ways_is_one_in_the_catalogue(
    tmp_path: Path, by: Division, province: str, district: str
) -> None:
    cards = [
        card("hoa-son", "Hòa Sơn", "Hòa Vang", "Đà Nẵng"),
        card("hoa-ninh", "Hòa Ninh", district, province),
        card("tam-ky", "Tam Kỳ", "Tam Kỳ", "Quảng Nam"),
    ]
    result = build(write_shelf(tmp_path, cards), [c.id for c in cards], by)
    assert (result.made, result.failed) == (3, {})
    listed = read(tmp_path / "_book/catalogue.html").find("tr")[1:]
    assert [row.text.split()[-5:-3] for row in listed] == [["2", "2"], ["1", "1"]]
    assert broken_links(tmp_path / "_book") == []


def test_nothing_changed_and_no_book_is_touched(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN)
    build(project, IDS)
    before = stamps(tmp_path / "_book/ha-nam") | stamps(tmp_path / "_book/thanh-hoa")
    again = build(project, IDS)
    assert (again.made, again.unchanged) == (0, 5)
    after = stamps(tmp_path / "_book/ha-nam") | stamps(tmp_path / "_book/thanh-hoa")
    assert {k: v for k, v in after.items() if v != before.get(k)} == {
        "index.html": after["index.html"],
        "index.text.js": after["index.text.js"],
    }


def test_one_report_changed_and_one_book_is_made(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN)
    build(project, IDS)
    write_report(tmp_path, SEVEN[3], "một câu khác")
    again = build(project, IDS)
    assert (again.made, again.unchanged) == (1, 4)
    page = tmp_path / "_book/ha-nam/phu-ly/reports/dinh-xa-2024/dinh-xa-2024.html"
    assert "một câu khác" in page.read_text(encoding="utf-8")


def test_letters_that_a_book_shows_as_boxes_are_told_of_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_process(monkeypatch)
    project = write_shelf(tmp_path, [SEVEN[3]])
    write_report(tmp_path, SEVEN[3], "漢")
    for made in (1, 0):
        shelf = build(project, [IDS[3]], formats=("pdf",))
        assert shelf.made == made
        assert shelf.boxed == {f"ha-nam/phu-ly: {SEVEN[3].title}": "漢"}


@pytest.mark.parametrize("file", ["reports/dinh-xa-2024/dinh-xa-2024.ipynb", "book/lang-vi.yml"])
def test_what_changed_while_a_book_was_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    project = write_shelf(tmp_path, [SEVEN[3]])
    render = volume.builtin.render

    def edited(root: Path, config: BookConfig, *args: Any) -> Any:
        rendered = render(root, config, *args)
        if config.folder:
            with (tmp_path / file).open("a", encoding="utf-8") as source:
                source.write("\n")
        return rendered

    with monkeypatch.context() as patch:
        in_this_process(patch)
        patch.setattr(volume.builtin, "render", edited)
        build(project, [IDS[3]])
    assert build(project, [IDS[3]]).made == 1
    assert build(project, [IDS[3]]).made == 0


@pytest.mark.parametrize("lost", ["index.html", "reports/dinh-xa-2024/dinh-xa-2024.html"])
def test_what_was_lost_is_made_again(tmp_path: Path, lost: str) -> None:
    project = write_shelf(tmp_path, SEVEN)
    build(project, IDS)
    (tmp_path / "_book/ha-nam/phu-ly" / lost).unlink()
    assert build(project, IDS).made == 1
    assert (tmp_path / "_book/ha-nam/phu-ly" / lost).is_file()


def test_another_division_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    project = write_shelf(tmp_path / "a", SEVEN)
    fresh = write_shelf(tmp_path / "b", SEVEN)
    for by in ("commune", "province", "district"):
        build(project, IDS, by)
    build(fresh, IDS, "district")
    assert files(tmp_path / "a/_book", "*") == files(tmp_path / "b/_book", "*")
    assert build(project, IDS, "district").made == 0


def test_a_commune_that_is_gone_takes_its_book_along(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN)
    build(project, IDS)
    build(project, [name for name in IDS if not name.startswith("dinh-xa")])
    assert not (tmp_path / "_book/ha-nam/phu-ly").exists()
    assert not (tmp_path / "reports" / SEALS / "ha-nam/phu-ly/seal.json").exists()
    assert "phu-ly" not in (tmp_path / "_book/ha-nam/index.html").read_text(encoding="utf-8")


def test_printed_forms_later(tmp_path: Path) -> None:
    """What is not asked for stays: pages first, then printed forms beside them."""
    project = write_shelf(tmp_path, SEVEN[:1])
    build(project, IDS[:1], "commune", ["html"])
    build(project, IDS[:1], "commune", ["pdf"])
    book = tmp_path / "_book/ha-nam/thanh-liem/liem-can"
    assert {p.name for p in book.iterdir()} >= {
        "index.html",
        f"sach-thu-{'-'.join(book.parts[-3:])}.pdf",
    }
    assert (tmp_path / "_book/index.html").is_file()
    assert (tmp_path / "_book/site/search/starts.js").is_file()


def test_printed_forms_that_show_something_else_are_not_offered(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN[2:4])
    names = IDS[2:4]
    build(project, names, formats=("html", "pdf"))
    write_report(tmp_path, SEVEN[3], "một câu khác")
    result = build(project, names)
    assert result.stale == ["ha-nam/phu-ly/sach-thu-ha-nam-phu-ly.pdf"]
    assert (tmp_path / "_book" / result.stale[0]).is_file()
    for page, offered in {
        "ha-nam/phu-ly/index.html": False,
        "ha-nam/thanh-liem/index.html": True,
        "catalogue.html": False,  # a column is for all books or none
    }.items():
        text = (tmp_path / "_book" / page).read_text(encoding="utf-8")
        assert (".pdf" in text) == offered, page
    assert build(project, names, formats=("html", "pdf")).stale == []


def test_a_users_own_files_stay_without_records(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN)
    own = [tmp_path / "_book" / name for name in ("CNAME", "ha-nam/phu-ly/scan.pdf", "a/b.txt")]
    for path in own:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    build(project, IDS)
    shutil.rmtree(tmp_path / "reports")
    (tmp_path / "_book/site/made.json").unlink()
    build(write_shelf(tmp_path, SEVEN), [*IDS[:2], *IDS[3:]])
    assert [path.read_text(encoding="utf-8") for path in own] == ["mine"] * 3
    assert not list((tmp_path / "_book").rglob("thanh-ha-2024.html"))
    assert build(project, [*IDS[:2], *IDS[3:]]).unchanged == 5


def test_a_users_own_files_stay(tmp_path: Path) -> None:
    project = write_shelf(tmp_path, SEVEN)
    build(project, IDS)
    own = [tmp_path / "_book" / name for name in (".nojekyll", "ha-nam/phu-ly/scan.pdf")]
    for path in own:
        path.write_text("mine", encoding="utf-8")
    write_report(tmp_path, SEVEN[3], "một câu khác")
    assert build(project, IDS).made == 1
    assert [path.read_text(encoding="utf-8") for path in own] == ["mine", "mine"]
    build(project, IDS, "province")
    assert [path.read_text(encoding="utf-8") for path in own] == ["mine", "mine"]
    assert not (tmp_path / "_book/ha-nam/phu-ly/index.html").exists()


def test_a_book_of_made_up_communes_says_so_on_its_cover(shelf: Path) -> None:
    cover = read(shelf / "_book/ha-nam/gia-dinh-a/index.html").find(cls="cover-subtitle")
    assert cover[0].text == "Huyện Giả Định A, tỉnh Hà Nam (giả định)"
