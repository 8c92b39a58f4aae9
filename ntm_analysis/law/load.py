"""The law workbook in: every fault with its sheet and cell, then a province's file."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from ntm_analysis.language import LANGUAGES, say, translate
from ntm_analysis.law.draft import read_annex
from ntm_analysis.law.limbs import Printer
from ntm_analysis.law.names import Names
from ntm_analysis.law.reading import DELEGATED
from ntm_analysis.law.values import read_value
from ntm_analysis.law.workbook import DIVIDER, FIELDS
from ntm_analysis.localities import province_in
from ntm_analysis.numbers import parse_date
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook import Indicator, Limb, Rulebook, load_rulebook, parse_requirement
from ntm_analysis.rulebook.fit import misfit
from ntm_analysis.rulebook.requirement import RequirementError
from ntm_analysis.spelling import bare_name, fold, slug

_NEEDED: Final = ("set", "place", "decision", "from", "source")
_UNKNOWN: Final = frozenset({"unknown", "chua biet", "chua ro"})
_NOT_APPLIED: Final = re.compile(r"^(?:khong ap dung|not applied|does not apply)\b")
_SURE: Final = "sure"


@dataclass(frozen=True, slots=True)
class Law:
    """A province's file as read from a workbook.

    Attributes
    ----------
    set_key : str
    name : str
        Of the file.
    content : dict
        What the file holds.
    verified, unknown : int
        How many requirements a second person checked, and how many are not known.
    """

    set_key: str
    name: str
    content: dict[str, Any]
    verified: int
    unknown: int


@dataclass
class _Read:
    thresholds: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    faulty: set[tuple[str, str]] = field(default_factory=set)
    checked: int = 0
    count: int = 0


def read_law(path: Path, book: Rulebook, division: str | None) -> Law:
    """Return the province's file that a filled-in workbook makes.

    Parameters
    ----------
    path : pathlib.Path
    book : Rulebook
    division : str or None
        The region, zone or group to take, where there are several.

    Raises
    ------
    DataErrors
        With every fault, its sheet, row and column.
    """
    problems = Collector()
    sheets = _sheets(path)
    about_sheet = _sheet(sheets, "law.about", path, problems)
    table_sheet = _sheet(sheets, "law.sheet", path, problems)
    problems.raise_if_any()
    about = _about(path, about_sheet, book, problems)
    header = table_sheet[1].get(1, {})
    columns = _columns(path, table_sheet[0], header, division, problems)
    problems.raise_if_any()
    read = _rows(path, table_sheet, columns, about, book, problems)
    _fill_limbs(path, table_sheet[0], read, book.sets[about["set"]].indicators, problems)
    if not problems.problems and not read.thresholds:
        told = say("law.no_requirement")
        problems.add(Problem(path.name, told, say("law.no_requirement_wanted"), table_sheet[0]))
    problems.raise_if_any()
    return _law(about, read, book)


Sheet = tuple[str, dict[int, dict[int, str]]]


def _sheets(path: Path) -> dict[str, dict[int, dict[int, str]]]:
    document = read_annex(path)
    found: dict[str, dict[int, dict[int, str]]] = {}
    name = ""
    for block in document.blocks:
        if not block.table:
            name = block.text
            found[name] = {}
            continue
        found[name][block.number] = {cell.column: cell.text.strip() for cell in block.cells}
    return found


def _sheet(
    sheets: Mapping[str, dict[int, dict[int, str]]], key: str, path: Path, problems: Collector
) -> Sheet:
    for lang in LANGUAGES:
        name = translate(key, lang)
        if name in sheets:
            return name, sheets[name]
    told = say("law.no_sheet", sheet=say(key))
    problems.add(Problem(path.name, told, say("law.no_sheet_wanted")))
    return "", {}


def _about(path: Path, sheet: Sheet, book: Rulebook, problems: Collector) -> dict[str, Any]:
    labels = {translate(f"law.fields.{key}", lang): key for key in FIELDS for lang in LANGUAGES}
    found: dict[str, Any] = {}
    where: dict[str, int] = {}
    for row, cells in sheet[1].items():
        key = labels.get(cells.get(0, ""))
        if key:
            found[key], where[key] = cells.get(1, ""), row

    def problem(key: str, told: str, wanted: str) -> None:
        problems.add(
            Problem(path.name, told, wanted, sheet[0], where.get(key), "B", found.get(key) or None)
        )

    for key in _NEEDED:
        if not found.get(key):
            field_name = say(f"law.fields.{key}")
            problem(
                key, say("law.about_missing", field=field_name), say("law.about_missing_wanted")
            )
    for key in ("date", "from", "until"):
        if found.get(key):
            try:
                found[key] = parse_date(found[key])
            except ValueError:
                problem(key, say("figures.date"), say("law.date_wanted"))
    if found.get("set") and found["set"] not in book.sets:
        wanted = say("case.set_wanted", sets=", ".join(book.sets))
        problem("set", say("law.set_differs", set=found["set"]), wanted)
    return found


def _columns(
    path: Path, sheet: str, header: Mapping[int, str], division: str | None, problems: Collector
) -> dict[str, int]:
    labels = {
        translate(f"law.columns.{key}", lang): key
        for key in ("code", "limb", "requires", "sure", "why", "checked_by", "checked_on")
        for lang in LANGUAGES
    }
    found: dict[str, int] = {}
    divided: dict[str, dict[str, int]] = {}
    for column, text in header.items():
        word, _, label = text.partition(DIVIDER)
        key = labels.get(word)
        if key in ("requires", "sure", "why"):
            divided.setdefault(label, {})[key] = column
        elif key:
            found[key] = column
    chosen = next(iter(divided), "") if len(divided) == 1 else division
    if chosen not in divided:
        names = ", ".join(label or "–" for label in divided)
        told, wanted = say("law.divisions", names=names), say("law.divisions_wanted")
        problems.add(Problem(path.name, told, wanted, sheet))
        return found
    found |= divided[chosen]
    for key in ("code", "limb", "requires", "checked_by", "checked_on"):
        if key not in found:
            told = say("law.no_column", column=say(f"law.columns.{key}"))
            problems.add(Problem(path.name, told, say("law.no_sheet_wanted"), sheet, 1))
    return found


def _rows(
    path: Path, sheet: Sheet, columns: Mapping[str, int], about: Mapping[str, Any],
    book: Rulebook, problems: Collector,
) -> _Read:  # fmt: skip
    loaded = book.sets[about["set"]]
    printer = Printer(Names(loaded), book.units, book.variables)
    read = _Read()
    people = {word for lang in LANGUAGES for word in [translate("law.sure.person", lang)]}
    for row, cells in sheet[1].items():
        texts = {key: cells.get(column, "") for key, column in columns.items()}

        def problem(key: str, told: str, wanted: str, row: int = row,
                    texts: Mapping[str, str] = texts) -> None:  # fmt: skip
            letter = say(f"law.columns.{key}")
            problems.add(
                Problem(path.name, told, wanted, sheet[0], row, letter, texts.get(key) or None)
            )

        code, text = texts["code"].replace(",", "."), texts["requires"]
        if row == 1 or (not code and not text):
            continue
        indicator = loaded.indicators.get(code)
        if indicator is None:
            problem("code", say("law.code_unknown", code=code), say("law.code_unknown_wanted"))
            continue
        limbs = {limb.key: limb for limb in indicator.limbs}
        limb = limbs.get(texts["limb"] or "own")
        if limb is None:
            told = say("law.limb_unknown", code=code, limb=texts["limb"])
            problem("limb", told, say("law.limb_unknown_wanted", limbs=", ".join(limbs)))
            continue
        if (code, limb.key) in read.rows:
            problem("code", say("law.twice", code=code, limb=limb.key), say("law.twice_wanted"))
            continue
        read.rows[code, limb.key] = row
        checked = _checked(texts, about, problem)
        if not text:
            continue
        if _NOT_APPLIED.match(fold(text)):
            read.left_out.add(code)
            continue
        doubtful = texts.get("sure") in people and fold(text).strip() not in _UNKNOWN
        if doubtful and not texts["checked_by"]:
            told = say("law.doubtful", why=texts.get("why", ""))
            problem("requires", told, say("law.doubtful_wanted"))
            read.faulty.add((code, limb.key))
            continue
        requires, why = requirement_of(text, indicator, limb, printer)
        wrong = misfit(requires, limb, (loaded.about.key, code), book.variables, book.sets) if (
            requires and requires != DELEGATED) else None  # fmt: skip
        if not requires or wrong:
            read.faulty.add((code, limb.key))
        if not requires:
            problem("requires", say("law.unread", text=text, why=why), say("law.unread_wanted"))
        elif wrong:
            problem("requires", *wrong)
        else:
            known = "unknown" if requires == DELEGATED else requires
            read.thresholds.setdefault(code, {})[limb.key] = known
            read.count += 1
            read.checked += checked
    return read


def _fill_limbs(
    path: Path, sheet: str, read: _Read, indicators: Mapping[str, Indicator], problems: Collector
) -> None:
    """Let a value of the whole indicator hold for limbs worded alike; note others left blank."""
    for code, given in read.thresholds.items():
        indicator = indicators[code]
        own = given.get(indicator.own.key)
        for limb in indicator.limbs:
            if limb.key in given or (code, limb.key) in read.faulty:
                continue
            if own is not None and limb.same_requirement:
                given[limb.key] = own
                continue
            row = read.rows.get((code, limb.key)) or min(
                row for (of, _), row in read.rows.items() if of == code
            )
            told = say("law.limb_blank", code=code, limb=limb.key)
            wanted, column = say("law.limb_blank_wanted"), say("law.columns.requires")
            problems.add(Problem(path.name, told, wanted, sheet, row, column))


def _checked(texts: Mapping[str, str], about: Mapping[str, Any], problem: Any) -> bool:
    """Whether a second person checked a row."""
    by, on = texts["checked_by"], texts["checked_on"]
    if not by and not on:
        return False
    if not by or not on:
        problem("checked_on", say("law.checked_half"), say("law.checked_half_wanted"))
        return False
    try:
        parse_date(on)
    except ValueError:
        problem("checked_on", say("figures.date"), say("law.date_wanted"))
        return False
    if fold(by) == fold(str(about.get("entered_by", ""))):
        problem("checked_by", say("law.checked_self"), say("law.checked_self_wanted"))
        return False
    return True


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
        return "", "; ".join(map(str, reading.why))
    return requirement.text, ""


def _law(about: Mapping[str, Any], read: _Read, book: Rulebook) -> Law:
    place = bare_name(str(about["place"]), "province")
    number = str(about["decision"])
    key = f"{number}@{slug(place)}"
    indicators = book.sets[about["set"]].indicators
    thresholds: dict[str, Any] = {}
    for code, limbs in read.thresholds.items():
        every = {limb.key: limbs[limb.key] for limb in indicators[code].limbs}
        thresholds[code] = every if len(every) > 1 else next(iter(every.values()))
    unknown = sum(
        value == "unknown"
        for one in thresholds.values()
        for value in (one.values() if isinstance(one, dict) else [one])
    )
    content: dict[str, Any] = {"place": place, "decision": key}
    if key not in book.decisions:
        known = book.provinces.get(place)
        kind = known.kind if known else "tỉnh"
        issuer = {"vi": f"Ủy ban nhân dân {province_in(place, 'vi', kind)}",
                  "en": f"People's Committee of {province_in(place, 'en', kind)}"}  # fmt: skip
        name = book.sets[about["set"]].about.name
        title = {"vi": f"Ban hành {name.vi}", "en": f"Issuing: {name.en}"}
        decision = {"number": number, "place": place, "issuer": issuer, "title": title,
                    "source": about["source"]}  # fmt: skip
        if isinstance(about.get("date"), dt.date):
            decision["date"] = about["date"]
        content["decisions"] = {key: decision}
    content["from"] = about["from"]
    if about.get("until"):
        content["until"] = about["until"]
    if gone := sorted(read.left_out - set(thresholds)):
        content["except"] = gone
    content |= {"thresholds": thresholds, "source": about["source"],
                "verified": bool(read.count) and read.checked == read.count}  # fmt: skip
    file = f"{slug(place)}-{about['from'].isoformat()}.yaml"
    return Law(about["set"], file, content, read.checked, unknown)


def law_text(law: Law) -> str:
    """Return the file's text."""
    return yaml.safe_dump(law.content, allow_unicode=True, sort_keys=False, width=100)


def try_law(law: Law, folder: Path, workbook: str) -> None:
    """Load the whole rulebook with the new file, in a copy.

    Raises
    ------
    DataErrors
        If the rulebook would refuse it.
    """
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "rulebook"
        shutil.copytree(folder, copy)
        target = copy / law.set_key / "provinces" / law.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(law_text(law), encoding="utf-8")
        try:
            load_rulebook(copy)
        except DataErrors as error:
            raise DataErrors(
                Problem(workbook, say("law.rulebook_refuses", problem=one.problem), one.wanted)
                for one in error.problems
            ) from None
