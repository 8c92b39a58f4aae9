"""The columns of the results: of indicators, of their limbs, and of what is concluded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ntm_analysis.assessment.combine import RuleResult
from ntm_analysis.assessment.deciding import LimbFigures, decided_columns
from ntm_analysis.assessment.stability import STABLE
from ntm_analysis.assessment.standing import conclusions, standings, turned
from ntm_analysis.assessment.thin import is_thin
from ntm_analysis.assessment.verdicts import LimbResult
from ntm_analysis.assessment.words import range_text
from ntm_analysis.communes import Case, Evidence, choose
from ntm_analysis.language import Lang
from ntm_analysis.rulebook import Limb, Rule

COLUMNS = (
    "commune",
    "year",
    "criterion",
    "indicator",
    "name",
    "value",
    "unit",
    "requires",
    "margin",
    "relative_margin",
    "headroom",
    "headroom_unit",
    "verdict",
    "stability",
    "claimed_value",
    "claimed_verdict",
    "evidence_grade",
    "standing",
    "conclusion",
)
"""The columns of `ntm results`: a contract."""

FURTHER_COLUMNS = ("limb", "reason", "thinness", "thin")
"""What `ntm results` gives after them: the limb that decides, why there is no plain verdict, the
share that may be lost, and whether that is less than the report's limit."""

LIMB_COLUMNS = ("commune", "year", "indicator", "limb", "value", "requires", "verdict", "reason")
_EVIDENCE_OF_NOTHING = "E"
_GRADE_OF_MISSING_LIMB = "D"


def _texts(
    cases: Sequence[Case], rule: Rule, limb: Limb, result: LimbResult, threshold: float
) -> list[str]:
    """Return the words of a value that is no plain number; else empty.

    Those of the reading that is the value itself; of a computed value, its own ends.
    """
    value = result.value
    texts = [""] * len(cases)
    alone = limb.formula.strip() if limb.formula.strip() in limb.variables else None
    for i in np.flatnonzero(value.number & (value.low != value.high)).tolist():
        name = limb.stated if result.stated[i] else alone
        reading = choose(cases[i].readings, name, rule.code) if name else None
        texts[i] = (
            reading.text
            if reading is not None
            else range_text(
                float(value.low[i]), float(value.high[i]), bool(value.low_open[i]),
                bool(value.high_open[i]), threshold,
            )
        )  # fmt: skip
    return texts


def by_indicator(rows: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    """Return evidence by the indicator that it is of."""
    groups: dict[str, list[Evidence]] = {}
    for row in rows:
        groups.setdefault(row.indicator, []).append(row)
    return groups


def _grade(rows: Sequence[Evidence], case: Case, missing: str) -> str:
    on, last = case.params.on, case.last_day
    best = min((row.deserves(on, last) for row in rows), default=_EVIDENCE_OF_NOTHING)
    return max(best, _GRADE_OF_MISSING_LIMB) if missing else best


def result_columns(
    rule: Rule,
    result: RuleResult,
    figures: Mapping[str, LimbFigures],
    cases: Sequence[Case],
    shown: Sequence[Mapping[str, list[Evidence]]],
    lang: Lang | None,
) -> dict[str, Any]:
    """Return the columns of an indicator's results, for every commune.

    Parameters
    ----------
    rule : Rule
    result : RuleResult
    figures : mapping of limb key to LimbFigures
    cases : sequence of Case
    shown : sequence of mapping of indicator to list of Evidence
        Of each case.
    lang : {"vi", "en"} or None
        Of its name; None for each case's own.
    """
    decided, own = decided_columns(rule, result, figures), figures[rule.indicator.own.key]
    missing = result.missing_limbs
    evidence = [one.get(rule.code, []) for one in shown]
    languages = [lang or case.params.lang for case in cases]
    texts = [
        _texts(cases, rule, limb, result.limbs[limb.key], figures[limb.key].threshold)
        for limb in rule.indicator.limbs
    ]
    limits = np.array([case.params.thin_margin for case in cases])
    return {
        "commune": [case.params.commune for case in cases],
        "year": [case.params.year for case in cases],
        "criterion": rule.indicator.criterion,
        "indicator": rule.code,
        "name": [rule.indicator.name[one] for one in languages],
        **{name: decided[name] for name in COLUMNS if name in decided},
        "verdict": result.verdict,
        "stability": np.full(len(cases), STABLE, dtype=object),
        "claimed_value": [rows[0].claimed_value if rows else "" for rows in evidence],
        "claimed_verdict": [rows[0].claimed_verdict if rows else "" for rows in evidence],
        "evidence_grade": [
            _grade(rows, case, str(lacks))
            for rows, case, lacks in zip(evidence, cases, missing, strict=True)
        ],
        "standing": "",
        "conclusion": "",
        "value_low": decided["value_low"],
        "value_high": decided["value_high"],
        "value_text": [texts[place][i] for i, place in enumerate(result.decides)],
        "op": decided["op"],
        "threshold": decided["threshold"],
        "kind": decided["kind"],
        "short": [rule.indicator.short[one] for one in languages],
        "decision": rule.decision,
        "limb": decided["limb"],
        "own_low": own.low,
        "own_high": own.high,
        "reason": result.reason,
        "missing_limbs": missing,
        "headroom_base": decided["headroom_base"],
        "headroom_count": decided["headroom_count"],
        "thinness": decided["thinness"],
        "thin": is_thin(decided["thinness"], limits),
        "thin_limb": decided["thin_limb"],
    }


def concluded_columns(rule: Rule, made: Mapping[str, Any], cases: Sequence[Case]) -> dict[str, Any]:
    """Return how firm the verdicts on an indicator are, and what is concluded of it."""
    decisions = [case.decided.get(rule.code) for case in cases]
    turns = turned(np.asarray(made["stability"], dtype=object), rule.own.op == "unknown")
    standing = standings(
        made["verdict"],
        turns,
        np.array(made["evidence_grade"]),
        np.array([case.params.evidence_floor for case in cases]),
    )
    decided = np.array([one.decision if one else "" for one in decisions], dtype=object)
    return {
        "standing": standing,
        "conclusion": conclusions(made["verdict"], standing, decided),
        "decided": decided != "",
        "turns": turns,
    }


def limb_columns(
    rule: Rule, result: RuleResult, figures: Mapping[str, LimbFigures], cases: Sequence[Case]
) -> Iterator[dict[str, Any]]:
    """Yield the columns of each limb of an indicator, for every commune."""
    for limb in rule.indicator.limbs:
        found, shown = result.limbs[limb.key], figures[limb.key]
        yield {
            "commune": [case.params.commune for case in cases],
            "year": [case.params.year for case in cases],
            "indicator": rule.code,
            "limb": limb.key,
            "value": shown.value,
            "value_text": _texts(cases, rule, limb, found, shown.threshold),
            "unit": limb.unit,
            "requires": rule.requirements[limb.key].text,
            "op": rule.requirements[limb.key].op,
            "threshold": shown.threshold,
            "margin": shown.margin,
            "relative_margin": shown.relative,
            "headroom": shown.headroom,
            "headroom_unit": np.where(np.isnan(shown.headroom), "", shown.headroom_unit),
            "headroom_base": shown.base,
            "headroom_count": shown.count,
            "thinness": shown.thinness,
            "verdict": found.verdict,
            "reason": found.reason,
        }
