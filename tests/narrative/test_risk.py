"""When recognition is at risk, and what is said of it."""

from __future__ import annotations

import pytest

from ntm_analysis import narrative
from ntm_analysis.assessment.withdrawal import WithdrawalRisk
from ntm_analysis.narrative import sections
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
