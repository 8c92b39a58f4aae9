"""Annexes worded by hand, written before the reader was tried on them: a national column beside the
province's, names said otherwise, codes shifted by rows that the set does not have."""

from __future__ import annotations

import pytest

from ntm_analysis.law.draft import draft_annex
from tests.law.score import score

# code, name, what the nation prints, what the province prints, the requirements of each limb
ROWS = [
    ("II", "Giao thông", None, None, None),
    (
        "2.1",
        "Đường xã: tỉ lệ được duy tu thường niên, sạch đẹp, đủ biển báo và đèn chiếu sáng",
        "UBND cấp tỉnh quy định cụ thể",
        "≥ 93%",
        {"2.1": {"own": ">= 93"}},
    ),
    ("2.2", "Có bãi đỗ xe công cộng tại trung tâm xã", "-", "Có", None),
    (
        "2.3",
        "Tỉ lệ ngõ, xóm được bê tông hóa, sáng xanh sạch đẹp",
        "UBND cấp tỉnh quy định",
        "≥ 88%",
        {"2.3": {"own": ">= 88"}},
    ),
    (
        "2.4",
        "Tỉ lệ đường trục chính ra đồng được cứng hóa",
        "≥ 70%",
        "≥ 85%",
        {"2.4": {"own": ">= 85"}},
    ),
    ("III", "Thủy lợi", None, None, None),
    (
        "3.1",
        "Diện tích đất nông nghiệp được tưới, tiêu chủ động",
        "≥ 90%",
        "Trên 92%",
        {"3.1": {"own": "> 92"}},
    ),
    (
        "3.2",
        "Tổ chức thủy lợi cơ sở (HTX, tổ hợp tác) hoạt động hiệu quả",
        "≥ 1",
        "Ít nhất 02 tổ chức",
        {"3.2": {"own": ">= 2"}},
    ),
    ("3.3", "Cây trồng chủ lực tưới tiết kiệm nước", "≥ 20%", "≥ 25 %", {"3.3": {"own": ">= 25"}}),
    ("9", "Hộ có nhà kiên cố, bán kiên cố", "≥ 95%", "≥ 96,5%", {"9": {"own": ">= 96.5"}}),
    (
        "10",
        "Thu nhập bình quân đầu người/năm 2025",
        "",
        "≥ 68 triệu đồng",
        {"10": {"own": ">= 68"}},
    ),
    ("11", "Hộ nghèo đa chiều", "≤ 2%", "Không quá 1,5%", {"11": {"own": "<= 1.5"}}),
    (
        "12.1",
        "LĐ qua đào tạo (cả nam, nữ)",
        "",
        "≥ 78%",
        {"12.1": {"own": ">= 78", "men": ">= 78", "women": ">= 78"}},
    ),
    (
        "13.2",
        "Sản phẩm OCOP còn hạn công nhận",
        "",
        "Tối thiểu 02 sản phẩm",
        {"13.2": {"own": ">= 2"}},
    ),
    (
        "13.5",
        "Sản phẩm chủ lực bán trên sàn thương mại điện tử",
        "",
        "≥ 15%",
        {"13.5": {"own": ">= 15"}},
    ),
    (
        "14.1",
        "Dân số tham gia BHYT",
        "≥ 95%",
        "≥ 94%",
        {"14.1": {"own": ">= 94", "men": ">= 94", "women": ">= 94"}},
    ),
    ("14.2", "Người dân được quản lý sức khỏe điện tử", "≥ 90%", "≥ 85%", None),
    (
        "16.2",
        "Vụ việc hòa giải ở cơ sở được hòa giải thành",
        "",
        "từ 87% trở lên",
        {"16.2": {"own": ">= 87"}},
    ),
    (
        "17.4",
        "Hộ thu gom, xử lý nước thải sinh hoạt phù hợp",
        "",
        "≥ 42%",
        {"17.4": {"own": ">= 42"}},
    ),
    ("17.5", "Hộ phân loại rác tại nguồn", "", "≥ 55%", {"17.5": {"own": ">= 55"}}),
    ("17.10", "Hình thức hỏa táng", "", "≥ 12%", {"17.10": {"own": ">= 12"}}),
    (
        "17.11",
        "Diện tích cây xanh công cộng trên đầu người khu dân cư nông thôn",
        "",
        "≥ 3,5 m²/người",
        {"17.11": {"own": ">= 3.5"}},
    ),
    ("18.1", "Hộ dùng nước sạch từ công trình tập trung", "", "≥ 65%", {"18.1": {"own": ">= 65"}}),
    ("18.2", "Nước sạch bình quân đầu người/ngày đêm", "", "≥ 70 lít", {"18.2": {"own": ">= 70"}}),
    ("18.5", "Sự cố mất ATTP trên địa bàn", "", "Không", None),
]


def truth():
    return {
        (code, limb, ""): text
        for *_, limbs in ROWS
        for code, named in (limbs or {}).items()
        for limb, text in named.items()
    }


def write_docx(path):
    from docx import Document

    document = Document()
    table = document.add_table(1, 4)
    heads = ("STT", "Nội dung", "Quy định Trung ương", "Quy định của tỉnh")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    for code, name, national, own, _ in ROWS:
        for cell, text in zip(table.add_row().cells, (code, name, national, own), strict=True):
            cell.text = text or ""
    document.save(str(path))


def write_text(path):
    lines = [f"{code}. {name}" + (f": {own}" if own else "") for code, name, _, own, _ in ROWS]
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(("write", "name"), [(write_docx, "a.docx"), (write_text, "a.txt")])
def test_an_annex_worded_otherwise_is_read_without_a_silent_error(book, tmp_path, write, name):
    path = tmp_path / name
    write(path)
    draft = draft_annex(path, book, "advanced")
    result = score(draft, truth())
    assert not result.wrong, result.wrong
    assert result.right >= 0.9 * len(truth()), (str(result), result.lefts)
    by_limb = {(one.code, one.limb): one for one in draft.items if one.code}
    assert by_limb["14.2", "own"].reading.sure == "person"
