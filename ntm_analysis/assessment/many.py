"""Assessment of very many communes under one set of rules, from a long frame of readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ntm_analysis.assessment.combine import RuleResult, assess_rule
from ntm_analysis.assessment.deciding import decided_columns, figures_of, value_and_margin
from ntm_analysis.assessment.flips import stabilities
from ntm_analysis.assessment.options import Readings
from ntm_analysis.assessment.standing import conclusions, standings, turned
from ntm_analysis.assessment.verdicts import VERDICTS
from ntm_analysis.assessment.wide import WideFigures
from ntm_analysis.rulebook import RulesInForce

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ManyResults:
    """The results of `n` communes on `k` indicators, as arrays.

    Attributes
    ----------
    codes : tuple of str
        The indicators, in legal order.
    value, margin : array of float, shape (k, n)
    verdict : array of int8, shape (k, n)
        Places in `VERDICTS`.
    headroom, thinness : array of float, shape (k, n)
        Empty, shape (0, 0), where they were not asked for.
    stability : array of str, shape (k, n)
        Likewise.
    standing, conclusion : array of str, shape (k, n)
        Empty, shape (0, 0), where no grades of evidence were given.
    """

    codes: tuple[str, ...]
    value: Floats
    margin: Floats
    verdict: NDArray[np.int8]
    headroom: Floats
    thinness: Floats
    stability: NDArray[np.object_]
    standing: NDArray[np.object_]
    conclusion: NDArray[np.object_]

    def frame(self) -> pd.DataFrame:
        """Return a row a commune and indicator: `case`, `indicator`, and what was assessed."""
        k, n = self.value.shape
        columns: dict[str, Any] = {
            "case": np.repeat(np.arange(n), k),
            "indicator": pd.Categorical.from_codes(
                np.tile(np.arange(k), n), categories=pd.Index(self.codes), ordered=True
            ),
            "value": self.value.T.ravel(),
            "margin": self.margin.T.ravel(),
            "verdict": pd.Categorical.from_codes(
                self.verdict.T.ravel().astype(np.int64), categories=pd.Index(VERDICTS)
            ),
        }
        if self.headroom.size:
            columns["headroom"] = self.headroom.T.ravel()
            columns["thinness"] = self.thinness.T.ravel()
            columns["stability"] = pd.Categorical(self.stability.T.ravel())
        if self.standing.size:
            columns["standing"] = pd.Categorical(self.standing.T.ravel())
            columns["conclusion"] = pd.Categorical(self.conclusion.T.ravel())
        return pd.DataFrame(columns)


def assess_many(
    rules: RulesInForce,
    readings: pd.DataFrame,
    n: int,
    *,
    full: bool = True,
    grades: NDArray[Any] | None = None,
    floor: str = "C",
) -> ManyResults:
    """Assess communes on every indicator in force, all at once.

    Parameters
    ----------
    rules : RulesInForce
    readings : DataFrame
        A row a reading, with the columns `FRAME_COLUMNS` and, for stability, `text`.
    n : int
        How many communes there are; `case` numbers them from 0.
    full : bool
        Whether headroom and stability are wanted too.
    grades : array of str, shape (k, n), optional
        The best grade of evidence for each indicator of each commune, `A` to `E`; with it, and
        `full`, standing and conclusion are found too.
    floor : {"A", "B", "C", "D", "E"}
        The lowest grade that proves.

    Notes
    -----
    The same as `assess` gives for the same readings and grades, where no appraiser has decided.
    """
    figures = WideFigures(readings, n)
    others = Readings(readings) if full else None
    k = len(rules.rules)
    shape = (k, n) if full else (0, 0)
    value, margin = np.empty((k, n)), np.empty((k, n))
    verdict = np.empty((k, n), dtype=np.int8)
    headroom, thinness = np.empty(shape), np.empty(shape)
    stability = np.empty(shape, dtype=object)
    concluded = shape if grades is not None else (0, 0)
    standing = np.empty(concluded, dtype=object)
    conclusion = np.empty(concluded, dtype=object)
    undecided = np.full(n, "", dtype=object)
    variables = rules.rulebook.variables
    for place, rule in enumerate(rules.rules):
        result: RuleResult = assess_rule(rule, figures)
        verdict[place] = pd.Categorical(result.verdict, categories=list(VERDICTS)).codes
        if others is None:
            value[place], margin[place] = value_and_margin(rule, result)
            continue
        shown = decided_columns(rule, result, figures_of(rule, result, variables))
        value[place], margin[place] = shown["value"], shown["margin"]
        headroom[place], thinness[place] = shown["headroom"], shown["thinness"]
        stability[place] = stabilities(rule, figures, others, result.verdict)
        if grades is not None:
            disputed = turned(stability[place], rule.own.op == "unknown")
            standing[place] = standings(result.verdict, disputed, grades[place], floor)
            conclusion[place] = conclusions(result.verdict, standing[place], undecided)
    codes = tuple(rule.code for rule in rules.rules)
    return ManyResults(
        codes, value, margin, verdict, headroom, thinness, stability, standing, conclusion
    )
