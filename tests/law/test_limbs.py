"""`ntm rules import`: one value for an indicator of several limbs, in the workbook's rows."""

from __future__ import annotations

import openpyxl
import pytest

from ntm_analysis.language import translate
from ntm_analysis.law.content import law_text
from ntm_analysis.law.load import read_law, try_law
from ntm_analysis.law.workbook import LawSheet, write_law
from ntm_analysis.problems import DataErrors
from tests.law.conftest import ROOT
from tests.law.test_load import ABOUT, edit


@pytest.fixture
def workbook(book, tmp_path):
    path = tmp_path / "law.xlsx"
    path.write_bytes(write_law(LawSheet("advanced", ABOUT, ()), book, "vi"))
    return path


# what is written into which rows, what the province's file then says of the indicator
TAKEN = [
    ({("14.1", "own"): "≥ 95%"}, dict.fromkeys(("own", "men", "women"), ">= 95")),
    ({("14.1", "own"): "≥ 95%", ("14.1", "women"): "≥ 90%"},
     {"own": ">= 95", "men": ">= 95", "women": ">= 90"}),
    ({("14.1", "own"): "≥ 95%", ("14.1", "women"): "unknown"},
     {"own": ">= 95", "men": ">= 95", "women": "unknown"}),
    ({("12.2", "own"): "> 38,5%"}, dict.fromkeys(("own", "men", "women"), "> 38.5")),
    ({("6.1", "own"): "Có"}, {"own": "yes", "activities": "yes"}),
    ({("17.3", "own"): "≥ 98%"}, {"own": ">= 98", "other": ">= 98"}),
    ({("2.1", "own"): "≥ 95%", ("2.1", "items"): "chưa biết"},
     {"own": ">= 95", "items": "unknown"}),
    ({("5.1", "own"): "100%", ("5.1", "level_2"): "≥ 1 trường"},
     {"own": ">= 100", "level_2": ">= 1"}),
]  # fmt: skip
REFUSED = [
    ({("2.1", "own"): "≥ 95%"}, [("2.1", "items")]),
    ({("2.2", "own"): "100%"}, [("2.2", "maintained"), ("2.2", "items")]),
    ({("5.1", "own"): "100%"}, [("5.1", "level_2")]),
    ({("19.2", "own"): "Có"}, [("19.2", "models")]),
    ({("14.1", "women"): "≥ 95%"}, [("14.1", "own"), ("14.1", "men")]),
]


@pytest.mark.parametrize(("cells", "taken"), TAKEN)
def test_it_holds_for_the_limbs_worded_alike(book, workbook, cells, taken):
    edit(workbook, [(key, "requires", text) for key, text in cells.items()])
    law = read_law(workbook, book, None)
    ((code, _),) = {(code, "") for code, _ in cells}
    assert law.content["thresholds"] == {code: taken}
    try_law(law, ROOT / "data" / "rulebook", workbook.name)


@pytest.mark.parametrize(("cells", "blank"), REFUSED)
def test_a_limb_worded_apart_must_be_filled_in(book, workbook, cells, blank):
    rows = edit(workbook, [(key, "requires", text) for key, text in cells.items()])
    with pytest.raises(DataErrors) as raised:
        read_law(workbook, book, None)
    told = raised.value.problems
    assert [one.row for one in told] == [rows[key] for key in blank]
    for one, (_, limb) in zip(told, blank, strict=True):
        assert (one.sheet, one.column) == (translate("law.sheet", "vi"), "Yêu cầu")
        assert limb in one.problem
        assert "unknown" in one.wanted


def test_a_limb_whose_row_was_taken_out_is_told_at_its_indicator(book, workbook):
    rows = edit(workbook, [(("19.2", "own"), "requires", "Có")])
    made = openpyxl.load_workbook(workbook)
    made[translate("law.sheet", "vi")].delete_rows(rows["19.2", "models"])
    made.save(workbook)
    with pytest.raises(DataErrors) as raised:
        read_law(workbook, book, None)
    assert [one.row for one in raised.value.problems] == [rows["19.2", "own"]]


def test_what_cannot_be_read_is_told_once(book, workbook):
    edit(workbook, [
        (("2.1", "own"), "requires", "≥ 95%"), (("2.1", "items"), "requires", "khoảng 70"),
    ])  # fmt: skip
    with pytest.raises(DataErrors) as raised:
        read_law(workbook, book, None)
    assert len(raised.value.problems) == 1


def test_the_file_says_what_holds_for_each_limb(book, workbook):
    edit(workbook, [(("14.1", "own"), "requires", "≥ 95%")])
    text = law_text(read_law(workbook, book, None))
    assert "women: '>= 95'" in text
