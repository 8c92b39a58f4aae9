"""The criteria of a report: what each requires, what was reached, what the commune claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ntm_analysis.audit.report import Report

_HEAD: Final = re.compile(
    r"^(?:\d+(?:\.\d+)*[.)]?\s*|[IVX]+\.\s*|[-+*]\s*)?(?:Tiêu chí|TIÊU CHÍ)\s+(?:số\s+|SỐ\s+)?"
    r"(?P<n>\d{1,2})(?!\d|\s*[,/;])(?P<name>[^\d]{0,110})$"
)
_PART: Final = re.compile(
    r"^(?:[-+*]\s*)?(?:(?:[a-dđ]|\d{1,2}(?:\.\d{1,2})*|[ivx]+)\s*[.)]\s*)?"
    r"(?P<what>các yêu cầu|yêu cầu|nội dung yêu cầu|quy định|"
    r"kết quả|hiện trạng|thực trạng|"
    r"tự đánh giá|đánh giá|mức độ đạt|kết luận)(?P<rest>[^\d]{0,60})$",
    re.I,
)
_OPENED: Final = re.compile(
    r"^(?:[-+*]\s*)?(?:[a-dđ]\s*[.)]\s*)?(?P<what>yêu cầu|kết quả|tự đánh giá|đánh giá)"
    r"(?: của tiêu chí| tiêu chí| thực hiện| đạt được)*\s*:\s*(?P<rest>.+)$",
    re.I,
)
_END: Final = re.compile(
    r"^(?:[IVX]+\.\s|\d+\.\s+(?:Về|Tình hình|Kế hoạch)|KẾT LUẬN|Kết luận chung|KIẾN NGHỊ)"
)
_FAILED: Final = re.compile(r"(?:chưa|không|ko)\s+(?:được\s+)?đạt", re.I)


@dataclass(slots=True)
class Section:
    """One criterion of a report.

    Attributes
    ----------
    number : int
    head : int
        The paragraph of its heading.
    required, results, claims : list of (int, int)
        Paragraphs of each part, with the offset where the part begins in them.
    """

    number: int
    head: int
    required: list[tuple[int, int]] = field(default_factory=list)
    results: list[tuple[int, int]] = field(default_factory=list)
    claims: list[tuple[int, int]] = field(default_factory=list)

    def failed(self, report: Report) -> bool:
        """Whether the commune itself says that the criterion is not met."""
        return any(_FAILED.search(report.paragraphs[place].text) for place, _ in self.claims)


def sections(report: Report) -> list[Section]:
    """Return the criteria of a report in order; each begins at a heading `Tiêu chí 3 …`."""
    found: list[Section] = []
    part: list[tuple[int, int]] | None = None
    for place, paragraph in report.numbered():
        head = _HEAD.match(paragraph.text)
        if head:
            found.append(Section(int(head["n"]), place))
            part = None
        elif found and _END.match(paragraph.text):
            part = None
            found.append(Section(0, place))
        elif found and found[-1].number:
            opened = _PART.match(paragraph.text) or _OPENED.match(paragraph.text)
            if opened:
                part = _part(found[-1], opened["what"].lower())
                if opened.re is _OPENED:
                    part.append((place, opened.start("rest")))
                elif part is found[-1].claims:
                    part.append((place, 0))
            elif part is not None:
                part.append((place, 0))
    return [section for section in found if section.number]


def _part(section: Section, what: str) -> list[tuple[int, int]]:
    if "yêu cầu" in what or "quy định" in what:
        return section.required
    if what.startswith(("kết quả", "hiện", "thực")):
        return section.results
    return section.claims


def in_sequence(found: list[Section]) -> list[Section]:
    """Return the criteria that are numbered from 1 without a gap; later repetitions left out."""
    run: list[Section] = []
    for section in found:
        if section.number == len(run) + 1:
            run.append(section)
        elif section.number > len(run) + 1:
            return []
    return run


def items(report: Report, part: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield the paragraphs of a part with their text hidden where it is no number."""
    for place, start in part:
        yield place, start, report.paragraphs[place].bare[start:]
