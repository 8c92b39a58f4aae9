"""The table of checks; the book's page on them is made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ntm_analysis.assessment import Assessment
from ntm_analysis.communes import Case
from ntm_analysis.language import Lang, translate
from ntm_analysis.scrutiny import arithmetic, dossier, figures, papers
from ntm_analysis.scrutiny.finding import SEVERITIES, Finding, Severity
from ntm_analysis.scrutiny.subject import Subject


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a commune's figures.

    Attributes
    ----------
    code : str
        `S01` … `S22`; it never changes its meaning.
    severities : tuple of severity
        What its findings can touch.
    run : callable
        From a subject to its findings.
    """

    code: str
    severities: tuple[Severity, ...]
    run: Callable[[Subject], Iterable[Finding]]

    def title(self, lang: Lang) -> str:
        """Return what is checked, in a few words."""
        return translate(f"scrutiny.{self.code}.title", lang)

    def rationale(self, lang: Lang) -> str:
        """Return why an appraiser asks."""
        return translate(f"scrutiny.{self.code}.why", lang)

    def example(self, lang: Lang) -> str:
        """Return a made-up case."""
        return translate(f"scrutiny.{self.code}.example", lang)


CHECKS: tuple[Check, ...] = (
    Check("S01", ("verdict", "inconsistent"), arithmetic.rate_differs),
    Check("S02", ("inconsistent",), figures.several_values),
    Check("S03", ("verdict",), figures.verdict_flips),
    Check("S04", ("verdict", "evidence"), figures.no_figure),
    Check("S05", ("verdict", "form"), figures.not_a_value),
    Check("S06", ("inconsistent",), arithmetic.unattainable),
    Check("S07", ("inconsistent",), arithmetic.part_exceeds_whole),
    Check("S08", ("evidence",), dossier.not_applicable_as_met),
    Check("S09", ("verdict",), dossier.pending_as_met),
    Check("S10", ("evidence", "form"), dossier.dates),
    Check("S11", ("inconsistent",), figures.mixed_dates),
    Check("S12", ("form",), dossier.plan_targets),
    Check("S13", ("evidence",), figures.missing_limb),
    Check("S14", ("verdict", "evidence"), dossier.conditions_without_evidence),
    Check("S15", ("inconsistent",), arithmetic.sums_differ),
    Check("S16", ("form",), figures.thin_margin),
    Check("S17", ("inconsistent",), papers.missed_targets),
    Check("S18", ("form",), papers.bare_documents),
    Check("S19", ("inconsistent",), papers.parts_left_open),
    Check("S20", ("form",), papers.conditions_without_paper),
    Check("S21", ("form",), papers.bases_apart),
    Check("S22", ("form",), papers.formal_elements),
)


def scrutinise(
    case: Case, assessment: Assessment, checks: Sequence[Check] = CHECKS
) -> tuple[Finding, ...]:
    """Return what an appraiser should ask a commune, the gravest first.

    Parameters
    ----------
    case : Case
    assessment : Assessment
        That holds the case.
    checks : sequence of Check, optional
        All of them by default.

    Returns
    -------
    tuple of Finding
        By severity, then in the order of the checks and of the law.
    """
    subject = Subject(case, assessment)
    found = [finding for check in checks for finding in check.run(subject)]
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))
