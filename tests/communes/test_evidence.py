"""Evidence: claims and documents, and every bad cell with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_analysis.communes.evidence import COLUMNS, Evidence, read_evidence
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import Rulebook

HEAD = ",".join((*COLUMNS, "year"))
Read = Callable[..., tuple[list[Evidence], list[Problem]]]
PLAN = "1.1,yes,met,Decision,3249/QĐ-UBND,District,2021-09-10,C,,"


@pytest.fixture
def read(tmp_path: Path, book: Rulebook) -> Read:
    def reader(*lines: str) -> tuple[list[Evidence], list[Problem]]:
        path = tmp_path / "evidence.csv"
        path.write_text("\n".join((HEAD, *lines, "")), encoding="utf-8")
        problems = Collector()
        found = read_evidence(path, "data/evidence.csv", book, ("1.1", "9", "17.8"), problems)
        return found, problems.problems

    return reader


def test_a_row_keeps_all_that_it_says(read: Read):
    (one,), problems = read(PLAN + "2024")
    assert not problems
    assert (one.indicator, one.claimed_value, one.claimed_verdict) == ("1.1", "yes", "met")
    assert (one.document, one.number, one.issuer) == ("Decision", "3249/QĐ-UBND", "District")
    assert (one.issued_on, one.grade, one.year) == (dt.date(2021, 9, 10), "C", 2024)
    assert (one.row, one.note_en, one.document_en) == (2, "", "")


@pytest.mark.parametrize(
    "value", ["", "98", "95.18", ">40", ">=40", "80-110", "no", "good", "pending", "not_applicable"]
)
def test_claims_are_figures_grades_or_nothing(read: Read, value: str):
    (one,), problems = read(f"9,{value},met,,,,,A,,")
    assert not problems and one.claimed_value == value


FAULTS = [
    ("1.11,yes,met,,,,,C,,", "indicator", "1.11", "no indicator", "1.1."),
    ("5.5,yes,met,,,,,C,,", "indicator", "5.5", "no indicator", "For example"),
    (",yes,met,,,,,C,,", "indicator", None, "code is missing", "17.8"),
    ("9,yes,passed,,,,,C,,", "claimed_verdict", "passed", "no verdict", "not_applicable"),
    ("9,about 98,met,,,,,C,,", "claimed_value", "about 98", "is not a value", "column note"),
    ('9,"98,1",met,,,,,C,,', "claimed_value", "98,1", "is not a value", "Perhaps 98.1"),
    ("9,98%,met,,,,,C,,", "claimed_value", "98%", "is not a value", "Perhaps 98 "),
    ("9,98,met,,,,,F,,", "grade", "F", "not valid", "A, B, C, D or E"),
    ("9,98,met,,,,,,,", "grade", None, "not valid", "A, B, C, D or E"),
    ("9,98,met,,,,2021-13-01,C,,", "issued_on", "2021-13-01", "does not exist", "year-month"),
    ("9,98,met,,,,2021,C,,", "issued_on", "2021", "not in the right form", "year-month"),
    ("9,98,met,,,,,C,,20", "year", "20", "not in the right form", "four digits"),
]


@pytest.mark.parametrize(("line", "column", "value", "problem", "wanted"), FAULTS)
def test_each_bad_cell(read: Read, line: str, column, value, problem: str, wanted: str):
    (told,) = read(PLAN, line)[1]
    assert (told.file, told.row) == ("data/evidence.csv", 3)
    assert (told.column, told.value) == (column, value)
    assert problem in told.problem and wanted in f"{told.wanted} "


def test_all_bad_cells_are_told_together(read: Read):
    _, problems = read("99,much,passed,,,,2021-02-30,F,,x", "9,98,met,,,,,Z,,")
    columns = ["claimed_value", "claimed_verdict", "grade", "indicator", "issued_on", "year"]
    assert sorted(p.column or "" for p in problems if p.row == 2) == columns
    assert [p.column for p in problems if p.row == 3] == ["grade"]


def test_an_indicator_may_have_several_documents_but_one_claim(read: Read):
    more = "1.1,,,Map,,,,D,,"
    again = "1.1,yes,met,Map,,,,D,,"
    other = "1.1,no,not_met,Map,,,,D,,"
    assert not read(PLAN, more, again)[1]
    (told,) = read(PLAN, more, other)[1]
    assert (told.row, told.column, told.value) == (4, "claimed_value", "no")
    assert "row 2" in told.problem


def test_claims_of_different_years_may_differ(read: Read):
    assert not read(PLAN + "2023", "1.1,no,not_met,,,,,D,,2024")[1]


@pytest.mark.parametrize(("first", "second"), [("", "2024"), ("2024", ""), ("2024", "2024")])
def test_a_claim_without_a_year_is_made_in_every_year(read: Read, first: str, second: str):
    (told,) = read(PLAN + first, f"1.1,no,not_met,,,,,D,,{second}")[1]
    assert told.row == 3 and "row 2" in told.problem


def test_a_claim_belongs_in_the_first_row(read: Read):
    """The results take the claim of the first row: one further down would be lost."""
    (told,) = read("1.1,,,Map,,,,D,,", PLAN)[1]
    assert told.row == 3 and "first row" in told.wanted
