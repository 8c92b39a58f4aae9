"""The law workbook: what was drafted is read back; faults are told with their cells."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from ntm_analysis.language import translate
from ntm_analysis.law.content import law_text
from ntm_analysis.law.draft import draft_annex
from ntm_analysis.law.load import read_law, try_law
from ntm_analysis.law.workbook import LawSheet, write_law
from ntm_analysis.problems import DataErrors
from tests.law import annexes
from tests.law.conftest import ROOT

ABOUT = {
    "set": "advanced", "place": "tỉnh Bắc Giang", "decision": "12/2023/QĐ-UBND",
    "date": "10/05/2023", "from": "20/05/2023", "source": "made up", "entered_by": "Nguyễn A",
}  # fmt: skip

LEFT_BY_THE_DRAFT = [(("19.2", "models"), "requires", "unknown")]
"""The annex prints one value for two things; a person says that the second has none."""


@pytest.fixture
def workbook(book, tmp_path):
    annexes.docx_codes(book, tmp_path / "a.docx")
    draft = draft_annex(tmp_path / "a.docx", book, "advanced")
    path = tmp_path / "law.xlsx"
    path.write_bytes(write_law(LawSheet("advanced", ABOUT, draft.items), book, "vi"))
    edit(path, LEFT_BY_THE_DRAFT)
    return path


def edit(path, changes, zone=""):
    made = openpyxl.load_workbook(path)
    sheet = made[translate("law.sheet", "vi")]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = {(r[0].value, r[1].value): r[0].row for r in sheet.iter_rows(min_row=2)}
    for (code, limb), column, value in changes:
        head = heads[f"{translate(f'law.columns.{column}', 'vi')}{zone}"]
        sheet.cell(rows[code, limb], head).value = value
    made.save(path)
    return rows


def test_what_was_drafted_is_read_back_and_loads(book, workbook):
    law = read_law(workbook, book, None)
    thresholds = law.content["thresholds"]
    assert thresholds["9"] == {"requires": ">= 94", "printed": "≥94%"}
    assert thresholds["12.1"]["requires"] == {"own": ">= 82", "men": ">= 82", "women": ">= 82"}
    assert thresholds["5.1"]["requires"] == {"own": ">= 100", "level_2": ">= 1"}
    assert "2.2" not in thresholds
    assert law.content["place"] == "Bắc Giang"
    assert law.content["from"] == dt.date(2023, 5, 20)
    assert law.content["verified"] is False
    assert "Bắc Giang" in law_text(law)
    try_law(law, ROOT / "data" / "rulebook", workbook.name)


def test_every_fault_is_told_with_its_row_at_once(book, workbook):
    rows = edit(workbook, [
        (("9", "own"), "requires", "≥ 120%"),
        (("1.1", "own"), "requires", "95%"),
        (("11", "own"), "checked_by", "Trần B"),
        (("10", "own"), "requires", "khoảng 70"),
        (("3.1", "own"), "code", "99.9"),
    ])  # fmt: skip
    with pytest.raises(DataErrors) as raised:
        read_law(workbook, book, None)
    told = {problem.row for problem in raised.value.problems}
    assert told == {rows[key, "own"] for key in ("9", "1.1", "11", "10", "3.1")}
    assert {problem.sheet for problem in raised.value.problems} == {translate("law.sheet", "vi")}


def test_a_second_persons_check_of_every_row_verifies(book, workbook):
    made = openpyxl.load_workbook(workbook)
    sheet = made[translate("law.sheet", "vi")]
    heads = {cell.value: cell.column for cell in sheet[1]}
    by, on = (heads[translate(f"law.columns.{key}", "vi")] for key in ("checked_by", "checked_on"))
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, by).value, sheet.cell(row, on).value = "Trần B", "21/05/2023"
    made.save(workbook)
    assert read_law(workbook, book, None).content["verified"] is True
    edit(workbook, [(("9", "own"), "checked_by", "nguyễn a")])
    with pytest.raises(DataErrors):
        read_law(workbook, book, None)


def test_of_several_zones_one_is_named_or_each_is_defined(book, tmp_path):
    annexes.docx_names(book, tmp_path / "b.docx")
    draft = draft_annex(tmp_path / "b.docx", book, "advanced")
    path = tmp_path / "law.xlsx"
    sheet = LawSheet("advanced", ABOUT, draft.items, draft.divisions)
    path.write_bytes(write_law(sheet, book, "vi"))
    for zone in ("Vùng 1", "Vùng 2"):
        edit(path, LEFT_BY_THE_DRAFT, f" · {zone}")
    rows = edit(path, [(("9", "own"), "requires", "≥ 120%")], " · Vùng 1")
    with pytest.raises(DataErrors, match="Vùng 1") as raised:
        read_law(path, book, None)  # nobody is said to belong to either
    assert rows["9", "own"] in {one.row for one in raised.value.problems}  # told at once
    edit(path, [(("9", "own"), "requires", "≥ 88%")], " · Vùng 1")
    for zone, value in (("Vùng 1", ">= 88"), ("Vùng 2", ">= 95")):
        assert read_law(path, book, zone).content["thresholds"]["9"]["requires"] == value
    made = openpyxl.load_workbook(path)
    sheet = made[translate("law.parts_sheet", "vi")]
    for row, column, text in ((2, 6, "xã khu vực III vùng đồng bào dân tộc thiểu số và miền núi"),
                              (3, 7, "có")):  # fmt: skip
        sheet.cell(row, column).value = text
    made.save(path)
    law = read_law(path, book, None)
    (division,) = law.content["divisions"]
    assert [(p["key"], p.get("classes"), p.get("rest")) for p in division["parts"]] == [
        ("vung-1", ["area-3"], None), ("vung-2", None, True)
    ]  # fmt: skip
    assert [(one["division"], one["requires"]) for one in law.content["thresholds"]["9"]] == [
        ("vung-1", ">= 88"), ("vung-2", ">= 95")
    ]  # fmt: skip
    try_law(law, ROOT / "data" / "rulebook", path.name)
