"""The assessment of communes: one row a commune and indicator, one a limb."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ntm_analysis.assessment.columns import (
    COLUMNS,
    FURTHER_COLUMNS,
    LIMB_COLUMNS,
    by_indicator,
    concluded_columns,
    limb_columns,
    result_columns,
)
from ntm_analysis.assessment.combine import assess_rule
from ntm_analysis.assessment.criteria import criteria_of
from ntm_analysis.assessment.deciding import figures_of
from ntm_analysis.assessment.flips import stabilities
from ntm_analysis.assessment.options import Readings
from ntm_analysis.assessment.reasons import unreasoned
from ntm_analysis.assessment.stack import stack
from ntm_analysis.assessment.standing import FIRM
from ntm_analysis.assessment.verdicts import (
    COUNTED,
    MET,
    NO_DATA,
    NOT_APPLICABLE_VERDICT,
    NOT_MET,
    PENDING_VERDICT,
    VERDICTS,
)
from ntm_analysis.assessment.wide import WideFigures, readings_frame
from ntm_analysis.communes import Case
from ntm_analysis.language import Lang
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook import RulesInForce

Record = Mapping[Hashable, Any]
"""A row of a frame by its columns' names."""


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

    def records(self, case: Case) -> Mapping[str, Record]:
        """Return the results of one case as plain records, by indicator code.

        For whoever reads them one by one, which a frame is slow at.
        """
        key = (case.params.commune, case.params.year)
        if key not in self._records:
            rows = self.results.iloc[self._rows.get(key, [])].to_dict("records")
            self._records[key] = {str(row["indicator"]): row for row in rows}
        return self._records[key]

    def limb_records(self, case: Case) -> Mapping[tuple[str, str], Record]:
        """Return the limbs of one case as plain records, by indicator code and limb."""
        key = (case.params.commune, case.params.year)
        if key not in self._limb_records:
            mine = (self.limbs["commune"] == key[0]) & (self.limbs["year"] == key[1])
            rows = self.limbs[mine].to_dict("records")
            self._limb_records[key] = {(r["indicator"], r["limb"]): r for r in rows}
        return self._limb_records[key]

    @cached_property
    def _records(self) -> dict[tuple[str, int], dict[str, Record]]:
        return {}

    @cached_property
    def _limb_records(self) -> dict[tuple[str, int], dict[tuple[str, str], Record]]:
        return {}

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
            claimed=how_many("claimed_verdict", *COUNTED),
            computed=how_many("verdict", *COUNTED),
            firm=how_many("standing", FIRM),
            concluded=how_many("conclusion", *COUNTED),
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
        evidence = [by_indicator(case.evidence) for case in group]
        for order, rule in enumerate(rules.rules):
            result = assess_rule(rule, figures)
            shown = figures_of(rule, result, variables)
            made = result_columns(rule, result, shown, group, evidence, lang)
            made["stability"] = stabilities(rule, figures, readings, result.verdict)
            made |= concluded_columns(rule, made, group)
            results.append({**made, "_case": positions, "_order": order})
            if len(rule.indicator.limbs) > 1:
                parts = limb_columns(rule, result, shown, group)
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
