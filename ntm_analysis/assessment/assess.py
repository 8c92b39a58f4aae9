"""The assessment of communes: one row a commune and indicator, one a limb."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ntm_analysis.assessment.combine import RuleResult, assess_rule
from ntm_analysis.assessment.criteria import criteria_of
from ntm_analysis.assessment.deciding import LimbFigures, decided_columns, figures_of
from ntm_analysis.assessment.flips import stabilities
from ntm_analysis.assessment.options import Readings
from ntm_analysis.assessment.reasons import unreasoned
from ntm_analysis.assessment.stability import STABLE
from ntm_analysis.assessment.stack import stack
from ntm_analysis.assessment.standing import (
    FIRM,
    conclusions,
    standings,
    turned,
)
from ntm_analysis.assessment.thin import is_thin
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
from ntm_analysis.assessment.words import range_text
from ntm_analysis.communes import Case, Evidence, choose
from ntm_analysis.language import Lang
from ntm_analysis.problems import DataErrors
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

FURTHER_COLUMNS = ("limb", "reason", "thinness", "thin")
"""What `ntm results` gives after them: the limb that decides, why there is no plain verdict, the
share that may be lost, and whether that is less than the report's limit."""

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
        `value_high`, `value_text`, `op`, `threshold`, `kind`, `short`, `decision`, `limb` (the
        one that decides the verdict: value, unit, requirement, margin and headroom are its own),
        `own_low`, `own_high` (the value of the indicator's own quantity), `reason`,
        `missing_limbs`, `headroom_base` (the whole), `headroom_count` (what is counted
        itself), `thinness`, `thin`, `thin_limb` (the limb that thinness speaks of), `decided`
        (whether the conclusion is the appraiser's), `turns` (whether another reading of the
        dossier turns the verdict, and not our own not knowing a threshold).
    limbs : DataFrame
        A row a limb of indicators with several, with its own margin and headroom.
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
        """Return the columns of `ntm results`: `COLUMNS`, then `FURTHER_COLUMNS`.

        A value is a number; the words of the report where it is an inequality, a range or a
        status; the grade's key where it is a grade.
        """
        table = self.results[[*COLUMNS, *FURTHER_COLUMNS]].copy()
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
        rule = case.rules.by_code[str(row["indicator"])]
        return case.rules.rulebook.scale_of(rule.limb(str(row["limb"])))[int(row["value_low"])]

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

    @cached_property
    def criteria(self) -> pd.DataFrame:
        """A row a commune-year and criterion; see `criteria_of`."""
        return criteria_of(self.results)

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

    Examples
    --------
    >>> case = load_case(find_project(), "liem-can-2024")
    >>> assess([case]).of(case).loc["11", "verdict"]
    'met'
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
            shown = figures_of(rule, result, variables)
            made = _result_columns(rule, result, shown, group, evidence, lang)
            made["stability"] = stabilities(rule, figures, readings, result.verdict)
            made |= _concluded(rule, made, group)
            results.append({**made, "_case": positions, "_order": order})
            if len(rule.indicator.limbs) > 1:
                parts = _limb_columns(rule, result, shown, group)
                limbs.extend({**part, "_order": order} for part in parts)
    made_of_all = Assessment(tuple(cases), stack(results, COLUMNS), stack(limbs, LIMB_COLUMNS))
    problems = [
        problem
        for case in cases
        if case.decided
        for problem in unreasoned(case, made_of_all.of(case))
    ]
    if problems:
        raise DataErrors(problems)
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


def _by_rules(cases: Sequence[Case]) -> list[tuple[RulesInForce, list[tuple[int, Case]]]]:
    """Return the cases by what is asked: appraisals end on many days, rules change on few."""
    groups: dict[Hashable, tuple[RulesInForce, list[tuple[int, Case]]]] = {}
    for position, case in enumerate(cases):
        key = (case.rules.content, id(case.rules.rulebook))
        groups.setdefault(key, (case.rules, []))[1].append((position, case))
    return list(groups.values())


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


def _by_indicator(rows: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    groups: dict[str, list[Evidence]] = {}
    for row in rows:
        groups.setdefault(row.indicator, []).append(row)
    return groups


def _grade(rows: Sequence[Evidence], missing: str) -> str:
    best = min((row.grade for row in rows), default=_EVIDENCE_OF_NOTHING)
    return max(best, _GRADE_OF_MISSING_LIMB) if missing else best


def _result_columns(
    rule: Rule,
    result: RuleResult,
    figures: Mapping[str, LimbFigures],
    cases: Sequence[Case],
    shown: Sequence[Mapping[str, list[Evidence]]],
    lang: Lang | None,
) -> dict[str, Any]:
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
        "evidence_grade": [_grade(rows, str(missing[i])) for i, rows in enumerate(evidence)],
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


def _limb_columns(
    rule: Rule, result: RuleResult, figures: Mapping[str, LimbFigures], cases: Sequence[Case]
) -> Iterator[dict[str, Any]]:
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


__all__ = [
    "COLUMNS",
    "FURTHER_COLUMNS",
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
