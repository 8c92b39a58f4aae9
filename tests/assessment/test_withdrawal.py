"""The withdrawal rule at its bounds: 30 % with a key criterion, 50 % in any case."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from ntm_analysis.assessment.withdrawal import withdrawal_risk

RULE = SimpleNamespace(some=30, most=50, key_criteria=(1,), decision="18")


def risk(verdicts: list[str]):
    """Return the risk for as many criteria, each with one indicator."""
    codes = [f"{number}.1" for number in range(1, len(verdicts) + 1)]
    rules = {n: [SimpleNamespace(code=code)] for n, code in enumerate(codes, 1)}
    criteria = [SimpleNamespace(number=number, complete=True) for number in rules]
    loaded = SimpleNamespace(criteria=criteria, about=SimpleNamespace(withdrawal=RULE))
    case = SimpleNamespace(rules=SimpleNamespace(by_criterion=rules, loaded=loaded))
    table = pd.DataFrame({"verdict": verdicts}, index=codes)
    return withdrawal_risk(case, SimpleNamespace(of=lambda _: table))


@pytest.mark.parametrize(
    ("failed", "told"),
    [
        ((1, 2), "none"),
        ((1, 2, 3), "key"),
        ((2, 3, 4), "none"),
        ((1, 2, 3, 4), "key"),
        ((2, 3, 4, 5), "none"),
        ((2, 3, 4, 5, 6), "most"),
        ((1, 3, 4, 5, 6), "most"),
    ],
)
def test_the_share_of_ten_criteria(failed, told):
    found = risk(["not_met" if number in failed else "met" for number in range(1, 11)])
    assert (found.risk, found.failed) == (told, failed)
    assert found.key_failed == tuple(number for number in failed if number == 1)


@pytest.mark.parametrize(
    ("verdict", "is_open"),
    [
        ("met", False), ("not_applicable", False), ("not_met", False),
        ("pending", True), ("no_data", True),
    ],
)  # fmt: skip
def test_what_leaves_a_criterion_open(verdict, is_open):
    assert risk(["met", verdict]).open == ((2,) if is_open else ())
