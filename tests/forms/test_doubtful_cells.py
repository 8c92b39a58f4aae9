"""Cells that could be read wrongly in silence, in every kind of file."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ntm_analysis.communes import load_case
from ntm_analysis.forms import import_file
from ntm_analysis.forms.cells import look_alike
from ntm_analysis.forms.marks import UNCALCULATED, shows_percent
from ntm_analysis.forms.workbook import read_grids
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import find, write

HEAD = ["Tên xã", "Tỉnh", "Năm", "households", "insurance_rate", "solid_houses"]
START = ["Bắc Mẫu", "Hà Nam", 2024]
SET = {"set": "advanced"}


def table(path: Path, value, form: str = "", column: int = 4, sheets=("Các xã",)) -> Path:
    made = xlsxwriter.Workbook(path)
    for name in sheets:
        sheet = made.add_worksheet(name)
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, START)
        sheet.write(1, column, value, made.add_format({"num_format": form or "General"}))
    made.close()
    return path


def ods(path: Path, cell: str) -> Path:
    names = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>'
        for t in HEAD
    )
    texts = [f"<table:table-cell office:value-type='string'><text:p>{t}</text:p></table:table-cell>"
             for t in (*START, 900)]  # fmt: skip
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" '
        f'xmlns:text="{space}text:1.0"><office:body><office:spreadsheet><table:table '
        f'table:name="Xã"><table:table-row>{names}</table:table-row><table:table-row>'
        f"{''.join(texts)}{cell}</table:table-row></table:table></office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


def faults(project, path: Path) -> list:
    with pytest.raises(DataErrors) as caught:
        import_file(project, path, defaults=SET)
    assert not project.communes.exists()
    return caught.value.problems


def value(project, name: str) -> float:
    (found,) = [r for r in load_case(project, "bac-mau-2024").readings if r.variable == name]
    return found.low


@pytest.mark.parametrize(
    ("code", "percent"),
    [("0%", True), ("0.00%", True), ('0.00"%"', False), ("0.00\\%", False),
     ("[<1]0%;0.0", True), ("General", False), ('0.0" %"', False), ("[Red]0.0%", True)],
)  # fmt: skip
def test_only_a_bare_percent_sign_multiplies(code, percent):
    assert shows_percent(code) is percent


@pytest.mark.parametrize(
    ("typed", "form", "read"),
    [(0.9731, "0.00%", 97.31), (88.4, '0.00"%"', 88.4), (61.5, "0.0\\%", 61.5),
     ("0,64%", "", 0.64), ("77,5 phần trăm", "", 77.5)],
)  # fmt: skip
def test_percentages(typed, form, read, empty, tmp_path):
    import_file(empty, table(tmp_path / "a.xlsx", typed, form), defaults=SET)
    assert value(empty, "insurance_rate") == read


@pytest.mark.parametrize(
    ("typed", "form", "column"),
    [(0.985, "", 4), (0.97, '0.00"%"', 4), ("0.731", "", 4), ("0,5", "", 4), ("275O", "", 3),
     ("13o", "", 3), ("l20", "", 3), ("4I", "", 3), ("1.204 km", "", 3), ("95 hộ", "", 4),
     ("=2700+51", "", 3)],
)  # fmt: skip
def test_what_could_mean_two_things_is_refused(typed, form, column, empty, tmp_path):
    path = table(tmp_path / "a.xlsx", typed, form, column)
    if str(typed).startswith("="):
        path = uncalculated(path)
    (problem,) = faults(empty, path)
    assert (problem.sheet, problem.row, problem.column) == ("Các xã", 2, "DE"[column - 3])


def uncalculated(path: Path) -> Path:
    """Take the stored results away, as programs that do not calculate leave them out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bare = path.with_name(f"bare-{path.name}")
    with zipfile.ZipFile(bare, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"</f><v>0</v>", b"</f>"))
    return bare


@pytest.mark.parametrize(
    ("cell", "held", "percent"),
    [('office:value-type="percentage" office:value="0.8842"><text:p>88,42%</text:p>', 0.8842, True),
     ('office:value-type="float" office:value="88.42"><text:p>88.42</text:p>', 88.42, False),
     ('table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>', "#DIV/0!",
      False),
     ('table:formula="of:=2+3">', UNCALCULATED, False)],
)  # fmt: skip
def test_ods(cell, held, percent, tmp_path):
    (grid,) = read_grids(ods(tmp_path / "a.ods", f"<table:table-cell {cell}</table:table-cell>"))
    assert grid.at(1, 4) == held
    assert ((1, 4) in grid.percents) is percent


def test_csv_rows_that_are_too_wide(empty, tmp_path):
    path = tmp_path / "a.csv"
    line = "Bắc Mẫu,Hà Nam,2024,900,88,42,700"
    path.write_text(f"{','.join(HEAD)}\n{line}\n", encoding="utf-8")
    assert [p.row for p in faults(empty, path)] == [2]


@pytest.mark.parametrize(("line", "wanting"), [
    ("Bắc Mẫu,Hà Nam,2024,900,88.42", "thiếu 1 ô"), ("Bắc Mẫu,Hà Nam,2024", "thiếu 3 ô"),
])  # fmt: skip
def test_csv_rows_that_lack_only_empty_cells_at_the_end(line, wanting, empty, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{','.join(HEAD)}\n{line}\n", encoding="utf-8")
    done = import_file(empty, path, defaults=SET)
    assert any(wanting in written for _, written, _ in done.conversions)
    assert len(load_case(empty, "bac-mau-2024").readings) == line.count(",") - 2


def test_csv_with_the_hint_of_excel(empty, tmp_path):
    path = tmp_path / "a.csv"
    row = "Bắc Mẫu;Hà Nam;2024;900;88,42;"
    path.write_text(f"sep=;\n{';'.join(HEAD)}\n{row}\n", encoding="utf-8")
    import_file(empty, path, defaults=SET)
    assert value(empty, "insurance_rate") == 88.42


def test_two_tables_are_both_named(empty, tmp_path):
    path = table(tmp_path / "a.xlsx", 88, sheets=("Cũ", "Mới"))
    (problem,) = faults(empty, path)
    assert "Cũ" in problem.problem
    assert "Mới" in problem.problem


def test_a_copied_sheet_of_the_form(empty, sheets, tmp_path):
    where = find(sheets, "Số liệu", "households", "value")
    copied = {**sheets, "Số liệu (2)": [list(row) for row in sheets["Số liệu"]]}
    path = write(tmp_path / "a.xlsx", copied, {where: 2750})
    (problem,) = faults(empty, path)
    assert "Số liệu (2)" in problem.problem


def test_merged_value_cells(empty, tmp_path):
    made = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = made.add_worksheet("Xã")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, START)
    sheet.write_row(2, 0, ["Nam Mẫu", "Hà Nam", 2024])
    sheet.merge_range(1, 3, 2, 3, 900)
    made.close()
    (problem,) = faults(empty, tmp_path / "a.xlsx")
    assert (problem.row, problem.column) == (3, "D")


@pytest.mark.parametrize(("text", "meant"), [("3O2", "302"), ("Il", ""), ("l5", "15"), ("35", "")])
def test_letters_that_look_like_digits(text, meant):
    assert look_alike(text) == meant


def test_a_year_typed_in_a_date_cell(empty, sheets, tmp_path):
    where = find(sheets, "Số liệu", "households", "as_of")
    path = write(tmp_path / "a.xlsx", sheets, {where: dt.date(1905, 7, 16)})
    problems = faults(empty, path)
    assert any("2024" in p.problem for p in problems)


@pytest.mark.parametrize("word", ["(đã kiểm tra)", "(checked)", "; đã kiểm tra", "đã kiểm tra"])
def test_another_magnitude_until_the_cell_says_it_was_checked(word, empty, tmp_path):
    (problem,) = faults(empty, table(tmp_path / "a.xlsx", 83200, column=3))
    assert (problem.sheet, problem.row, problem.column) == ("Các xã", 2, "D")
    assert "83.200 hộ" in problem.problem
    import_file(empty, table(tmp_path / "b.xlsx", f"83200 {word}", column=3), defaults=SET)
    assert value(empty, "households") == 83200


def test_another_magnitude_in_the_form(empty, sheets, tmp_path):
    where = find(sheets, "Số liệu", "income_per_head", "value")
    (problem,) = faults(empty, write(tmp_path / "a.xlsx", sheets, {where: 72403}))
    assert problem.sheet == "Số liệu"
    assert "72,403" in problem.wanted
    assert "“Ghi chú”" in problem.wanted
    note = find(sheets, "Số liệu", "income_per_head", "note")
    made = write(tmp_path / "b.xlsx", sheets, {where: 72403, note: "Đã kiểm tra"})
    assert import_file(empty, made).stored


@pytest.mark.parametrize("typed", ["Không", "no", "có", "Yes.", "x", True, 0, 1])
def test_no_where_an_absence_is_asked_for_is_unclear(typed, empty, sheets, tmp_path):
    where = find(sheets, "Số liệu", "no_food_incident", "value")
    (problem,) = faults(empty, write(tmp_path / "a.xlsx", sheets, {where: typed}))
    assert problem.sheet == "Số liệu"
    assert "“Không xảy ra” hoặc “Có xảy ra”" in problem.wanted


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Không xảy ra", 1), ("có xảy ra", 0), ("None occurred", 1), ("Không đạt", 0), ("đạt", 1)],
)
def test_an_absence_in_words(typed, read, empty, sheets, tmp_path):
    where = find(sheets, "Số liệu", "no_serious_offence", "value")
    import_file(empty, write(tmp_path / "a.xlsx", sheets, {where: typed}))
    (found,) = [r for r in load_case(empty, "liem-can-2024").readings
                if r.variable == "no_serious_offence"]  # fmt: skip
    assert (found.low, found.text) == (read, "yes" if read else "no")


def test_the_form_offers_clear_answers(filled):
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        choices = archive.read("xl/worksheets/sheet3.xml").decode()
    assert choices.count("Không xảy ra,Có xảy ra,đang hoàn thiện,không phát sinh") == 3


def test_a_workbook_whose_formats_cannot_be_read_is_refused(empty, tmp_path):
    path = table(tmp_path / "a.xlsx", 0.9731, "0.00%")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"</cellXfs>", b"")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert len(faults(empty, path)) == 1
