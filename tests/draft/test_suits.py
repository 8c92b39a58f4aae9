"""Reports of other communes than the first, told by their titles."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_analysis.documents import Document
from ntm_analysis.documents.model import Block
from ntm_analysis.draft.suits import misfits
from ntm_analysis.rulebook import rules_in_force

REPORT = "BÁO CÁO thẩm tra xã Tân Bình đạt chuẩn nông thôn mới nâng cao năm 2024, tỉnh Hà Nam"


def document(*lines: str) -> Document:
    return Document(tuple(Block(line, number) for number, line in enumerate(lines, 1)))


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ("BIÊN BẢN HỌP THẨM TRA XÃ TÂN BÌNH ĐẠT CHUẨN NÔNG THÔN MỚI NÂNG CAO", None),
        ("Biểu số liệu kèm báo cáo thẩm tra", None),
        ("Báo cáo kết quả xã Yên Hòa đạt chuẩn nông thôn mới nâng cao", "Tân Bình, Yên Hòa"),
        ("BIÊN BẢN HỌP THẨM TRA XÃ YÊN HÒA ĐẠT CHUẨN NTM NÂNG CAO", "Tân Bình, Yên Hòa"),
    ],
)
def test_a_table_or_minutes_of_another_commune_are_told(book, other, named):
    rules = rules_in_force(book, "advanced", "Hà Nam", dt.date(2024, 11, 26))
    told = misfits([document(REPORT), document(other)], ["a.docx", "b.docx"], rules)
    assert [(one.file, named in one.problem) for one in told] == (
        [("b.docx", True)] if named else []
    )
