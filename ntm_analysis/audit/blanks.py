"""Blanks where a figure, a number or a day is announced."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from ntm_analysis.audit.model import Finding, Line
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.text import clean
from ntm_analysis.audit.words import UNIT
from ntm_analysis.language import say

_DOTS: Final = r"(?:…|\.{3,}|_{2,}|(?:\.\s){2,}\.)[…._ ]*"
_ANNOUNCED: Final = r"(?<!\w)(?:là|có|đạt|chiếm|bằng|còn|gồm|khoảng|(?:tổng )?số)"
_SHARE: Final = r"(?:\s+(?:tỷ|tỉ) lệ)?"
_COUNTED: Final = rf"%|{UNIT}|đồng|triệu|tỷ(?! lệ)"
_PATTERNS: Final = (
    # đạt …… %, là ..... hộ, có ____ người
    rf"{_ANNOUNCED}{_SHARE}\s*:?\s*{_DOTS}\s*(?:{_COUNTED}|[/,;)]|$)",
    # a line of dots that stands apart, but not one that leads to the number of a page
    r"(?<![^\s:(|])(?:…{2,}+|\.{5,}+|_{3,}+)[…._ ]*+(?!\s*\d+\s*$)",
    # đạt %, chiếm tỷ lệ %; but not the unit of a column
    rf"(?<!đơn vị )(?<!đơn vị tính )(?<!\w)(?:đạt|chiếm|là|bằng|còn){_SHARE}\s*:?\s*%",
    rf"(?<!\w)(?:số|Số)\s*:?\s*{_DOTS}\s*/\s*[A-ZĐ]{{2}}",
    rf"(?<!\w)ngày\s*{_DOTS}\s*(?:/|tháng|năm)|(?<!\w)tháng\s*{_DOTS}\s*(?:/|năm)",
)
_SPACED: Final = (
    rf"{_ANNOUNCED}{_SHARE}\s*:?[ ]{{3,}}(?:{_COUNTED})",
    rf"{_ANNOUNCED}{_SHARE}\s*:?[ ]{{2,}}(?:{_COUNTED})(?=\s*(?:[,.;:/)]|$))",
    r"(?<!\w)(?:số|Số)\s*:[ ]{2,}/\s*[A-ZĐ]{2}",
    r"(?<!\w)ngày[ ]{2,}tháng|(?<!\w)tháng[ ]{2,}năm",
)
"""A page of a PDF has spaces of its own; there they announce nothing."""
_ANY: Final = re.compile("|".join(_PATTERNS), re.I)
_ANY_SPACED: Final = re.compile("|".join((*_PATTERNS, *_SPACED)), re.I)
_BLANK_SPACES: Final = str.maketrans(dict.fromkeys("\t\u00a0\u2002\u2003\u3000", " "))


def check_blanks(report: Report) -> Iterator[Finding]:
    """Find blanks where a figure is announced: `đạt … %`, `là   hộ`, `Số: ……/BC-UBND`."""
    for place, paragraph in report.numbered():
        for number, line in enumerate(paragraph.lines):
            raw = _plain(report.raw(line))
            pattern = _ANY if line.page is not None else _ANY_SPACED
            for match in pattern.finditer(raw):
                start = paragraph.starts[number] + len(clean(raw[: match.start()]))
                end = paragraph.starts[number] + len(clean(raw[: match.end()]))
                yield Finding(
                    place, start, end, " ".join(match[0].split()), say("audit.blank"), "unclear"
                )


def _plain(line: Line) -> str:
    return unicodedata.normalize("NFC", line.text).translate(_BLANK_SPACES)
