"""Counts of parts within one criterion: all of them here, fewer there, and still met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ntm_analysis.audit.figures import VULGAR
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.sections import sections
from ntm_analysis.language import say

_PARTS: Final = (
    r"thôn|xóm|ấp|bản|buôn|làng|khu dân cư|tổ dân phố|tổ hòa giải|tổ hoà giải|tổ|điểm|trường|"
    r"chức danh|nhà văn hóa|nhà văn hoá|câu lạc bộ|mô hình|chi bộ|vị trí"
)
_MOST: Final = 40
"""So many parts are counted one by one; beyond, a share is meant."""
_VULGAR: Final = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5),
                  "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6)}  # fmt: skip
_FRACTION: Final = re.compile(
    rf"(?<![\d.,/])(?:(?P<part>\d{{1,2}})\s?/\s?(?P<whole>\d{{1,2}})(?![\d/.,]*\d)|(?P<sign>[{VULGAR}]))"
    rf"\s*(?P<unit>{_PARTS})(?!\w)",
    re.I,
)
_WHOLE: Final = re.compile(
    rf"(?:gồm|có|biên chế|định biên|tổng số)\s*(?:đủ\s*)?(?P<n>\d{{1,2}})\s*"
    rf"(?P<unit>{_PARTS})(?!\w)",
    re.I,
)
_FILLED: Final = re.compile(
    rf"(?:mới có|hiện có|đang có|mới bố trí(?: được)?|mới|chỉ có|còn thiếu|khuyết)\s*"
    rf"(?P<n>\d{{1,2}})\s*"
    rf"(?:/\s*\d{{1,2}}\s*)?(?P<unit>{_PARTS}|người|đồng chí)(?!\w)",
    re.I,
)
_POSTS: Final = ("chức danh", "vị trí")


def check_section_parts(report: Report) -> Iterator[Finding]:
    """Find a criterion called met of which some parts are counted short of others."""
    for section in sections(report):
        if not section.claims or section.failed(report):
            continue
        found = [
            (place, match, *_read(match))
            for place, start in section.results
            for match in _FRACTION.finditer(report.paragraphs[place].text, start)
        ]
        whole = {one for *_, part, one in found if part == one}
        told: set[tuple[int, int]] = set()
        for place, match, part, one in found:
            if part >= one or (part, one) in told:
                continue
            stated = _stated(report, section.results, match["unit"])
            if one in whole or one in stated:
                told.add((part, one))
                said = say("audit.parts.short", part=part, whole=one, unit=match["unit"].lower())
                yield Finding(place, match.start(), match.end(), match[0], said, "unclear")
        yield from _posts(report, section.results, {one for _, one in told})


def _read(match: re.Match[str]) -> tuple[int, int]:
    if match["sign"]:
        return _VULGAR.get(match["sign"], (0, 0))
    part, whole = int(match["part"]), int(match["whole"])
    return (part, whole) if whole <= _MOST else (0, 0)


def _stated(report: Report, places: list[tuple[int, int]], unit: str) -> set[int]:
    """Return how many there are by the words of a section: `gồm 4 chức danh`."""
    return {
        int(match["n"])
        for place, start in places
        for match in _WHOLE.finditer(report.paragraphs[place].text, start)
        if match["unit"].lower() == unit.lower()
    }


def _posts(report: Report, places: list[tuple[int, int]], told: set[int]) -> Iterator[Finding]:
    """Find posts of which fewer are filled: `4 chức danh … mới có 3 đồng chí`."""
    for place, start in places:
        text = report.paragraphs[place].text
        for all_ in _WHOLE.finditer(text, start):
            if all_["unit"].lower() not in _POSTS or int(all_["n"]) in told:
                continue
            for some in _FILLED.finditer(text, all_.end()):
                wanting = re.match(r"còn thiếu|khuyết", some[0], re.I)
                if wanting or int(some["n"]) < int(all_["n"]):
                    part = int(all_["n"]) - int(some["n"]) if wanting else int(some["n"])
                    unit = all_["unit"].lower()
                    said = say("audit.parts.short", part=part, whole=int(all_["n"]), unit=unit)
                    yield Finding(place, some.start(), some.end(), some[0], said, "unclear")
                    break
