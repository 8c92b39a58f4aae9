"""The units that reports count in, and the words that carry no meaning of their own."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_UNITS: Final = (
    "hộ gia đình|hộ dân|hộ|nhân khẩu|khẩu|người dân|liều|suất|thẻ|chiếc|cái|vườn|chuồng|"
    "nhân viên|lượt|hợp đồng|người lao động|người|lao động|km2|km|m2|m3|m²|m³|ha|mẫu|sào|tấn|"
    "tạ|thôn|xóm|ấp|bản|buôn|làng|khu dân cư|khu|tổ dân phố|tổ hòa giải|tổ hoà giải|tổ|"
    "trường hợp|trường|tiêu chí|chỉ tiêu|chỉ số|hồ sơ|căn nhà|căn|ngôi nhà|ngôi|nhà văn hóa|"
    "nhà văn hoá|nhà|trẻ em|trẻ|em học sinh|em|học sinh|cháu|điểm|chức danh|vụ việc|vụ|cơ sở|"
    "công trình|"
    "tuyến đường|tuyến|mô hình|sản phẩm|SP|lĩnh vực|hợp tác xã|HTX|đảng viên|"
    "cán bộ|công chức|hội viên|"
    "đoàn viên|phụ nữ|chi bộ|chi hội|giáo viên|phòng học|phòng|lớp|đơn thư|đơn|ý kiến|phiếu|"
    "đại biểu|ca|máy|camera|trạm|cột|cống|xe|bể|giếng|con|trang trại|gia trại|"
    "doanh nghiệp|thuê bao|thành viên|thủ tục|TTHC|văn bản|nội dung|buổi|cuộc|đối tượng|"
    "gia đình|nghĩa trang|sân|chợ|ngõ|dự án|công dân|chỗ|cây|thửa|xã viên|đơn vị|cơ quan|"
    "tổ chức|chủ thể|hạng mục|câu lạc bộ|CLB|đội|nhóm|dân quân|di tích|nóc nhà|kênh|mương|"
    "phương án|bếp|nhà tiêu|nhà tắm|bộ|cửa hàng|quầy|ki ốt|đám|đám tang|mộ|mét|m"
)
UNIT: Final = rf"(?:{_UNITS})(?!\w)"

_PERSONS: Final = {"người", "người dân", "người lao động", "lao động", "khẩu", "nhân khẩu"}
_COUNTED: Final = {"km", "km2", "m", "m2", "m3", "m²", "m³", "ha", "mẫu", "sào", "tấn", "tạ", "mét"}

# What narrows the word before it: a base of these is not the base of all.
QUALIFIER: Final = (
    r"(?:nghèo|cận nghèo|chăn nuôi|sản xuất|kinh doanh|SXKD|SX|nông nghiệp|nông dân|trồng|nuôi|"
    r"chính sách|mới|thoát|tái|vay|khá|giàu|làm|hội viên|có công|thành viên|cá thể|đăng ký|"
    r"được hỗ trợ|khảo sát|được khảo sát|điều tra|không|bị|thuộc|tham gia|còn|trung bình|ở|tại|"
    r"phụ nữ|đồng bào|dân tộc|du lịch|tiểu thương|buôn bán|giết mổ|là|đang|phải|đủ|nhận)"
)


def countable(unit: str | None) -> bool:
    """Whether the unit is counted in whole numbers."""
    return unit is not None and unit.lower() not in _COUNTED


def same_unit(unit: str | None) -> str:
    """Return one name for units that mean the same."""
    name = " ".join((unit or "").lower().split())
    if name in _PERSONS:
        return "người"
    if name == "hộ" or name.startswith("hộ "):
        return "hộ"
    return "sản phẩm" if name == "sp" else name


def alike(first: str, second: str) -> bool:
    """Whether two units mean the same, perhaps one more closely: em, em học sinh."""
    names = sorted((same_unit(first), same_unit(second)), key=len)
    return names[1].startswith(names[0])


_IDLE_WORDS: Final = (
    "tỷ tỉ lệ được và của các trên địa bàn xã theo quy định có là đạt từ bằng trong về cho "
    "với số hiện nay đã hoặc những này năm đến tại ở như thì do mà phải để khi cả hay đều chỉ "
    "tiêu áp dụng gồm bao qua toàn giai đoạn "
)
_IDLE: Final = frozenset(_IDLE_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")


def meaning(text: str) -> list[str]:
    """Return the words of a phrase without those that carry no meaning of their own."""
    return [word for word in _WORD.findall(text.lower()) if word not in _IDLE]


def likeness(wanted: str, given: str) -> float:
    """Return the share of the wanted phrase's word pairs that the given one has too."""
    first, second = meaning(wanted), meaning(given)
    pairs = set(pairwise(first))
    if not pairs:
        return 1.0 if first and set(first) <= set(second) else 0.0
    return len(pairs & set(pairwise(second))) / len(pairs)
