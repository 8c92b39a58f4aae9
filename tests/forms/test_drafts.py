"""What a program read and nobody has confirmed: shown in the form, kept by the import."""

from __future__ import annotations

import pytest

from ntm_analysis.communes import Case, load_case, unconfirmed
from ntm_analysis.forms import filling_of, import_file, write_form
from ntm_analysis.forms.source import Mark, Unread
from ntm_analysis.narrative.titles import chapter_title, drafted_words
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import find, grids, write


@pytest.fixture
def draft(project, case: Case) -> bytes:
    content = filling_of(project, case)
    content.figures[0]["drafted"] = "sure"
    content.figures[1]["drafted"] = "guess"
    content.evidence[0]["drafted"] = "likely"
    content.profile["appraisals"][2024]["drafted"] = True
    content.marks = {
        ("figures", 0): Mark("sure", "Tổng số hộ là 2692"),
        ("profile", "appraisals.2024.petition.number"): Mark("likely", "Tờ trình số 152/TTr-UBND"),
    }
    content.unread = [Unread("a.docx", "4.17", "12", "53", "không rõ", "=53 ngôi mộ")]
    return write_form(case.rules, "vi", content)


def test_a_draft_stays_one_until_a_person_confirms_it(draft, empty, tmp_path):
    sheets = grids(draft)
    (tmp_path / "a.xlsx").write_bytes(draft)
    done = import_file(empty, tmp_path / "a.xlsx")
    assert not done.left, "the sheet of what was not understood is for reading only"
    case = load_case(empty, "liem-can-2024")
    open_ = unconfirmed(case)
    assert (open_.figures, open_.evidence, open_.profile) == (2, 1, True)
    assert "2 số liệu" in drafted_words(case, "vi")
    assert "dự\u00a0thảo" in chapter_title(case)
    confirmed = {
        find(sheets, "Số liệu", case.readings[0].variable, "drafted"): "đã xác nhận",
        find(sheets, "Số liệu", case.readings[1].variable, "drafted"): None,
        find(sheets, "Minh chứng", "1.1", "drafted"): "Đã xác nhận",
        find(sheets, "Thông tin chung", "appraisals.2024.drafted", "value"): "không",
    }
    import_file(empty, write(tmp_path / "b.xlsx", sheets, confirmed), force=True)
    case = load_case(empty, "liem-can-2024")
    assert not unconfirmed(case)
    assert not drafted_words(case, "vi")
    text = (empty.communes / "liem-can" / "commune.yaml").read_text(encoding="utf-8")
    assert "drafted" not in text


def test_a_row_left_unconfirmed_keeps_the_whole_a_draft(draft, empty, tmp_path):
    sheets = grids(draft)
    told = {find(sheets, "Thông tin chung", "appraisals.2024.drafted", "value"): "không"}
    import_file(empty, write(tmp_path / "a.xlsx", sheets, told))
    assert unconfirmed(load_case(empty, "liem-can-2024")).profile


def test_another_word_for_how_sure_is_refused_at_its_cell(draft, case, empty, tmp_path):
    sheets = grids(draft)
    at = find(sheets, "Số liệu", case.readings[0].variable, "drafted")
    with pytest.raises(DataErrors) as caught:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, {at: "chắc lắm"}))
    assert [(p.sheet, p.row) for p in caught.value.problems] == [("Số liệu", at[1] + 1)]


def test_a_form_without_a_draft_shows_nothing_of_drafts(filled):
    sheets = grids(filled)
    assert "Chưa hiểu" not in sheets
    assert all("chắc" not in map(str, row) for row in sheets["Số liệu"])
