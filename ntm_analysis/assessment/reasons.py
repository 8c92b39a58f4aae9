"""Appraiser's decisions that must say why: against the verdict, or beyond its evidence."""

from __future__ import annotations

import pandas as pd

from ntm_analysis.assessment.conditions import condition_standing, reason_missing
from ntm_analysis.assessment.standing import needs_reason
from ntm_analysis.communes import Case
from ntm_analysis.problems import Problem


def unreasoned(case: Case, rows: pd.DataFrame) -> list[Problem]:
    """Return the decisions of a case that say nothing of why, as problems of its file.

    Parameters
    ----------
    case : Case
    rows : DataFrame
        Its results, indexed by code.
    """
    problems = []
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
    return problems
