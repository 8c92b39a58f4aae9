"""Cells that say that there is no figure: counted as empty and told of, or refused."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ntm_analysis.communes import load_case
from ntm_analysis.forms import import_file
from tests.forms.spoil import find, write
from tests.forms.test_doubtful_cells import faults
from tests.hostile import bombs

# what stands in the cell of a figure: whether it counts as empty, is read, or is refused
NOTHING = ("-", "–", "—", "--", "---", "...", "…", "....", "Chưa có số liệu", "không rõ.",
           "No data")  # fmt: skip
DOUBTFUL = ("/", "N/A", "na", "x", "không có", "?", "\\", "chưa làm", "k", "0k")


def _row(cells: list[Any]) -> str:
    """Return the markup of a row of an OpenDocument table."""
    made = [
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        if isinstance(cell, str)
        else f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        for cell in cells
    ]
    return f"<table:table-row>{''.join(made)}</table:table-row>"


def _wide(path: Path, cells: list[Any]) -> Path:
    """Write a table with a row a commune, in a format by the suffix."""
    head = ["Tên xã", "Tỉnh", "Năm", "Số hộ dân của xã", "commune_roads"]
    rows = [[f"Mẫu {n}", "Hà Nam", 2024, cell, 8.5] for n, cell in enumerate(cells)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([head, *rows])
    elif path.suffix == ".ods":
        path.write_bytes(bombs.ods("".join(map(_row, [head, *rows]))))
    else:
        workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
        sheet = workbook.add_worksheet("Các xã")
        for number, row in enumerate([head, *rows]):
            sheet.write_row(number, 0, row)
        workbook.close()
    return path


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".csv"])
def test_signs_and_words_for_no_figure_count_as_empty_and_are_told(suffix, empty, tmp_path):
    path = _wide(tmp_path / f"a{suffix}", list(NOTHING))
    done = import_file(empty, path, defaults={"set": "advanced"})
    assert list(done.blanks.values()) == list(NOTHING)
    assert all(place.endswith(f"D{n}") for n, place in enumerate(done.blanks, 2))
    for one in done.stored:
        assert [r.variable for r in load_case(empty, one.id).readings] == ["commune_roads"]


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".csv"])
def test_what_may_mean_nought_or_nothing_is_refused(suffix, empty, tmp_path):
    found = faults(empty, _wide(tmp_path / f"a{suffix}", list(DOUBTFUL)))
    assert [(one.column, one.value) for one in found] == [("D", one) for one in DOUBTFUL]


def test_a_dash_in_the_form_is_told_with_its_cell(empty, sheets, tmp_path):
    where = find(sheets, "Số liệu", "houses", "value")
    done = import_file(empty, write(tmp_path / "a.xlsx", sheets, {where: "…"}))
    assert done.blanks == {f"Số liệu!E{where[1] + 1}": "…"}
    assert "houses" not in {r.variable for r in load_case(empty, "liem-can-2024").readings}


def test_a_figure_of_a_day_long_after_the_appraisal_is_refused(empty, sheets, tmp_path):
    where = find(sheets, "Số liệu", "houses", "as_of")
    (problem,) = faults(empty, write(tmp_path / "a.xlsx", sheets, {where: "26/11/2034"}))
    assert problem.column == "G"
