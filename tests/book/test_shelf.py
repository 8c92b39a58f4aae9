"""Which communes stand in which book."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ntm_analysis.batch.card import Card
from ntm_analysis.book.shelf import Division, plan
from tests.book.shelf_project import SEVEN, card


def slugs(by: Division, cards: Sequence[Card] = SEVEN) -> dict[str, list[str]]:
    return {volume.slug: [c.id for c in volume.cards] for volume in plan(cards, by, "vi")}


def test_by_province() -> None:
    assert slugs("province") == {
        "ha-nam": [
            "gia-dinh-0001-2024",
            "dinh-xa-2024",
            "liem-can-2024",
            "liem-can-2025",
            "thanh-ha-2024",
        ],
        "thanh-hoa": ["thanh-phong-2024", "tan-lap-2026"],
    }


def test_by_district_of_a_province() -> None:
    """Districts of one name in two provinces are two; communes of no district have a book."""
    assert slugs("district") == {
        "ha-nam/gia-dinh-a": ["gia-dinh-0001-2024"],
        "ha-nam/phu-ly": ["dinh-xa-2024"],
        "ha-nam/thanh-liem": ["liem-can-2024", "liem-can-2025", "thanh-ha-2024"],
        "thanh-hoa/thanh-liem": ["thanh-phong-2024"],
        "thanh-hoa/truc-thuoc-tinh": ["tan-lap-2026"],
    }


def test_by_commune() -> None:
    found = slugs("commune")
    assert found["ha-nam/thanh-liem/liem-can"] == ["liem-can-2024", "liem-can-2025"]
    assert found["thanh-hoa/tan-lap"] == ["tan-lap-2026"]
    assert len(found) == 6


@pytest.mark.parametrize(
    ("by", "title"),
    [
        ("province", "Tỉnh Hà Nam"),
        ("district", "Huyện Thanh Liêm, tỉnh Hà Nam"),
        ("commune", "Xã Liêm Cần, huyện Thanh Liêm, tỉnh Hà Nam"),
    ],
)
def test_titles(by: Division, title: str) -> None:
    (volume,) = plan(SEVEN[:2], by, "vi")
    assert volume.title == title
    assert volume.communes == 1


def test_no_book_lies_in_the_folder_of_another() -> None:
    """A commune may be named like a district, a province like a folder of the site."""
    cards = [
        card("phu-ly", "Phủ Lý", "", "Hà Nam"),
        card("dinh-xa", "Đinh Xá", "Phủ Lý", "Hà Nam"),
        card("a", "A", "", "Site"),
    ]
    found = list(slugs("commune", cards)) + list(slugs("province", cards[2:]))
    assert "site" not in found
    for one in found:
        assert not any(other.startswith(f"{one}/") for other in found), (one, found)


def test_every_system_can_make_the_folders() -> None:
    long = "Một tên rất dài " * 30
    cards = [card(f"xa-{n}", "A", name, "T") for n, name in enumerate((long, f"{long}khác", "Con"))]
    found = list(slugs("district", cards))
    assert len(set(found)) == 3 and "t/con" not in found
    assert all(len(one) < 70 for one in found)


def test_numbers_in_names_are_numbers() -> None:
    cards = [card(f"xa-{n}", f"Số {n}", f"Khu {n}", "T") for n in (10, 2, 1)]
    assert list(slugs("district", cards)) == ["t/khu-1", "t/khu-2", "t/khu-10"]


def test_made_up_books_are_known() -> None:
    assert [v.synthetic for v in plan(SEVEN, "district", "vi")] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_places_are_in_the_order_of_the_alphabet() -> None:
    order = ["An Lão", "Ăn", "Ân Thi", "Ba Vì", "Dương Kinh", "Đông Anh", "Ea Kar", "Quận 2",
             "Quận 10", ""]  # fmt: skip
    cards = [card(f"x{number}", "A", name, "P") for number, name in enumerate(reversed(order))]
    assert [volume.place[1] for volume in plan(cards, "district", "vi")] == order
