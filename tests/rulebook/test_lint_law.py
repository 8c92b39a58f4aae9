"""Lints of the real rulebook as law: thresholds as printed, decisions, dates, nothing dangling."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest

from ntm_analysis.rulebook import NATIONAL, Rulebook, rules_in_force
from tests.rulebook.printed_values import Row, printed_values

APPRAISAL = dt.date(2024, 11, 26)
SLUGS = {"Hà Nam": "ha-nam", "Thanh Hóa": "thanh-hoa", NATIONAL: "viet-nam"}


@pytest.mark.parametrize("row", printed_values(), ids=lambda row: row[0])
def test_requirements_are_as_the_report_prints_them(book: Rulebook, row: Row):
    code, line, printed, required = row
    rule = rules_in_force(book, "advanced", "Hà Nam", APPRAISAL).by_code[code]
    assert {key: r.text for key, r in rule.requirements.items()} == required
    assert rule.threshold is not None
    assert re.search(rf"dòng (\d+, )*{line}\b", rule.threshold.source), rule.threshold.source
    sign = {"≥": ">=", ">": ">", "<": "<", "≤": "<="}.get(printed[0])
    assert sign is None or rule.own.op == sign


def test_all_but_two_of_the_74_are_printed(book: Rulebook):
    rules = rules_in_force(book, "advanced", "Hà Nam", APPRAISAL)
    printed = [code for code, *_ in printed_values()]
    assert len(printed) == len(set(printed)) == 72
    assert set(rules.by_code) - set(printed) == {"18.7", "18.8"}


def test_no_threshold_of_the_report_is_called_verified(book: Rulebook):
    for indicator in book.sets["advanced"].indicators.values():
        for span in (*indicator.in_force, *indicator.thresholds):
            if "Báo cáo thẩm tra" in span.source or span.source == "unverified":
                assert not span.verified, indicator.code


def test_thresholds_that_are_not_known_say_why(book: Rulebook):
    for rule in rules_in_force(book, "advanced", "Hà Nam", APPRAISAL).rules:
        if rule.own.op == "unknown":
            assert rule.threshold is not None and rule.threshold.note is not None, rule.code


def test_spans_of_one_place_do_not_overlap(book: Rulebook):
    for indicator in book.sets["advanced"].indicators.values():
        for spans in (indicator.in_force, indicator.thresholds):
            for place in {span.place for span in spans}:
                mine = sorted((s for s in spans if s.place == place), key=lambda s: s.from_)
                for one, following in pairwise(mine):
                    assert one.until is not None and one.until < following.from_, indicator.code


def test_thresholds_hold_only_while_the_indicator_is_in_the_set(book: Rulebook):
    for indicator in book.sets["advanced"].indicators.values():
        for threshold in indicator.thresholds:
            assert any(
                s.covers(threshold.place, threshold.from_)
                and (s.until is None or (threshold.until or dt.date.max) <= s.until)
                for s in indicator.in_force
            ), indicator.code


def test_decisions_are_from_where_and_when_they_apply(book: Rulebook):
    for indicator in book.sets["advanced"].indicators.values():
        for span in (*indicator.in_force, *indicator.thresholds):
            decision = book.decisions[span.decision]
            assert decision.place in (span.place, NATIONAL), indicator.code
            assert decision.date is None or decision.date <= span.from_, indicator.code


def test_every_decision_has_a_key_that_names_its_place(book: Rulebook):
    for key, decision in book.decisions.items():
        number, _, place = key.partition("@")
        assert number == decision.number, key
        assert SLUGS.get(decision.place, place) == place, key


def test_every_decision_has_a_date_or_says_that_it_is_not_known(book: Rulebook):
    for key, decision in book.decisions.items():
        assert decision.date or decision.note, key
        assert decision.source != "unverified" or decision.note, key
        if decision.date and decision.in_force:
            assert decision.date <= decision.in_force, key


def test_an_amendment_is_not_older_than_what_it_amends(book: Rulebook):
    for key, decision in book.decisions.items():
        for amended in decision.amends:
            before = book.decisions[amended].date
            assert before is None or decision.date is None or before < decision.date, key


def test_every_variable_is_used_or_explained(book: Rulebook):
    indicators = [i for loaded in book.sets.values() for i in loaded.indicators.values()]
    used = {name for i in indicators for name in (*i.variables, *i.context)}
    used |= {v.part_of for v in book.variables.values() if v.part_of}
    assert [n for n, v in book.variables.items() if n not in used and v.note is None] == []


def test_every_unit_is_used(book: Rulebook):
    used = {v.unit for v in book.variables.values()}
    used |= {limb.unit for i in book.sets["advanced"].indicators.values() for limb in i.limbs}
    assert set(book.units) - used == set()


def test_parts_do_not_run_in_a_circle(book: Rulebook):
    for name in book.variables:
        seen = [name]
        while (whole := book.variables[seen[-1]].part_of) is not None:
            assert whole not in seen, seen
            seen.append(whole)
