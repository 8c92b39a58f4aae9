"""An annex read: every indicator and limb with its printed words and the requirement in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ntm_analysis.documents import Document, read_document
from ntm_analysis.language import say
from ntm_analysis.law.annex import Table, tables_of
from ntm_analysis.law.limbs import Printer
from ntm_analysis.law.matching import Matched, match_rows
from ntm_analysis.law.names import Names
from ntm_analysis.law.reading import Reading, Reason, Sure, left
from ntm_analysis.law.unlisted import name_of, unlisted
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import Indicator, Limb, LoadedSet, Rulebook
from ntm_analysis.rulebook.fit import misfit
from ntm_analysis.rulebook.province import in_order

SUFFIXES: Final = (".docx", ".docm", ".xlsx", ".xls", ".ods", ".pdf", ".txt")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A limb's requirement as drafted from an annex.

    Attributes
    ----------
    code : str
        Empty for a row that fits no indicator of the set.
    limb : str
        `own` for the indicator's own quantity.
    division : str
        The region, zone or group; empty where there is none.
    printed : str
    reading : Reading
    name : str
        As the annex prints it.
    page, row : int or None
    unlisted : Limb or None
        As proposed, of an indicator that the set does not list yet.
    """

    code: str
    limb: str
    division: str
    printed: str
    reading: Reading
    name: str = ""
    page: int | None = None
    row: int | None = None
    unlisted: Limb | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return what `ntm rules draft --format json` prints."""
        return {
            "code": self.code,
            "limb": self.limb,
            "division": self.division,
            "printed": self.printed,
            "requires": self.reading.requires,
            "sure": self.reading.sure,
            "why": "; ".join(map(str, self.reading.why)),
            "name": self.name,
            "page": self.page,
            "row": self.row,
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read from an annex.

    Attributes
    ----------
    items : tuple of Drafted
        In the order of the set; then rows that fit no indicator.
    divisions : tuple of str
    remarks : tuple of str
        What the reader should know: columns left out, indicators missing, rows of no indicator.
    """

    items: tuple[Drafted, ...]
    divisions: tuple[str, ...]
    remarks: tuple[str, ...] = field(default=())


def draft_annex(path: Path, book: Rulebook, set_key: str) -> Draft:
    """Return what an annex prints for the indicators of a criteria set.

    Parameters
    ----------
    path : pathlib.Path
        A Word file, a workbook, a PDF that holds text, a text.
    book : Rulebook
    set_key : str

    Raises
    ------
    DataErrors
        If it cannot be read, or holds no table of indicators and requirements.
    """
    document = read_annex(path)
    loaded = book.sets[set_key]
    names = Names(loaded)
    tables = _tables(path, document, names)
    rows = [row for table in tables for row in table.rows]
    if not rows:
        problem = say("law.no_table")
        raise DataErrors([Problem(path.name, problem, say("law.no_table_wanted"))])
    matched = match_rows(rows, names)
    divisions = _divisions(tables)
    printer = Printer(names, book.units, book.variables)
    unnamed = any(table.columns is not None and table.columns.unnamed for table in tables)
    found = list(_strange(matched, loaded, book))
    found += _drafted(matched, printer, loaded, divisions, unnamed=unnamed)
    found = [_checked(one, book, loaded) for one in found]
    return Draft(
        tuple(_in_order(found, loaded)), divisions, tuple(_remarks(document, tables, found, loaded))
    )


def _tables(path: Path, document: Document, names: Names) -> list[Table]:
    """Return an annex's tables; those of a PDF without ruled lines by the gaps between words."""
    tables = tables_of(document, names)
    if path.suffix.lower() != ".pdf" or any(table.columns for table in tables):
        return tables
    from ntm_analysis.documents.reading import read_with
    from ntm_analysis.documents.unruled import read_unruled

    unruled = tables_of(read_with(path, read_unruled), names)
    count = [sum(len(table.rows) for table in found) for found in (tables, unruled)]
    return unruled if count[1] > count[0] else tables


def read_annex(path: Path) -> Document:
    """Return an annex; a workbook with what its number formats print."""
    if path.suffix.lower() == ".xlsx" and path.is_file():
        from ntm_analysis.documents.reading import read_with
        from ntm_analysis.documents.workbook import read_workbook

        return read_with(path, read_workbook)
    return read_document(path, SUFFIXES)


def _divisions(tables: Sequence[Table]) -> tuple[str, ...]:
    labels = [label for table in tables for row in table.rows for label in row.values]
    return tuple(dict.fromkeys(labels)) or ("",)


def _drafted(
    matched: Sequence[Matched],
    printer: Printer,
    loaded: LoadedSet,
    divisions: Sequence[str],
    *,
    unnamed: bool,
) -> Iterator[Drafted]:
    seen: set[tuple[str, str]] = set()
    by_code: dict[str, list[Matched]] = {}
    for one in matched:
        by_code.setdefault(one.code, []).append(one)
    by_code.pop("", [])
    for code, found in by_code.items():
        indicator = loaded.indicators[code]
        for item in _of_indicator(indicator, found, printer, unnamed=unnamed):
            seen.add((item.code, item.division))
            yield item
    for code, indicator in loaded.indicators.items():
        for division in divisions:
            if (code, division) not in seen and not any(c == code for c, _ in seen):
                for limb in indicator.limbs:
                    yield Drafted(code, limb.key, division, "", left("missing"))


def _strange(matched: Sequence[Matched], loaded: LoadedSet, book: Rulebook) -> Iterator[Drafted]:
    """Yield the rows that fit no indicator of the set."""
    for one, new in unlisted([one for one in matched if not one.code], loaded, book):
        for division, words in one.row.values.items():
            code, reading = "", Reading("", "person", one.why)
            if new is not None:
                code, reading = new.code, new.readings[division]
            yield Drafted(
                code, new.limb.key if new else "", division, " ".join(words.split()), reading,
                name_of(one.row), one.row.page, one.row.row, new.limb if new else None,
            )  # fmt: skip


def _of_indicator(
    indicator: Indicator, found: Sequence[Matched], printer: Printer, *, unnamed: bool
) -> Iterator[Drafted]:
    whole = [one for one in found if not one.limbs]
    parts = {limb: one for one in found for limb in one.limbs}
    divisions = dict.fromkeys(label for one in found for label in one.row.values)
    for division in divisions:
        readings: dict[str, tuple[Matched, str, Reading]] = {}
        for one in whole:
            words = one.row.values.get(division, "")
            if not words.strip() and parts:
                continue
            name = name_of(one.row)
            for key, reading in printer.all(words, indicator, name, one.row.unit).items():
                readings[key] = (one, words, reading)
        for key, one in parts.items():
            words = one.row.values.get(division, "")
            limb = next(limb for limb in indicator.limbs if limb.key == key)
            reading = printer.one(words, indicator, limb, one.row.name, one.row.unit)
            readings[key] = (one, words, reading)
        for limb in indicator.limbs:
            if limb.key not in readings:
                first = found[0]
                readings[limb.key] = (first, "", left("no_value_for_limb"))
            one, words, reading = readings[limb.key]
            reading = _joined(reading, one)
            if unnamed:
                reading = reading.doubted("person", "unnamed_columns")
            yield Drafted(
                indicator.code, limb.key, division, " ".join(words.split()), reading,
                name_of(one.row), one.row.page, one.row.row,
            )  # fmt: skip


def _joined(reading: Reading, one: Matched) -> Reading:
    """Return a reading no surer than the match of its row."""
    for reason in one.why:
        reading = reading.doubted(one.sure, reason.key, **reason.fields)
    if one.row.uneven:
        reading = reading.doubted("person", "uneven")
    return reading


def _checked(one: Drafted, book: Rulebook, loaded: LoadedSet) -> Drafted:
    """Leave to a person what the rulebook would refuse."""
    requires = one.reading.requires
    if not one.code or not requires or requires == "delegated" or one.unlisted:
        return one
    indicator = loaded.indicators[one.code]
    limb = next(limb for limb in indicator.limbs if limb.key == one.limb)
    wrong = misfit(requires, limb, (loaded.about.key, one.code), book.variables, book.sets)
    if wrong is None:
        return one
    reason = Reason("misfit", {"problem": wrong[0]})
    return replace(one, reading=Reading("", "person", (*one.reading.why, reason)))


def _in_order(found: Sequence[Drafted], loaded: LoadedSet) -> list[Drafted]:
    listed = {*loaded.indicators, *(one.code for one in found if one.code)}
    place = {code: n for n, code in enumerate(sorted(listed, key=in_order))}
    return sorted(
        found,
        key=lambda one: (place[one.code], 0) if one.code else (len(place), one.row or 0),
    )


def _remarks(
    document: Document, tables: Sequence[Table], found: Sequence[Drafted], loaded: LoadedSet
) -> Iterator[str]:
    for remark in document.remarks:
        yield say(f"documents.remarks.{remark.key}", count=remark.count, detail=remark.detail)
    left_out = dict.fromkeys(
        title for table in tables if table.columns for title in table.columns.left_out
    )
    if left_out:
        yield say("law.columns_left", columns="; ".join(left_out))
    strange = dict.fromkeys(one.name for one in found if not one.code)
    if strange:
        yield say("law.extra", count=len(strange), names="; ".join(strange))
    gone = dict.fromkeys(
        one.code for one in found if any(reason.key == "missing" for reason in one.reading.why)
    )
    if gone:
        yield say("law.missing", count=len(gone), codes=", ".join(gone))
    if new := dict.fromkeys(one.code for one in found if one.unlisted):
        yield say("law.unlisted", count=len(new), codes=", ".join(new))
    reached = {int(code.split(".")[0]) for code in new}
    incomplete = [
        str(one.number) for one in loaded.criteria if not one.complete and one.number not in reached
    ]
    if incomplete:
        yield say("law.incomplete", criteria=", ".join(incomplete))


def counts(items: Iterable[Drafted]) -> dict[Sure, int]:
    """Return how many readings are sure, likely, and left to a person."""
    found: dict[Sure, int] = {"sure": 0, "likely": 0, "person": 0}
    for one in items:
        found[one.reading.sure] += 1
    return found
