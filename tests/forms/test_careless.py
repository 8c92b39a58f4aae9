"""Workbooks as hurried people leave them: read as meant and told of, or refused in words."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ntm_analysis.communes import load_case
from ntm_analysis.forms import import_file
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import find, write
from tests.forms.test_doubtful_cells import ods

SET = {"set": "advanced"}
HEAD = ["Tên xã", "Tỉnh", "Huyện", "Năm", "Số hộ dân của xã", "insurance_rate", "commune_roads"]
ROW: list[Any] = ["Đông Mẫu", "Hà Nam", "Bình Mẫu", 2024, 1204, 96.5, 8.35]


def table(path: Path, head: list[Any], rows: list[list[Any]]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([head, *rows])
        return path
    made = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = made.add_worksheet("Các xã")
    for number, row in enumerate([head, *rows]):
        sheet.write_row(number, 0, row)
    made.close()
    return path


# name: (header, rows, what is read of each commune, what is told)
READ = {
    "rows that are numbered": (["STT", *HEAD], [[1, *ROW], [2, "Tây Mẫu", *ROW[1:]]],
                               {"dong-mau": 1204, "tay-mau": 1204}, ""),
    "a row of totals": (HEAD, [ROW, ["Tổng cộng", "", "", "", 1204, "", 8.35]],
                        {"dong-mau": 1204}, "không phải hàng của một xã"),
    "totals of a district": (HEAD, [ROW, ["Toàn huyện", "Hà Nam", "Bình Mẫu", 2024, 9000, 95, 80]],
                             {"dong-mau": 1204}, "Toàn huyện"),
    "a note below": (HEAD, [ROW, [], ["Ghi chú: số liệu đến 30/6", "", "", "", "", "", ""]],
                     {"dong-mau": 1204}, "Ghi chú"),
    "headings in two lines": ([*HEAD[:4], "Số hộ dân\ncủa xã", *HEAD[5:]], [ROW],
                              {"dong-mau": 1204}, ""),
    "headings with stray spaces": ([f" {one} " for one in HEAD], [ROW], {"dong-mau": 1204}, ""),
    "thousands with a unit": (HEAD, [[*ROW[:4], "1.204 hộ", *ROW[5:]]], {"dong-mau": 1204},
                              "1204"),
    "a word before thousands": (HEAD, [[*ROW[:4], "hơn 1.204", *ROW[5:]]], {"dong-mau": 1204},
                                ">1204"),
    "a name with its word": (HEAD, [["XÃ Đông Mẫu", "tỉnh hà nam", "H. Bình", *ROW[3:]]],
                             {"dong-mau": 1204}, ""),
    "a year as a word": (HEAD, [[*ROW[:3], "2024", *ROW[4:]]], {"dong-mau": 1204}, ""),
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("name", list(READ))
def test_what_can_be_meant_in_one_way_is_read(name, suffix, empty, tmp_path):
    head, rows, read, told = READ[name]
    done = import_file(empty, table(tmp_path / f"a{suffix}", head, rows), defaults=SET)
    found = {one.change.record.commune: load_case(empty, one.id) for one in done.stored}
    households = {
        key: next(r for r in case.readings if r.variable == "households").low
        for key, case in found.items()
    }
    assert households == read
    assert told in str(done.conversions)


# name: (header, rows, the cell told, what is said)
REFUSED = {
    "a quantity in two columns": ([*HEAD, "households"], [[*ROW, 1300]], (1, "H"), "hai lần|hai"),
    "a column that nobody knows": ([*HEAD, "Số trâu"], [[*ROW, 3]], (1, "H"), "Không có"),
    "figures under no heading": ([*HEAD, ""], [[*ROW, 77]], (2, "H"), "ngoài"),
    "one name in two districts": (HEAD, [ROW, [*ROW[:2], "Nam Mẫu", *ROW[3:]]], (3, "A"),
                                  "huyện khác"),
    "two years in a cell": (HEAD, [[*ROW[:3], "2023-2024", *ROW[4:]]], (2, "D"), "năm|Năm"),
    "a number in two lines": (HEAD, [[*ROW[:4], "1\n204", *ROW[5:]]], (2, "E"), "nhiều dòng"),
    "about": (HEAD, [[*ROW[:4], "khoảng 1200", *ROW[5:]]], (2, "E"), "khoảng 1200"),
    "a share of households": (HEAD, [[*ROW[:4], "98%", *ROW[5:]]], (2, "E"), "đơn vị"),
    "metres for kilometres": (HEAD, [[*ROW[:6], "8350 m"]], (2, "G"), "đơn vị"),
    "kilometres in thousands": (HEAD, [[*ROW[:6], 8350]], (2, "G"), "khác thường"),
    "a fraction for a percentage": (HEAD, [[*ROW[:5], "0,965", 8]], (2, "F"), "0,965%|96,5%"),
    "no province": (HEAD, [[ROW[0], "", *ROW[2:]]], (2, "B"), "Tỉnh"),
    "a province that is none": (HEAD, [[ROW[0], "Hà Nan", *ROW[2:]]], (2, "B"), "Hà Nam"),
    "not yet": (HEAD, [[*ROW[:4], "chưa có", *ROW[5:]]], (2, "E"), "chưa có"),
    "yes for a number": (HEAD, [[*ROW[:4], "có", *ROW[5:]]], (2, "E"), "“có”"),
    "no districts' year": (HEAD, [[*ROW[:3], 20244, *ROW[4:]]], (2, "D"), "năm|Năm"),
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_unclear_is_refused_at_its_cell(name, suffix, empty, tmp_path):
    head, rows, (row, column), says = REFUSED[name]
    with pytest.raises(DataErrors) as caught:
        import_file(empty, table(tmp_path / f"a{suffix}", head, rows), defaults=SET)
    at = [p for p in caught.value.problems if (p.row, p.column) == (row, column)]
    assert at, caught.value.problems
    assert any(re.search(says, f"{p.problem} {p.wanted}") for p in at), at
    assert not empty.communes.exists()


def test_a_table_of_libreoffice(empty, tmp_path):
    cell = ('<table:table-cell office:value-type="percentage" office:value="0.965">'
            "<text:p>96,50%</text:p></table:table-cell>")  # fmt: skip
    import_file(empty, ods(tmp_path / "a.ods", cell), defaults=SET)
    readings = load_case(empty, "bac-mau-2024").readings
    assert [r.low for r in readings] == [900, 96.5]


def test_a_percent_format_where_no_percentage_belongs(sheets, empty, tmp_path):
    where = find(sheets, "Số liệu", "commune_roads", "value")
    with pytest.raises(DataErrors) as caught:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, {where: 8.35}, percent={where}))
    (problem,) = caught.value.problems
    assert (problem.sheet, problem.row, problem.value) == ("Số liệu", where[1] + 1, "835%")


FORM_READ = [
    ("Minh chứng", "9", "claimed_verdict", "Chua dat", ("claimed_verdict", "not_met")),
    ("Minh chứng", "9", "claimed_verdict", " đẠT ", ("claimed_verdict", "met")),
    ("Minh chứng", "9", "claimed_verdict", "Đang\nhoàn thiện", ("claimed_verdict", "pending")),
    ("Minh chứng", "9", "grade", "c", ("grade", "C")),
    ("Minh chứng", "9", "number", "152/TTr-\nUBND", ("number", "152/TTr-\nUBND")),
    ("Minh chứng", "9", "issued_on", "05.11.2024", ("issued_on", dt.date(2024, 11, 5))),
]


@pytest.mark.parametrize(("sheet", "row", "column", "typed", "read"), FORM_READ)
def test_cells_of_the_form_read_as_meant(sheet, row, column, typed, read, sheets, empty, tmp_path):
    import_file(
        empty, write(tmp_path / "a.xlsx", sheets, {find(sheets, sheet, row, column): typed})
    )
    first = next(e for e in load_case(empty, "liem-can-2024").evidence if e.indicator == row)
    assert getattr(first, read[0]) == read[1]


def test_an_id_with_accents_gets_the_one_that_is_meant(sheets, empty, tmp_path):
    where = find(sheets, "Thông tin chung", "id", "value")
    with pytest.raises(DataErrors) as caught:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, {where: "Liêm Cần"}))
    (problem,) = caught.value.problems
    assert "liem-can" in problem.wanted


def test_a_row_with_a_note_but_no_value_is_told(sheets, empty, tmp_path):
    blank = find(sheets, "Số liệu", "farmland", "value")
    note = find(sheets, "Số liệu", "farmland", "note")
    changes = {blank: "", note: "đang thống kê"}
    done = import_file(empty, write(tmp_path / "a.xlsx", sheets, changes))
    assert any("không được đọc" in read and f"E{blank[1] + 1}" in place
               for place, _, read in done.conversions)  # fmt: skip


def test_a_renamed_heading_with_figures_below_is_told(sheets, empty, tmp_path):
    """The row of keys is gone, and one heading is another: its figures must not vanish."""
    rows = [list(row) for n, row in enumerate(sheets["Số liệu"]) if n != 2]
    at = rows[2].index("Giá trị")
    rows[2][at] = "Số liệu năm 2024"
    with pytest.raises(DataErrors) as caught:
        import_file(empty, write(tmp_path / "a.xlsx", {**sheets, "Số liệu": rows}, {}))
    told = " ".join(p.problem for p in caught.value.problems)
    assert "Giá trị" in told
    assert any(p.value == "Số liệu năm 2024" for p in caught.value.problems)


def test_sheets_copied_into_another_workbook(sheets, empty, tmp_path):
    """The hidden sheet, which says year and set, stays behind: what is taken for them is told."""
    copied = {name: rows for name, rows in sheets.items() if name != "_ntm"}
    path = write(tmp_path / "a.xlsx", copied, {})
    with pytest.raises(DataErrors):
        import_file(empty, path)  # without a set nothing can be judged
    done = import_file(empty, path, defaults={"set": "advanced", "on": "2024-11-26"})
    assert any("advanced, 2024-11-26, 2024" in read for _, _, read in done.conversions)
    assert len(load_case(empty, "liem-can-2024").readings) > 170


def test_a_merged_province_is_of_every_commune_beside_it(empty, tmp_path):
    made = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = made.add_worksheet("Các xã")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, ROW)
    sheet.write_row(2, 0, ["Tây Mẫu", *ROW[1:]])
    sheet.merge_range(1, 1, 2, 1, "Hà Nam")
    sheet.merge_range(1, 3, 2, 3, 2024)
    made.close()
    import_file(empty, tmp_path / "a.xlsx", defaults=SET)
    assert load_case(empty, "tay-mau-2024").commune.province == "Hà Nam"


def test_a_table_of_figures_takes_no_evidence_away(sheets, empty, tmp_path):
    import_file(empty, write(tmp_path / "a.xlsx", sheets, {}))
    before = load_case(empty, "liem-can-2024")
    row = ["Liêm Cần", "Hà Nam", "Thanh Liêm", 2024, 2692, 95.18, 8.3]
    done = import_file(
        empty, table(tmp_path / "b.xlsx", HEAD, [row]), defaults=SET | {"on": "2024-11-26"},
        force=True, confirm=lambda _: True,
    )  # fmt: skip
    after = load_case(empty, "liem-can-2024")
    assert after.evidence == before.evidence and len(after.readings) == 3
    assert "evidence" in done.stored[0].change.kept


@pytest.mark.parametrize(
    ("sheet", "row", "column"),
    [("Minh chứng", "9", "number"), ("Số liệu", "households", "source"),
     ("Thông tin chung", "appraisals.2024.petition.number", "value")],
)  # fmt: skip
def test_a_day_that_excel_made_of_a_number(sheet, row, column, sheets, empty, tmp_path):
    where = find(sheets, sheet, row, column)
    with pytest.raises(DataErrors) as caught:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, {where: dt.date(2024, 12, 5)}))
    (problem,) = [p for p in caught.value.problems if p.value == "05/12/2024"]
    assert (problem.sheet, problem.row) == (sheet, where[1] + 1)


def test_a_day_in_a_note_is_written_out(sheets, empty, tmp_path):
    where = find(sheets, "Minh chứng", "9", "note")
    done = import_file(empty, write(tmp_path / "a.xlsx", sheets, {where: dt.date(2024, 12, 5)}))
    first = next(e for e in load_case(empty, "liem-can-2024").evidence if e.indicator == "9")
    assert first.note == "05/12/2024"
    assert any(read == "05/12/2024" for _, _, read in done.conversions)
