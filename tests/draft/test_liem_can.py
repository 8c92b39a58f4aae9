"""The real report of Liêm Cần against the data that were entered by hand from it."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest

from ntm_analysis.documents import read_document
from ntm_analysis.draft import draft_documents
from ntm_analysis.rulebook import rules_in_force
from tests.draft.measure import Known, measure, value_of

ALSO = [("12.1", "trained_rate", "86"), ("18.3", "water_works_sustained_rate", "100")]
"""Printed in the report, and left out by hand beside the counts that give them."""


@pytest.fixture(scope="module")
def report(repository: Path) -> Path:
    found = sorted((repository.parent / "shared" / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the report is not beside the repository")
    return found[0]


@pytest.fixture(scope="module")
def draft(report, book):
    rules = rules_in_force(book, "advanced", "Hà Nam", dt.date(2024, 11, 26))
    return rules, draft_documents([read_document(report)], rules)


def test_what_the_report_states_of_indicators_is_read(draft, report, repository):
    rules, made = draft
    lines = report.read_text(encoding="utf-8").split("\n")
    own = {rule.code: rule.indicator.own.variables for rule in rules.rules}
    truth: list[Known] = []
    rest = list(ALSO)
    with (repository / "data/communes/liem-can/figures.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            known = (row["indicator"], row["variable"], value_of(row["value"]))
            named = row["variable"] in own.get(row["indicator"], ())
            stated = _printed(row["value"], lines[int(row["source"].split(":")[1]) - 1])
            (truth if named and stated else rest).append(known)
    result = measure(made, truth, rest)
    assert result.recall >= 0.90, (result.line("Liêm Cần"), result.missing)
    assert result.wrong_among("sure") <= 0.02, result.wrong
    readings = {(one.variable, one.value) for one in made.found}
    assert {("households", "2751"), ("households", "2692"), ("households", "2663")} <= readings
    assert {("poor_households", "33"), ("poor_households", "34")} <= readings
    assert {("trained_workers", "4274"), ("trained_workers", "3230")} <= readings


def test_documents_of_evidence_keep_number_and_day(draft, repository):
    with (repository / "data/communes/liem-can/evidence.csv").open(encoding="utf-8") as file:
        wanted = {
            (row["indicator"], row["number"], row["issued_on"])
            for row in csv.DictReader(file) if row["number"]
        }  # fmt: skip
    said = {(one.indicator, one.number, str(one.issued_on)) for one in draft[1].papers}
    assert len(wanted & said) >= 0.85 * len(wanted)


def test_the_report_says_who_when_and_what_it_claims(draft):
    profile = draft[1].profile
    own = "appraisals.2024"
    assert (profile["name"], profile["district"], profile["province"]) == (
        "Liêm Cần", "Thanh Liêm", "Hà Nam",
    )  # fmt: skip
    assert profile[f"{own}.petition.number"] == "152/TTr-UBND"
    assert profile[f"{own}.period.until"] == dt.date(2024, 11, 26)
    assert profile[f"{own}.claim.indicators_met"] == 74
    assert profile[f"{own}.conditions.debt.status"] == "met"
    assert profile[f"{own}.legal_bases.1"] == "318/QĐ-TTg@viet-nam"


def _printed(value: str, line: str) -> bool:
    if not re.search(r"\d", value):
        return True
    wanted = value.strip("<>=").split("-")[0]
    said: set[str] = set()
    for number in re.findall(r"\d[\d.,]*|¾", line):
        plain = number.strip(".,")
        said |= {plain.replace(",", "."), plain.replace(".", "").replace(",", "."),
                 plain.lstrip("0")}  # fmt: skip
        said |= {"3", "4"} if number == "¾" else set()
    return wanted in said
