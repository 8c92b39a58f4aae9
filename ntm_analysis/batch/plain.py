"""What a commune's notebook makes, by a plain function: the floor runs are measured against."""

from __future__ import annotations

from ntm_analysis import calculation, narrative
from ntm_analysis.narrative import Report
from ntm_analysis.tables import Md
from ntm_analysis.tables.html import as_html

BEFORE = (
    narrative.summary,
    narrative.legal_bases,
    narrative.dossier,
    narrative.leadership,
    narrative.base_set,
)
AFTER = (
    narrative.conditions,
    narrative.plan,
    narrative.findings,
    narrative.sensitivity,
    narrative.conclusion,
    narrative.recommendations,
    narrative.evidence,
    narrative.provenance,
)


def plain_report(report: Report) -> list[Md]:
    """Return the tables, charts and text of a commune's report, section by section."""
    return [
        *(section(report) for section in BEFORE),
        *(narrative.criterion(report, number) for number in report.criteria),
        *(section(report) for section in AFTER),
    ]


def plain_story(report: Report) -> list[str | bytes]:
    """Return what the notebook shows on the way to the report, and the report's HTML for Jupyter.

    Parameters
    ----------
    report : Report
    """
    rules, figures = calculation.rules_table(report), calculation.figures_table(report)
    results = report.assessment.of(report.case)
    frames = [
        rules[["name", "formula", "requires", "decision", "law"]],
        figures[figures.groupby("variable")["text"].transform("nunique") > 1],
        rules[["name", "op", "threshold"]].assign(value=calculation.computed_values(report)),
        results.pivot_table("name", "claimed_verdict", "verdict", aggfunc="count"),
        *(calculation.explain(report, code) for code in ("11",) if code in results.index),
        results.nsmallest(8, "thinness")[["short", "value", "requires", "margin"]],
        calculation.what_turns(report, poor_households=34),
    ]
    number = int(results["criterion"].mode()[0])
    figure, _ = calculation.criterion_figure(report, number)
    return [
        *(text for frame in frames for text in (frame.to_html(max_rows=10), repr(frame))),
        figure._repr_png_(),
        *(as_html(section, section.lang) for section in plain_report(report)),
    ]
