"""Whether recognition is at risk: the withdrawal rule of QĐ 18/2022/QĐ-TTg."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ntm_analysis.assessment.assess import Assessment
from ntm_analysis.assessment.verdicts import COUNTED, NOT_MET
from ntm_analysis.communes import Case

Risk = Literal["none", "unknown", "key", "most"]


@dataclass(frozen=True, slots=True)
class WithdrawalRisk:
    """How many criteria are no longer met, against the withdrawal rule.

    Attributes
    ----------
    risk : {"none", "unknown", "key", "most"}
        `key`: enough criteria fail and a key one is among them; `most`: so many fail that it is
        lost in any case; `unknown`: the set has no such rule.
    failed : tuple of int
        Criteria with an indicator that is not met.
    key_failed : tuple of int
        The key criteria among them.
    open : tuple of int
        Criteria that are neither shown as met nor as failed.
    total : int
    decision : str
        The key of the decision that sets the rule.
    """

    risk: Risk
    failed: tuple[int, ...]
    key_failed: tuple[int, ...]
    open: tuple[int, ...]
    total: int
    decision: str = ""

    @property
    def share(self) -> float:
        """The percentage of criteria that fail."""
        return 100 * len(self.failed) / self.total


def withdrawal_risk(case: Case, assessment: Assessment) -> WithdrawalRisk:
    """Return whether recognition is at risk.

    Only what is shown as not met counts as failing; criteria without figures are told apart.

    Notes
    -----
    QĐ 18/2022/QĐ-TTg: recognition is withdrawn where 30 to 50 % of the criteria are no longer
    met and a key criterion is among them, or where 50 % or more are not met.
    """
    rows = assessment.of(case)
    failed, undecided = [], []
    for number, rules in case.rules.by_criterion.items():
        verdicts = {str(rows.at[rule.code, "verdict"]) for rule in rules}
        if NOT_MET in verdicts:
            failed.append(number)
        elif not verdicts <= set(COUNTED):
            undecided.append(number)
    # A criterion whose indicators the rulebook does not list is one of the set's all the same.
    unlisted = {c.number for c in case.rules.loaded.criteria if not c.complete}
    undecided += sorted(unlisted - set(case.rules.by_criterion))
    total = len(unlisted | set(case.rules.by_criterion))
    rule = case.rules.loaded.about.withdrawal
    if rule is None:
        return WithdrawalRisk("unknown", tuple(failed), (), tuple(undecided), total)
    key = tuple(number for number in failed if number in rule.key_criteria)
    share = 100 * len(failed) / total
    risk: Risk = "none"
    if share >= rule.most:
        risk = "most"
    elif share >= rule.some and key:
        risk = "key"
    return WithdrawalRisk(risk, tuple(failed), key, tuple(undecided), total, rule.decision)
