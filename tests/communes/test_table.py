"""CSV tables as people save them, and what is told of those that cannot be read."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ntm_analysis.communes.table import Row, read_table
from ntm_analysis.problems import Collector, Problem

REQUIRED, OPTIONAL = ("variable", "value", "note"), ("year",)
HEAD = "variable,value,note\n"


def read(tmp_path: Path, content: str | bytes) -> tuple[list[Row], list[Problem]]:
    path = tmp_path / "figures.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    problems = Collector()
    rows = read_table(path, "data/figures.csv", REQUIRED, OPTIONAL, problems)
    assert all(p.file == "data/figures.csv" and p.wanted for p in problems.problems)
    return rows, problems.problems


def test_rows_have_the_numbers_that_a_spreadsheet_shows(tmp_path: Path):
    rows, problems = read(tmp_path, HEAD + 'a,1,"two\nlines"\n\n,,\nb,2,\n')
    assert not problems
    assert [(row.number, row["variable"], row["note"]) for row in rows] == [
        (2, "a", "two\nlines"),
        (5, "b", ""),
    ]
    assert rows[0]["no such column"] == ""


SAME = [
    HEAD + 'a,1,"x, y"\n',
    HEAD.replace(",", ";") + 'a;1;"x, y"\n',
    HEAD.replace(",", "\t") + "a\t1\tx, y\n",
    "\ufeff" + HEAD + 'a,1,"x, y"\n',
    HEAD.replace("\n", "\r\n") + 'a,1,"x, y"\r\n',
    "Variable , VALUE,note\n" + ' a ,\u00a01,"x,\u00a0y"\n',
    "sep=;\n" + HEAD.replace(",", ";") + 'a;1;"x, y"\n',
    "\n\n" + HEAD + 'a,1,"x, y"\n',
    HEAD.replace("\n", ",,\n") + 'a,1,"x, y",,\n',
    HEAD + 'a,1,"x, y",,,\n',
    "note,variable,value\n" + '"x, y",a,1\n',
]


@pytest.mark.parametrize("content", SAME)
def test_what_programs_write_differently_reads_the_same(tmp_path: Path, content: str):
    rows, problems = read(tmp_path, content)
    assert not problems
    assert [row.cells for row in rows] == [{"variable": "a", "value": "1", "note": "x, y"}]


def test_text_becomes_nfc(tmp_path: Path):
    text = unicodedata.normalize("NFD", "xã Liêm Cần")
    rows, _ = read(tmp_path, f"{HEAD}a,1,{text}\n")
    assert rows[0]["note"] == "xã Liêm Cần"


# content, then of each problem the row, the column and part of the message
FAULTS = [
    ("", [(1, None, "empty")]),
    ("\n \n", [(1, None, "empty")]),
    ("variable,value\na,1\n", [(1, "note", "“note” is missing")]),
    ("variable;value\n", [(1, "note", "missing")]),
    ("a,b\n1,2\n", [(1, c, "missing") for c in REQUIRED] + [(1, c, "no column") for c in "ab"]),
    ("variable,value,note,colour\na,1,,red\n", [(1, "colour", "no column named “colour”")]),
    ("variable,value,note,note\na,1,,\n", [(1, "note", "stands twice")] * 2),
    ("variable,,value,note\na,,1,\n", [(1, None, "without a name")]),
    (HEAD + "a,1\nb,2,\n", [(2, None, "This row has 2 cells, the header has 3")]),
    (HEAD + "a,1,x, y\nb,2,\n", [(2, None, "4 cells")]),
    (HEAD + "a,1\nb,2\n", [(2, None, "Every row has 2 cells, the header has 3")]),
    (HEAD + 'a,1,"open\nb,2,\nc,3,\n', [(2, None, "broken near this row")]),
    (HEAD + 'a,1,"x"y\nb,2,\n', [(2, None, "broken near this row")]),
    (HEAD + "a,1,\n" + 'b,2,"x"y\n', [(3, None, "broken near this row")]),
]


@pytest.mark.parametrize(("content", "told"), FAULTS)
def test_each_fault_is_told_with_its_row(tmp_path: Path, content: str, told):
    _, problems = read(tmp_path, content)
    assert [(p.row, p.column) for p in problems] == [(row, column) for row, column, _ in told]
    for problem, (_, _, words) in zip(problems, told, strict=True):
        assert words in problem.problem


def test_rows_that_can_be_read_are_read_beside_those_that_cannot(tmp_path: Path):
    rows, problems = read(tmp_path, HEAD + "a,1\nb,2,\nc,3,x,y\nd,4,\n")
    assert [row["variable"] for row in rows] == ["b", "d"]
    assert [p.row for p in problems] == [2, 4]


def test_the_line_that_tells_excel_the_delimiter_is_counted(tmp_path: Path):
    rows, _ = read(tmp_path, "sep=;\nvariable;value;note\na;1;\n")
    assert [row.number for row in rows] == [3]


def test_without_a_required_column_no_row_is_blamed(tmp_path: Path):
    rows, problems = read(tmp_path, "variable,value\n" + "a,1\n" * 50)
    assert rows == [] and len(problems) == 1


def test_a_quotation_mark_within_text_is_text(tmp_path: Path):
    rows, problems = read(tmp_path, HEAD + 'a,1,6" pipe\nb,2,"say ""yes"""\n')
    assert not problems
    assert [row["note"] for row in rows] == ['6" pipe', 'say "yes"']


@pytest.mark.parametrize("content", [HEAD.encode("utf-16"), b"PK\x03\x04\xff\xfe", b"h\xf4n\n"])
def test_a_file_that_is_no_utf8(tmp_path: Path, content: bytes):
    _, problems = read(tmp_path, content)
    (problem,) = problems
    assert "UTF-8" in problem.problem and "CSV UTF-8" in problem.wanted


def test_a_missing_table_and_a_folder(tmp_path: Path):
    problems = Collector()
    assert read_table(tmp_path / "none.csv", "none.csv", REQUIRED, (), problems) == []
    assert read_table(tmp_path, "folder", REQUIRED, (), problems) == []
    assert [p.file for p in problems.problems] == ["none.csv", "folder"]


def test_a_problem_with_a_cell_names_it():
    row = Row("form.xlsx", 7, {"value": "x", "note": ""}, sheet="Figures")
    problem = row.problem("value", "Wrong.", "Mend it.")
    assert (problem.sheet, problem.row, problem.column, problem.value) == (
        "Figures",
        7,
        "value",
        "x",
    )
    assert row.problem("note", "Empty.", "Fill it.").value is None
