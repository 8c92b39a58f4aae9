"""What looks like a number or a ratio and is none: dates, numbers of documents, telephones."""

from __future__ import annotations

import re
from typing import Final

BLOT: Final = "\x01"
UNIT: Final = (
    r"(?:hộ|người|thôn|xóm|ấp|bản|làng|km|ha|trường|lớp|phòng|học sinh|trẻ|em|cháu|lao động|hồ sơ|"
    r"căn|nhà|ngôi|cơ sở|công trình|chợ|vụ|tổ|điểm|đảng viên|cán bộ|công chức|tuyến|chức danh|"
    r"tiêu chí|chỉ tiêu|sản phẩm|mô hình|máy|con|tấn|kg|cuộc|đoàn viên|hội viên|đồng chí|chi bộ|"
    r"đại biểu|phiếu|thuê bao|ca|đám|khu|cụm|đơn vị|doanh nghiệp|hợp tác xã|HTX|trạm|nhân khẩu|"
    r"khẩu|giáo viên|thẻ|thành viên|hồ|giếng|xã|sào|cây|bộ|lượt|buổi|m2|m²|m3|m)\b"
)
"""What reports count in."""
_YEAR = r"(?:19|20)\d\d"
_NUMBER_OF_DOCUMENT = (
    r"\d[\d.]*(?:/\d{4})?/[A-ZĐĂÂÊÔƠƯ][\w&-]*(?:/[A-ZĐ][\w-]*)*|\d+\s?-\s?[A-ZĐ]{2,}[\w/-]*"
)
_PATTERNS: Final = re.compile(
    "|".join(
        (
            r"https?://\S+|www\.\S+|\S+@\S+\.\S+",
            _NUMBER_OF_DOCUMENT,
            r"\b(?:TCVN|QCVN|ISO|TCXDVN)\s?[\d.:/-]+\w*",
            rf"(?<![\d/])\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{_YEAR}(?!\d)",
            rf"(?<!\d){_YEAR}-\d\d-\d\d(?!\d)",
            # 6/2024 is a month, but 12/2000 hộ a ratio
            rf"(?<![\d/.,])(?:0?[1-9]|1[0-2])\s?/\s?{_YEAR}(?![\d,.]*\d)(?!\s*{UNIT})(?!\s*=)",
            rf"(?<![\d/.,]){_YEAR}\s?[-–/]\s?{_YEAR}(?!\d)(?!\s*{UNIT})",
            r"(?i:ngày|lễ|đường|phố|dịp|mồng|mùng|hôm|chiến dịch|rằm|hè|từ|đến)\s+"
            rf"\d{{1,2}}\s?/\s?\d{{1,2}}(?!\d)(?!\s*(?:{UNIT}|%|=))",
            r"(?i:ngày|mồng|mùng)\s+\d{1,2}(?:\s*,\s*\d{1,2})*(?:\s+tháng\s+\d{1,2})?",
            rf"(?i:tháng|quý)\s+(?:\d{{1,2}}|[IVX]+)(?:\s?/\s?{_YEAR})?",
            rf"(?i:năm)\s+(?:học\s+)?{_YEAR}(?:\s?[-–]\s?{_YEAR})?",
            r"(?<!\d)24\s?/\s?(?:7|24)(?!\d)(?!\s*[h%=])",
            r"(?<![\d.,])\b\d+\s?x\s?\d+(?:\s?x\s?\d+)?(?=\s?(?:m|cm|mm)?\b)(?![\s\d]*[%=])",
            # telephones, accounts and codes of persons
            r"(?i:ĐT|điện thoại|SĐT|fax|tel|hotline|zalo)\s*:?\s*(?:số\s*)?[\d .()+/-]{6,}",
            r"(?<![\d.,/])0\d{2,4}[ .-]?\d{3}[ .-]?\d{3,4}(?!\d)",
            r"(?<![\d.,/])\d{9,}(?![\d,.]*%)",
            r"(?i:điều|khoản|mục|phụ lục|chương|biểu|mẫu|bảng|hình|quốc lộ|tỉnh lộ|đt|ql|tl|dòng|"
            r"trang|số nhà|lô|thửa|tờ bản đồ số|mức độ|cấp độ|vùng|loại|hạng|khóa|lần thứ|thứ)"
            r"\s*(?:số\s+)?\d+(?:[.,/;]\s?\d+)*(?![\d%])",
            r"(?i:nghị quyết|quyết định|kế hoạch|thông tư|nghị định|chỉ thị|công văn|tờ trình)"
            r"\s+(?:số\s*:?\s*)?\d+(?:/\d+)?(?![\d%,.]*\d)(?!\s*%)",
            r"\b(?:m|cm|km|dm)[23]\b|[A-Za-zÀ-ỹĐđ]\d+\b(?!\s?[/%])",
            r"^\s*(?:\d+\.)+\d*\s|^\s*\d{1,2}[.)]\s",
        )
    ),
    re.MULTILINE,
)


def mask(text: str) -> str:
    """Return the text with what is no quantity blotted out; its length stays."""
    return _PATTERNS.sub(lambda match: _blot(match[0]), text)


def _blot(text: str) -> str:
    # Words stay, so that what is told of them can still be read; digits and signs go.
    return "".join(BLOT if not (c.isalpha() or c.isspace()) else c for c in text)
