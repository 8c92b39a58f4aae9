"""Papers declared in the form by ordinary rows."""

from __future__ import annotations

import pytest

from ntm_analysis.communes import load_case
from ntm_analysis.forms import filling_of, import_file, write_form
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import find, grids, write

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


def test_a_source_in_its_own_words_is_a_paper_where_none_is_declared(case, empty, tmp_path):
    sheets = grids(write_form(case.rules, "vi"))
    values = {
        find(sheets, SHEET, "id", "value"): "mot",
        find(sheets, SHEET, "name", "value"): "Một",
        find(sheets, SHEET, "province", "value"): "Hà Nam",
        find(sheets, SHEET, "appraisals.2024.appraiser.vi", "value"): "UBND huyện",
        find(sheets, "Số liệu", "households", "value"): 2010,
        find(sheets, "Số liệu", "households", "source"): "Niên giám 12.3:trang 4",
        find(sheets, "Số liệu", "houses", "value"): 2000,
    }
    import_file(empty, write(tmp_path / "a.xlsx", sheets, values))
    made = load_case(empty, "mot-2024")
    assert made.commune.sources["Niên giám 12.3"].title.vi == "Niên giám 12.3"
    assert made.readings[0].source == "Niên giám 12.3:trang 4"
    # What goes out and comes back as it is changes nothing, and needs no --force.
    back = tmp_path / "b.xlsx"
    back.write_bytes(write_form(made.rules, "vi", filling_of(empty, made)))
    (stored,) = import_file(empty, back).stored
    assert stored.files == ()

    again = {**values, cell(sheets, "1.key"): "bao-cao", cell(sheets, "1.title.vi"): "Báo cáo"}
    with pytest.raises(DataErrors) as caught:
        import_file(empty, write(tmp_path / "c.xlsx", sheets, again), force=True)
    (problem,) = caught.value.problems
    assert "“Ký hiệu tài liệu”" in problem.wanted and "bao-cao" in problem.wanted
