"""Reports typed without accents: the words that numbers are read by get theirs back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ntm_analysis.audit.model import Line
from ntm_analysis.audit.words import UNIT
from ntm_analysis.spelling import fold

_READ_BY: Final = (
    "đạt|chiếm|bằng|trên tổng số|trên|dưới|trong đó|trong|tổng số|tổng|tỷ lệ|tương đương|"
    "triệu đồng|nghìn đồng|tỷ đồng|đồng|trở lên|khoảng|gần|hơn|từ|đến|còn|năm|tháng|ngày|của|"
    "quyết định|nghị quyết|kế hoạch|tờ trình|báo cáo|thông tư|nghị định|mức độ|tiêu chí|chỉ tiêu|"
    "trđ|nghìn|tăng|giảm|so với|mục tiêu|phấn đấu|yêu cầu|quy định|lít"
)
_ACCENT: Final = re.compile(r"[à-ỹđÀ-ỸĐ]")
_FEW: Final = 0.01


def _table() -> dict[str, str]:
    names = UNIT.removeprefix("(?:").rpartition(")(?!")[0].split("|") + _READ_BY.split("|")
    # a word that is written without accents stays what it is
    return {fold(name): name for name in names if fold(name) != name}


_WORDS: Final = _table()
_ANY: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})(?!\w)", re.I
)


def accented(lines: Iterable[Line]) -> list[Line]:
    """Return lines as they are or, if a text has no accents, with those of what counts.

    Letters stay in their places, so that what is quoted is still the report's own.
    """
    lines = list(lines)
    text = "\n".join(line.text for line in lines)
    letters = sum(map(str.isalpha, text))
    if not letters or len(_ACCENT.findall(text)) > _FEW * letters:
        return lines
    return [
        replace(
            line,
            text=restored(line.text),
            cells=tuple(replace(cell, text=restored(cell.text)) for cell in line.cells),
        )
        for line in lines
    ]


def restored(text: str) -> str:
    """Return a text with the accents of the words that numbers are read by.

    Examples
    --------
    >>> restored("dat 98,4% tong so ho")
    'đạt 98,4% tổng số hộ'
    """
    return _ANY.sub(_restored, text)


def _restored(match: re.Match[str]) -> str:
    word = _WORDS[match[0].lower()]
    return word[0].upper() + word[1:] if match[0][0].isupper() else word
