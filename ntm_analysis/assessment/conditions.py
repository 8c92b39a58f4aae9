"""The conditions of recognition, by the same standard of proof as the indicators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ntm_analysis.assessment.standing import conclusions, standings
from ntm_analysis.communes import AppraiserDecision, Case
from ntm_analysis.language import say
from ntm_analysis.problems import Problem


@dataclass(frozen=True, slots=True)
class ConditionStanding:
    """How a condition of recognition stands (QĐ 18/2022/QĐ-TTg, Article 4).

    Attributes
    ----------
    key : str
        `debt`, `satisfaction`, `security`, …
    claimed, verdict : str
        As entered in `commune.yaml`; the claim is empty where none is.
    grade : str
    standing, conclusion : str
        As an indicator's.
    decision : AppraiserDecision or None
    """

    key: str
    claimed: str
    verdict: str
    grade: str
    standing: str
    conclusion: str
    decision: AppraiserDecision | None


def condition_standing(case: Case, key: str) -> ConditionStanding:
    """Return how one condition stands; without an entry there is no data."""
    evidence = case.appraisal.conditions.get(key)
    verdict = evidence.status if evidence else "no_data"
    grade = evidence.grade if evidence else "E"
    words = np.array([verdict], dtype=object)
    standing = standings(words, np.array([False]), np.array([grade]), case.params.evidence_floor)
    decision = case.decided.get(key)
    decided = np.array([decision.decision if decision else ""], dtype=object)
    return ConditionStanding(
        key,
        (evidence.claimed or "") if evidence else "",
        verdict,
        grade,
        str(standing[0]),
        str(conclusions(words, standing, decided)[0]),
        decision,
    )


def condition_standings(case: Case) -> tuple[ConditionStanding, ...]:
    """Return how all conditions of the criteria set stand, in its order."""
    about = case.rules.loaded.about
    return tuple(condition_standing(case, one.key) for one in about.conditions)


def reason_missing(case: Case, one: AppraiserDecision, verdict: str, standing: str) -> Problem:
    """Return the problem of a decision that must say why, and does not."""
    state = say(f"verdict.{verdict}")
    if standing and standing != "firm":
        state = f"{state}, {say(f'standing.{standing}')}"
    return Problem(
        f"data/communes/{case.params.commune}/appraisal.csv",
        say(
            "decisions.reason",
            subject=one.subject,
            decision=say(f"conclusion.{one.decision}"),
            state=state.lower(),
        ),
        say("decisions.reason_wanted"),
        row=one.row,
        column="reason",
    )
