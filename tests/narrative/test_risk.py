"""When recognition is at risk, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ntm_analysis import narrative
from ntm_analysis.assessment import assess
from ntm_analysis.assessment.withdrawal import WithdrawalRisk, withdrawal_risk
from ntm_analysis.narrative import sections
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Criterion
from tests.narrative.conftest import Changed

# a figure that fails each criterion
FAILING = {
    1: ("master_plan_in_force", "no"), 3: ("irrigation_organisations", "0"),
    9: ("solid_houses", "1"), 10: ("income_per_head", "10"),
    17: ("compliant_livestock_households", "0"), 18: ("piped_water_households", "0"),
}  # fmt: skip


@pytest.mark.parametrize(("failing", "told"), [((), False), ((1,), False), ((1, 10), False)])
def test_few_failing_criteria_are_no_risk(changed: Changed, failing, told):
    report = changed("vi", figures=dict(FAILING[n] for n in failing))
    assert ("Nguy cơ thu hồi" in narrative.conclusion(report)) is told


def test_a_criterion_that_is_not_listed_is_one_of_the_set_all_the_same(changed: Changed):
    case = changed("vi", figures=dict([FAILING[10]])).case
    loaded = case.rules.loaded
    listed = [c if c.number == 10 else _unlisted(c) for c in loaded.criteria]
    rules = replace(
        case.rules,
        loaded=LoadedSet(loaded.about, tuple(listed)),
        rules=tuple(rule for rule in case.rules.rules if rule.indicator.criterion == 10),
    )
    case = replace(case, rules=rules)
    risk = withdrawal_risk(case, assess([case]))
    assert (risk.risk, risk.failed, risk.total, len(risk.open)) == ("none", (10,), 19, 18)


def _unlisted(criterion: Criterion) -> Criterion:
    return criterion.model_copy(update={"complete": False, "indicators": ()})


@pytest.mark.parametrize(
    ("risk", "failed", "key", "told"),
    [
        ("none", (1,), (), False),
        ("unknown", (1,), (), False),
        ("key", (1, 2, 3, 4, 5, 10), (10,), True),
        ("most", (1, 2, 3, 4, 5, 6, 7, 8, 9, 11), (), True),
    ],
)
def test_the_risk_is_told_with_its_criteria(
    changed: Changed, monkeypatch: pytest.MonkeyPatch, risk, failed, key, told
):
    found = WithdrawalRisk(risk, failed, key, (), 19, "18/2022/QĐ-TTg@viet-nam")
    monkeypatch.setattr(sections, "withdrawal_risk", lambda *_: found)
    vi, en = (narrative.conclusion(changed(lang)) for lang in ("vi", "en"))
    assert ("Nguy cơ thu hồi" in vi) is told
    assert ("Recognition at risk" in en) is told
    if told:
        numbers = ", ".join(map(str, failed))
        assert f"Có {len(failed)} trên 19 tiêu chí chưa đạt (tiêu chí {numbers})" in vi
        assert f"{len(failed)} of 19 criteria are not met ({numbers})" in en
        assert ("then chốt 10" in vi) is bool(key)
        # Only a commune that was recognised at this level can lose the recognition.
        assert "Theo Quyết định số 18/2022/QĐ-TTg" in vi
        assert "xã đã được công nhận đạt chuẩn nông thôn mới nâng cao mà ở mức này" in vi
