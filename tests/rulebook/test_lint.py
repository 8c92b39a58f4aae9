"""Lints of the real rulebook: complete, in two languages, nothing dangling, nothing invented."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from ntm_analysis.language import Text
from ntm_analysis.rulebook import Indicator, LoadedSet, Rulebook, rules_in_force
from ntm_analysis.rulebook.spans import Span

APPRAISAL = dt.date(2024, 11, 26)
SHORT = 32
KINDS = {  # what an indicator's kind says of its unit
    "rate": {"percent"},
    "yes_no": {"yes_no"},
    "level": {"level"},
    "grade": {"grade"},
}


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every part of a model, with its path."""
    yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, f"{path}.{key}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from walk(item, f"{path}[{number}]")


@pytest.fixture(scope="module")
def parts(book: Rulebook) -> list[tuple[str, Any]]:
    whole = {
        "units": book.units,
        "variables": book.variables,
        "decisions": book.decisions,
        "sets": {key: loaded.about for key, loaded in book.sets.items()},
        "indicators": {
            i.code: i for loaded in book.sets.values() for i in loaded.indicators.values()
        },
        "criteria": {f"{c.number}": c.name for s in book.sets.values() for c in s.criteria},
    }
    return list(walk(whole))


@pytest.fixture(scope="module")
def indicators(advanced: LoadedSet) -> list[Indicator]:
    return list(advanced.indicators.values())


def test_all_19_criteria_and_75_indicators_are_there(advanced: LoadedSet, indicators):
    assert [c.number for c in advanced.criteria] == list(range(1, 20))
    assert len(indicators) == 75


def test_all_text_is_nfc_and_tidy(parts):
    for path, value in parts:
        if isinstance(value, str):
            assert unicodedata.is_normalized("NFC", value), path
            assert value == " ".join(value.split()), path


def test_every_text_is_in_both_languages(parts):
    vietnamese = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)
    names = (
        "Liêm Cần",
        "Hà Nam",
        "Thanh Liêm",
        "Thanh Hóa",
        "Nam Định",
        "QĐ-",
        "NĐ-",
        "OCOP",
        "UBND",
    )
    for path, value in parts:
        if isinstance(value, Text):
            english = value.en
            for name in names:
                english = english.replace(name, "")
            assert not vietnamese.search(english), (path, value.en)


def test_every_indicator_says_what_it_is_and_where_that_is_known_from(indicators):
    for indicator in indicators:
        assert indicator.name.vi != indicator.name.en, indicator.code
        assert len(indicator.evidence.vi) > 10 and len(indicator.evidence.en) > 10, indicator.code
        spans: tuple[Span, ...] = (*indicator.in_force, *indicator.thresholds)
        assert indicator.source and all(span.source for span in spans), indicator.code


def test_short_labels_are_short_and_tell_indicators_apart(indicators):
    for lang in ("vi", "en"):
        labels = [i.short[lang] for i in indicators]
        assert [label for label in labels if len(label) > SHORT] == []
        assert len(set(labels)) == len(labels)


def test_units_fit_kinds(indicators):
    for indicator in indicators:
        for limb in indicator.limbs:
            assert limb.unit in KINDS.get(limb.kind, {limb.unit}), indicator.code


def test_requirements_fit_kinds(book: Rulebook):
    for rule in rules_in_force(book, "advanced", "Hà Nam", APPRAISAL).rules:
        for limb in rule.indicator.limbs:
            required = rule.requirements[limb.key]
            if required.op == "unknown":
                continue
            assert (required.op == "yes") == (limb.kind == "yes_no"), rule.code
            if limb.unit == "percent":
                assert required.threshold is not None and 0 <= required.threshold <= 100, rule.code


def test_variables_of_a_limb_fit_its_kind(book: Rulebook, indicators):
    for indicator in indicators:
        for limb in indicator.limbs:
            kinds = [book.variables[name].kind for name in limb.parsed.variables]
            wanted = {"yes_no": "flag", "grade": "grade"}.get(limb.kind)
            assert wanted is None or set(kinds) == {wanted}, indicator.code
            if limb.stated:
                assert book.variables[limb.stated].unit == limb.unit, indicator.code


def test_a_rate_has_a_numerator_that_is_part_of_its_denominator(book: Rulebook, indicators):
    for indicator in indicators:
        for limb in indicator.limbs:
            match = re.fullmatch(r"100 \* (\w+) / (\w+)", limb.formula)
            if match:
                assert book.variables[match[1]].part_of == match[2], (indicator.code, match[1])
                assert book.variables[match[1]].unit == book.variables[match[2]].unit, match[1]


def test_what_can_be_lost_is_counted_in_the_formula(book: Rulebook, indicators):
    for indicator in indicators:
        for limb in indicator.limbs:
            if limb.loss is None:
                continue
            variable = book.variables[limb.loss.variable]
            assert limb.loss.variable in limb.parsed.variables, indicator.code
            assert variable.kind == "count" or variable.step, indicator.code
