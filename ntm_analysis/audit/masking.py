"""Hiding what looks like a number or a ratio and is none: dates, document numbers, codes."""

from __future__ import annotations

import re
from typing import Final

from ntm_analysis.audit.words import UNIT

HIDDEN: Final = "\x01"
THIN: Final = "\u202f"
"""A space that divides thousands, where a text has one."""
_DAYS, _MONTHS = 31, 12
_YEAR = r"(?:19|20)\d\d"
_DAY_MONTH = r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/]|[.,]\d)"
_CODES = r"\d+(?:[.,]\d+)*(?:\s?(?:[-–;,]|và|hoặc|đến)\s?\d+(?:[.]\d+)*(?![\d,]*\s?%))*"

DOCUMENT: Final = (
    r"\d[\d.]*[A-Za-z]?(?:[/-]\d{4})?(?:-|\s{0,2}/\s?)(?=[A-ZĐ]{2}|[A-ZĐ]\w*-)"
    r"[A-ZĐ][\w&.]*(?:(?:[-/–]| - )[\w&.]+)*"
)
SLASHED: Final = (
    # the day alone, named as one: ngày 30/4, đến 30/6, dịp 27/7 và 2/9
    rf"(?<!\w)(?:ngày|dịp|lễ|hôm|mùng|rằm|sáng|trưa|chiều|tối|đêm)\s+(?:ngày\s+)?{_DAY_MONTH}"
    rf"(?:\s*(?:[-–,]|và|đến)\s*(?:ngày\s+)?{_DAY_MONTH}(?!\s*{UNIT}))*"
    rf"|(?<!\w)(?:trước|sau|đến|tới|từ|hết|kỷ niệm|chào mừng)\s+(?:ngày\s+)?{_DAY_MONTH}"
    rf"(?!\s*{UNIT})(?:\s*(?:[-–,]|và|đến)\s*{_DAY_MONTH}(?!\s*{UNIT}))*"
)
_UNTIL: Final = re.compile(
    r"(?<!\w)(?:tính đến|đến|tới|hết|trước|sau)\s+(?:ngày\s+)?"
    r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])",
    re.I,
)
_PERCENT_WORDS: Final = re.compile(r"(?<=\d)\s*phần trăm(?!\w)", re.I)
_PATTERNS: Final = (
    r"https?://\S+|www\.\S+|(?<!\S)\S{1,60}@\S{1,60}\.\w{2,10}|\b[\w-]{1,40}(?:\.[\w-]{1,40}){0,4}\.(?:gov|com|org|edu)(?:\.vn)?\b",
    r"\b(?:QCVN|TCVN|TCXDVN|ISO|IEC)[ :]?[\d.:/-]+(?:/?[A-ZĐ]+)*",
    rf"(?<![\d.,/])\d{{1,2}}\s?(?P<mark>[/.-])\s?\d{{1,2}}\s?(?P=mark)\s?{_YEAR}(?!\d)",
    r"(?<![\d.,/])(?:0?[1-9]|[12]\d|3[01])(?P<sep>[/-])(?:0?[1-9]|1[0-2])(?P=sep)\d\d(?![\d/]|"
    r"[.,]\d)",
    rf"\b\d{{1,2}}\s*[-–]\s*\d{{1,2}}/\d{{1,2}}/{_YEAR}",
    r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?",
    SLASHED,
    rf"(?<!\w)(?:tháng|quý|đợt|kỳ|học kỳ|khóa|lần)\s+(?:\d{{1,2}}|[IVX]+)"
    rf"\b(?:\s*[/-]\s*{_YEAR})?(?![\d.,]*\d|\s*{UNIT})",
    rf"(?<![\d.,/])(?:0?[1-9]|1[0-2])\s?/\s?{_YEAR}(?![\d/]|[.,]\d|\s*{UNIT})",
    rf"(?<![\d.,/]){_YEAR}\s?[-–—/]\s?{_YEAR}(?![\d/]|[.,]\d|\s*{UNIT})",
    rf"năm(?:\s+học)?\s+{_YEAR}(?:\s?[-–,]\s?{_YEAR})*(?!\d)",
    # telephone numbers and long codes
    r"(?<!\w)(?:điện thoại|đt|sđt|tel|fax|hotline|đường dây nóng|số máy|zalo|cccd|cmnd|mst|"
    r"mã số thuế|số tài khoản|mã số)\s*(?:số|là)?\s*[:.]?\s*[+(]?\d[\d .()/-]{4,}\d",
    r"(?:\(0\d{2,3}\)|\+84|(?<![\d.,/])0\d{2,3})[ .-]?\d{3}[ .-]?\d{3,5}(?:\s?/\s?\d{3,})?",
    r"(?<![\d.,])\d{9,}(?![.,]?\d)",
    rf"(?<![\d.,/])24\s?/\s?(?:7|24)(?![\d/]|[.,]\d|\s*{UNIT})(?:\s*(?:giờ|h)\b)?",
    r"24h\s?/\s?24h?|24/24h|7\s?/\s?7 ngày|365/365 ngày",
    r"\d{1,2}\s?h\s?\d{2}\b|\d{1,2}\s+giờ\s+\d{1,2}(?:\s+phút)?",
    # streets, plots, plans, sizes
    r"(?<!\w)(?:quốc lộ|tỉnh lộ|huyện lộ|hương lộ|ql|đh|phố|ngõ|ngách|hẻm|kiệt|số nhà|nhà số|"
    r"thửa đất|thửa|tờ bản đồ|tờ|lô|km)"
    r"\s*(?:số\s*)?\d+[A-Za-z]?(?:\s?[/+]\s?\d+)*[A-Z]?(?![\d.,]*\d)"
    rf"(?!\s*(?:km|m|ha|{UNIT}))",
    rf"đường\s+(?:số\s+)?\d{{1,2}}/\d{{1,2}}(?![\d/]|[.,]\d|\s*(?:km|m|tuyến|{UNIT}))",
    r"(?:tỷ|tỉ) lệ\s*(?:bản đồ\s*)?1\s?[/:]\s?\d[\d.]*00\b",
    r"\b1/(?:500|1000|2000|5000|10000|1\.000|2\.000|5\.000|10\.000)(?!\d|\s*" + UNIT + ")",
    r"đá\s+\d\s?[x×]\s?\d|\d+(?:[.,]\d+)?\s?[x×]\s?\d+(?:[.,]\d+)?(?:\s?[x×]\s?\d+(?:[.,]\d+)?)?\s?(?:cm|mm|m|px)\b",
    r"\d{2,3}/\d{2,3}\s*mmHg",
    # numbers after the word for what they name
    r"(?<!\w)(?:nghị quyết|quyết định|nghị định|thông tư|chỉ thị|công văn|kế hoạch|chương trình|"
    r"đề án|"
    r"tờ trình|báo cáo|luật|hướng dẫn|thông báo)"
    r"\s+(?:số\s*:?\s*)?\d[\d.]*(?:/\d+)*(?![\d.,/]*\d|\s*%)",
    rf"(?<!\w)(?:tiêu chí|chỉ tiêu|nội dung|nhóm)\s+(?:số\s+)?:?\s*{_CODES}(?![\d/]|\s*%)",
    rf"(?<!\w)(?:khoản|điều|mục|phụ lục|chương|bảng|biểu|mẫu số|hình|dòng|trang|phần|tiểu mục)"
    rf"\s+(?:số\s+)?:?\s*{_CODES}(?![\d/]|\s*%)",
    r"(?<!\w)lớp\s+\d{1,2}\s?/\s?\d{1,2}(?![\d/]|[.,]\d)",
    rf"(?<!\w)(?:mức độ|mức|cấp độ|loại|hạng|lớp|khối|bậc|nhóm|thứ)"
    rf"\s+(?:số\s+)?{_CODES}(?![\d/.,]*\d|\s*%|\s*(?:triệu|tỷ|đồng|nghìn))",
    r"\b(?:k?m|cm|dm|mm)[23](?!\d)|\bcovid-19\b",
    r"^\s*\d{1,2}[.)]\s",
)
_HIDE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.I | re.M)
_ENDLESS = re.compile(r"[\d.,/-]{60,}")
_CASED = re.compile(
    rf"{DOCUMENT}|^\s*\d{{1,2}}(?:\.\d{{1,2}})+\.?\s+(?=[A-ZĐÀ-Ỵ])|\b[A-ZĐ]+-?\d+\b"
)


def mask(text: str) -> str:
    """Return the text with what is no number hidden, letter by letter, so that places stay.

    Thousands divided by a space are divided by a point, and *phần trăm* is a sign.
    """
    text = text.replace(THIN, ".")
    text = _PERCENT_WORDS.sub(lambda match: "%".ljust(len(match[0])), text)
    text = _UNTIL.sub(_day, text)
    text = _ENDLESS.sub(_hidden, text)
    text = _CASED.sub(_hidden, text)
    return _HIDE.sub(_hidden, text)


def _hidden(match: re.Match[str]) -> str:
    return HIDDEN * len(match[0])


def _day(match: re.Match[str]) -> str:
    """Hide what must be a day, since no part is larger than its whole: `đến 30/11 hộ nghèo còn`."""
    day, month = int(match["d"]), int(match["m"])
    return _hidden(match) if month < day <= _DAYS and 0 < month <= _MONTHS else match[0]
