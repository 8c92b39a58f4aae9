"""A shelf of small books in the place of a large one: which communes stand in which."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ntm_analysis.batch.card import Card
from ntm_analysis.capitals import upper_first
from ntm_analysis.communes.names import is_reserved
from ntm_analysis.language import Lang, translate
from ntm_analysis.localities import district_in, province_in
from ntm_analysis.spelling import place_of, slug

Division = Literal["province", "district", "commune"]
DIGITS = re.compile(r"\d+")
RESERVED = ("site", "book", "reports", "ntm-media")
"""Folders of the site that no book may take."""
_LONGEST = 60
"""Letters of a folder's name: a path of three must fit into the 260 that Windows takes."""


@dataclass(frozen=True, slots=True)
class Volume:
    """One of the small books.

    Attributes
    ----------
    slug : str
        Its folder in the site, such as `ha-nam/thanh-liem`.
    place : tuple of str
        Province, district (empty where there is none) and commune, as far as the division goes.
    title : str
    cards : tuple of Card
        Of its reports: by commune, then by year.
    """

    slug: str
    place: tuple[str, ...]
    title: str
    cards: tuple[Card, ...]

    @property
    def communes(self) -> int:
        """How many communes there are."""
        return len({card.commune for card in self.cards})

    @property
    def synthetic(self) -> bool:
        """Whether all of its communes are made up."""
        return all(card.synthetic for card in self.cards)

    @property
    def home(self) -> str:
        """Its first page in the site."""
        return f"{self.slug}/index.html"


def plan(cards: Sequence[Card], by: Division, lang: Lang) -> list[Volume]:
    """Return the books of a shelf in reading order.

    Parameters
    ----------
    cards : sequence of Card
    by : {"province", "district", "commune"}
    lang : {"vi", "en"}
    """
    where: Callable[[Card], tuple[str, ...]] = {
        "province": lambda card: (card.province,),
        "district": lambda card: (card.province, card.district),
        "commune": lambda card: (card.province, card.district, card.commune),
    }[by]
    groups: dict[tuple[str, ...], list[Card]] = {}
    for card in sorted(cards, key=_order):
        groups.setdefault(where(card), []).append(card)
    taken = set(RESERVED)
    if by == "commune":
        # No book may lie in another's folder, as that of a commune named like a district would.
        taken |= {f"{slug(c.province)}/{slug(c.district)}" for c in cards if c.district}
    return [
        Volume(_slug(place, taken), _named(place, own), _title(place, own[0], lang), tuple(own))
        for place, own in groups.items()
    ]


def _order(card: Card) -> tuple[str, ...]:
    names = (card.province, card.district, card.name)
    return (*map(_in_order, names), *names, card.commune, str(card.year))


def _in_order(name: str) -> str:
    if not name:
        return "\U0010ffff"  # a commune without a district comes after the districts
    return place_of(DIGITS.sub(lambda m: m[0].zfill(9), name))  # 2 comes before 10


def _named(place: tuple[str, ...], cards: Sequence[Card]) -> tuple[str, ...]:
    return (*place[:2], cards[0].name) if len(place) == 3 else place


def _folder(name: str) -> str:
    """Return a name as that of a folder that every system can make."""
    short = slug(name)[:_LONGEST].rstrip("-")
    return f"{short}-1" if is_reserved(short) else short


def _slug(place: tuple[str, ...], taken: set[str]) -> str:
    province, *rest = place
    parts = [_folder(province)]
    if rest:
        district, *commune = rest
        parts += [_folder(district)] if district else []
        parts += commune or ([] if district else ["truc-thuoc-tinh"])
    wanted = "/".join(part or "-" for part in parts)
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def _title(place: tuple[str, ...], card: Card, lang: Lang) -> str:
    kinds = ("province", "district", "commune")
    kind = kinds[len(place) - 1]
    if kind != "province" and not card.district:
        kind += "_no_district"
    return area_title(kind, card, lang)


def area_title(kind: str, card: Card, lang: Lang) -> str:
    """Return the title of the province, district or commune of a report.

    Parameters
    ----------
    kind : str
        `province`, `district`, `commune`; with `_no_district` where there is none.
    card : Card
    lang : {"vi", "en"}
    """
    title = translate(
        f"shelf.{kind}",
        lang,
        province=province_in(card.province, lang, card.province_kind),
        district=district_in(card.district, lang),
        name=card.name,
    )
    return upper_first(title)
