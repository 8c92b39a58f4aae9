"""The table of the audit's checks, and the audit itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntm_analysis.audit.criteria import check_counts, check_thresholds
from ntm_analysis.audit.documents import check_documents
from ntm_analysis.audit.formulas import check_equations, check_set_fractions
from ntm_analysis.audit.passages import Passage
from ntm_analysis.audit.quantities import check_attainable, check_quantities
from ntm_analysis.audit.ratios import check_counts_with_percent, check_ratios
from ntm_analysis.audit.row import AuditRow
from ntm_analysis.audit.sums import check_count_sums, check_percent_sums
from ntm_analysis.language import Lang, translate

Run = Callable[[Sequence[Passage]], Iterable[AuditRow]]


def _each(check: Callable[[Passage], Iterator[AuditRow]]) -> Run:
    return lambda passages: (row for passage in passages for row in check(passage))


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """One kind of check of a report's text.

    Attributes
    ----------
    key : str
        As in the column `check`.
    runs : tuple of callable
        From all passages to rows.
    """

    key: str
    runs: tuple[Run, ...]

    def title(self, lang: Lang) -> str:
        """Return what is checked."""
        return translate(f"audit.check_{self.key}", lang)


CHECKS: tuple[AuditCheck, ...] = (
    AuditCheck("ratio", (_each(check_ratios), _each(check_counts_with_percent))),
    AuditCheck("part_whole", ()),  # found beside the ratios
    AuditCheck("formula", (_each(check_equations), check_set_fractions)),
    AuditCheck("sum", (_each(check_percent_sums), _each(check_count_sums))),
    AuditCheck("threshold", (check_thresholds,)),
    AuditCheck("count", (check_counts,)),
    AuditCheck("document", (check_documents,)),
    AuditCheck("quantity", (check_quantities,)),
    AuditCheck("attainable", (check_attainable,)),
)


def audit(passages: Sequence[Passage]) -> list[AuditRow]:
    """Check a report's text.

    Parameters
    ----------
    passages : sequence of Passage
        In the order of the report.

    Returns
    -------
    list of AuditRow
        In the order of the report.
    """
    places = {(p.page, p.line): number for number, p in reversed(list(enumerate(passages)))}
    rows = dict.fromkeys(row for check in CHECKS for run in check.runs for row in run(passages))
    return sorted(rows, key=lambda row: places.get((row.page, row.line), 0))
