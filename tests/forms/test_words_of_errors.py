"""Errors speak of the workbook: rows by their names, sheets and cells, and all of them at once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from typer.testing import CliRunner

from ntm_analysis.cli.app import app
from ntm_analysis.forms import import_file
from ntm_analysis.forms.bundle import named_soundly
from ntm_analysis.forms.tables import Form
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import find, write
from tests.forms.test_spoiled import FAULTS, untouched

DECISIONS, REQUESTS, FACTS, TARGETS = (
    "Kết luận thẩm tra", "Yêu cầu giải trình", "Việc đã làm", "Mục tiêu",
)  # fmt: skip
FIGURES, EVIDENCE, PROFILE = "Số liệu", "Minh chứng", "Thông tin chung"
# What no one who fills in a workbook has ever seen.
LEAK = re.compile(
    r"\.ya?ml|\.csv|params/|data/rulebook|appraisals|YAML|schema|\b[a-z]+_[a-z_]+\b|\[\d\]|[a-z]\.vi"
)
DECIDED = {"decision": "Chưa đạt", "by": "Trần Thị B", "on": "25/11/2024", "reason": "Thiếu"}
ASKED = {"id": "1.1", "round": 1, "to": "UBND xã", "indicator": "9", "finding": "S03",
         "asked_on": "22/11/2024", "state": "đã hỏi"}  # fmt: skip
DONE = {"indicator": "6.2", "kind": "hoạt động", "text": "phục dựng lễ hội", "source": "report:1"}

# name: (the row as it is, what is changed in it, the column told, words of the message)
DECISION_FAULTS = {
    "no conclusion": ({}, {"decision": ""}, "decision", "Chưa ghi kết luận"),
    "a conclusion in other words": ({}, {"decision": "ok"}, "decision", "danh sách"),
    "nobody": ({}, {"by": ""}, "by", "tên người"),
    "no day": ({}, {"on": ""}, "on", "ngày"),
    "a day that is none": ({}, {"on": "31/11/2024"}, "on", "ngày|Ngày"),
    "a day before the appraisal": ({}, {"on": "01/02/2024"}, "on", "ngoài thời gian"),
    "a round in words": ({}, {"round": "hai"}, "round", "đợt|Đợt"),
    "no reason": ({}, {"reason": ""}, "reason", "không nêu lý do"),
    "two lines for a day": ({}, {"on": "25/11\n2024"}, "on", "nhiều dòng"),
}
REQUEST_FAULTS = {
    "no id": ({}, {"id": ""}, "id", "mã"),
    "nobody asked": ({}, {"to": ""}, "to", "nơi trả lời"),
    "a body that is none": ({}, {"to": "hàng xóm"}, "to", "danh sách"),
    "an unknown check": ({}, {"finding": "S99"}, "finding", "S99"),
    "an unknown indicator": ({}, {"indicator": "99.1"}, "indicator", "99.1"),
    "due before it is asked": ({}, {"due_on": "01/11/2024"}, "due_on", "trước ngày hỏi"),
    "answered without an answer": ({}, {"state": "đã trả lời"}, "answer", "trả lời"),
    "a round of nought": ({}, {"round": 0}, "round", "đợt|Đợt"),
    "no state": ({}, {"state": ""}, "state", "tình trạng"),
}
FACT_FAULTS = {
    "a kind that is none": ({}, {"kind": "khác"}, "kind", "danh sách"),
    "an amount without a unit": ({}, {"amount": 3}, "unit", "Đơn vị"),
    "a unit that is none": ({}, {"amount": 3, "unit": "gang tay"}, "unit", "gang tay"),
    "no words": ({}, {"text": ""}, "text", "nội dung"),
    "a paper that is not declared": ({}, {"source": "so-tay:3"}, "source", "khai"),
}


def row_of(sheets, sheet: str, row: int, cells: dict) -> dict:
    """Return the changes that fill in a row of a sheet."""
    marks = [str(mark).removeprefix("ntm:") for mark in sheets[sheet][2]]
    return {(sheet, row, marks.index(key)): value for key, value in cells.items()}


def free(sheets, sheet: str) -> int:
    """Return the first row below all that is there."""
    return len(sheets[sheet]) + 1


def told(empty, path, sheet: str, row: int):
    with pytest.raises(DataErrors) as caught:
        import_file(empty, path)
    assert untouched(empty)
    return [p for p in caught.value.problems if (p.sheet, p.row) == (sheet, row + 1)]


@pytest.mark.parametrize("name", list(DECISION_FAULTS))
def test_a_fault_of_a_decision(name, sheets, empty, tmp_path):
    own, changed, column, says = DECISION_FAULTS[name]
    row = find(sheets, DECISIONS, "9", "decision")[1]
    cells = row_of(sheets, DECISIONS, row, {**DECIDED, **own, **changed})
    (problem,) = told(empty, write(tmp_path / "a.xlsx", sheets, cells), DECISIONS, row)
    assert column_of(sheets, DECISIONS, column) == problem.column
    assert problem.label.startswith("9 ")
    assert re.search(says, f"{problem.problem} {problem.wanted}"), problem


@pytest.mark.parametrize("name", list(REQUEST_FAULTS))
def test_a_fault_of_a_request(name, sheets, empty, tmp_path):
    own, changed, column, says = REQUEST_FAULTS[name]
    row = free(sheets, REQUESTS)
    cells = row_of(sheets, REQUESTS, row, {**ASKED, **own, **changed})
    problems = told(empty, write(tmp_path / "a.xlsx", sheets, cells), REQUESTS, row)
    assert any(column_of(sheets, REQUESTS, column) == p.column for p in problems), problems
    assert any(re.search(says, f"{p.problem} {p.wanted}") for p in problems), problems


@pytest.mark.parametrize("name", list(FACT_FAULTS))
def test_a_fault_of_what_was_done(name, sheets, empty, tmp_path):
    own, changed, column, says = FACT_FAULTS[name]
    row = free(sheets, FACTS)
    cells = row_of(sheets, FACTS, row, {**DONE, **own, **changed})
    problems = told(empty, write(tmp_path / "a.xlsx", sheets, cells), FACTS, row)
    assert any(column_of(sheets, FACTS, column) == p.column for p in problems), problems
    assert any(re.search(says, f"{p.problem} {p.wanted}") for p in problems), problems


def column_of(sheets, sheet: str, key: str) -> str:
    return chr(65 + sheets[sheet][2].index(f"ntm:{key}"))


def test_a_decision_twice_names_the_other_row(sheets, empty, tmp_path):
    row, below = find(sheets, DECISIONS, "9", "decision")[1], free(sheets, DECISIONS)
    cells = row_of(sheets, DECISIONS, row, DECIDED)
    cells |= row_of(sheets, DECISIONS, below, {**DECIDED, "_subject": "9"})
    (problem,) = told(empty, write(tmp_path / "a.xlsx", sheets, cells), DECISIONS, below)
    assert f"{DECISIONS}!B{row + 1}" in problem.problem


def test_a_part_above_its_whole_names_both_rows(sheets, empty, tmp_path):
    part = find(sheets, FIGURES, "solid_houses", "value")
    whole = find(sheets, FIGURES, "houses", "value")
    path = write(tmp_path / "a.xlsx", sheets, {part: 2697, whole: 2696})
    (problem,) = told(empty, path, FIGURES, part[1])
    assert "Số căn nhà kiên cố" in problem.problem
    assert f"({FIGURES}!E{whole[1] + 1})" in problem.problem


@pytest.mark.parametrize(
    ("lang", "variable", "typed", "shown"),
    [("vi", "solid_houses", 2696.5, "2696,5"), ("en", "solid_houses", 2696.5, "2696.5"),
     ("vi", "insurance_rate", 951.8, "951,8"), ("en", "insurance_rate", "951.8", "951.8"),
     ("vi", "insurance_rate", "0,965", "0,965%"), ("en", "insurance_rate", 0.965, "96.5%")],
)  # fmt: skip
def test_numbers_are_written_as_the_person_writes_them(
    lang, variable, typed, shown, sheets, empty, tmp_path, monkeypatch
):
    monkeypatch.setenv("NTM_LANG", lang)
    where = find(sheets, FIGURES, variable, "value")
    (problem,) = told(empty, write(tmp_path / "a.xlsx", sheets, {where: typed}), *where[:2])
    text = f"{problem.problem} {problem.wanted} {problem.value}"
    assert shown in text
    wrong = shown.replace(",", ".") if lang == "vi" else shown.replace(".", ",")
    assert wrong not in text


SPREAD = {
    (PROFILE, "code", "value"): "1234",
    (PROFILE, "name", "value"): "",
    (PROFILE, "appraisals.2024.period.from", "value"): "31/12/2024",
    (PROFILE, "appraisals.2024.conditions.debt.grade", "value"): "Z",
    (FIGURES, "solid_houses", "value"): 9999,
    (FIGURES, "commune_roads", "source"): "sach:12",
    (FIGURES, "insurance_rate", "value"): 951.8,
    (EVIDENCE, "9", "issued_on"): "45/13/2024",
    (EVIDENCE, "10", "claimed_value"): "0.985%",
    (EVIDENCE, "11", "confirmed_by"): "Sở Lao động",
}


def test_one_round_shows_every_fault(sheets, empty, tmp_path):
    """Cells, entries of the profile, rows against rows, and decisions against the assessment."""
    changes = {find(sheets, *where): typed for where, typed in SPREAD.items()}
    decided = find(sheets, DECISIONS, "16.1", "decision")[1]
    changes |= row_of(sheets, DECISIONS, decided, {**DECIDED, "reason": ""})
    asked, target = free(sheets, REQUESTS), free(sheets, TARGETS)
    changes |= row_of(sheets, REQUESTS, asked, {**ASKED, "indicator": "99.1"})
    changes |= row_of(sheets, TARGETS, target, {"name.vi": "Mục tiêu", "requires": "≥ 96"})
    with pytest.raises(DataErrors) as caught:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, changes))
    at = {(p.sheet, p.row) for p in caught.value.problems}
    expected = {(sheet, row + 1) for sheet, row, _ in changes}
    assert expected <= at, expected - at
    assert len(at - expected) == 0, at - expected
    assert untouched(empty)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_error_speaks_of_our_files(lang, sheets, empty, tmp_path, monkeypatch):
    monkeypatch.setenv("NTM_LANG", lang)
    changes = {find(sheets, *where): typed for where, typed, _ in FAULTS.values()}
    row = free(sheets, REQUESTS)
    for number, (own, changed, _, _) in enumerate(REQUEST_FAULTS.values()):
        cells = {**ASKED, "id": f"1.{number}", **own, **changed}
        changes |= row_of(sheets, REQUESTS, row + number, cells)
    row = free(sheets, FACTS)
    for number, (own, changed, _, _) in enumerate(FACT_FAULTS.values()):
        cells = {**DONE, "text": f"việc {number}", **own, **changed}
        changes |= row_of(sheets, FACTS, row + number, cells)
    codes = ["1.1", "1.2", "1.3", "2.2", "2.3", "2.4", "3.2", "3.3", "3.4"]
    for code, (own, changed, _, _) in zip(codes, DECISION_FAULTS.values(), strict=True):
        row = find(sheets, DECISIONS, code, "decision")[1]
        changes |= row_of(sheets, DECISIONS, row, {**DECIDED, **own, **changed})
    with pytest.raises(DataErrors) as caught:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, changes))
    assert len(caught.value.problems) > 38
    for problem in caught.value.problems:
        text = f"{problem.problem} {problem.wanted}"
        assert not LEAK.search(text), text
        assert problem.file == "a.xlsx" and problem.sheet
        assert problem.label or problem.sheet in (REQUESTS, FACTS), problem
        assert "kết" not in text or lang == "vi"


def test_required_cells_are_marked_and_the_blank_ones_named_together(
    sheets, empty, tmp_path, monkeypatch
):
    rows = {row[0]: row[2] for row in sheets[PROFILE] if row[0]}
    needed = {path for path, mark in rows.items() if mark == "* bắt buộc"}
    assert needed == {"id", "name", "province", "appraisals.2024.appraiser.vi"}
    parts = {path for path, mark in rows.items() if mark == "* nếu có mục này"}
    assert {"_sources.1.key", "appraisals.2024.period.until",
            "appraisals.2024.claim.criteria_met", "appraisals.2024.conditions.debt.status",
            } <= parts  # fmt: skip
    assert "population" not in parts | needed
    heads = sheets[DECISIONS][3]
    assert [str(h).endswith(" *") for h in heads if "kết luận" in str(h).lower()].count(True) == 3
    blank = {find(sheets, PROFILE, path, "value"): "" for path in needed}
    blank[find(sheets, PROFILE, "appraisals.2024.appraiser.en", "value")] = ""
    monkeypatch.setenv("NTM_PROJECT", str(empty.root))
    path = write(tmp_path / "a.xlsx", sheets, blank)
    result = CliRunner().invoke(app, ["import", str(path)])
    assert result.exit_code == 1 and untouched(empty)
    _, line = result.stderr.split("Các ô bắt buộc chưa điền")
    for word in ("Mã xã", "Tên xã", "Tỉnh", "Cơ quan thẩm tra"):
        assert word in line, result.stderr


def test_words_of_a_condition_are_its_name(sheets, empty, tmp_path):
    """A free row may name a condition by its words, in another round."""
    name = next(row[2] for row in sheets[DECISIONS] if row[0] == "debt")
    cells = row_of(sheets, DECISIONS, free(sheets, DECISIONS),
                   {**DECIDED, "_subject": name.upper(), "round": 2})  # fmt: skip
    cells |= row_of(sheets, REQUESTS, free(sheets, REQUESTS), {
        **ASKED, "indicator": name, "finding": "Đề nghị bổ sung minh chứng; S03", "due_on":
        dt.date(2024, 12, 5)})  # fmt: skip
    import_file(empty, write(tmp_path / "a.xlsx", sheets, cells))
    folder = empty.communes / "liem-can"
    text = (folder / "appraisal.csv").read_text(encoding="utf-8")
    assert "debt,not_met,Trần Thị B,,2024-11-25,Thiếu,2" in text
    asked = (folder / "requests.csv").read_text(encoding="utf-8")
    assert "1.1,1,commune,debt,prove; S03,2024-11-22,2024-12-05,,,asked" in asked


@pytest.mark.parametrize(
    ("typed", "name", "meant"),
    [("aux", "Aux", "xa-aux"), ("", "Con", "xa-con"), ("Tiêu Động 2024", "x", "tieu-dong"),
     ("tieu-dong-2024", "x", "tieu-dong"), ("Tiêu_Động", "x", "tieu-dong")],
)  # fmt: skip
def test_an_id_that_cannot_be_is_told_with_one_that_can(typed, name, meant):
    form = Form({"year": "2024"}, profile={"id": typed, "name": name})
    (problem,) = named_soundly(form, "a.xlsx")
    assert problem.wanted.endswith(f"có lẽ là {meant}.")


def test_entries_of_another_year_or_twice_and_a_hamlet_twice(empty, sheets, tmp_path):
    row = len(sheets["Nội dung khác"])
    cells = {
        ("Nội dung khác", row, 0): "name", ("Nội dung khác", row, 1): "Tên Khác",
        ("Nội dung khác", row + 1, 0): "appraisals.2023.plan.year",
        ("Nội dung khác", row + 1, 1): 2024,
        find(sheets, PROFILE, "hamlets", "value"): "Thôn Nhất; thôn  nhất; Thôn Nhì",
    }  # fmt: skip
    with pytest.raises(DataErrors) as error:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, cells))
    told = " ".join(f"{p.problem} {p.value}" for p in error.value.problems)
    assert len(error.value.problems) == 3 and untouched(empty)
    assert f"{PROFILE}!D7" in told and "của năm 2023" in told and "“thôn nhất” ghi hai lần" in told


def test_a_workbook_without_its_first_sheet_says_so(empty, sheets, tmp_path):
    left = {name: rows for name, rows in sheets.items() if name == FIGURES}
    cells = {find(sheets, FIGURES, "households", "value"): "2O51"}
    with pytest.raises(DataErrors) as error:
        import_file(empty, write(tmp_path / "a.xlsx", left, cells))
    missing, letters = sorted(error.value.problems, key=lambda p: p.value or "")
    assert PROFILE in missing.problem and letters.value == "2O51"
