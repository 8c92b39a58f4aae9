"""Cells as people type them, turned into the machine syntax of the CSV files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

from ntm_analysis.communes.figures import read_value
from ntm_analysis.communes.table import Row
from ntm_analysis.forms.cell_reader import CellReader
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.shown import same_number, short, shown
from ntm_analysis.forms.words import clean, holds, offered, without_accents, words_of
from ntm_analysis.language import LANGUAGES, say, typed, user_lang
from ntm_analysis.numbers import NotAFigure, parse_figure
from ntm_analysis.numbers.answers import (
    ANSWERS,
    CLEAR,
    STATUSES,
    no_figure,
)
from ntm_analysis.numbers.reading import look_alike
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook import Variable
from ntm_analysis.rulebook.variables import Absence
from ntm_analysis.spelling import fold

_AMBIGUOUS: Final = re.compile(r"^[1-9]\d{0,2}\.\d{3}$")


class Reader(CellReader):
    """Turns cells of texts, days, choices and figures into the machine syntax of the CSV files."""

    def choice(
        self, value: Any, place: Place, words: Mapping[str, str], key: str, family: str = ""
    ) -> str:
        """Return the key of a word, whatever its language, case and accents in pieces."""
        text = self.text(value, place)
        if not text:
            return ""
        found = words.get(text.casefold()) or without_accents(words).get(fold(text))
        if found is None:
            known = offered(words, family, user_lang())
            self.problem(place, say(key), say(f"{key}_wanted", known=known), text)
            return ""
        return found

    def figure(
        self, value: Any, variable: Variable | None, place: Place, *, percent: bool = False
    ) -> str:
        """Return a figure in machine syntax.

        Parameters
        ----------
        value : object
            What the cell holds.
        variable : Variable or None
            Decides what `2.751` means; None for values of any kind.
        place : Place
        percent : bool
            Whether the cell is formatted as a percentage, so that 0.95 means 95 %.
        """
        if self.several_lines(value, place):
            return ""
        value = clean(value)
        if value in (None, ""):
            return ""
        if isinstance(value, str) and no_figure(value):
            self.blanks[str(place)] = value
            return ""
        kind = variable.kind if variable else ""
        if variable is not None and variable.absence is not None:
            return self._absence(value, variable, variable.absence, place)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dt.datetime | dt.date):
            self.problem(place, say("forms.date_here"), say("forms.date_here_wanted"), shown(value))
            return ""
        if isinstance(value, int | float):
            number = float(value)
            if not percent and kind == "percent" and 0 < number < 1:
                self._fraction(short(number), place)
                return ""
            return self._number(number, kind, place, percent=percent)
        text = self.text(value, place)
        return self._words(text, variable, place) if text else ""

    def fitting(
        self, value: Any, variable: Variable | None, place: Place, *, percent: bool = False
    ) -> str:
        """Return a figure that is certain to be of the variable's kind, as `figure` reads it."""
        text = self.figure(value, variable, place, percent=percent)
        if text and variable is not None and not _fits(text, variable):
            self._refuse(text, variable, place)
            return ""
        return text

    def code(self, value: Any, place: Place, set_key: str) -> str:
        """Return an indicator's code; a number that may have lost its last zero is a problem."""
        if isinstance(value, dt.datetime | dt.date):
            self.problem(place, say("forms.date_here"), say("forms.code_wanted"), value)
            return ""
        text = self.text(value, place)
        loaded = self.book.sets.get(set_key)
        codes = loaded.indicators if loaded else {}
        if isinstance(value, int | float) and f"{text}0" in codes and text in codes:
            told = say("forms.code_zero", code=text, longer=f"{text}0")
            self.problem(place, told, say("forms.code_wanted"), text)
            return ""
        dotted = text.replace(",", ".")
        return dotted if dotted in codes else text

    def _absence(self, value: Any, variable: Variable, absence: Absence, place: Place) -> str:
        """Return the answer on something that should not occur; a bare yes or no is unclear."""
        text = self.text(value, place)
        word = text.casefold().rstrip(".")
        said = {absence.none[lang].casefold(): "yes" for lang in LANGUAGES}
        said |= {absence.some[lang].casefold(): "no" for lang in LANGUAGES}
        said |= {clear: ANSWERS[clear] for clear in CLEAR}
        if not text or word in said:
            return said.get(word, "")
        if word in STATUSES:
            return STATUSES[word]
        lang = user_lang()
        name = variable.label[lang]
        wanted = say("forms.absence_wanted", none=absence.none[lang], some=absence.some[lang])
        self.problem(place, say("forms.absence", name=name, text=text), wanted, text)
        return ""

    def _fraction(self, text: str, place: Place) -> None:
        """Note that 0.985 may be 0.985 % as well as 98.5 %."""
        share = short(round(float(text) * 100, 10))
        if user_lang() == "vi":
            text, share = text.replace(".", ","), share.replace(".", ",")
        wanted = say("forms.fraction_wanted", low=f"{text}%", high=f"{share}%")
        self.problem(place, say("forms.fraction"), wanted, text)

    def _number(self, value: float, kind: str, place: Place, *, percent: bool) -> str:
        if percent and kind in ("count", "amount"):
            seen = typed(f"{short(round(value * 100, 10))}%")
            self.problem(place, say("forms.percent_here"), say("forms.percent_here_wanted"), seen)
            return ""
        if percent and kind in ("percent", ""):
            share = short(round(value * 100, 10))
            self.note(place, typed(f"{short(value)} (%)"), typed(share))
            return share
        if kind == "flag":
            if value in (0.0, 1.0):
                return "yes" if value else "no"
            self.problem(place, say("forms.flag"), say("figures.flag_wanted"), short(value))
            return ""
        return short(value)

    def _words(self, text: str, variable: Variable | None, place: Place) -> str:
        word = text.casefold().rstrip(".")
        if word in STATUSES:
            return STATUSES[word]
        if word in ANSWERS and (variable is None or variable.kind == "flag"):
            return ANSWERS[word]
        if variable is not None and variable.kind == "grade":
            for grade in variable.scale:
                names = {grade.key, *(grade.label[lang].casefold() for lang in LANGUAGES)}
                if text.casefold() in names:
                    return grade.key
        if meant := look_alike(text):
            wanted = say("forms.letters_wanted", meant=meant)
            self.problem(place, say("forms.letters"), wanted, text)
            return ""
        if not self._unit_known(text, variable):
            unit = self.book.units[variable.unit].label[user_lang()] if variable else ""
            self.problem(place, say("forms.unit"), say("forms.unit_wanted", unit=unit), text)
            return ""
        plain = self._parsed(text, variable)
        share = variable is not None and variable.kind == "percent" and not _PER_CENT.search(text)
        if share and plain and _FRACTION.match(plain):
            self._fraction(plain, place)
            return ""
        if plain is None or (variable is not None and not _fits(plain, variable)):
            self._refuse(text, variable, place, plain)
            return ""
        if plain != text:
            if not same_number(text, plain):
                self.note(place, text, plain)
        elif variable is not None and variable.kind != "count" and _AMBIGUOUS.match(text):
            # 2.751 km stays 2.751 km; whoever meant 2751 must know how it was read.
            self.note(place, text, say("forms.decimal", text=text))
        return plain

    def _unit_known(self, text: str, variable: Variable | None) -> bool:
        """Return whether what follows a number is a unit of the variable, or there is nothing."""
        if variable is not None and _PER_CENT.search(text) and variable.kind != "percent":
            return variable.kind in ("flag", "grade")
        match = _LETTERS_AT_END.search(text.casefold())
        if match is None or variable is None or variable.kind in ("flag", "grade"):
            return True
        if variable.kind == "percent":
            return _PER_CENT.search(text) is not None
        words = words_of(match[1])
        unit = self.book.units[variable.unit]
        names = [variable.unit, unit.plural or ""]
        names += [one.label[lang] for one in (unit, variable) for lang in LANGUAGES]
        return any(holds(words_of(name), words) for name in names)

    def _parsed(self, text: str, variable: Variable | None) -> str | None:
        """Return a text in machine syntax where it can mean one thing only; else None."""
        if variable is not None and variable.kind == "count":
            text = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
        if _TWO_NUMBERS.search(text):
            return None
        try:
            return parse_figure(text).text
        except NotAFigure as error:
            hint = error.hint
        if not hint:
            return None
        return hint if variable is None or _fits(hint, variable) else None

    def _refuse(
        self, text: str, variable: Variable | None, place: Place, plain: str | None = None
    ) -> None:
        if variable is None:
            self.problem(place, say("evidence.claimed", text=text), say("forms.value_wanted"), text)
            return
        row = Row(self.file, place.row, {"value": plain or text}, place.sheet)
        here = Collector()
        read_value(row, variable, here)
        for one in here.problems:
            told = one.problem.replace(f"“{typed(plain or text)}”", f"“{text}”")
            self.problem(place, told, one.wanted, text)
        if not here.problems:
            self.problem(place, say("figures.number", text=text), say("forms.value_wanted"), text)


_LETTERS_AT_END: Final = re.compile(r"\d\s*([^\W\d_].*?)[.;]?$")
_FRACTION: Final = re.compile(r"^0\.\d*[1-9]\d*$")
_PER_CENT: Final = re.compile(r"%|\d\s*(?:phần trăm|per ?cent)[.;]?$", re.IGNORECASE)
_TWO_NUMBERS: Final = re.compile(r"\d\s+\d(?!\d\d(?:\D|$))")
_THOUSANDS: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[., \u202f]\d{3})+(?![\d.,])")


def _fits(text: str, variable: Variable) -> bool:
    here = Collector()
    read_value(Row("", 0, {"value": text}), variable, here)
    return not here.problems
