"""Shares of waste, land or roads that are put together of shares of households or persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ntm_analysis.audit.figures import NUM
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.words import UNIT, countable, same_unit
from ntm_analysis.language import say

_MEASURED: Final = (
    r"chất thải|rác|phụ phẩm|nước thải|diện tích|đất|đường|sản lượng|khối lượng|kinh phí|vốn"
)
_WHOLE: Final = re.compile(
    rf"(?:tỷ|tỉ) lệ\s+(?P<what>(?:{_MEASURED})(?!\w)[^.;:%\d]{{0,160}}?)"
    rf"\s*(?:đạt|là|chiếm)[^.;:%\d]{{0,20}}(?P<share>{NUM}\s*%)",
    re.I,
)
_OF_IT: Final = re.compile(r"^\W{0,4}(?:trong đó|bao gồm|gồm)(?!\w)", re.I)
_PART: Final = re.compile(
    rf"{NUM}\s*%\s*(?:được\s+)?(?:(?:các|số|tổng số)\s+)*(?P<unit>{UNIT})", re.I
)
_REACH: Final = 400
_LEAST: Final = 2


def check_other_bases(report: Report) -> Iterator[Finding]:
    """Find a share of one thing that is explained by shares of another."""
    for place, paragraph in report.numbered():
        for match in _WHOLE.finditer(paragraph.text):
            after = paragraph.text[match.end() : match.end() + _REACH]
            if not _OF_IT.match(after):
                continue
            units = [
                same_unit(part["unit"]) for part in _PART.finditer(after) if countable(part["unit"])
            ]
            named = {same_unit(one) for one in re.findall(rf"(?<!\w){UNIT}", match["what"], re.I)}
            other = [unit for unit in dict.fromkeys(units) if units.count(unit) >= _LEAST]
            if other and not named & set(other):
                yield Finding(
                    place,
                    match.start("share"),
                    match.end("share"),
                    match["share"],
                    say("audit.parts_of_other", unit=other[0]),
                    "unclear",
                )
