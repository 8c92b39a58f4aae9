"""The assessment of communes: one row a commune and indicator, one a limb."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ntm_analysis.assessment.combine import RuleResult, assess_rule
from ntm_analysis.assessment.conditions import condition_standing, reason_missing
from ntm_analysis.assessment.flips import stabilities
from ntm_analysis.assessment.headroom import limb_headroom
from ntm_analysis.assessment.margin import limb_margin
from ntm_analysis.assessment.options import Readings
from ntm_analysis.assessment.stability import STABLE
from ntm_analysis.assessment.stack import stack
from ntm_analysis.assessment.standing import (
    FIRM,
    conclusions,
    needs_reason,
    standings,
    turned,
)
from ntm_analysis.assessment.verdicts import (
    MET,
    NO_DATA,
    NOT_APPLICABLE_VERDICT,
    NOT_MET,
    PENDING_VERDICT,
    VERDICTS,
    LimbResult,
)
from ntm_analysis.assessment.wide import WideFigures, readings_frame
from ntm_analysis.communes import Case, Evidence, choose
from ntm_analysis.language import Lang
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import Limb, Rule, RulesInForce

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

LIMB_COLUMNS = ("commune", "year", "indicator", "limb", "value", "requires", "verdict", "reason")
_EVIDENCE_OF_NOTHING = "E"
_GRADE_OF_MISSING_LIMB = "D"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many indicators are met, from claim to conclusion; not applicable ones are counted.

    Attributes
    ----------
    claimed : int
        By the commune, indicator by indicator.
    computed : int
        By the figures.
    firm : int
        By the figures, no other reading turning them, with sufficient evidence.
    concluded : int
        By the appraiser; where none decided, those that are firm.
    """

    claimed: int
    computed: int
    firm: int
    concluded: int


@dataclass(frozen=True)
class Assessment:
    """The verdicts on one or more communes.

    Attributes
    ----------
    cases : tuple of Case
    results : DataFrame
        A row a commune-year and indicator in legal order: `COLUMNS`, then `value_low`,
        `value_high`, `value_text`, `op`, `threshold`, `kind`, `short`, `decision`, `reason`,
        `missing_limbs`, `headroom_base` (the whole), `headroom_count` (what is counted itself),
        `decided` (whether the conclusion is the appraiser's), `turns` (whether another reading of
        the dossier turns the verdict, and not our own not knowing a threshold).
    limbs : DataFrame
        A row a limb of indicators with several.
    """

    cases: tuple[Case, ...]
    results: pd.DataFrame
    limbs: pd.DataFrame

    def of(self, case: Case) -> pd.DataFrame:
        """Return the results of one case, indexed by indicator code."""
        rows = self._rows.get((case.params.commune, case.params.year), [])
        mine: pd.DataFrame = self.results.iloc[rows].set_index("indicator", drop=False)
        return mine

    @cached_property
    def _rows(self) -> dict[Any, Any]:
        if self.results.empty:
            return {}
        return dict(self.results.groupby(["commune", "year"], sort=False).indices)

    @cached_property
    def _cases(self) -> dict[tuple[str, int], Case]:
        return {(case.params.commune, case.params.year): case for case in reversed(self.cases)}

    def published(self) -> pd.DataFrame:
        """Return the columns of `ntm results`.

        A value is a number; the words of the report where it is an inequality, a range or a
        status; the grade's key where it is a grade.
        """
        table = self.results[list(COLUMNS)].copy()
        value = table["value"].astype(object)
        words = self.results["value_text"] != ""
        value[words] = self.results["value_text"][words]
        for position in self.results.index[(self.results["kind"] == "grade") & ~words]:
            row = self.results.loc[position]
            if row["value_low"] == row["value_low"]:
                value[position] = self._grade(row)
        table["value"] = value
        return table

    def _grade(self, row: pd.Series[Any]) -> str:
        case = self._cases[(row["commune"], row["year"])]
        own = case.rules.by_code[str(row["indicator"])].indicator.own
        return case.rules.rulebook.scale_of(own)[int(row["value_low"])]

    def counts(self, case: Case) -> Counts:
        """Return the four counts of a case: claimed, computed, firm, concluded."""
        rows = self.of(case)

        def how_many(column: str, *words: str) -> int:
            return int(rows[column].isin(words).sum())

        return Counts(
            claimed=how_many("claimed_verdict", MET, NOT_APPLICABLE_VERDICT),
            computed=how_many("verdict", MET, NOT_APPLICABLE_VERDICT),
            firm=how_many("standing", FIRM),
            concluded=how_many("conclusion", MET, NOT_APPLICABLE_VERDICT),
        )

    def tally(self, case: Case) -> dict[str, int]:
        """Return how many indicators of a case have each verdict."""
        counts = self.of(case)["verdict"].value_counts()
        return {verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS}


def assess(cases: Sequence[Case], lang: Lang | None = None) -> Assessment:
    """Assess communes on every indicator in force.

    Parameters
    ----------
    cases : sequence of Case
        Cases under the same rules are assessed together, all at once.
    lang : {"vi", "en"}, optional
        The language of the indicators' names; by default each case's own.

    Returns
    -------
    Assessment
        In the order of the cases.

    Raises
    ------
    DataErrors
        If an appraiser's decision goes against the verdict, or beyond its evidence, without a
        reason.

    Notes
    -----
    Verdicts follow the thresholds in force for the case's province and day; see
    QĐ 318/QĐ-TTg (2022) and the provincial decisions named in the column `decision`.
    """
    results: list[dict[str, Any]] = []
    limbs: list[dict[str, Any]] = []
    for rules, members in _by_rules(cases):
        positions = [position for position, _ in members]
        group = [case for _, case in members]
        frame = readings_frame([case.readings for case in group])
        frame["text"] = [reading.text for case in group for reading in case.readings]
        figures, readings = WideFigures(frame, len(group)), Readings(frame)
        variables = rules.rulebook.variables
        evidence = [_by_indicator(case.evidence) for case in group]
        for order, rule in enumerate(rules.rules):
            result = assess_rule(rule, figures)
            made = _result_columns(rules, rule, result, group, evidence, lang)
            made["stability"] = stabilities(rule, figures, readings, result.verdict, variables)
            made |= _concluded(rule, made, group)
            results.append({**made, "_case": positions, "_order": order})
            if len(rule.indicator.limbs) > 1:
                parts = _limb_columns(rule, result, group)
                limbs.extend({**part, "_order": order} for part in parts)
    made_of_all = Assessment(tuple(cases), stack(results, COLUMNS), stack(limbs, LIMB_COLUMNS))
    _check_reasons(made_of_all)
    return made_of_all


def unexplained(cases: Sequence[Case]) -> dict[str, DataErrors]:
    """Return, by ID, which cases hold appraiser's decisions that must give a reason and do not."""
    found = {}
    for case in cases:
        if case.decided:
            try:
                assess([case])
            except DataErrors as error:
                found[case.id] = error
    return found


def _check_reasons(assessment: Assessment) -> None:
    """Refuse decisions that say nothing of why they go beyond the verdict or its evidence."""
    problems: list[Problem] = []
    for case in assessment.cases:
        if not case.decided:
            continue
        rows = assessment.of(case)
        for subject, one in case.decided.items():
            if one.reason:
                continue
            if subject in rows.index:
                row = rows.loc[subject]
                verdict, standing = str(row["verdict"]), str(row["standing"])
            else:
                condition = condition_standing(case, subject)
                verdict, standing = condition.verdict, condition.standing
            if needs_reason(one.decision, verdict, standing):
                problems.append(reason_missing(case, one, verdict, standing))
    if problems:
        raise DataErrors(problems)


def _by_rules(cases: Sequence[Case]) -> list[tuple[RulesInForce, list[tuple[int, Case]]]]:
    """Return the cases by what is asked: appraisals end on many days, rules change on few."""
    groups: dict[Hashable, tuple[RulesInForce, list[tuple[int, Case]]]] = {}
    for position, case in enumerate(cases):
        key = (case.rules.content, id(case.rules.rulebook))
        groups.setdefault(key, (case.rules, []))[1].append((position, case))
    return list(groups.values())


def _text_of(case: Case, rule: Rule, limb: Limb, result: LimbResult, position: int) -> str:
    if result.value.low[position] == result.value.high[position]:
        return ""
    for name in limb.variables:
        reading = choose(case.readings, name, rule.code)
        if reading is not None and not reading.exact:
            return reading.text
    return ""


def _by_indicator(rows: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    groups: dict[str, list[Evidence]] = {}
    for row in rows:
        groups.setdefault(row.indicator, []).append(row)
    return groups


def _grade(rows: Sequence[Evidence], missing: str) -> str:
    best = min((row.grade for row in rows), default=_EVIDENCE_OF_NOTHING)
    return max(best, _GRADE_OF_MISSING_LIMB) if missing else best


def _result_columns(
    rules: RulesInForce,
    rule: Rule,
    result: RuleResult,
    cases: Sequence[Case],
    shown: Sequence[Mapping[str, list[Evidence]]],
    lang: Lang | None,
) -> dict[str, Any]:
    limb = rule.indicator.own
    own = result.limbs[limb.key]
    requirement = rule.own
    book = rules.rulebook
    margin, threshold = limb_margin(limb, requirement, own)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(threshold == 0, np.nan, margin / abs(threshold))
    headroom = limb_headroom(limb, requirement, own, book.variables)
    plain = own.value.low == own.value.high
    loss = book.variables[limb.loss.variable] if limb.loss else None
    base = _headroom_base(limb, own, loss.part_of if loss else None)
    missing = result.missing_limbs
    evidence = [one.get(rule.code, []) for one in shown]
    languages = [lang or case.params.lang for case in cases]
    return {
        "commune": [case.params.commune for case in cases],
        "year": [case.params.year for case in cases],
        "criterion": rule.indicator.criterion,
        "indicator": rule.code,
        "name": [rule.indicator.name[one] for one in languages],
        "value": np.round(np.where(plain, own.value.low, np.nan), 12),
        "unit": limb.unit,
        "requires": requirement.text,
        "margin": margin,
        "relative_margin": relative,
        "headroom": headroom,
        "headroom_unit": np.where(np.isnan(headroom), "", loss.unit if loss else ""),
        "verdict": result.verdict,
        "stability": np.full(len(cases), STABLE, dtype=object),
        "claimed_value": [rows[0].claimed_value if rows else "" for rows in evidence],
        "claimed_verdict": [rows[0].claimed_verdict if rows else "" for rows in evidence],
        "evidence_grade": [_grade(rows, str(missing[i])) for i, rows in enumerate(evidence)],
        "standing": "",
        "conclusion": "",
        "value_low": np.round(own.value.low, 12),
        "value_high": np.round(own.value.high, 12),
        "value_text": [
            "" if plain[i] else _text_of(case, rule, limb, own, i) for i, case in enumerate(cases)
        ],
        "op": requirement.op,
        "threshold": threshold,
        "kind": limb.kind,
        "short": [rule.indicator.short[one] for one in languages],
        "decision": rule.decision,
        "reason": result.reason,
        "missing_limbs": missing,
        "headroom_base": base,
        "headroom_count": _loss_count(limb, own),
    }


def _concluded(rule: Rule, made: Mapping[str, Any], cases: Sequence[Case]) -> dict[str, Any]:
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


def _headroom_base(limb: Limb, own: LimbResult, whole: str | None) -> np.ndarray[Any, Any]:
    if limb.loss is None:
        return np.full(len(own.verdict), np.nan)
    name = whole if whole in own.parts else limb.loss.variable
    assert name is not None
    return own.parts[name].low if name in own.parts else np.full(len(own.verdict), np.nan)


def _loss_count(limb: Limb, own: LimbResult) -> np.ndarray[Any, Any]:
    if limb.loss is None or limb.loss.variable not in own.parts:
        return np.full(len(own.verdict), np.nan)
    return own.parts[limb.loss.variable].low


def _limb_columns(
    rule: Rule, result: RuleResult, cases: Sequence[Case]
) -> Iterator[dict[str, Any]]:
    for limb in rule.indicator.limbs:
        found = result.limbs[limb.key]
        plain = found.value.low == found.value.high
        yield {
            "commune": [case.params.commune for case in cases],
            "year": [case.params.year for case in cases],
            "indicator": rule.code,
            "limb": limb.key,
            "value": np.where(plain, found.value.low, np.nan),
            "value_text": [
                "" if plain[i] else _text_of(case, rule, limb, found, i)
                for i, case in enumerate(cases)
            ],
            "unit": limb.unit,
            "requires": rule.requirements[limb.key].text,
            "verdict": found.verdict,
            "reason": found.reason,
        }


__all__ = [
    "COLUMNS",
    "LIMB_COLUMNS",
    "MET",
    "NOT_APPLICABLE_VERDICT",
    "NOT_MET",
    "NO_DATA",
    "PENDING_VERDICT",
    "VERDICTS",
    "Assessment",
    "assess",
]
