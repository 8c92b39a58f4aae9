"""Readings and places in print, in either language."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_analysis.communes.figures import Reading
from ntm_analysis.communes.papers import Source
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number, format_quantity, format_reading
from ntm_analysis.numbers.quantities import decimals_shown
from ntm_analysis.rulebook import Rulebook


def print_reading(reading: Reading, book: Rulebook, lang: Lang) -> tuple[str, str]:
    """Return a reading with its unit (`2.751 hộ`), and its number alone (`2.751`)."""
    variable = book.variables[reading.variable]
    unit = book.units[variable.unit]
    if variable.kind == "grade" and reading.exact:
        text = variable.scale[int(reading.low)].label[lang]
        return text, text
    if variable.absence is not None and reading.exact:
        text = (variable.absence.none if reading.low else variable.absence.some)[lang]
        return text, text
    if variable.kind == "flag" and reading.exact:
        text = translate("report.yes" if reading.low else "report.no", lang)
        return text, text
    if reading.exact:
        least = 0 if variable.kind in ("count", "level") else decimals_shown(reading.text)
        return (
            format_quantity(reading.low, unit, lang, min_decimals=least),
            format_number(reading.low, lang, min_decimals=least),
        )
    text = format_reading(reading.text, unit, lang)
    if reading.status != "number":
        text = text[:1].lower() + text[1:]
    return text, text


def print_place(source: str, papers: Mapping[str, Source], lang: Lang) -> str:
    """Return where a figure stands, as a letter says it: `mục 4.11`, or else `dòng 172`.

    The paper is named where the commune has several.

    Parameters
    ----------
    source : str
        As in `figures.csv`: `report:172`.
    papers : mapping of key to Source
        The commune's papers.
    lang : {"vi", "en"}
    """
    paper, colon, place = source.partition(":")
    if not colon:
        return source
    held = papers.get(paper)
    part = held.part_of(int(place)) if held and place.isdecimal() else None
    key = "report.place_line" if place.isdecimal() and not part else "report.place_other"
    # “trang 4” says already what it is.
    text = place if " " in place else translate(key, lang, place=part or place)
    return text if len(papers) < 2 else f"{paper}, {text}"
