"""What a commune's notebook makes, by a plain function: the floor runs are measured against."""

from __future__ import annotations

import pandas as pd

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


def plain_tables(report: Report) -> list[pd.DataFrame]:
    """Return the tables that the notebook shows on the way to the report.

    Parameters
    ----------
    report : Report
    """
    rules, figures = calculation.rules_table(report), calculation.figures_table(report)
    several = figures.groupby("variable")["text"].transform("nunique") > 1
    results = report.assessment.of(report.case)
    edge = ["short", "value", "requires", "margin", "headroom", "headroom_unit"]
    return [
        rules[["name", "formula", "requires", "decision", "law"]],
        figures[several].sort_values("variable", kind="stable"),
        _steps(report, rules),
        results.pivot_table("name", "claimed_verdict", "verdict", aggfunc="count"),
        *(calculation.explain(report, code) for code in ("11",) if code in results.index),
        results[results["verdict"] == "met"].nsmallest(8, "thinness")[
            [*edge, "thinness", "stability"]
        ],
        calculation.what_turns(report, poor_households=34).T,
    ]


def _steps(report: Report, rules: pd.DataFrame) -> pd.DataFrame:
    values = calculation.computed_values(report)
    steps = rules[["name", "op", "threshold", "unit"]].assign(value=values)
    steps = steps[steps["op"].isin([">=", ">", "<=", "<"])].dropna(subset=["value"])
    more, exact = steps["op"].isin([">=", ">"]), steps["op"].isin([">=", "<="])
    margin = steps["value"] - steps["threshold"]
    steps["margin"] = margin.where(more, -margin)
    steps["holds"] = (steps["margin"] > 0).where(steps["margin"].abs() >= 1e-9, exact)
    return steps


def plain_story(report: Report) -> list[str | bytes]:
    """Return what the notebook shows on the way to the report, and the report's HTML for Jupyter.

    Parameters
    ----------
    report : Report
    """
    calculation.used_figures(report)  # what the notebook works one indicator out by hand from
    number = int(report.assessment.of(report.case)["criterion"].mode()[0])
    figure, _ = calculation.criterion_figure(report, number)
    return [
        *(
            text
            for table in plain_tables(report)
            for text in (table.to_html(max_rows=10), repr(table))
        ),
        figure._repr_png_(),
        *(as_html(section, section.lang) for section in plain_report(report)),
    ]
