"""What the first page opens with: each commune with a bar, found by its name without accents."""

from __future__ import annotations

import pytest

from ntm_analysis.batch.card import Card
from ntm_analysis.book.front import MOST, area_rows, commune_rows, front_html
from tests.book.page import Element, _Reader
from tests.book.shelf_project import card


def links(page: Element) -> list[str]:
    """Return where the doors lead."""
    return [one.attrs["href"] for one in page.find("ul", "ntm-doors")[0].find("a")]


def front(cards: list[Card], ways: dict[str, str] | None = None) -> Element:
    """Return the opening of the first page of a book of some reports."""
    pages = {one.id: f"reports/{one.id}/{one.id}.html" for one in cards}
    reader = _Reader()
    reader.feed(front_html(cards, commune_rows(cards, pages, "vi"), ways or {}, "vi"))
    reader.close()
    return reader.root


def other(about: Card, **fields: object) -> Card:
    return about.model_copy(update=fields)


TIEN = other(card("tien", "Tiên Hải", "Thanh Liêm", "Hà Nam"), concluded=40)
AN = card("an", "An Lão", "Bình Lục", "Hà Nam")
MADE_UP = other(card("gia-dinh-1", "Giả Định", "A", "Hà Nam"), concluded=74)


def test_communes_come_with_what_is_concluded_of_each() -> None:
    rows = front([MADE_UP, TIEN, AN]).find("ul", "ntm-communes")[0].children
    assert [row.find("a")[0].text for row in rows] == [
        "An Lão · 2024", "Tiên Hải · 2024", "Giả Định · 2024",
    ]  # fmt: skip
    assert [len(row.find("rect")) for row in rows] == [3, 3, 2]
    assert [row.find("text")[0].text for row in rows] == ["61", "40", "74"]
    assert "Kết luận đạt 40/74; theo số liệu 71/74" in rows[1].text
    assert "(giả định)" in rows[2].text and "(giả định)" not in rows[0].text


def test_a_bar_is_as_wide_as_what_it_counts() -> None:
    (row,) = commune_rows([TIEN], {TIEN.id: "x"}, "vi")
    assert [(one.face, one.count) for one in row.bar] == [
        ("met", 40), ("unproven", 31), ("no_data", 3),
    ]  # fmt: skip
    assert sum(one.width for one in row.bar) == pytest.approx(100)
    assert row.bar[-1].start == pytest.approx(100 * 71 / 74)


def test_an_area_tells_how_its_reports_end() -> None:
    whole = other(AN, verdicts={"met": 74}, concluded=74)
    shown = other(AN, verdicts={"met": 74}, concluded=60)
    (row,) = area_rows([("Các xã", "ha-nam/index.html", [whole, shown, AN, TIEN])], "vi")
    assert [(one.face, one.count) for one in row.bar] == [
        ("met", 1), ("unproven", 1), ("pending", 2),
    ]  # fmt: skip
    assert row.said == "4 báo cáo: kết luận đạt đủ 1, đạt đủ theo số liệu 1, còn mở 2"


def test_the_page_does_not_grow_with_the_communes() -> None:
    many = [card(f"xa-{n}", f"Xã {n}", "Thanh Liêm", "Hà Nam") for n in range(MOST + 36)]
    page = front(many)
    assert len(page.find("ul", "ntm-communes")[0].children) == MOST
    assert "Còn 36 mục khác" in page.text
    assert "Số báo cáo: 100; số xã: 100." in page.text


def test_grounds_are_counted_over_real_communes() -> None:
    law = {"verified": 3, "unverified": 71}
    page = front([other(TIEN, law=law), other(AN, law=law), other(MADE_UP, law={"verified": 74})])
    assert [one.text for one in page.find("dd")] == ["6/148", "120/142"]
    assert "ngưỡng đã đối chiếu" not in front([TIEN]).text  # a run from before does not say


def test_names_are_text() -> None:
    page = front([other(AN, name='<a href="//x">', district="<script>"), TIEN])
    assert not page.find("script")
    assert all(one.attrs["href"].startswith(("reports/", "#")) for one in page.find("a"))
    assert '<a href="//x">' in page.text


def test_doors_lead_to_chapters_that_are_there() -> None:
    ways = {"book/methods.qmd": "book/methods.html", "index.qmd": "index.html"}
    assert links(front([TIEN, AN], ways)) == ["#communes", "#communes", "book/methods.html"]
    own = "reports/an-2024/an-2024.html"
    assert links(front([AN])) == [own, f"{own}#sec-an-2024-iii"]
