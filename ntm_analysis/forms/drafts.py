"""How a form shows what a program read in a report: a word, a colour, a quotation, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from ntm_analysis.communes.cells import CERTAINTIES
from ntm_analysis.forms.layout import UNREAD, Column, sheet_name
from ntm_analysis.forms.sheets import FIRST_ROW, Book, Sheet
from ntm_analysis.forms.source import Filling, Mark
from ntm_analysis.language import LANGUAGES, Lang, translate

_COLOURS: Final = {"sure": "#DDF0DD", "likely": "#FFE9B8", "guess": "#F8CFC4"}
_AUTHOR: Final = "ntm draft"
_LONGEST: Final = 600


def columns_for(columns: Sequence[Column], content: Filling) -> tuple[Column, ...]:
    """Return a sheet's columns; how sure a draft is stays out of sight where nothing is one."""
    if content.drafted:
        return tuple(columns)
    return tuple(replace(c, hidden=True) if c.key == "drafted" else c for c in columns)


def certainty_words() -> dict[str, str]:
    """Return how sure a draft can be by the words for it in both languages, in small letters."""
    found = {key: key for key in CERTAINTIES}
    for lang in LANGUAGES:
        for key in CERTAINTIES:
            found[translate(f"forms.sure_{key}", lang).casefold()] = key
        found[translate("forms.is_confirmed", lang).casefold()] = ""
    return found


def word_of(drafted: str, lang: Lang) -> str:
    """Return the word that a form has for how sure a draft is."""
    return translate(f"forms.sure_{drafted}", lang) if drafted in CERTAINTIES else ""


def colour(sheet: Sheet, first: str, last: int) -> None:
    """Colour rows by the word in their column `drafted`, and offer the words."""
    lang = sheet.book.lang
    words = [word_of(key, lang) for key in CERTAINTIES]
    sheet.choose_from(FIRST_ROW, "drafted", [*words, translate("forms.is_confirmed", lang)], last)
    letter = sheet.letters["drafted"]
    columns = [sheet.place[first], sheet.place["drafted"]]
    for key, word in zip(CERTAINTIES, words, strict=True):
        shade = sheet.book.workbook.add_format({"bg_color": _COLOURS[key]})
        rule = {
            "type": "formula",
            "criteria": f'=${letter}{FIRST_ROW + 1}="{word}"',
            "format": shade,
        }
        for column in columns:
            sheet.sheet.conditional_format(FIRST_ROW, column, last, column, rule)


def annotate(sheet: Sheet, row: int, key: str, mark: Mark | None) -> None:
    """Put the report's words beside a cell, as its comment."""
    if mark is None:
        return
    lang = sheet.book.lang
    word = word_of(mark.sure, lang)
    text = f"{word}. {mark.quote}" if word else mark.quote
    options: dict[str, Any] = {
        "author": _AUTHOR, "x_scale": 2.4, "y_scale": 1 + len(text) / 160, "visible": False,
    }  # fmt: skip
    sheet.sheet.write_comment(row, sheet.place[key], text[:_LONGEST], options)


def shade(sheet: Sheet, row: int, key: str, mark: Mark | None) -> None:
    """Colour a cell that has no column for the word."""
    if mark is None:
        return
    form = sheet.book.workbook.add_format({"bg_color": _COLOURS[mark.sure]})
    place = sheet.place[key]
    rule = {"type": "no_errors", "format": form}
    sheet.sheet.conditional_format(row, place, row, place, rule)


def unread_sheet(book: Book, content: Filling) -> None:
    """Write the numbers of the report that went nowhere; no sheet where no report was read."""
    if not content.unread:
        return
    lang = book.lang
    lead = translate("forms.lead_unread", lang, count=len(content.unread))
    last = FIRST_ROW + len(content.unread)
    sheet = book.sheet(sheet_name("unread", lang), UNREAD, lead, last)
    for row, one in enumerate(content.unread, start=FIRST_ROW):
        for column in UNREAD:
            sheet.write(row, column.key, getattr(one, column.key.lstrip("_")))
    sheet.sheet.autofilter(FIRST_ROW - 1, 0, last - 1, len(UNREAD) - 1)
