"""Figures: readings of every kind, and every bad cell with file, row, column and what to do."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_analysis.communes.figures import COLUMNS, Reading, choose, read_figures
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import Rulebook

HEAD = ",".join((*COLUMNS, "year"))
CODES = ("9", "11", "17.8", "17.9", "17.10", "18.1")
Read = Callable[..., tuple[list[Reading], list[Problem]]]
HOUSES = "houses,2751,house,,9,report:151,,,"


@pytest.fixture
def read(tmp_path: Path, book: Rulebook) -> Read:
    """`read(line, ...)`: readings and problems of a table with these lines under its header."""

    def reader(*lines: str) -> tuple[list[Reading], list[Problem]]:
        path = tmp_path / "figures.csv"
        path.write_text("\n".join((HEAD, *lines, "")), encoding="utf-8")
        problems = Collector()
        sources = ("report", "survey")
        readings = read_figures(path, "data/figures.csv", book, CODES, sources, problems)
        return readings, problems.problems

    return reader


def test_a_reading_keeps_all_that_is_said_of_it(read: Read):
    line = "poor_households,33,Household,30/06/2024,11,report:173,Yes,June count,2024"
    (reading,), problems = read(line)
    assert not problems
    assert reading.variable == "poor_households" and reading.exact
    assert (reading.low, reading.high, reading.text) == (33.0, 33.0, "33")
    assert (reading.unit, reading.as_of) == ("household", dt.date(2024, 6, 30))
    assert (reading.indicator, reading.source, reading.primary) == ("11", "report:173", True)
    assert (reading.note, reading.year, reading.row) == ("June count", 2024, 2)


INF = math.inf
VALUES = [
    ("houses,2751,house", (2751, 2751, False, False), True),
    ("houses,0,house", (0, 0, False, False), True),
    ("houses,2751.0,house", (2751, 2751, False, False), True),
    ("insurance_rate,95.18,%", (95.18, 95.18, False, False), True),
    ("insurance_rate,>=100,percent", (100, INF, False, True), False),
    ("insurance_rate,<=0,percent", (-INF, 0, True, False), False),
    ("insurance_rate,>90.72,percent", (90.72, INF, True, True), False),
    ("insurance_rate,< 5,percent", (-INF, 5, True, True), False),
    ("water_per_head,80-110,litre_person_day", (80, 110, False, False), False),
    ("water_per_head,80 – 80,litre_person_day", (80, 80, False, False), True),
    ("free_wifi,yes,yes_no", (1, 1, False, False), True),
    ("free_wifi,Không,có/không", (0, 0, False, False), True),
    ("disaster_readiness,good,grade", (3, 3, False, False), True),
    ("disaster_readiness,Tốt,xếp loại", (3, 3, False, False), True),
]


@pytest.mark.parametrize(("cells", "ends", "exact"), VALUES)
def test_values_of_every_kind(read: Read, cells: str, ends, exact: bool):
    (reading,), problems = read(f"{cells},,,report:1,,,")
    assert not problems
    assert (reading.low, reading.high, reading.low_open, reading.high_open) == ends
    assert (reading.exact, reading.status) == (exact, "number")


@pytest.mark.parametrize("word", ["pending", "not_applicable"])
@pytest.mark.parametrize(
    "cells", ["houses,{},house", "free_wifi,{},yes_no", "disaster_readiness,{},grade"]
)
def test_status_words_are_no_numbers(read: Read, word: str, cells: str):
    (reading,), problems = read(f"{cells.format(word)},,,report:1,,,")
    assert not problems
    assert reading.status == word and not reading.exact
    assert math.isnan(reading.low) and math.isnan(reading.high)


@pytest.mark.parametrize("unit", ["house", "House", "căn nhà", "houses"])
def test_a_unit_goes_by_its_key_or_its_names(read: Read, unit: str):
    assert not read(f"houses,2751,{unit},,9,report:1,,,")[1]


# line, column, value, part of the problem, part of what is wanted
FAULTS = [
    ("house,2751,house,,9,report:1,,,", "variable", "house", "no variable", "houses"),
    ("zzz,2751,house,,9,report:1,,,", "variable", "zzz", "no variable", "For example"),
    (",2751,house,,9,report:1,,,", "variable", None, "name is missing", "variables.yaml"),
    ("houses,,house,,9,report:1,,,", "value", None, "value is missing", "delete the whole row"),
    ("houses,many,house,,9,report:1,,,", "value", "many", "not a number", "whole number"),
    ("houses,-5,house,,9,report:1,,,", "value", "-5", "negative", "0 or more"),
    ("houses,2751.5,house,,9,report:1,,,", "value", "2751.5", "not a whole", "whole number"),
    ("houses,2.751,house,,9,report:1,,,", "value", "2.751", "not a whole", "Perhaps 2751"),
    ('houses,"2,751",house,,9,report:1,,,', "value", "2,751", "not a number", "Perhaps 2751"),
    ("houses,2 751,house,,9,report:1,,,", "value", "2 751", "not a number", "Perhaps 2751"),
    ('houses,"4,5",house,,9,report:1,,,', "value", "4,5", "not a number", "whole number"),
    ("houses,2751 căn,house,,9,report:1,,,", "value", "2751 căn", "not a number", "2751"),
    ("houses,yes,house,,9,report:1,,,", "value", "yes", "not the kind", "whole number"),
    ("houses,1e3,house,,9,report:1,,,", "value", "1e3", "not a number", "whole number"),
    ("houses,n/a,house,,9,report:1,,,", "value", "n/a", "not a number", "whole number"),
    ("houses,nan,house,,9,report:1,,,", "value", "nan", "not a number", "whole number"),
    ('commune_roads,"8,35",km,,,report:1,,,', "value", "8,35", "not a number", "Perhaps 8.35"),
    ("commune_roads,inf,km,,,report:1,,,", "value", "inf", "not a number", "decimal point"),
    ("insurance_rate,100.01,%,,,report:1,,,", "value", "100.01", "above 100%", "from 0 to 100"),
    ("insurance_rate,>100,%,,,report:1,,,", "value", ">100", "above 100%", "from 0 to 100"),
    ("insurance_rate,90-110,%,,,report:1,,,", "value", "90-110", "above 100%", "from 0 to 100"),
    ("insurance_rate,<0,%,,,report:1,,,", "value", "<0", "negative", "from 0 to 100"),
    ("insurance_rate,95%,%,,,report:1,,,", "value", "95%", "not a number", "Perhaps 95 "),
    ("water_per_head,110-80,litre_person_day,,,report:1,,,", "value", "110-80", "lower end", "80-"),
    ("free_wifi,2,yes_no,,,report:1,,,", "value", "2", "not the kind", "yes, no"),
    ("no_food_incident,Không,yes_no,,,report:1,,,", "value", "Không", "two things", "None occur"),
    ("free_wifi,maybe,yes_no,,,report:1,,,", "value", "maybe", "not the kind", "yes, no"),
    ("disaster_readiness,great,grade,,,report:1,,,", "value", "great", "not the kind", "good"),
    ("disaster_readiness,3,grade,,,report:1,,,", "value", "3", "not the kind", "good"),
    ("houses,2751,km,,9,report:1,,,", "unit", "km", "not that of", "house"),
    ("houses,2751,,,9,report:1,,,", "unit", None, "unit is missing", "house"),
    (
        "houses,2751,house,2024-02-30,9,report:1,,,",
        "as_of",
        "2024-02-30",
        "not exist",
        "year-month",
    ),
    ("houses,2751,house,June 2024,9,report:1,,,", "as_of", "June 2024", "not exist", "year-"),
    ("houses,2751,house,,17.80,report:1,,,", "indicator", "17.80", "no indicator", "17.8,"),
    ("houses,2751,house,,9,,,,", "source", None, "source is missing", "report:151"),
    ("houses,2751,house,,9,letter:1,,,", "source", "letter:1", "not listed", "report, survey"),
    (
        "houses,2751,house,,9,report:1,maybe,,",
        "primary",
        "maybe",
        "yes, possible or nothing",
        "Write yes",
    ),
    ("houses,2751,house,,9,report:1,,,24", "year", "24", "year is not", "four digits"),
]


@pytest.mark.parametrize(("line", "column", "value", "problem", "wanted"), FAULTS)
def test_each_bad_cell(read: Read, line: str, column, value, problem: str, wanted: str):
    readings, problems = read("deaths,36,person,,17.10,report:289,,,", line)
    (told,) = problems
    assert (told.file, told.row, told.column, told.value) == ("data/figures.csv", 3, column, value)
    assert problem in told.problem
    assert wanted in f"{told.wanted} "
    assert [reading.variable for reading in readings] == ["deaths"]  # the bad row is left out


def test_every_fault_of_every_row_is_told_together(read: Read):
    readings, problems = read(
        "house,many,km,2024-02-30,99,,maybe,,24",
        "houses,-1,km,,9,report:1,,,",
        HOUSES,
    )
    assert len(readings) == 1
    places = [(p.row, p.column) for p in sorted(problems, key=lambda p: (p.row, p.column))]
    first = ["as_of", "indicator", "primary", "source", "variable", "year"]
    assert places == [(2, column) for column in first] + [(3, "unit"), (3, "value")]


# lines under the header, then row and part of the message of each problem
PRIMARIES = [
    ([HOUSES], []),
    ([HOUSES, "houses,2751,house,,,report:75,,,"], []),  # another indicator: no conflict
    (["houses,1,house,,9,report:1,yes,,", "houses,2,house,,9,report:2,,,"], []),
    (
        ["houses,1,house,,9,report:1,yes,,", "houses,2,house,,9,report:2,yes,,"],
        [(3, "two primary figures under one indicator (the other in row 2)")],
    ),
    (
        ["houses,1,house,,9,report:1,,,", "houses,2,house,,9,report:2,,,"],
        [(3, "several figures (one in row 2), and none is marked")],
    ),
    ([HOUSES, HOUSES], [(3, "none is marked")]),  # identical twins too
    ([HOUSES.replace("151,", "151,yes"), HOUSES], []),
    (["houses,1,house,,9,report:1,,,2023", "houses,2,house,,9,report:2,,,2024"], []),
    (["houses,1,house,,9,report:1,,,", "houses,2,house,,9,report:2,,,2024"], [(3, "none is")]),
    (
        ["houses,1,house,,9,report:1,yes,,", "houses,2,house,,9,report:2,yes,,2024"],
        [(3, "two primary figures")],
    ),
    (["houses,1,house,,9,report:1,yes,,"] * 3, [(3, "two primary"), (4, "two primary")]),
]


@pytest.mark.parametrize(("lines", "told"), PRIMARIES)
def test_one_reading_of_several_is_primary(read: Read, lines: list[str], told):
    readings, problems = read(*lines)
    assert len(readings) == len(lines)
    assert [(p.row, p.column) for p in problems] == [(row, "primary") for row, _ in told]
    for problem, (_, words) in zip(problems, told, strict=True):
        assert words in problem.problem and "yes" in problem.wanted


def test_without_a_criteria_set_no_indicator_is_blamed(tmp_path: Path, book: Rulebook):
    path = tmp_path / "figures.csv"
    path.write_text(f"{HEAD}\n{HOUSES.replace(',9,', ',99,')}\n", encoding="utf-8")
    problems = Collector()
    assert read_figures(path, "figures.csv", book, None, (), problems)
    assert problems.problems == []


def test_an_indicator_takes_its_own_reading_then_the_general_one(read: Read):
    readings, problems = read(
        "households,2692,household,,,report:172,yes,,",
        "households,2700,household,,,report:173,,,",
        "households,2751,household,,9,report:75,,,",
        "poor_households,34,household,,11,report:173,,,",
        "poor_households,33,household,,11,report:173,yes,,",
        "houses,2663,house,,18.1,report:309,,,",
    )
    assert not problems
    texts = [
        reading and reading.text
        for reading in (
            choose(readings, "households", "9"),
            choose(readings, "households", "11"),
            choose(readings, "poor_households", "11"),
            choose(readings, "poor_households", "9"),
            choose(readings, "houses", "9"),
        )
    ]
    assert texts == ["2751", "2692", "33", None, None]


def test_the_same_value_written_in_two_ways_is_one_value(read: Read):
    readings, _ = read(
        "commune_roads,8.35,km,,,report:1,yes,,",
        "commune_roads,8.350,km,,,report:2,,,",
        "commune_roads,>8.35,km,,,report:3,,,",
        "commune_roads,pending,km,,,report:4,,,",
    )
    keys = [reading.value_key for reading in readings]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@pytest.mark.parametrize(("lang", "words"), [("vi", "là số âm"), ("en", "is negative")])
def test_messages_are_in_the_users_language(read: Read, monkeypatch, lang: str, words: str):
    monkeypatch.setenv("NTM_LANG", lang)
    (problem,) = read("houses,-5,house,,9,report:1,,,")[1]
    assert words in problem.problem


def test_a_possible_figure_stands_beside_a_stated_one(read: Read):
    stated = "poor_households_unable,14,household,,11,report:176,yes,,"
    possible = "poor_households_unable,13,household,,11,report:173,possible,,"
    readings, problems = read(possible, stated)
    assert not problems
    assert [(one.text, one.possible) for one in readings] == [("13", True), ("14", False)]
    assert choose(readings, "poor_households_unable", "11") == readings[1]
    _, (problem,) = read(possible)
    assert (problem.row, problem.column, problem.value) == (2, "primary", "possible")
    assert "none that the papers state" in problem.problem
