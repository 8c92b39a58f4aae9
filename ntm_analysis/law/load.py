"""The law workbook in: every fault with its sheet and cell, then the files of the rulebook."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ntm_analysis.language import LANGUAGES, say, translate
from ntm_analysis.law.content import Cell, Law, law_of
from ntm_analysis.law.limbs import Printer, by_year
from ntm_analysis.law.made import Made, make
from ntm_analysis.law.names import Names
from ntm_analysis.law.parts import read_parts, undefined
from ntm_analysis.law.reading import DELEGATED
from ntm_analysis.law.sheets import Sheet, SheetRow, find_sheet, need_sheet, read_about, read_sheets
from ntm_analysis.law.values import read_value
from ntm_analysis.law.workbook import DIVIDER
from ntm_analysis.numbers import parse_date
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook import NATIONAL, Indicator, Limb, Rulebook, load_rulebook
from ntm_analysis.rulebook.fit import misfit
from ntm_analysis.rulebook.places import match_place
from ntm_analysis.rulebook.requirement import RequirementError, parse_requirement
from ntm_analysis.spelling import bare_name, fold, slug

__all__ = ["Law", "read_law", "requirement_of", "try_law"]
_UNKNOWN: Final = frozenset({"unknown", "chua biet", "chua ro"})
_NOT_APPLIED: Final = re.compile(r"^(?:khong ap dung|not applied|does not apply)\b")
_SURE: Final = "sure"
_PLAIN: Final = (
    "code", "limb", "name", "name_en", "name_printed", "unit", "kind", "formula", "page",
    "checked_by", "checked_on",
)  # fmt: skip
_DIVIDED: Final = ("printed", "requires", "sure", "why")
_NEEDED: Final = ("code", "limb", "checked_by", "checked_on")


@dataclass
class _Read:
    cells: list[Cell] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    rows: dict[tuple[str, str], SheetRow] = field(default_factory=dict)
    faulty: set[tuple[str, str, str]] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Columns:
    plain: Mapping[str, int]
    divided: Mapping[str, Mapping[str, int]]


def read_law(path: Path, book: Rulebook, division: str | None = None) -> Law:
    """Return the files of the rulebook that a filled-in workbook makes.

    Parameters
    ----------
    path : pathlib.Path
    book : Rulebook
    division : str or None
        The one region, zone or group to take, as the value of the whole place; by default each
        column is taken for its own.

    Raises
    ------
    DataErrors
        With every fault, its sheet, row and column.
    """
    problems = Collector()
    sheets = read_sheets(path)
    about_sheet = need_sheet(sheets, "law.about", path.name, problems)
    table = need_sheet(sheets, "law.sheet", path.name, problems)
    problems.raise_if_any()
    about = read_about(about_sheet, problems, book.sets)
    columns = _columns(table, problems)
    problems.raise_if_any()
    place = _place(str(about["place"]), book)
    key = str(about["set"])
    divisions = book.sets[key].divisions if key in book.sets else ()
    labels = list(columns.divided)
    if division is not None:
        if division not in labels:
            names = ", ".join(label or "–" for label in labels)
            told = say("law.divisions", names=names)
            raise DataErrors([Problem(path.name, told, say("law.division_wanted"), table.name)])
        columns = _Columns(columns.plain, {"": columns.divided[division]})
        labels = [""]
    sheet = find_sheet(sheets, "law.parts_sheet") if division is None else None
    parts = read_parts(sheet, labels, place, divisions, book, problems)
    if (lacking := undefined(path.name, labels, parts.keys, table.name)) is not None:
        problems.add(lacking)
    rows = list(_rows(table, columns))
    decision = f"{about['decision']}@{'viet-nam' if place == NATIONAL else slug(place)}"
    span = {"place": place, "from": about["from"], "decision": decision,
            "source": about["source"], "verified": False}  # fmt: skip
    if about.get("until"):
        span["until"] = about["until"]
    values = {row.row: _values(row, labels) for row in rows}
    criteria = find_sheet(sheets, "law.criteria_sheet")
    brought = Collector()
    made = make(rows, criteria, about, values, span, book, brought)
    problems.problems.extend(brought.problems)
    if brought.problems:
        problems.raise_if_any()  # without what it brings, its values cannot be read
    for label in labels:
        parts.keys.setdefault(label, slug(label))
    read = _read_rows(rows, parts.keys, labels, about, made, place, problems)
    if not problems.problems and not read.cells and made.set_file is None:
        told = say("law.no_requirement")
        problems.add(Problem(path.name, told, say("law.no_requirement_wanted"), table.name))
    problems.raise_if_any()
    law = law_of(about, place, decision, read.cells, read.left_out, parts.divisions, made, book)
    return replace(law, unread=tuple(dict.fromkeys(read.unread)))


def _place(text: str, book: Rulebook) -> str:
    return match_place((NATIONAL, *book.provinces), text) or bare_name(text, "province")


def _columns(table: Sheet, problems: Collector) -> _Columns:
    every = (*_PLAIN, *_DIVIDED)
    labels = {translate(f"law.columns.{key}", lang): key for key in every for lang in LANGUAGES}
    found: dict[str, int] = {}
    divided: dict[str, dict[str, int]] = {}
    for column, text in table.cells.get(1, {}).items():
        word, _, label = text.partition(DIVIDER)
        key = labels.get(word)
        if key in _DIVIDED:
            divided.setdefault(label, {})[key] = column
        elif key:
            found[key] = column
    with_values = {label: held for label, held in divided.items() if "requires" in held}
    missing = [key for key in _NEEDED if key not in found]
    for key in (*missing, *(() if with_values else ("requires",))):
        told = say("law.no_column", column=say(f"law.columns.{key}"))
        problems.add(table.problem(1, "", told, say("law.no_sheet_wanted")))
    return _Columns(found, with_values)


def _rows(table: Sheet, columns: _Columns) -> Sequence[SheetRow]:
    """Return the rows, each column of values under `requires · Vùng 1` and the like."""
    found = []
    heads = table.cells.get(1, {})
    where = dict(columns.plain)
    for label, held in columns.divided.items():
        where |= {_of(key, label): column for key, column in held.items()}
    labels = {key: heads[column] for key, column in where.items()}
    for row, cells in table.cells.items():
        texts = {key: cells.get(column, "") for key, column in where.items()}
        if row > 1 and any(texts.values()):
            found.append(SheetRow(table, row, texts, labels))
    return found


def _of(key: str, label: str) -> str:
    return f"{key}{DIVIDER}{label}" if label else key


def _values(row: SheetRow, labels: Sequence[str]) -> list[str]:
    return [row[_of("requires", label)] or row[_of("printed", label)] for label in labels]


def _read_rows(
    rows: Sequence[SheetRow], keys: Mapping[str, str], labels: Sequence[str],
    about: Mapping[str, Any], made: Made, place: str, problems: Collector,
) -> _Read:  # fmt: skip
    loaded = made.book.sets[str(about["set"])]
    printer = Printer(Names(loaded), made.book.units, made.book.variables)
    read = _Read()
    for row in rows:
        code = row["code"].replace(",", ".")
        if not code and not any(_values(row, labels)):
            continue
        indicator = loaded.indicators.get(code)
        if indicator is None:
            told = say("law.code_unknown", code=code)
            problems.add(row.problem("code", told, say("law.code_unknown_wanted")))
            continue
        limbs = {limb.key: limb for limb in indicator.limbs}
        limb = limbs.get(row["limb"] or "own")
        if limb is None:
            told = say("law.limb_unknown", code=code, limb=row["limb"])
            wanted = say("law.limb_unknown_wanted", limbs=", ".join(limbs))
            problems.add(row.problem("limb", told, wanted))
            continue
        if (code, limb.key) in read.rows:
            told = say("law.twice", code=code, limb=limb.key)
            problems.add(row.problem("code", told, say("law.twice_wanted")))
            continue
        read.rows[code, limb.key] = row
        checked = _checked(row, about, problems)
        for label in labels:
            one = _Asked(row, label, keys.get(label, ""), indicator, limb, checked, place)
            _value(one, read, printer, made.book, loaded.about.key, problems)
    _fill_limbs(read, loaded.indicators, labels, keys, problems)
    return read


@dataclass(frozen=True, slots=True)
class _Asked:
    row: SheetRow
    label: str
    part: str
    indicator: Indicator
    limb: Limb
    checked: tuple[str, dt.date] | None
    place: str


def _value(
    one: _Asked, read: _Read, printer: Printer, book: Rulebook, set_key: str, problems: Collector
) -> None:
    """Read one cell's requirement, or note what is wrong with it."""
    row, code, column = one.row, one.indicator.code, _of("requires", one.label)
    text = row[column]
    if not text:
        if row[_of("printed", one.label)]:
            read.unread.append(f"{code} ({one.label})" if one.label else code)
        return
    if _NOT_APPLIED.match(fold(text)):
        read.left_out.add(code)
        return
    people = {translate("law.sure.person", lang) for lang in LANGUAGES}
    doubtful = row[_of("sure", one.label)] in people and fold(text).strip() not in _UNKNOWN
    if doubtful and not row["checked_by"]:
        told = say("law.doubtful", why=row[_of("why", one.label)])
        problems.add(row.problem(column, told, say("law.doubtful_wanted")))
        read.faulty.add((code, one.limb.key, one.part))
        return
    years = by_year(text)
    parts: list[tuple[str, int | None]] = [(value, int(year)) for year, value in years]
    for words, year in parts or [(text, None)]:
        requires, why = requirement_of(words, one.indicator, one.limb, printer)
        known = "unknown" if requires == DELEGATED and one.place != NATIONAL else requires
        wrong = misfit(known, one.limb, (set_key, code), book.variables, book.sets) if known else (
            say("law.unread", text=words, why=why), say("law.unread_wanted"))  # fmt: skip
        if wrong:
            problems.add(row.problem(column, *wrong))
            read.faulty.add((code, one.limb.key, one.part))
            return
        printed = row[_of("printed", one.label)]
        read.cells.append(
            Cell(code, one.limb.key, one.part, known, printed, row["page"], one.checked, year)
        )


def _fill_limbs(
    read: _Read,
    indicators: Mapping[str, Indicator],
    labels: Sequence[str],
    keys: Mapping[str, str],
    problems: Collector,
) -> None:
    """Let a value of the whole indicator hold for limbs worded alike; note others left blank."""
    held: dict[tuple[str, str], dict[str, list[Cell]]] = {}
    for cell in read.cells:
        held.setdefault((cell.code, cell.part), {}).setdefault(cell.limb, []).append(cell)
    heads = {keys.get(label, ""): _of("requires", label) for label in labels}
    for (code, part), given in held.items():
        indicator = indicators[code]
        own = given.get(indicator.own.key)
        for limb in indicator.limbs:
            if limb.key in given or (code, limb.key, part) in read.faulty:
                continue
            if own is not None and limb.same_requirement:
                read.cells += [cell.of_limb(limb.key) for cell in own]
                continue
            row = read.rows.get((code, limb.key)) or next(
                row for (of, _), row in read.rows.items() if of == code
            )
            told = say("law.limb_blank", code=code, limb=limb.key)
            problems.add(row.problem(heads[part], told, say("law.limb_blank_wanted")))


def _checked(
    row: SheetRow, about: Mapping[str, Any], problems: Collector
) -> tuple[str, dt.date] | None:
    """Return the second person who checked a row, and when."""
    by, on = row["checked_by"], row["checked_on"]
    if not by and not on:
        return None
    wrong: tuple[str, str] | None = None
    day: dt.date | None = None
    if not by or not on:
        wrong = say("law.checked_half"), say("law.checked_half_wanted")
    else:
        try:
            day = parse_date(on)
        except ValueError:
            wrong = say("figures.date"), say("law.date_wanted")
        entered = str(about.get("entered_by") or "")
        if not entered:
            wrong = say("law.entered_blank"), say("law.entered_blank_wanted")
        elif fold(by) == fold(entered):
            wrong = say("law.checked_self"), say("law.checked_self_wanted")
    if wrong or day is None:
        column = "checked_on" if not by or not on or day is None else "checked_by"
        problems.add(row.problem(column, *(wrong or ("", ""))))
        return None
    return by, day


def requirement_of(
    text: str, indicator: Indicator, limb: Limb, printer: Printer
) -> tuple[str, str]:
    """Return the requirement that a cell states, or why it cannot be read.

    Parameters
    ----------
    text : str
        As the rulebook has it (`>= 95`) or as people print it (`≥ 95%`, `Có`).
    indicator : Indicator
    limb : Limb
    printer : Printer
    """
    if fold(text).strip() in _UNKNOWN:
        return "unknown", ""
    asked = printer.asked(indicator, limb, "", "")
    try:
        requirement = parse_requirement(text, tuple(asked.scale.values()))
    except RequirementError:
        reading = read_value(text, asked)
        if reading.requires and reading.sure == _SURE:
            return reading.requires, ""
        if _only_unsigned(reading.why):
            return reading.requires, ""  # a person wrote it here; its direction is the indicator's
        return "", "; ".join(map(str, reading.why))
    return requirement.text, ""


def _only_unsigned(why: Sequence[Any]) -> bool:
    return bool(why) and all(getattr(one, "key", "") == "no_sign" for one in why)


def try_law(law: Law, folder: Path, workbook: str) -> None:
    """Load the whole rulebook with the new files, in a copy.

    Raises
    ------
    DataErrors
        If the rulebook would refuse them.
    """
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "rulebook"
        shutil.copytree(folder, copy)
        for name, text in law.files.items():
            target = copy / name
            target.parent.mkdir(exist_ok=True, parents=True)
            target.write_text(text, encoding="utf-8")
        try:
            load_rulebook(copy)
        except DataErrors as error:
            raise DataErrors(
                Problem(workbook, say("law.rulebook_refuses", problem=one.problem), one.wanted)
                for one in error.problems
            ) from None
