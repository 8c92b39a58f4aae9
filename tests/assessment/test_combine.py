"""Several limbs, one verdict."""

from __future__ import annotations

import numpy as np
import pytest

from ntm_analysis.assessment.combine import _all_of, _any_of
from ntm_analysis.assessment.verdicts import LimbResult
from ntm_analysis.assessment.wide import MISSING, NUMBER, Column


def limb(verdict: str, *, missing: bool = False) -> LimbResult:
    column = Column.empty(1)
    column.status[:] = MISSING if missing else NUMBER
    words = np.array([verdict], dtype=object)
    reason = np.array(["no_figure" if verdict == "no_data" else ""], dtype=object)
    return LimbResult(column, words, reason, np.array([True]), {})


@pytest.mark.parametrize(
    ("own", "other", "verdict"),
    [
        ("met", "met", "met"),
        ("met", "not_met", "not_met"),
        ("met", "pending", "pending"),
        ("met", "no_data", "met"),
        ("met", "not_applicable", "met"),
        ("not_met", "met", "not_met"),
        ("no_data", "met", "no_data"),
        ("no_data", "not_met", "not_met"),
        ("pending", "met", "pending"),
        ("pending", "not_met", "not_met"),
        ("not_applicable", "no_data", "not_applicable"),
        ("not_applicable", "met", "not_applicable"),
        ("not_applicable", "not_applicable", "not_applicable"),
        ("not_applicable", "not_met", "not_met"),
        ("not_applicable", "pending", "not_applicable"),
        ("no_data", "pending", "no_data"),
        ("pending", "no_data", "pending"),
    ],
)
def test_all_of(own: str, other: str, verdict: str) -> None:
    assert _all_of({"own": limb(own), "other": limb(other)}, 1).verdict[0] == verdict


@pytest.mark.parametrize(
    ("own", "other", "verdict"),
    [
        ("met", "no_data", "met"),
        ("no_data", "met", "met"),
        ("not_met", "no_data", "no_data"),
        ("not_met", "not_met", "not_met"),
        ("not_met", "not_applicable", "not_met"),
        ("not_applicable", "not_applicable", "not_applicable"),
        ("pending", "not_met", "pending"),
        ("no_data", "no_data", "no_data"),
    ],
)
def test_any_of(own: str, other: str, verdict: str) -> None:
    assert _any_of({"own": limb(own), "other": limb(other)}, 1).verdict[0] == verdict


def test_a_secondary_limb_without_a_figure_is_named() -> None:
    limbs = {"own": limb("met"), "men": limb("no_data", missing=True), "women": limb("met")}
    assert _all_of(limbs, 1).missing_limbs[0] == "men"


def test_the_limb_that_waits_is_named() -> None:
    found = _all_of({"own": limb("met"), "men": limb("pending")}, 1)
    assert (found.verdict[0], found.reason[0]) == ("pending", "limb_pending:men")
