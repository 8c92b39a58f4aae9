"""Papers declared in the form by ordinary rows."""

from __future__ import annotations

import pytest

from ntm_analysis.communes import load_case
from ntm_analysis.forms import import_file
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import find, write

SHEET = "Thông tin chung"


def cell(sheets, entry):
    return find(sheets, SHEET, f"_sources.{entry}", "value")


def test_a_paper_is_declared_in_a_row(sheets, empty, tmp_path):
    changes = {cell(sheets, "2.key"): "bao-cao-moi", cell(sheets, "2.title.vi"): "Báo cáo mới",
               find(sheets, "Số liệu", "households", "source"): "bao-cao-moi:3"}  # fmt: skip
    import_file(empty, write(tmp_path / "a.xlsx", sheets, changes))
    case = load_case(empty, "liem-can-2024")
    assert case.commune.sources["bao-cao-moi"].title.vi == "Báo cáo mới"
    assert case.readings[0].source == "bao-cao-moi:3"
    assert case.commune.sources["report"].issuer is not None


@pytest.mark.parametrize(
    ("entries", "at", "says"),
    [
        ({"2.title.vi": "Báo cáo"}, "2.key", "chưa có ký hiệu"),
        ({"2.key": "report", "2.title.vi": "Khác"}, "2.key", "report"),
        ({"2.key": "a:b", "2.title.vi": "Khác"}, "2.key", "hai chấm"),
    ],
)
def test_a_paper_that_cannot_be_named_is_told_at_its_cell(
    entries, at, says, sheets, empty, tmp_path
):
    changes = {cell(sheets, entry): text for entry, text in entries.items()}
    with pytest.raises(DataErrors) as caught:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, changes))
    row = cell(sheets, at)[1] + 1
    assert any((p.sheet, p.row) == (SHEET, row) and says in p.problem
               for p in caught.value.problems)  # fmt: skip


def test_prefixes_and_spellings_of_names_are_read_as_such(sheets, empty, tmp_path):
    changes = {find(sheets, SHEET, "name", "value"): "xã Liêm Cần",
               find(sheets, SHEET, "district", "value"): "Huyện Thanh Liêm",
               find(sheets, SHEET, "province", "value"): "tỉnh hà nam"}  # fmt: skip
    import_file(empty, write(tmp_path / "a.xlsx", sheets, changes))
    commune = load_case(empty, "liem-can-2024").commune
    assert (commune.name, commune.district, commune.province) == (
        "Liêm Cần", "Thanh Liêm", "Hà Nam",
    )  # fmt: skip
    text = (empty.communes / "liem-can" / "commune.yaml").read_text(encoding="utf-8")
    assert "name: Liêm Cần" in text and "province: Hà Nam" in text


def test_the_sheets_read_and_left_are_told(sheets, empty, tmp_path):
    more = {**sheets, "Số liệu (2)": [["x", 1]]}
    done = import_file(empty, write(tmp_path / "a.xlsx", more, {}))
    assert "Số liệu" in done.sheets and done.left == ["Số liệu (2)"]
    (one,) = done.stored
    assert one.change.figures.read == one.change.figures.added > 170
