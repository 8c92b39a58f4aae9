"""Precision and recall of the audit on labelled sentences."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from ntm_analysis.audit import CHECKS, VERDICTS, audit_text

ENTRIES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "corpus.yaml").read_text(encoding="utf-8")
)
Row = tuple[str, str, str]


def wanted(entry: dict[str, Any]) -> Counter[Row]:
    return Counter((row["check"], row["verdict"], row["stated"]) for row in entry["expect"])


def given(entry: dict[str, Any]) -> Counter[Row]:
    rows = audit_text(entry["text"].split("\n"))
    return Counter((row.check, row.verdict, row.stated) for row in rows)


def flagged(rows: Counter[Row]) -> Counter[Row]:
    return Counter({row: count for row, count in rows.items() if row[1] != "agrees"})


def figures(pairs: list[tuple[Counter[Row], Counter[Row]]]) -> tuple[float, float, int]:
    hits = sum((expected & found).total() for expected, found in pairs)
    found = sum(found.total() for _, found in pairs)
    expected = sum(expected.total() for expected, _ in pairs)
    return hits / found if found else 1.0, hits / expected if expected else 1.0, expected


@pytest.fixture(scope="module")
def judged() -> list[tuple[dict[str, Any], Counter[Row], Counter[Row]]]:
    return [(entry, wanted(entry), given(entry)) for entry in ENTRIES]


@pytest.mark.parametrize("part", ["first", "held-out"])
def test_precision_and_recall(
    judged: list[tuple[dict[str, Any], Counter[Row], Counter[Row]]], part: str
) -> None:
    here = [each for each in judged if each[0]["part"] == part]
    for entry, expected, found in here:
        if expected != found:
            print(f"{entry['text']}\n   missing {expected - found}\n   extra {found - expected}")
    wrong = figures([(flagged(expected), flagged(found)) for _, expected, found in here])
    every = figures([(expected, found) for _, expected, found in here])
    print(f"{part}: flagged precision {wrong[0]:.3f} recall {wrong[1]:.3f} of {wrong[2]}")
    print(f"{part}: all rows precision {every[0]:.3f} recall {every[1]:.3f} of {every[2]}")
    assert wrong[0] == every[0] == 1.0
    assert min(wrong[1], every[1]) >= 0.97


def test_corpus_is_large_and_various() -> None:
    kinds = Counter(entry["kind"] for entry in ENTRIES)
    rows = [row for entry in ENTRIES for row in entry["expect"]]
    assert len(ENTRIES) >= 130
    assert min(kinds["trap"], kinds["fault"]) >= 45
    of_whole_reports = {"report_kind", "report_form"}  # see test_form.py
    assert {row["check"] for row in rows} | of_whole_reports == {check.key for check in CHECKS}
    assert {row["verdict"] for row in rows} == set(VERDICTS)
    assert len({entry["text"] for entry in ENTRIES}) == len(ENTRIES)


def test_kinds_say_what_is_expected() -> None:
    for entry in ENTRIES:
        wrong = flagged(wanted(entry))
        assert bool(wrong) == (entry["kind"] == "fault"), entry["text"]
