"""Lints of the real rulebook, and what it says of Hà Nam on given days."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from ntm_analysis.paths import Project
from ntm_analysis.rulebook import Rulebook, load_rulebook, rules_in_force
from ntm_analysis.rulebook.units import Schema

APPRAISAL = dt.date(2024, 11, 26)
BEFORE, AFTER = dt.date(2024, 6, 18), dt.date(2024, 6, 19)
COUNTS = [3, 4, 6, 1, 6, 3, 1, 5, 1, 1, 1, 2, 8, 4, 3, 3, 12, 8, 2]
"""Indicators of each of the 19 criteria in 2024: 74 in all."""

REQUIRED = {
    "2.1": ">= 95",
    "3.1": ">= 90",
    "3.3": ">= 30",
    "4": ">= 100",
    "5.3": ">= 3",
    "5.4": ">= 2",
    "6.3": ">= 70",
    "8.2": ">= 80",
    "9": ">= 97",
    "10": "> 72",
    "11": "< 1.0",
    "12.1": ">= 85",
    "12.2": ">= 38",
    "13.5": ">= 10",
    "14.1": ">= 95",
    "16.2": ">= 90",
    "17.3": ">= 98",
    "17.4": ">= 50",
    "17.5": ">= 50",
    "17.7": ">= 80",
    "17.8": ">= 95",
    "17.10": ">= 18",
    "17.11": ">= 4",
    "17.12": ">= 90",
    "18.1": ">= 85",
    "18.2": "> 80",
    "18.3": ">= 80",
    "18.7": "unknown",
    "18.8": "unknown",
}


@pytest.fixture(scope="module")
def book(project: Project) -> Rulebook:
    return load_rulebook(project.rulebook)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Schema):
        yield from _texts(value.model_dump())


def test_74_indicators_of_19_criteria_in_2024(book: Rulebook) -> None:
    rules = rules_in_force(book, "advanced", "Hà Nam", APPRAISAL)
    assert [len(group) for group in rules.by_criterion.values()] == COUNTS
    assert len(rules.rules) == sum(COUNTS) == 74


def test_12_3_ended_with_the_amendment(book: Rulebook) -> None:
    before = rules_in_force(book, "advanced", "Hà Nam", BEFORE)
    after = rules_in_force(book, "advanced", "Hà Nam", AFTER)
    assert set(before.by_code) - set(after.by_code) == {"12.3"}
    assert len(before.rules) == 75


@pytest.mark.parametrize(("code", "text"), REQUIRED.items())
def test_what_is_required(book: Rulebook, code: str, text: str) -> None:
    rule = rules_in_force(book, "advanced", "Hà Nam", APPRAISAL).by_code[code]
    assert rule.own.text == text


def test_compound_indicators_have_limbs(book: Rulebook) -> None:
    indicators = book.sets["advanced"].indicators
    found = {code for code, indicator in indicators.items() if len(indicator.limbs) > 1}
    assert {"2.2", "5.1", "6.1", "6.3", "7", "12.1", "12.2", "14.1", "16.1", "17.3"} <= found
    assert indicators["7"].combine == "any"


def test_one_number_may_name_decisions_of_two_provinces(book: Rulebook) -> None:
    same = [key for key, d in book.decisions.items() if d.number == "26/2024/QĐ-UBND"]
    assert same == ["26/2024/QĐ-UBND@ha-nam", "26/2024/QĐ-UBND@thanh-hoa"]


def test_nothing_is_in_force_elsewhere_or_before(book: Rulebook) -> None:
    for place, day in (("Thanh Hóa", APPRAISAL), ("Hà Nam", dt.date(2022, 9, 15))):
        with pytest.raises(LookupError):
            rules_in_force(book, "advanced", place, day)


def test_text_is_nfc_and_bilingual(book: Rulebook) -> None:
    for loaded in book.sets.values():
        for indicator in loaded.indicators.values():
            for text in _texts(indicator):
                assert unicodedata.is_normalized("NFC", text), text
            assert indicator.name.vi != indicator.name.en
            assert indicator.source and indicator.evidence.vi and indicator.evidence.en
            assert max(len(indicator.short.vi), len(indicator.short.en)) <= 32, indicator.code


def test_every_variable_is_used(book: Rulebook) -> None:
    used = {
        name
        for loaded in book.sets.values()
        for i in loaded.indicators.values()
        for name in (*i.variables, *i.context)
    }
    whole = {v.part_of for v in book.variables.values() if v.part_of}
    assert set(book.variables) - used - whole == set()


def test_every_decision_says_where_it_is_known_from(book: Rulebook) -> None:
    for key, decision in book.decisions.items():
        assert key.startswith(f"{decision.number}@")
        assert decision.source
        assert decision.date or decision.in_force or decision.source, key


def test_rates_lose_what_they_count(book: Rulebook) -> None:
    for indicator in book.sets["advanced"].indicators.values():
        own = indicator.own
        if own.loss is not None:
            assert own.loss.variable in own.parsed.variables, indicator.code
