"""Annexes of four forms, scored row by row against what a person reads in them."""

from __future__ import annotations

import pytest

from ntm_analysis.law.draft import draft_annex
from ntm_analysis.problems import DataErrors
from tests.law import annexes
from tests.law.score import score

FORMS = [
    (annexes.docx_codes, "a.docx"),
    (annexes.docx_names, "b.docx"),
    (annexes.xlsx_formats, "c.xlsx"),
    (annexes.pdf_table, "d.pdf"),
]


@pytest.mark.parametrize(("make", "name"), FORMS, ids=[name for _, name in FORMS])
def test_most_rows_are_drafted_right_and_none_wrong_without_a_mark(book, tmp_path, make, name):
    path = tmp_path / name
    truth = make(book, path)
    result = score(draft_annex(path, book, "advanced"), truth)
    assert not result.wrong, result.wrong
    assert len(result.wrong_marked) <= 0.01 * result.all, result.wrong_marked
    assert result.right >= 0.9 * result.all, (str(result), result.lefts)


def test_missing_and_extra_rows_are_told(book, tmp_path):
    path = tmp_path / "a.txt"
    lines = ["TT\tNội dung tiêu chí\tChỉ tiêu", "1.1\tXã có đội bóng đá nữ thi đấu toàn quốc\tĐạt"]
    lines += [f"{code}\t{book.sets['advanced'].indicators[code].name.vi}\t≥ 91%"
              for code in ("2.3", "2.4", "3.1", "9")]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    items = draft_annex(path, book, "advanced").items
    extra = [one for one in items if not one.code]
    assert [one.printed for one in extra] == ["Đạt"]
    by_code = {one.code: one for one in items}
    assert by_code["2.3"].reading.requires == ">= 91"
    assert by_code["1.1"].reading.sure == "person"
    assert by_code["1.1"].reading.why[0].key == "missing"


def test_a_document_without_requirements_is_refused(book, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Kính gửi các xã, phường.\n", encoding="utf-8")
    with pytest.raises(DataErrors):
        draft_annex(path, book, "advanced")
