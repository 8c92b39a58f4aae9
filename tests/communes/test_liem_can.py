"""The real data of Liêm Cần: complete, sourced, with every reading that the report gives."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from ntm_analysis.communes import Case, choose
from tests.support.spoil import COMMUNE, EVIDENCE, FIGURES, PARAMS

LINES = 436
"""The lines of the 2024 report."""

# variable, value, indicator under which it is reported, line of the report
READINGS = [
    ("households", "2692", "", 172),
    ("households", "2692", "11", 172),
    ("households", "2751", "4", 75),
    ("households", "2751", "18.1", 303),
    ("households", "2663", "18.7", 309),
    ("electricity_households", "2751", "4", 75),
    ("houses", "2751", "9", 151),
    ("solid_houses", "2696", "9", 151),
    ("income_per_head", "72.403", "10", 165),
    ("poor_households", "33", "11", 173),
    ("poor_households", "34", "11", 173),
    ("near_poor_households", "9", "11", 174),
    ("poor_households_unable", "14", "11", 176),
    ("near_poor_households_unable", "2", "11", 177),
    ("workers", "4969", "12.1", 202),
    ("trained_workers", "4274", "12.1", 202),
    ("trained_workers", "3230", "12.1", 202),
    ("certified_workers", "1938", "12.2", 203),
    ("coded_growing_areas", "pending", "13.6", 221),
    ("insurance_rate", "95.18", "14.1", 234),
    ("telemedicine_rate", ">40", "14.3", 235),
    ("compliant_livestock_households", "583", "17.8", 287),
    ("livestock_households", "607", "17.8", 287),
    ("cremations", "9", "17.10", 289),
    ("deaths", "36", "17.10", 289),
    ("green_land_per_person", ">5", "17.11", 290),
    ("piped_water_households", "2613", "18.1", 303),
    ("water_per_head", "80-110", "18.2", 304),
    ("food_training_rate", "pending", "18.4", 306),
    ("hygienic_households", "2663", "18.7", 309),
]
NOT_IN_THE_REPORT = {"3.1", "13.2", "13.4", "13.5"}
"""Indicators for which the report gives no value at all."""


@pytest.mark.parametrize(("variable", "text", "indicator", "line"), READINGS)
def test_readings_of_the_report(
    liem_can: Case, variable: str, text: str, indicator: str, line: int
):
    found = [
        (r.text, r.source)
        for r in liem_can.readings
        if (r.variable, r.indicator) == (variable, indicator)
    ]
    assert (text, f"report:{line}") in found


@pytest.mark.parametrize(
    ("variable", "values"),
    [
        ("households", {"2751", "2692", "2663"}),
        ("poor_households", {"34", "33"}),
        ("trained_workers", {"4274", "3230"}),
    ],
)
def test_all_readings_of_what_is_reported_more_than_once(liem_can: Case, variable: str, values):
    assert {r.text for r in liem_can.readings if r.variable == variable} == values


@pytest.mark.parametrize(
    ("variable", "indicator", "text"),
    [
        ("households", "11", "2692"),
        ("households", "4", "2751"),
        ("households", "18.7", "2663"),
        ("households", "14.1", "2692"),
        ("poor_households", "11", "33"),
        ("trained_workers", "12.1", "4274"),
        ("workers", "12.2", "4969"),
    ],
)
def test_which_reading_an_indicator_takes(liem_can: Case, variable: str, indicator: str, text: str):
    reading = choose(liem_can.readings, variable, indicator)
    assert reading is not None and reading.text == text


def test_the_two_counts_of_the_poor_bear_their_days(liem_can: Case):
    days = {r.text: r.as_of for r in liem_can.readings if r.variable == "poor_households"}
    assert days == {"33": dt.date(2024, 6, 30), "34": dt.date(2023, 12, 31)}


def test_every_figure_names_its_line_in_the_report(liem_can: Case):
    for reading in liem_can.readings:
        match = re.fullmatch(r"report:(\d+)", reading.source)
        assert match and 1 <= int(match[1]) <= LINES, reading


def test_every_indicator_has_a_figure_or_is_known_to_have_none(liem_can: Case):
    without = {
        rule.code
        for rule in liem_can.rules.rules
        if not any(choose(liem_can.readings, v, rule.code) for v in rule.indicator.own.variables)
    }
    assert without == NOT_IN_THE_REPORT


def test_a_figure_stands_under_an_indicator_that_uses_or_shows_it(liem_can: Case):
    for reading in liem_can.readings:
        if reading.indicator:
            indicator = liem_can.rules.by_code[reading.indicator].indicator
            known = (*indicator.variables, *indicator.context)
            assert reading.variable in known, (reading.variable, reading.indicator)


def test_every_note_is_in_both_languages(liem_can: Case):
    for row in (*liem_can.readings, *liem_can.evidence):
        assert bool(row.note) == bool(row.note_en), row
    for row in liem_can.evidence:
        assert bool(row.document) == bool(row.document_en), row
        assert bool(row.issuer) == bool(row.issuer_en), row


def test_all_74_indicators_have_evidence_and_a_claim(liem_can: Case):
    rows = Counter(one.indicator for one in liem_can.evidence)
    assert list(rows) == [rule.code for rule in liem_can.rules.rules]
    first = {one.indicator: one for one in reversed(liem_can.evidence)}
    assert {one.claimed_verdict for one in first.values()} == {"met"}
    assert all(first[code].claimed_value == "" for code in NOT_IN_THE_REPORT)


def test_grades_fit_what_is_on_file(liem_can: Case):
    for one in liem_can.evidence:
        if one.grade == "C":
            assert one.document and (one.number or one.issued_on), one
        if one.grade == "E":
            assert not one.claimed_value, one


def test_the_appraisal(liem_can: Case):
    appraisal = liem_can.appraisal
    claim, base = appraisal.claim, appraisal.base_set
    assert claim is not None
    assert (claim.criteria_met, claim.indicators_met) == (19, 74)
    assert (base.recognised, base.criteria_met, base.indicators_met) == (2017, 19, 57)
    assert set(appraisal.conditions) == {"debt", "satisfaction", "security"}
    assert {key: (c.status, c.grade) for key, c in appraisal.conditions.items()} == {
        "debt": ("met", "D"),
        "satisfaction": ("no_data", "E"),
        "security": ("no_data", "D"),
    }
    assert len(appraisal.dossier.items) == 5 and len(appraisal.leadership.documents) >= 3
    assert appraisal.plan is not None and appraisal.plan.year == 2025
    assert len(appraisal.plan.targets) >= 20
    assert len(liem_can.commune.hamlets) == 4


@pytest.mark.parametrize("file", [COMMUNE, FIGURES, EVIDENCE, PARAMS])
def test_files_are_utf8_nfc_without_a_byte_order_mark(repository: Path, file: str):
    content = (repository / file).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert unicodedata.is_normalized("NFC", content.decode("utf-8"))
