"""What the cover of a book about one commune says: which, what year, the law of which day."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_analysis.batch.card import Card
from ntm_analysis.capitals import upper_first
from ntm_analysis.language import translate
from ntm_analysis.numbers import format_date


def cover_lines(cards: Sequence[Card]) -> tuple[str, ...]:
    """Return the lines below the title; none where the book is about several communes.

    Parameters
    ----------
    cards : sequence of Card
        Of all reports in the book.
    """
    if len({(card.commune, card.name, card.district, card.province) for card in cards}) != 1:
        return ()
    last = max(cards, key=lambda card: (card.year, card.on))
    lang = last.lang
    province = translate(
        "official.province" if last.province_kind == "tỉnh" else "official.city",
        lang,
        name=last.province,
    )
    key = "commune_in_full" if last.district else "commune_no_district"
    whole = translate(
        f"official.{key}", lang, name=last.name, district=last.district, province=province
    )
    years = sorted({card.year for card in cards})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    lines = [
        upper_first(whole),
        translate("book.cover_year", lang, year=span),
        translate("book.cover_day", lang, date=format_date(last.on, lang)),
    ]
    if last.synthetic:
        lines.append(translate("official.synthetic", lang))
    return tuple(lines)
