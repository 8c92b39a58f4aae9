"""Spoiled workbooks: each fault names its sheet and cell, and nothing is written."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ntm_analysis.cli.app import app
from ntm_analysis.forms import import_file
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import find, write

FIGURES, EVIDENCE, PROFILE = "Số liệu", "Minh chứng", "Thông tin chung"
HOUSES = (FIGURES, "solid_houses", "value")
ROADS = (FIGURES, "commune_roads", "value")
RATE = (FIGURES, "insurance_rate", "value")
FLAG = (FIGURES, "master_plan_in_force", "value")
GRADE = (FIGURES, "disaster_readiness", "value")

# name: (sheet, text in the row, column), what is typed, what the message says
FAULTS = {
    "words in a count": (HOUSES, "nhiều", "số"),
    "a fraction of a house": (HOUSES, 2696.5, "nguyên"),
    "a fraction as text": (HOUSES, "2696,5", "nguyên"),
    "a negative count": (HOUSES, -3, "âm|nhỏ hơn 0"),
    "two numbers in a cell": (HOUSES, "2696 2700", "không phải là một số"),
    "a number with a question mark": (HOUSES, "2696?", "số"),
    "a slash ratio": (HOUSES, "2696/2751", "số"),
    "a formula's error": (HOUSES, "#DIV/0!", "công thức"),
    "another error": (HOUSES, "#REF!", "công thức"),
    "a date in a count": (HOUSES, dt.date(2024, 5, 1), "ngày"),
    "yes in a count": (HOUSES, "có", "số"),
    "a range the wrong way round": (HOUSES, "110-80", "khoảng|nhỏ"),
    "a percentage in a count": (HOUSES, "98%%", "số"),
    "letters for digits": (HOUSES, "26O6", "số"),
    "a number with thousands in an odd place": (HOUSES, "26.96.1", "số"),
    "a part above its whole": (HOUSES, 9999, "lớn hơn"),
    "a negative length": (ROADS, "-8,35", "âm|nhỏ hơn 0"),
    "words in a length": (ROADS, "tám km", "số"),
    "a rate above a hundred": (RATE, 951.8, "100"),
    "a rate above a hundred as text": (RATE, "951,8", "100"),
    "a negative rate": (RATE, "-1", "âm|nhỏ hơn 0"),
    "a number for a flag": (FLAG, 7, "có hoặc không|yes"),
    "words for a flag": (FLAG, "có thể", "yes|có"),
    "an unknown grade": (GRADE, "tuyệt vời", "tốt|good|xếp loại"),
    "a number for a grade": (GRADE, 3, "xếp loại|tốt|good"),
    "a date that is none": ((FIGURES, "commune_roads", "as_of"), "31/02/2024", "ngày|Ngày"),
    "a month for a day": ((FIGURES, "commune_roads", "as_of"), "2024", "ngày|Ngày"),
    "words for a date": ((FIGURES, "commune_roads", "as_of"), "cuối năm", "ngày|Ngày"),
    "an unknown indicator": ((FIGURES, "commune_roads", "indicator"), "99.9", "99.9|chỉ tiêu"),
    "an unknown paper": ((FIGURES, "commune_roads", "source"), "sach:12", "tài liệu|nguồn|sources"),
    "neither yes nor no": ((FIGURES, "commune_roads", "primary"), "chính", "có"),
    "a year of three digits": ((FIGURES, "commune_roads", "year"), "202", "năm|Năm"),
    "an unknown verdict": ((EVIDENCE, "9", "claimed_verdict"), "tốt", "Chọn|chọn|danh sách"),
    "an unknown grade of evidence": ((EVIDENCE, "9", "grade"), "F", "A"),
    "a claim in words": ((EVIDENCE, "9", "claimed_value"), "gần đủ", "số|Gõ"),
    "a date of issue that is none": ((EVIDENCE, "9", "issued_on"), "45/13/2024", "ngày|Ngày"),
    "a validity that is none": ((EVIDENCE, "9", "valid_until"), "mãi mãi", "ngày|Ngày"),
    "no id": ((PROFILE, "id", "value"), "", "mã xã"),
    "an id with accents": ((PROFILE, "id", "value"), "Liêm Cần", "chữ thường|Mã xã"),
    "no name": ((PROFILE, "name", "value"), "", "."),
    "a code of four digits": ((PROFILE, "code", "value"), "1234", "năm chữ số"),
    "an unknown province": ((PROFILE, "province", "value"), "Atlantis", "Atlantis|Hà Nam"),
    "words for the population": ((PROFILE, "population", "value"), "đông", "số"),
    "a period backwards": ((PROFILE, "appraisals.2024.period.from", "value"), "31/12/2024", "."),
    "a day of appraisal that is none": (
        (PROFILE, "appraisals.2024.period.from", "value"), "30/02/2024", "ngày|Ngày",
    ),
    "an unknown status of a condition": (
        (PROFILE, "appraisals.2024.conditions.debt.status", "value"), "ổn", "Chọn|danh sách",
    ),
    "an unknown grade of a condition": (
        (PROFILE, "appraisals.2024.conditions.debt.grade", "value"), "Z", ".",
    ),
    "made up or not": ((PROFILE, "synthetic", "value"), "hơi", "có"),
}  # fmt: skip


def untouched(project) -> bool:
    return not list((project.root / "data").glob("communes/*")) and not list(
        project.root.glob("params/*")
    )


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_fault_is_told_at_its_cell(name, sheets, empty, tmp_path):
    where, typed, says = FAULTS[name]
    cell = find(sheets, *where)
    path = write(tmp_path / "form.xlsx", sheets, {cell: typed})
    with pytest.raises(DataErrors) as caught:
        import_file(empty, path)
    problems = caught.value.problems
    at = [p for p in problems if (p.sheet, p.row) == (cell[0], cell[1] + 1)]
    lost = name == "no name"  # a blank entry has no cell of its own
    assert lost or at, problems
    for problem in at:
        assert problem.file == "form.xlsx"
        assert re.fullmatch("[A-Z]+", problem.column), problem
        assert re.search(says, f"{problem.problem} {problem.wanted}"), problem
        assert "Traceback" not in problem.problem and "pydantic" not in problem.problem
    assert len(problems) <= 3, problems
    assert untouched(empty)


def test_there_are_enough_kinds():
    assert len(FAULTS) >= 45


def test_all_faults_at_once(sheets, empty, tmp_path):
    """In one run, each at its own cell."""
    chosen = ["words in a count", "a rate above a hundred", "an unknown verdict", "no id",
              "words for a date"]  # fmt: skip
    changes = {find(sheets, *FAULTS[name][0]): FAULTS[name][1] for name in chosen}
    path = write(tmp_path / "form.xlsx", sheets, changes)
    with pytest.raises(DataErrors) as caught:
        import_file(empty, path)
    told = {(p.sheet, p.row) for p in caught.value.problems}
    assert {(sheet, row + 1) for sheet, row, _ in changes} <= told


def test_the_command_ends_with_one_and_writes_nothing(sheets, empty, tmp_path, monkeypatch):
    monkeypatch.setenv("NTM_PROJECT", str(empty.root))
    cell = find(sheets, *HOUSES)
    path = write(tmp_path / "form.xlsx", sheets, {cell: "nhiều"})
    result = CliRunner().invoke(app, ["import", str(path)])
    assert result.exit_code == 1
    where = f"dòng “Số căn nhà kiên cố hoặc bán kiên cố” (Số liệu!E{cell[1] + 1})"
    assert f"form.xlsx: {where}" in result.stderr.replace("\n", " ")
    assert untouched(empty)


# What is accepted, and told of ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "typed", "read"),
    [
        (HOUSES, "2.696", 2696.0),
        (HOUSES, "2,696", 2696.0),
        (HOUSES, "2 696 căn", 2696.0),
        (HOUSES, " 2696 ", 2696.0),
        (HOUSES, 2696.0, 2696.0),
        (ROADS, "8,35", 8.35),
        (ROADS, "8,35 km", 8.35),
        (RATE, "95,18 %", 95.18),
        (RATE, "95.18%", 95.18),
        (RATE, "95,18", 95.18),
        (FLAG, "Có", 1.0),
        (FLAG, "CO\u0301", 1.0),
        (FLAG, "x", 1.0),
        (GRADE, "Tốt", 3.0),
    ],
)
def test_unambiguous_writing_is_accepted(where, typed, read, sheets, empty, tmp_path):
    from ntm_analysis.communes import load_case

    cell = find(sheets, *where)
    path = write(tmp_path / "form.xlsx", sheets, {cell: typed})
    import_file(empty, path)
    case = load_case(empty, "liem-can-2024")
    (reading,) = [r for r in case.readings if r.variable == where[1]]
    assert reading.low == reading.high == read


@pytest.mark.parametrize(("typed", "text"), [("> 40", ">40"), ("≥ 40", ">=40"), ("trên 40", ">40"),
                                             ("80 - 90", "80-90"), ("80–90", "80-90")])  # fmt: skip
def test_inequalities_and_ranges(typed, text, sheets, empty, tmp_path):
    from ntm_analysis.communes import load_case

    path = write(tmp_path / "form.xlsx", sheets, {find(sheets, *RATE): typed})
    import_file(empty, path)
    (reading,) = [
        r for r in load_case(empty, "liem-can-2024").readings if r.variable == "insurance_rate"
    ]
    assert reading.text == text


def test_two_seven_five_one_depends_on_the_kind(sheets, empty, tmp_path):
    changes = {find(sheets, *HOUSES): "2.696", find(sheets, *ROADS): "9.123"}
    done = import_file(empty, write(tmp_path / "form.xlsx", sheets, changes))
    told = {written: read for _, written, read in done.conversions}
    assert told["2.696"] == "2696"
    assert "thập phân" in told["9.123"]


def test_a_cell_formatted_as_percent(sheets, empty, tmp_path):
    from ntm_analysis.communes import load_case

    cell = find(sheets, *RATE)
    path = write(tmp_path / "form.xlsx", sheets, {cell: 0.9518}, percent={cell})
    done = import_file(empty, path)
    (reading,) = [
        r for r in load_case(empty, "liem-can-2024").readings if r.variable == "insurance_rate"
    ]
    assert reading.low == 95.18
    assert done.conversions


def test_dates_as_cells_text_and_serial_numbers(sheets, empty, tmp_path):
    from ntm_analysis.communes import load_case

    cell = find(sheets, FIGURES, "commune_roads", "as_of")
    for number, typed in enumerate((dt.date(2024, 6, 30), "30/6/2024", "2024-06-30", 45473)):
        path = write(tmp_path / f"{number}.xlsx", sheets, {cell: typed})
        import_file(empty, path, force=True)
        (reading,) = [
            r for r in load_case(empty, "liem-can-2024").readings if r.variable == "commune_roads"
        ]
        assert reading.as_of == dt.date(2024, 6, 30)


# Existing data, broken files -----------------------------------------------------------------


def test_existing_data_are_kept(sheets, empty, tmp_path):
    path = write(tmp_path / "form.xlsx", sheets, {})
    import_file(empty, path)
    before = (empty.communes / "liem-can" / "figures.csv").read_bytes()
    with pytest.raises(DataErrors, match="--force"):
        import_file(empty, write(tmp_path / "new.xlsx", sheets, {find(sheets, *HOUSES): 2690}))
    assert (empty.communes / "liem-can" / "figures.csv").read_bytes() == before
    done = import_file(
        empty, write(tmp_path / "new.xlsx", sheets, {find(sheets, *HOUSES): 2690}), force=True
    )
    (stored,) = done.stored
    assert stored.kept is not None
    assert (stored.kept / "liem-can" / "figures.csv").read_bytes() == before
    assert (stored.kept / "liem-can-2024.yaml").is_file()
    assert b"2690" in (empty.communes / "liem-can" / "figures.csv").read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b"no workbook"), ("a.xlsx", b""), ("a.docx", b"x"), ("none.xlsx", None),
     ("a.ods", b"PK\x03\x04"), ("a.csv", b"\xff\xfe\x00"), ("a.csv", "màu;giá\nđỏ;3\n".encode())],
)  # fmt: skip
def test_files_that_are_no_forms(name, content, empty, tmp_path):
    path: Path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataErrors) as caught:
        import_file(empty, path)
    assert all(p.file == name and p.wanted for p in caught.value.problems)
    assert untouched(empty)


def test_headings_shifted_and_hidden_keys_lost(sheets, empty, tmp_path):
    """Rows inserted above, the hidden row of keys deleted: the headings still tell."""
    changed = dict(sheets)
    rows = [row for n, row in enumerate(sheets[FIGURES]) if n != 2]
    changed[FIGURES] = [["Ghi chú của tôi"], [], *rows]
    import_file(empty, write(tmp_path / "form.xlsx", changed, {}))
    assert (empty.communes / "liem-can" / "figures.csv").is_file()


def test_a_cell_that_shows_an_error_is_not_taken_for_blank(sheets, empty, tmp_path):
    """What a formula gives is `#DIV/0!`, which is an error and no text."""
    import xlsxwriter

    path = tmp_path / "form.xlsx"
    sheet, row, column = find(sheets, *HOUSES)
    workbook = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        made = workbook.add_worksheet(name)
        for number, cells in enumerate(rows):
            for place, value in enumerate(cells):
                if (name, number, place) == (sheet, row, column):
                    made.write_formula(number, place, "=1/0", None, "#DIV/0!")
                elif isinstance(value, dt.date):
                    made.write_string(number, place, value.isoformat()[:10])
                elif value not in (None, ""):
                    made.write(number, place, value)
    workbook.close()
    with pytest.raises(DataErrors) as caught:
        import_file(empty, path)
    (problem,) = [p for p in caught.value.problems if p.row == row + 1]
    assert (problem.sheet, problem.value) == (sheet, "#DIV/0!")
    assert untouched(empty)
