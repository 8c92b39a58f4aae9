"""One indicator step by step, from its figures to its conclusion."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ntm_analysis.communes import Reading, choose
from ntm_analysis.language import say, translate
from ntm_analysis.narrative import Report
from ntm_analysis.narrative.indicator_view import IndicatorView
from ntm_analysis.narrative.web_rows import filled_formula
from ntm_analysis.numbers import format_number
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import Limb, Rule

Step = tuple[str, str, str, str]


def explain(report: Report, indicator: str) -> pd.DataFrame:
    """Return how the report comes to its conclusion on one indicator, step by step.

    Parameters
    ----------
    report : Report
    indicator : str
        Its code: `11`, `17.8`.

    Returns
    -------
    DataFrame
        A row a step, in the report's language: `step`, `what`, `value` (as printed), `source`
        (of a figure its place in the papers, of a requirement the decision). Other readings of a
        figure follow the one that is used.

    Raises
    ------
    DataErrors
        If no such indicator is in force there on that day.

    Examples
    --------
    >>> report = Report.load("liem-can", 2024, lang="en")
    >>> steps = explain(report, "11").set_index("step")["value"]
    >>> print(steps["value"], steps["requirement"], steps["verdict"])
    0.97% < 1.0% Met
    """
    rule = report.case.rules.by_code.get(str(indicator))
    if rule is None:
        known = ", ".join(report.case.rules.by_code)
        problem = Problem(
            say("case.given"),
            say("calculation.no_indicator", code=indicator),
            say("calculation.no_indicator_wanted", codes=known),
        )
        raise DataErrors([problem])
    rows = [*_limbs(report, rule), *_outcome(report, rule)]
    frame = pd.DataFrame(rows, columns=["step", "what", "value", "source"])
    frame["step"] = [translate(f"calculation.{step}", report.lang) for step in frame["step"]]
    return frame


def _limbs(report: Report, rule: Rule) -> Iterator[Step]:
    view = report.indicators[rule.code]
    several = len(rule.indicator.limbs) > 1
    shown = {limb.key: seen for limb, seen in zip(rule.indicator.limbs, view.limbs, strict=False)}
    for limb in rule.indicator.limbs:
        seen = shown.get(limb.key, view.own) if several else view.own
        name = limb.name[report.lang] if limb.name else view.name
        yield from _figures(report, rule, limb)
        yield "formula", limb.formula, filled_formula(report, rule, limb), ""
        yield "value", name, seen.value or "–", ""
        decision = report.decision_name(rule.decision) if rule.decision else "–"
        yield "requirement", rule.printed(limb.key) or name, seen.requires, decision


def _figures(report: Report, rule: Rule, limb: Limb) -> Iterator[Step]:
    variables = report.case.rules.rulebook.variables
    for name in limb.variables:
        used = choose(report.case.readings, name, rule.code)
        if used is None:
            continue
        label = variables[name].label[report.lang]
        yield "figure", label, _print(report, used), used.source
        for other in report.case.readings:
            if other.variable == name and other.value_key != used.value_key:
                yield "other", label, _print(report, other), other.source


def _print(report: Report, reading: Reading) -> str:
    return format_number(reading.low, report.lang) if reading.exact else reading.text


def _stability(report: Report, view: IndicatorView) -> tuple[str, str]:
    """Return the readings that turn the verdict and what it turns to, in words."""
    if view.flip is None:
        return "", translate("calculation.stable", report.lang)
    changes = "; ".join(f"{label}: {new}" for label, new, _ in view.flip.changes)
    return changes, f"{view.word} → {view.flip.word}"


def _outcome(report: Report, rule: Rule) -> Iterator[Step]:
    view, row = report.indicators[rule.code], report.assessment.of(report.case).loc[rule.code]
    yield "margin", "", view.own.margin or "–", ""
    if view.own.headroom:
        yield "headroom", "", view.own.headroom, ""
    yield "verdict", "", view.word, ""
    yield "stability", *_stability(report, view), ""
    if view.standing:
        yield "standing", "", view.standing_word, str(row["evidence_grade"])
    yield "conclusion", "", view.conclusion_word, view.decided_by
