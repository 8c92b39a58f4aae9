"""What the first page of a site opens with: find a commune, how each stands, doors, grounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from pydantic import ValidationError

from ntm_analysis.batch.card import Card
from ntm_analysis.batch.plan import CARD
from ntm_analysis.language import Lang, translate
from ntm_analysis.localities import district_in, province_in
from ntm_analysis.marks import MARKS

MOST = 64
"""Rows on the page, which does not grow with the number of communes."""
FIRST_WORDS = ("methods", "rulebook", "checks", "coverage", "comparison", "glossary")
"""Chapters, by how their sources are called, that a researcher is led to."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: a kind of result, how many, and where it lies, in per cent."""

    face: str
    sign: str
    count: int
    start: float
    width: float
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """A commune's report, or all reports of a province or district, as a link with a bar.

    Attributes
    ----------
    name, place : str
    href : str
        From the first page.
    year : str
        Empty for areas.
    synthetic : bool
    bar : tuple of Segment
    said : str
        The bar in words.
    """

    name: str
    place: str
    href: str
    year: str
    synthetic: bool
    bar: tuple[Segment, ...]
    said: str


def commune_rows(cards: Sequence[Card], pages: Mapping[str, str], lang: Lang) -> list[Row]:
    """Return a row a report: real communes first, then those of which most is concluded.

    Parameters
    ----------
    cards : sequence of Card
    pages : mapping of str to str
        From the first page, the way to each report's page, by its id.
    lang : {"vi", "en"}
    """

    def order(card: Card) -> tuple[Any, ...]:
        total = max(card.indicators, 1)
        return (
            card.synthetic,
            -card.concluded / total,
            -card.counted / total,
            card.name,
            -card.year,
        )

    rows = []
    for card in sorted(cards, key=order):
        kinds = _kinds_of(card)
        place = ", ".join(
            [
                *([district_in(card.district, lang)] if card.district else []),
                province_in(card.province, lang, card.province_kind),
            ]
        )
        said = translate(
            "front.said",
            lang,
            concluded=card.concluded,
            counted=card.counted,
            total=card.indicators,
        )
        bar = _bar(kinds, "front.kind", lang)
        rows.append(
            Row(card.name, place, pages[card.id], str(card.year), card.synthetic, bar, said)
        )
    return rows


def area_rows(areas: Iterable[tuple[str, str, Sequence[Card]]], lang: Lang) -> list[Row]:
    """Return a row an area, with how many of its reports end how.

    Parameters
    ----------
    areas : iterable of (str, str, sequence of Card)
        Name, way from the first page, and the reports.
    lang : {"vi", "en"}
    """
    rows = []
    for name, href, cards in areas:
        ends = Counter(_end_of(card) for card in cards)
        bar = _bar(ends, "front.end", lang)
        said = translate(
            "front.area_said",
            lang,
            reports=len(cards),
            concluded=ends["met"],
            counted=ends["unproven"],
            open=ends["pending"],
        )
        made_up = all(card.synthetic for card in cards)
        rows.append(Row(name, "", href, "", made_up, bar, said))
    return rows


def _kinds_of(card: Card) -> Counter[str]:
    kinds = Counter({"met": card.concluded, "unproven": max(card.counted - card.concluded, 0)})
    for verdict in ("not_met", "pending", "no_data"):
        kinds[verdict] = card.verdicts.get(verdict, 0)
    return kinds


def _end_of(card: Card) -> str:
    """Return the mark of how a report ends: all concluded, all met by the figures, or open."""
    if card.concluded == card.indicators:
        return "met"
    return "unproven" if card.counted == card.indicators else "pending"


def _bar(kinds: Mapping[str, int], words: str, lang: Lang) -> tuple[Segment, ...]:
    total = max(sum(kinds.values()), 1)
    segments, start = [], 0.0
    for face in ("met", "unproven", "pending", "no_data", "not_met"):
        if count := kinds.get(face, 0):
            width = 100 * count / total
            word = translate(f"{words}_{face}", lang)
            segments.append(Segment(face, MARKS[face].sign, count, start, width, word))
            start += width
    return tuple(segments)


def front_of_book(project: Path, ways: Mapping[str, str], lang: Lang) -> str:
    """Return the opening of the first page of a book of its own, as HTML.

    Parameters
    ----------
    project : Path
    ways : mapping of str to str
        From the first page, the ways to chapters by their sources' paths.
    lang : {"vi", "en"}
    """
    cards, pages = [], {}
    for path, way in ways.items():
        held = (project / path).with_name(CARD)
        if not path.endswith(".ipynb") or not held.is_file():
            continue
        with suppress(ValidationError):  # of another version; the report is named as out of date
            card = Card.model_validate_json(held.read_bytes())
            cards.append(card)
            pages[card.id] = way
    return front_html(cards, commune_rows(cards, pages, lang), ways, lang)


def front_html(
    cards: Sequence[Card], rows: Sequence[Row], ways: Mapping[str, str], lang: Lang, more: str = ""
) -> str:
    """Return the opening of the first page, as HTML.

    Parameters
    ----------
    cards : sequence of Card
        Of all reports of the site.
    rows : sequence of Row
        Of reports, or of areas where the site has several books.
    ways : mapping of str to str
        From the first page, the ways to chapters by their sources' paths.
    lang : {"vi", "en"}
    more : str
        The way to the list of all books, where there is one.
    """
    if not cards or not rows:
        return ""
    real = [card for card in cards if not card.synthetic] or list(cards)
    legend = {one.face: one for row in rows for one in row.bar}
    known = [card for card in real if card.law]
    law = sum((Counter(card.law) for card in known), Counter[str]())
    doors = {
        word: ways[path]
        for word in FIRST_WORDS
        for path in ways
        if path.rpartition("/")[2].partition(".")[0] == word
    }
    context = {
        "t": lambda key, **fields: translate(f"front.{key}", lang, **fields),
        "rows": rows[:MOST],
        "left": len(rows) - MOST if len(rows) > MOST else 0,
        "reports": len(cards),
        "communes": len({card.commune for card in cards}),
        "made_up": sum(card.synthetic for card in cards),
        "ends": Counter(_end_of(card) for card in real),
        "real": len(real),
        "legend": list(legend.values()),
        "only": rows[0].href if len(rows) == 1 else "",
        "only_id": cards[0].id if len(cards) == 1 else "",
        "doors": doors,
        "thresholds": law.total(),
        "verified": law["verified"],
        "firm": sum(card.firm for card in real),
        "counted": sum(card.counted for card in real),
        "more": more,
        "areas": not rows[0].year,
    }
    return _templates().get_template("front.html.j2").render(context)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("ntm_analysis.book"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
