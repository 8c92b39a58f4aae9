"""Which phrases keep their capital inside a sentence."""

from __future__ import annotations

import pytest

from ntm_analysis.capitals import lower_first

NAMES = """
Hà Nam
Thanh Hóa
Thành phố Hồ Chí Minh|thành phố Hồ Chí Minh
Liêm Cần
Xã Liêm Cần|xã Liêm Cần
Huyện Thanh Liêm|huyện Thanh Liêm
Tỉnh Hà Nam|tỉnh Hà Nam
Thôn Động Nhất|thôn Động Nhất
Ban Chỉ huy quân sự, dân quân
Ban chỉ đạo do Bí thư đứng đầu|ban chỉ đạo do Bí thư đứng đầu
Phòng Tài chính - Kế hoạch huyện
Phòng học bộ môn|phòng học bộ môn
Ủy ban nhân dân xã
Hội đồng nhân dân tỉnh
Hội Nông dân
Hội thi văn hóa|hội thi văn hóa
Bộ Công Thương
Bộ tiêu chí về xã nông thôn mới|bộ tiêu chí về xã nông thôn mới
Công an xã
Công trình thủy lợi|công trình thủy lợi
Đảng ủy xã
Đảm bảo vệ sinh|đảm bảo vệ sinh
Đắk Lắk
OCOP 3 sao
HTX dịch vụ nông nghiệp
VNeID
CNTT trong thủ tục hành chính
Sản phẩm OCOP|sản phẩm OCOP
Số HTX|số HTX
Internet ở thôn
Y tế|y tế
Ý kiến người dân|ý kiến người dân
Ở xã có bốn thôn|ở xã có bốn thôn
Tỷ lệ 100% trở lên|tỷ lệ 100% trở lên
Hòa Bình
Hòa giải ở cơ sở|hòa giải ở cơ sở
Cao Bằng
Cao hơn ngưỡng|cao hơn ngưỡng
Tờ trình đề nghị thẩm tra|tờ trình đề nghị thẩm tra
A Lưới
A list of roads|a list of roads
All 4 hamlets|all 4 hamlets
The Party committee|the Party committee
Party committee resolution
People's Committee of the district
People satisfied|people satisfied
Liêm Cần commune
Residents' satisfaction|residents' satisfaction
E-health management
123 hộ
“Bốn tại chỗ”
"""
ROWS = [line.partition("|") for line in NAMES.strip().splitlines()]


@pytest.mark.parametrize(("text", "small"), [(a, b or a) for a, _, b in ROWS])
def test_only_what_is_no_name_loses_its_capital(text: str, small: str):
    assert lower_first(text) == small
    assert lower_first(small) == small


def test_nothing_is_nothing():
    assert lower_first("") == ""
