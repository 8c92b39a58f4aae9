"""One table with a row a commune."""

from __future__ import annotations

import pytest
import xlsxwriter

from ntm_analysis.communes import load_case, load_cases
from ntm_analysis.forms import import_file, write_many
from ntm_analysis.forms.wide import slug
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import grids

HEAD = ["Tên xã", "Tỉnh", "Huyện", "Năm", "Số hộ dân của xã", "solid_houses", "houses",
        "insurance_rate"]  # fmt: skip
ROWS = [["Đông Mẫu", "Hà Nam", "Thanh Liêm", 2024, 1200, 1190, "1.200", "95,4 %"],
        ["Tây Mẫu", "Hà Nam", "", 2024, "2.751", "", "", ">90"]]  # fmt: skip


def workbook(path, head=HEAD, rows=ROWS):
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet("Các xã")
    sheet.merge_range(0, 0, 0, 5, "Số liệu các xã năm 2024")
    for number, row in enumerate([head, *rows], start=1):
        sheet.write_row(number, 0, row)
    made.close()
    return path


def test_a_row_a_commune(empty, tmp_path):
    done = import_file(empty, workbook(tmp_path / "many.xlsx"), defaults={"set": "advanced"})
    assert [one.id for one in done.stored] == ["dong-mau-2024", "tay-mau-2024"]
    first, second = load_cases(empty)
    assert {r.variable: r.low for r in first.readings} == {
        "households": 1200, "solid_houses": 1190, "houses": 1200, "insurance_rate": 95.4,
    }  # fmt: skip
    assert second.readings[0].low == 2751
    assert first.readings[0].source == "form:E3"


def test_as_csv_with_semicolons(empty, tmp_path):
    path = tmp_path / "many.csv"
    lines = [";".join(str(c) for c in row) for row in [HEAD, *ROWS]]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    import_file(empty, path, defaults={"set": "advanced"})
    assert load_case(empty, "dong-mau-2024").commune.name == "Đông Mẫu"


@pytest.mark.parametrize(
    ("row", "column", "typed"),
    [(0, 0, ""), (0, 1, ""), (0, 3, ""), (0, 4, "nhiều"), (1, 5, 1.5), (0, 7, 101),
     (1, 1, "Nơi Xa"), (1, 0, "Đông Mẫu")],
)  # fmt: skip
def test_faults_name_their_cell(row, column, typed, empty, tmp_path):
    rows = [list(one) for one in ROWS]
    rows[row][column] = typed
    with pytest.raises(DataErrors) as caught:
        import_file(
            empty, workbook(tmp_path / "many.xlsx", rows=rows), defaults={"set": "advanced"}
        )
    assert any(p.sheet == "Các xã" and p.row == row + 3 for p in caught.value.problems)
    assert not empty.communes.exists()


def test_an_unknown_column(empty, tmp_path):
    head = [*HEAD, "Số trâu bò"]
    rows = [[*row, 3] for row in ROWS]
    with pytest.raises(DataErrors) as caught:
        import_file(empty, workbook(tmp_path / "a.xlsx", head, rows), defaults={"set": "advanced"})
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.value) == (2, "I", "Số trâu bò")


def test_the_blank_sheet_can_be_filled(case, empty, tmp_path):
    sheets = grids(write_many(case.rules, "vi"))
    ((name, rows),) = sheets.items()
    keys = [str(k).removeprefix("ntm:") for k in rows[2]]
    made = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = made.add_worksheet(name)
    for number, row in enumerate(rows[:4]):
        sheet.write_row(number, 0, row)
    values = {"name": "Nam Mẫu", "province": "Hà Nam", "year": 2024, "households": 900}
    sheet.write_row(4, 0, [values.get(key, "") for key in keys])
    made.close()
    import_file(empty, tmp_path / "a.xlsx", defaults={"set": "advanced"})
    assert load_case(empty, "nam-mau-2024").readings[0].low == 900


def test_slugs():
    assert [slug(n) for n in ("Liêm Cần", "Đông  Hải", "Xã 3-A")] == [
        "liem-can",
        "dong-hai",
        "xa-3-a",
    ]


def test_every_fault_in_one_round(empty, tmp_path):
    head = [*HEAD, "houses"]
    rows = [
        ["Đông\u200bMẫu", "Hà Nam", "Thanh Liêm", 2024, "27S1", 1190, 1200, "#N/A"],
        ["XÃ ĐÔNG MẪU (Thanh Liêm)", "T. Hà Nam", "Thanh Liêm", 24, "l200", 1190, 1200, 0.954],
        ["TT. Mẫu", "Hà Nam", "Lý Nhân, Hà Nam", 2024, 120, 110, 115, 95.4],
    ]
    with pytest.raises(DataErrors) as caught:
        import_file(empty, workbook(tmp_path / "a.xlsx", head, rows), defaults={"set": "advanced"})
    found = {f"{p.column}{p.row}" for p in caught.value.problems}
    assert found == {"I2", "A3", "E3", "H3", "A4", "D4", "E4", "H4", "A5", "C5"}
    assert not empty.communes.exists()


@pytest.mark.parametrize(
    ("district", "apart"),
    [("huyện Thanh Liêm", False), ("THANH LIÊM", False), ("h. Lý Nhân", True), ("", True)],
)
def test_two_rows_of_one_name_are_told_by_their_districts(district, apart, empty, tmp_path):
    rows = [ROWS[0], ["xã đông mẫu", "tỉnh Hà Nam", district, *ROWS[0][3:]]]
    with pytest.raises(DataErrors) as caught:
        import_file(empty, workbook(tmp_path / "a.xlsx", rows=rows), defaults={"set": "advanced"})
    (problem,) = caught.value.problems
    assert ("huyện khác" in problem.problem) is apart


@pytest.mark.parametrize(("lang", "name"), [("vi", "Tên xã *"), ("en", "name of the commune *")])
def test_the_blank_table_speaks_of_communes_and_marks_what_it_needs(lang, name, case):
    ((_, rows),) = grids(write_many(case.rules, lang)).items()
    assert rows[3][1] == name
    assert [text for text in rows[3] if text.endswith(" *")] == [rows[3][n] for n in (1, 4, 5)]
    assert "chỉ tiêu" not in rows[3][1].casefold()


def test_a_table_that_comes_again_changes_nothing_and_keeps_the_day(empty, tmp_path):
    rows = [[*ROWS[0][:3], year, *ROWS[0][4:]] for year in (2024, 2023)]
    path = workbook(tmp_path / "a.xlsx", rows=rows)
    first = import_file(empty, path, defaults={"set": "advanced", "on": "2024-11-20"})
    assert [one.id for one in first.stored] == ["dong-mau-2024", "dong-mau-2023"]
    again = import_file(empty, path, defaults={"set": "advanced"})
    assert [one.files for one in again.stored] == [(), ()]
    rows[1][4] = 1195
    more = workbook(tmp_path / "b.xlsx", rows=rows)
    done = import_file(empty, more, force=True, defaults={"set": "advanced"})
    assert [bool(one.files) for one in done.stored] == [False, True]
    assert {str(one.params.on) for one in load_cases(empty)} == {"2024-11-20"}
