"""The table of checks, and running them over a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ntm_analysis.audit.bases import check_bases
from ntm_analysis.audit.blanks import check_blanks
from ntm_analysis.audit.census import Figure, Kind, census
from ntm_analysis.audit.citations import check_bare_documents, check_legal_bases
from ntm_analysis.audit.differences import check_differences
from ntm_analysis.audit.documents import (
    check_document_dates,
    check_document_numbers,
    check_document_years,
)
from ntm_analysis.audit.form import check_formal_elements, check_kind_of_report
from ntm_analysis.audit.formulas import check_set_fractions, check_written_sums
from ntm_analysis.audit.grim import check_attainable
from ntm_analysis.audit.model import AuditRow, Finding, Line
from ntm_analysis.audit.other_base import check_other_bases
from ntm_analysis.audit.parts import check_section_parts
from ntm_analysis.audit.quantities import check_quantities
from ntm_analysis.audit.ratios import check_parts, check_ratios
from ntm_analysis.audit.reading import lines_of
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.sums import check_count_sums, check_percent_sums
from ntm_analysis.audit.tables import check_tables
from ntm_analysis.audit.tallies import check_tallies
from ntm_analysis.audit.thresholds import check_thresholds
from ntm_analysis.documents.plain import blocks_of
from ntm_analysis.language import Text, messages, say


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes
    ----------
    key : str
        Its name in the results; its title and what it does are messages of that name.
    run : callable
    """

    key: str
    run: Callable[[Report], Iterator[Finding]]

    @property
    def title(self) -> Text:
        """Its title in both languages."""
        return self._said("title")

    @property
    def what(self) -> Text:
        """What it does, in both languages."""
        return self._said("what")

    def _said(self, part: str) -> Text:
        key = f"audit.checks.{self.key}.{part}"
        return Text(vi=messages("vi")[key], en=messages("en")[key])


UNCHECKED: Final = "unchecked"
"""What stands for a check in the rows of figures that none could recompute."""

CHECKS: Final = (
    Check("ratio", check_ratios),
    Check("base", check_bases),
    Check("part", check_parts),
    Check("fraction", check_set_fractions),
    Check("equation", check_written_sums),
    Check("percent_sum", check_percent_sums),
    Check("other_base", check_other_bases),
    Check("count_sum", check_count_sums),
    Check("difference", check_differences),
    Check("table", check_tables),
    Check("threshold", check_thresholds),
    Check("tally", check_tallies),
    Check("document_date", check_document_dates),
    Check("document_number", check_document_numbers),
    Check("document_year", check_document_years),
    Check("document_bare", check_bare_documents),
    Check("legal_basis", check_legal_bases),
    Check("report_kind", check_kind_of_report),
    Check("report_form", check_formal_elements),
    Check("blank", check_blanks),
    Check("section_part", check_section_parts),
    Check("quantity", check_quantities),
    Check("attainable", check_attainable),
)


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit of a report found, and what it could not check.

    Attributes
    ----------
    rows : list of AuditRow
        In the order of the report; one figure may have rows of several checks.
    unchecked : list of AuditRow
        The percentages, fractions and sums that no check could recompute, as `unclear`.
    held, checked : dict of str to int
        How many percentages, fractions and sums the report holds; how many were checked.
    remarks : list of str
        How the document was read, in the user's language.
    """

    rows: list[AuditRow]
    unchecked: list[AuditRow]
    held: dict[Kind, int]
    checked: dict[Kind, int]
    remarks: list[str] = field(default_factory=list)


def audit_text(lines: Iterable[Line | str]) -> list[AuditRow]:
    """Check the arithmetic of a report.

    Parameters
    ----------
    lines : iterable of Line or str
        The report's lines; plain strings are numbered from 1.

    Returns
    -------
    list of AuditRow
        In the order of the report; one figure may have rows of several checks.
    """
    return examined(lines).rows


def examined(lines: Iterable[Line | str], remarks: Iterable[str] = ()) -> Audit:
    """Check the arithmetic of a report, and count what was checked and what was not."""
    report = Report(_numbered(list(lines)))
    found = [
        (finding.paragraph, finding.start, order, check.key, finding)
        for order, check in enumerate(CHECKS)
        for finding in check.run(report)
    ]
    found.sort(key=lambda each: each[:3])
    counted = census(report, [(key, finding) for *_, key, finding in found])
    return Audit(
        [_row(report, key, finding) for *_, key, finding in found],
        [_unchecked(report, figure) for figure in counted.unchecked],
        counted.held,
        counted.checked,
        list(remarks),
    )


def _unchecked(report: Report, figure: Figure) -> AuditRow:
    text = report.paragraphs[figure.place].text[figure.start : figure.end]
    finding = Finding(
        figure.place,
        figure.start,
        figure.end,
        text,
        say(f"audit.unchecked.{figure.kind}"),
        "unclear",
    )
    return _row(report, UNCHECKED, finding)


def _numbered(lines: list[Line | str]) -> list[Line]:
    if any(isinstance(line, Line) for line in lines):
        return [line if isinstance(line, Line) else Line(line) for line in lines]
    return list(lines_of(blocks_of([str(line) for line in lines])))


def _row(report: Report, key: str, finding: Finding) -> AuditRow:
    paragraph = report.paragraphs[finding.paragraph]
    line = paragraph.line_at(finding.start)
    return AuditRow(
        line.number,
        line.page,
        finding.quote or paragraph.quote(finding.start, finding.end),
        " ".join(finding.stated.split()),
        finding.recomputed,
        key,
        finding.verdict,
    )
