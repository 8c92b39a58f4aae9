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
from ntm_analysis.forms.marks import EMPTY_RESULT, UNCALCULATED, read_marks
from ntm_analysis.forms.percents import shows_percent
from ntm_analysis.forms.workbook import read_grids
from ntm_analysis.numbers.reading import look_alike
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
     ('table:formula="of:=2+3">', UNCALCULATED, False),
     ('table:formula="of:=A1" office:value-type="float">', UNCALCULATED, False),
     ('table:formula="of:=IF(A1=0;&quot;&quot;;A1)" office:value-type="string">', EMPTY_RESULT,
      False),
     ('table:formula="of:=B1&amp;&quot;&quot;" office:value-type="string"><text:p>88,4</text:p>',
      "88,4", False)],
)  # fmt: skip
def test_ods(cell, held, percent, tmp_path):
    (grid,) = read_grids(ods(tmp_path / "a.ods", f"<table:table-cell {cell}</table:table-cell>"))
    assert grid.at(1, 4) == held
    assert ((1, 4) in grid.percents) is percent


def test_formulas_of_a_workbook_of_excel_97():
    """Saved by LibreOffice from formulas that gave an empty text, a number and an error."""
    path = Path(__file__).parent / "data" / "formulas.xls"
    (grid,) = read_grids(path)
    assert [grid.at(row, 3) for row in (1, 3, 4)] == [EMPTY_RESULT, 2751, "#DIV/0!"]
    assert all((row, 4) in grid.percents for row in (1, 2, 3, 4))


def formulas(path: Path, results: list, *, calculated: bool = True) -> Path:
    """Write a table whose cells of households are formulas with stored results."""
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet("Các xã")
    sheet.write_row(0, 0, HEAD)
    for row, result in enumerate(results, start=1):
        sheet.write_row(row, 0, [f"Xã Mẫu {row}", *START[1:]])
        sheet.write_formula(row, 3, "=Z1", None, result)
        sheet.write(row, 5, 500 + row)
    made.close()
    if calculated:  # as Excel leaves it
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
    return path


def test_results_of_formulas_that_are_texts_are_told(empty, tmp_path):
    done = import_file(empty, formulas(tmp_path / "a.xlsx", ["1.204", 901, 977]), defaults=SET)
    assert [(written, read) for _, written, read in done.conversions] == [
        ("1.204", "1204"), ("1.204 (kết quả của công thức)", "1204"),
    ]  # fmt: skip
    found = [load_case(empty, f"mau-{n}-2024").readings[0].low for n in (1, 2, 3)]
    assert found == [1204, 901, 977]


def test_zeros_of_a_program_that_does_not_calculate_are_no_results(empty, tmp_path):
    problems = faults(empty, formulas(tmp_path / "a.xlsx", [0, 977], calculated=False))
    assert [(p.row, p.column) for p in problems] == [(2, "D")]
    assert "công thức" in problems[0].problem


def test_an_empty_result_is_told(empty, tmp_path):
    path = formulas(tmp_path / "a.xlsx", [900, 901])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        b'<c r="D3"><f>Z1</f><v>901</v>', b'<c r="D3" t="str"><f>Z1</f><v></v>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read_marks(path.read_bytes())["Các xã"].errors == {(2, 3): EMPTY_RESULT}
    (problem,) = faults(empty, path)
    assert (problem.row, problem.column) == (3, "D") and "rỗng" in problem.problem


@pytest.mark.parametrize(
    ("typed", "read"),
    [("2\n751", None), ("2692\n2751", None), ("\n2692\n", 2692), ("2692\r\n", 2692),
     ("2692\r2700", None)],
)  # fmt: skip
def test_line_breaks_in_a_number(typed, read, empty, sheets, tmp_path):
    where = find(sheets, "Số liệu", "households", "value")
    path = write(tmp_path / "a.xlsx", sheets, {where: typed})
    if read is None:
        (problem,) = faults(empty, path)
        assert (problem.sheet, problem.row) == ("Số liệu", where[1] + 1)
        assert "nhiều dòng" in problem.problem
        return
    import_file(empty, path)
    found = load_case(empty, "liem-can-2024").readings
    assert next(r.low for r in found if r.variable == "households") == read


@pytest.mark.parametrize(
    ("code", "typed", "read"),
    [("9", 0.9518, None), ("9", "95,2 hộ", None), ("9", 951.8, None), ("9", "95,18%", "95.18"),
     ("9", ">95", ">95"), ("10", "72,4 triệu đồng/người/năm", "72.4"), ("10", "72%", None),
     ("10", "7O,4", None), ("1.1", "có thể", None), ("1.1", "Đạt", "yes"), ("1.1", 3, None),
     ("13.2", 2.5, None), ("13.2", "2 sản phẩm", "2"), ("15.3", "Không", None),
     ("15.3", "Không xảy ra", "yes"), ("3.6", "Tốt", "good"), ("3.6", "hay", None)],
)  # fmt: skip
def test_a_claim_is_held_to_what_the_indicator_measures(code, typed, read, empty, sheets, tmp_path):
    where = find(sheets, "Minh chứng", code, "claimed_value")
    path = write(tmp_path / "a.xlsx", sheets, {where: typed})
    if read is None:
        (problem,) = faults(empty, path)
        assert (problem.sheet, problem.row) == ("Minh chứng", where[1] + 1)
        return
    import_file(empty, path)
    claims = {e.indicator: e.claimed_value for e in load_case(empty, "liem-can-2024").evidence
              if e.claimed_value}  # fmt: skip
    assert claims[code] == read


def test_a_claim_in_a_cell_of_percent_format(empty, sheets, tmp_path):
    where = find(sheets, "Minh chứng", "9", "claimed_value")
    import_file(empty, write(tmp_path / "a.xlsx", sheets, {where: 0.9518}, percent={where}))
    claims = [e.claimed_value for e in load_case(empty, "liem-can-2024").evidence
              if e.indicator == "9"]  # fmt: skip
    assert claims[0] == "95.18"


def test_a_code_that_may_have_lost_its_last_zero(empty, sheets, tmp_path):
    where = find(sheets, "Số liệu", "households", "indicator")
    (problem,) = faults(empty, write(tmp_path / "a.xlsx", sheets, {where: 17.1}))
    assert "17.1" in problem.problem and "17.10" in problem.problem
    made = write(tmp_path / "b.xlsx", sheets, {where: "17,10"})
    import_file(empty, made)
    assert load_case(empty, "liem-can-2024").readings[0].indicator == "17.10"


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


@pytest.mark.parametrize(
    ("code", "held", "percent"),
    [("[<1]0%;0.0", 0.95, True), ("[<1]0%;0.0", 95.5, False), ("[>=1]0.0;0.0%", 0.5, True),
     ("[>=1]0.0;0.0%", 1, False), ("0%;-0.0", 0.5, True), ("0%;-0.0", -3, False),
     ('0%;-0%;"không"', 0, False), ('0.0";%";0%', 5, False), ("[<1]0%;[>90]0.0;0", 95, False)],
)  # fmt: skip
def test_only_the_section_that_shows_a_value_counts(code, held, percent):
    assert shows_percent(code, held) is percent
    assert shows_percent(code, str(held)) is percent


@pytest.mark.parametrize(
    ("line", "doubts"),
    [("Bắc Mẫu,Hà Nam,2024,900,88,42", ["88 và 42"]), ("Bắc Mẫu,Hà Nam,2024,900,88,7023", []),
     ("Bắc Mẫu,Hà Nam,2024,900,88.0,42", []), ('Bắc Mẫu,Hà Nam,2024,900,"88,5",42', [])],
)  # fmt: skip
def test_a_number_that_a_decimal_comma_may_have_parted(line, doubts, empty, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{','.join(HEAD)}\n{line}\n", encoding="utf-8")
    done = import_file(empty, path, defaults=SET)
    assert [written for _, written, read in done.conversions if "ngoặc kép" in read] == doubts


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
