"""The form of a whole report: its kind, its elements, its citations; a sound one is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.audit import audit_text

CHECKS = ("report_kind", "report_form", "document_bare", "legal_basis", "blank", "section_part")
REPORT = (Path(__file__).parent / "sound_report.txt").read_text(encoding="utf-8").rstrip("\n")


def told(text: str) -> list[tuple[str, str]]:
    return [(row.check, row.stated) for row in audit_text(text.split("\n")) if row.check in CHECKS]


def test_a_sound_report_is_left_alone():
    assert told(REPORT) == []


SPOILT = [
    ("Số: 214/BC-UBND\n", "", ("report_form", "BÁO CÁO"), "số và ký hiệu"),
    ("Sông Lô, ngày 28 tháng 11 năm 2024\n", "", ("report_form", "BÁO CÁO"), "ngày, tháng, năm"),
    ("Sông Lô, ngày 28", "Ngày 28", ("report_form", "BÁO CÁO"), "địa danh"),
    ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", "", ("report_form", "BÁO CÁO"),
     "người ký"),
    ("c) Đánh giá\nĐạt.\n2.2", "c) Tự đánh giá\nĐạt.\n2.2", ("report_kind", "c) Tự đánh giá"),
     "thẩm tra"),
    ("đạt chuẩn nông thôn mới nâng cao năm 2024.\nNơi", "đạt chuẩn nông thôn mới kiểu mẫu.\nNơi",
     ("report_kind", "nông thôn mới kiểu mẫu"), "nâng cao"),
    ("III. KIẾN NGHỊ\n", "III. KIẾN NGHỊ\nXã cần giữ vững các tiêu chí NTM kiểu mẫu.\n",
     ("report_kind", "NTM kiểu mẫu"), "nâng cao"),
    ("số 771/QĐ-UBND ngày 10/9/2021 của", "số 771/QĐ-UBND của",
     ("document_bare", "Quyết định số 771/QĐ-UBND"), "ngày hoặc năm"),
    ("số 771/QĐ-UBND ngày 10/9/2021 của", "số 771 của", ("document_bare", "Quyết định số 771"),
     "ký hiệu"),
    ("Quyết định số 12/2022/QĐ-UBND ngày 16/9/2022 của UBND tỉnh về Bộ",
     "Quyết định số 30/2019/QĐ-UBND ngày 02/8/2019 của UBND tỉnh về Bộ",
     ("legal_basis", "30/2019/QĐ-UBND"), "kết luận"),
    ("4/4 thôn có sân bóng chuyền", "¾ thôn có sân bóng chuyền", ("section_part", "¾ thôn"),
     "3 trên 4"),
    ("Hồ sơ có 5 thành phần", "Hồ sơ có …… thành phần", ("blank", "……"), "để trống"),
]  # fmt: skip


@pytest.mark.parametrize(("sound", "spoilt", "row", "says"), SPOILT)
def test_what_is_spoilt_is_told(sound, spoilt, row, says):
    assert sound in REPORT
    text = REPORT.replace(sound, spoilt, 1)
    rows = [each for each in audit_text(text.split("\n")) if each.check in CHECKS]
    assert row[0] in {each.check for each in rows}, rows
    assert any(
        each.check == row[0] and each.stated.startswith(row[1].strip()) and says in each.recomputed
        for each in rows
    ), rows


def test_a_sound_report_of_a_commune_on_itself_may_assess_itself():
    own = REPORT.replace("Kết quả thẩm tra mức độ", "Kết quả thực hiện và mức độ").replace(
        "I. KẾT QUẢ THẨM TRA", "I. KẾT QUẢ THỰC HIỆN"
    )
    own = own.replace("c) Đánh giá", "c) Tự đánh giá")
    assert told(own) == []
    assert told(own.replace("I. KẾT QUẢ THỰC HIỆN", "I. KẾT QUẢ THẨM TRA")) == [
        ("report_kind", "I. KẾT QUẢ THẨM TRA")
    ]
