"""What a report holds that could be checked, and how much of it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ntm_analysis.audit.figures import NUM
from ntm_analysis.audit.formulas import written_sums
from ntm_analysis.audit.grids import stated_rates, stated_totals
from ntm_analysis.audit.mentions import mentions
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.report import Report

Kind = Literal["percentages", "fractions", "sums"]
KINDS: Final[tuple[Kind, ...]] = ("percentages", "fractions", "sums")
_PERCENT: Final = re.compile(rf"(?<![\d.,/])(?:{NUM})\s*%")
_FRACTION: Final = re.compile(
    rf"(?<![\d.,/\w])(?:{NUM})\s*(?:[^\W\d_]+\s*){{0,4}}/\s*(?:{NUM})(?![\d/])"
)
_LISTED: Final = re.compile(r"bao gồm|gồm có|gồm|chia ra|trong đó", re.I)
_CHECKS: Final[dict[Kind, frozenset[str]]] = {
    "percentages": frozenset(
        {"ratio", "base", "fraction", "equation", "percent_sum", "difference", "table"}
        | {"attainable"}
    ),
    "fractions": frozenset({"ratio", "part", "tally", "fraction", "equation", "table"}),
    "sums": frozenset({"equation", "percent_sum", "count_sum", "table"}),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that could be checked.

    Attributes
    ----------
    kind : {"percentages", "fractions", "sums"}
    place, start, end : int
        The paragraph, and where it stands there.
    """

    kind: Kind
    place: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Census:
    """The figures of a report by kind.

    Attributes
    ----------
    held, checked : dict of str to int
        How many there are of each kind, and how many a check recomputed.
    unchecked : list of Figure
    """

    held: dict[Kind, int]
    checked: dict[Kind, int]
    unchecked: list[Figure]


def census(report: Report, findings: Sequence[tuple[str, Finding]]) -> Census:
    """Count the figures of a report, and which of them the findings are about.

    Parameters
    ----------
    report : Report
    findings : sequence of (str, Finding)
        Each with the key of its check.
    """
    held: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    checked: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    unchecked: list[Figure] = []
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for key, finding in findings:
        spans.setdefault((key, finding.paragraph), []).append((finding.start, finding.end))
    for figure in sorted(set(_figures(report)), key=lambda each: (each.place, each.start)):
        held[figure.kind] += 1
        if any(
            start < figure.end and figure.start < end
            for key in _CHECKS[figure.kind]
            for start, end in spans.get((key, figure.place), ())
        ):
            checked[figure.kind] += 1
        else:
            unchecked.append(figure)
    return Census(held, checked, unchecked)


def _figures(report: Report) -> Iterator[Figure]:
    for place, paragraph in report.numbered():
        bare = paragraph.bare
        for match in _PERCENT.finditer(bare):
            yield Figure("percentages", place, match.start(), match.end())
        for match in _FRACTION.finditer(bare):
            yield Figure("fractions", place, match.start(), match.end())
        for start, end in written_sums(bare):
            yield Figure("sums", place, start, end)
        if not paragraph.lines[0].cells:
            yield from _lists(place, bare)
    for place, start, end in stated_rates(report):
        yield Figure("percentages", place, start, end)
    for place, start, end in stated_totals(report):
        yield Figure("sums", place, start, end)


def _lists(place: int, bare: str) -> Iterator[Figure]:
    """Yield what says of a total which parts it has, two of them at least."""
    for match in _LISTED.finditer(bare):
        stop = re.search(r"\.(?=\s|$)", bare[match.end() :])
        end = match.end() + (stop.start() if stop else len(bare))
        parts = mentions(bare[match.end() : end])
        before = mentions(bare[: match.start()])
        if before and len(parts) > 1 and before[-1].dimension in {each.dimension for each in parts}:
            yield Figure("sums", place, match.start(), match.end())
