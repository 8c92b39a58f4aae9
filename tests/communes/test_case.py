"""A case: its files fit together, and whatever does not is told, all of it at once."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_analysis.communes import Case
from tests.support.spoil import COMMUNE, ID, PARAMS, Copy


def test_a_case_has_everything_that_a_run_needs(liem_can: Case):
    assert liem_can.id == ID
    assert liem_can.rules.place == "Hà Nam" and liem_can.rules.on == dt.date(2024, 11, 26)
    assert len(liem_can.rules.rules) == 74
    assert liem_can.appraisal.set == "advanced"
    names = [path.name for path in liem_can.files]
    assert names == [f"{ID}.yaml", "commune.yaml", "figures.csv", "evidence.csv", "facts.csv"]


# file, what stands there, what it is spoiled to, column, value, part of the message
FAULTS = [
    (PARAMS, "year: 2024", "year: two thousand", "year", "two thousand", "whole number"),
    (PARAMS, "year: 2024", "year: 24", "year", "24", "below 2010"),
    (PARAMS, "on: 2024-11-26", "on: 2024-02-30", "on", "2024-02-30", "does not exist"),
    (PARAMS, "on: 2024-11-26", "on: 2019-01-01", "on", "2019-01-01", "01/01/2019 lies outside"),
    (PARAMS, "lang: vi", "lang: fr", "lang", "fr", "vi, en"),
    (PARAMS, "lang: vi", "lang: vi\ncolour: red", "colour", "red", "no entry"),
    (PARAMS, "lang: vi", "lang: vi\nthin_margin: 2", "thin_margin", "2", "above 1"),
    (PARAMS, "commune: liem-can\n", "commune:\n", "commune", None, "empty"),
    (PARAMS, "commune: liem-can\n", "commune: Liêm Cần\n", "commune", "Liêm Cần", "hyphens"),
    (PARAMS, "set: advanced", "set: advanced-2026", "set", "advanced-2026", "no criteria set"),
    (COMMUNE, "id: liem-can", "id: liem-chung", "id", "liem-chung", "should be “liem-can”"),
    (COMMUNE, "province: Hà Nam", "province: Hà Nội", "province", "Hà Nội", "no rules for Hà Nội"),
    (COMMUNE, "\n  2024:\n", "\n  2023:\n", "appraisals", None, "no appraisal of the year 2024"),
    (
        COMMUNE,
        "    set: advanced",
        "    set: base",
        "appraisals.2024.set",
        "base",
        "Write advanced",
    ),
    (
        COMMUNE,
        "      - 263/QĐ-TTg@viet-nam",
        "      - 264/QĐ-TTg@viet-nam",
        "appraisals.2024.legal_bases[0]",
        "264/QĐ-TTg@viet-nam",
        "Most alike: 263/QĐ-TTg@viet-nam",
    ),
    (
        COMMUNE,
        "under: 18/2022/QĐ-TTg@viet-nam",
        "under: 19/2022/QĐ-TTg@viet-nam",
        "appraisals.2024.dossier.under",
        "19/2022/QĐ-TTg@viet-nam",
        "Most alike: 18/2022/QĐ-TTg@viet-nam",
    ),
    (
        COMMUNE,
        "against: [43/2022/QĐ-UBND@ha-nam,",
        "against: [43/2022/QĐ-UBND@hanam,",
        "appraisals.2024.base_set.against[0]",
        "43/2022/QĐ-UBND@hanam",
        "not in decisions.yaml",
    ),
    (
        COMMUNE,
        "      debt:\n",
        "      dept:\n",
        "appraisals.2024.conditions.dept",
        None,
        "debt, satisfaction, security",
    ),
    (COMMUNE, "until: 2024-11-26}", "until: 2024-11-16}", "appraisals.2024.period", None, "before"),
]


@pytest.mark.parametrize(("file", "old", "new", "column", "value", "words"), FAULTS)
def test_each_fault_is_one_problem_with_its_place(
    copy: Copy, file: str, old: str, new: str, column: str, value, words: str
):
    line = copy.edit(file, old, new) + new.strip("\n").count("\n") + old.startswith("\n")
    (told,) = copy.problems()
    assert (told.file, told.column, told.value) == (file, column, value)
    assert words in f"{told.problem} {told.wanted}"
    assert told.row == line or column == "appraisals"


PLAN = [
    ('indicator: "11"', 'indicator: "11.4"', "indicator", "11.4", "Most alike: 11."),
    ('requires: "< 1"', 'requires: "below 1"', "requires", "below 1", "< 1"),
    ('requires: "< 1", unit: percent', 'requires: "< 1", unit: pct', "unit", "pct", "no unit"),
    ('requires: "< 1", unit: percent', 'requires: "< 1"', "requires", "< 1", "unit: percent"),
    ('requires: "< 1", unit', 'requires: "yes", unit', "requires", "yes", ">= 96"),
    ('requires: "< 1", unit', 'requires: "unknown", unit', "requires", "unknown", ">= 96"),
]


@pytest.mark.parametrize(("old", "new", "field", "value", "words"), PLAN)
def test_targets_of_the_plan(copy: Copy, old: str, new: str, field: str, value: str, words: str):
    line = copy.edit(COMMUNE, old, new)
    (told,) = copy.problems()
    assert (told.file, told.row, told.value) == (COMMUNE, line, value)
    assert (told.column or "").startswith("appraisals.2024.plan.targets[")
    assert (told.column or "").endswith(f".{field}")
    assert words in f"{told.problem} {told.wanted}"


def test_a_legal_basis_is_a_key_or_a_document(copy: Copy):
    copy.edit(COMMUNE, "      - 263/QĐ-TTg@viet-nam", "      - {titel: x}")
    told = {(p.column, p.problem) for p in copy.problems()}
    assert told == {
        ("appraisals.2024.legal_bases[0].titel", "There is no entry of this name."),
        ("appraisals.2024.legal_bases[0].title", "A required entry is missing."),
    }
