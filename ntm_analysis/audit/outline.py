"""Where the parts of a whole report are: its title, its legal bases, its conclusion."""

from __future__ import annotations

import re
from typing import Final

from ntm_analysis.audit.report import Report

_BASIS: Final = re.compile(r"^(?:[-+*]\s*)?Căn cứ\s")
_FIRST_HEADING: Final = re.compile(r"^(?:[IVX]+|\d+)\s*[.)]\s|^PHẦN\b|^Phần (?:thứ|I)")
_CONCLUSION: Final = re.compile(
    r"^(?:[IVX]+\s*[.)]\s*|PHẦN\s+\w+\W*|\d+\s*[.)]\s*)?(?:KẾT LUẬN|Kết luận)\W{0,3}$"
)
_TITLE: Final = re.compile(r"^(?:BÁO CÁO|TỜ TRÌNH|BIÊN BẢN|THÔNG BÁO)\b")
_TITLE_LINES: Final = 12
_LEAST: Final = 30
"""Paragraphs from which a text is a report and not a passage of one."""


def is_whole(report: Report) -> bool:
    """Return whether this is a whole report and not a passage, whose dates may stand elsewhere."""
    return len(report.paragraphs) >= _LEAST


def preamble(report: Report) -> list[int]:
    """Return the paragraphs of the legal bases: those before the first heading."""
    found = []
    for place, paragraph in report.numbered():
        if _BASIS.match(paragraph.text):
            found.append(place)
        elif found and _FIRST_HEADING.match(paragraph.text):
            break
    return found


def conclusion_start(report: Report) -> int | None:
    """Return the paragraph with the heading of the conclusion; the last such."""
    found = [place for place, one in report.numbered() if _CONCLUSION.match(one.text)]
    return found[-1] if found else None


def title_of(report: Report) -> tuple[int, str] | None:
    """Return where the title stands and its words: what kind of paper it is, and on what.

    None for a passage, which has no title, and where the heading is not found.
    """
    if not is_whole(report):
        return None
    for place, paragraph in list(report.numbered())[:_TITLE_LINES]:
        if _TITLE.match(paragraph.text):
            words = [paragraph.text]
            for after in report.paragraphs[place + 1 : place + 4]:
                if _BASIS.match(after.text) or _FIRST_HEADING.match(after.text):
                    break
                words.append(after.text)
            return place, " ".join(words)
    return None
