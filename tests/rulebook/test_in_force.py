"""What is in force in a place on a day: look-ups over dated spans."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from ntm_analysis.rulebook import (
    NATIONAL,
    LoadedSet,
    NoRulesError,
    Rulebook,
    rules_in_force,
)
from ntm_analysis.rulebook.in_force import _days, _rules, pick
from ntm_analysis.rulebook.spans import Span, Threshold

APPRAISAL = dt.date(2024, 11, 26)
AMENDED = dt.date(2024, 6, 19)
DAY = dt.timedelta(days=1)


def span(first: str, place: str = "Hà Nam", until: str | None = None, **more: Any) -> Any:
    data = {"from": first, "until": until, "place": place, "decision": "x", "source": "y", **more}
    return (Threshold if "requires" in more else Span).model_validate(data)


def with_history(book: Rulebook, code: str, **histories: tuple[Span, ...]) -> Rulebook:
    """The rulebook with another history of one indicator."""
    loaded = book.sets["advanced"]
    criteria = tuple(
        c.model_copy(
            update={
                "indicators": tuple(
                    i.model_copy(update=histories) if i.code == code else i for i in c.indicators
                )
            }
        )
        for c in loaded.criteria
    )
    return replace(book, sets={"advanced": LoadedSet(loaded.about, criteria)})


def test_74_indicators_on_the_day_of_the_appraisal(book: Rulebook):
    rules = rules_in_force(book, "advanced", "Hà Nam", APPRAISAL)
    assert len(rules.rules) == 74
    assert list(rules.by_criterion) == list(range(1, 20))
    assert "12.3" not in rules.by_code
    codes = [tuple(map(int, rule.code.split("."))) for rule in rules.rules]
    assert codes == sorted(codes)


def test_75_the_day_before_the_amendment(book: Rulebook):
    before = rules_in_force(book, "advanced", "Hà Nam", AMENDED - DAY)
    after = rules_in_force(book, "advanced", "Hà Nam", AMENDED)
    assert (len(before.rules), len(after.rules)) == (75, 74)
    assert set(before.by_code) - set(after.by_code) == {"12.3"}


def test_what_the_amendment_changed_is_a_look_up(book: Rulebook):
    before, after = (
        rules_in_force(book, "advanced", "Hà Nam", day) for day in (AMENDED - DAY, AMENDED)
    )
    required = {code: rule.requirements for code, rule in before.by_code.items()}
    changed = {
        c: required[c] for c, rule in after.by_code.items() if rule.requirements != required[c]
    }
    assert "9" not in changed
    # The amendment's text was not at hand: what it may have changed is unknown before it.
    assert {r.op for requirements in changed.values() for r in requirements.values()} <= {"unknown"}


def test_unknown_thresholds_stay_unknown(book: Rulebook):
    rules = rules_in_force(book, "advanced", "Hà Nam", APPRAISAL)
    unknown = [rule.code for rule in rules.rules if rule.own.op == "unknown"]
    assert unknown == ["18.7", "18.8"]
    assert rules.by_code["18.7"].own.threshold is None


def test_every_limb_has_a_requirement(book: Rulebook):
    rules = rules_in_force(book, "advanced", "Hà Nam", APPRAISAL)
    for rule in rules.rules:
        assert list(rule.requirements) == [limb.key for limb in rule.indicator.limbs]
    assert {k: r.text for k, r in rules.by_code["2.2"].requirements.items()} == {
        "own": ">= 100",
        "maintained": ">= 100",
        "items": ">= 90",
    }


@pytest.mark.parametrize(
    ("place", "on"), [("Thanh Hóa", APPRAISAL), ("Hà Nam", dt.date(2022, 9, 15)), ("", APPRAISAL)]
)
def test_no_rules_elsewhere_or_before(book: Rulebook, place: str, on: dt.date):
    with pytest.raises(NoRulesError):
        rules_in_force(book, "advanced", place, on)


def test_an_unknown_set(book: Rulebook):
    with pytest.raises(KeyError):
        rules_in_force(book, "modern", "Hà Nam", APPRAISAL)


def test_one_number_of_two_provinces_is_two_decisions(book: Rulebook):
    ours, theirs = (book.decisions[f"26/2024/QĐ-UBND@{p}"] for p in ("ha-nam", "thanh-hoa"))
    assert ours.number == theirs.number
    assert (ours.place, theirs.place) == ("Hà Nam", "Thanh Hóa")
    assert ours.amends and not theirs.amends


def test_the_provinces_own_rule_goes_before_the_national_one(book: Rulebook):
    national = span("2022-03-08", NATIONAL, requires=">= 90", decision="national")
    own = span("2022-09-16", requires=">= 97", decision="own")
    spans = (span("2022-03-08", NATIONAL), span("2022-09-16"))
    changed = with_history(book, "9", in_force=spans, thresholds=(national, own))
    found = [
        rules_in_force(changed, "advanced", place, on).by_code["9"]
        for place, on in (
            ("Hà Nam", APPRAISAL),
            ("Hà Nam", dt.date(2022, 9, 15)),
            ("Thanh Hóa", APPRAISAL),
        )
    ]
    assert [rule.own.text for rule in found] == [">= 97", ">= 90", ">= 90"]
    assert [rule.decision for rule in found] == ["own", "national", "national"]


def test_an_indicator_without_a_threshold_of_that_day_is_unknown(book: Rulebook):
    late = span("2024-12-01", requires=">= 97")
    changed = with_history(book, "9", thresholds=(late,))
    rule = rules_in_force(changed, "advanced", "Hà Nam", APPRAISAL).by_code["9"]
    assert (rule.own.op, rule.threshold, rule.decision) == ("unknown", None, "")
    after = rules_in_force(changed, "advanced", "Hà Nam", dt.date(2024, 12, 1))
    assert after.by_code["9"].own.text == ">= 97"


def test_a_limb_that_the_law_does_not_name_is_unknown(book: Rulebook):
    half = span("2022-09-16", requires={"own": ">= 100"})
    changed = with_history(book, "2.2", thresholds=(half,))
    rule = rules_in_force(changed, "advanced", "Hà Nam", APPRAISAL).by_code["2.2"]
    assert [r.op for r in rule.requirements.values()] == [">=", "unknown", "unknown"]


def test_the_latest_span_that_has_begun_is_picked():
    old, new = span("2022-01-01"), span("2024-01-01")
    ended = span("2023-01-01", until="2023-06-30")
    days = ["2021-12-31", "2022-12-31", "2023-06-30", "2023-07-01", "2024-01-01"]
    picked = [pick((new, old, ended), "Hà Nam", dt.date.fromisoformat(day)) for day in days]
    assert picked == [None, old, ended, old, new]


def test_names_of_the_set(book: Rulebook):
    rules = rules_in_force(book, "advanced", "Hà Nam", APPRAISAL)
    assert "nông thôn mới nâng cao" in rules.name("vi")
    assert "advanced" in rules.name("en")


def test_rules_worked_out_before_are_those_of_the_day(book: Rulebook):
    for key, loaded in book.sets.items():
        for place in (*book.places_of(key), "Nơi khác"):
            for day in _days(book, place):
                for on in (day - dt.timedelta(days=1), day, day + dt.timedelta(days=1)):
                    fresh = _rules(book, loaded, place, on)
                    if fresh:
                        assert rules_in_force(book, key, place, on).rules == fresh
                    else:
                        with pytest.raises(NoRulesError):
                            rules_in_force(book, key, place, on)


def test_the_same_is_asked_of_communes_on_days_between_changes(book: Rulebook):
    early, late, before = (
        rules_in_force(book, "advanced", "Hà Nam", dt.date(2024, *day))
        for day in ((7, 1), (11, 26), (6, 18))
    )
    assert early.rules is late.rules and early.on != late.on
    assert early.content == late.content != before.content
