"""What `facts.csv` may hold, and what is said of each fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.communes.facts import COLUMNS, read_facts
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook import Rulebook

CODES = ("6.1", "6.2", "10")
SOURCES = ("report", "minutes")
HEADER = ",".join(COLUMNS)
SOUND = "6.2,event,lễ hội được phục dựng,,Đền Lăng,,,report:111"


def _read(path: Path, book: Rulebook, *rows: str, header: str = HEADER):  # type: ignore[no-untyped-def]
    file = path / "facts.csv"
    file.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    problems = Collector()
    found = read_facts(file, "facts.csv", book, CODES, SOURCES, problems)
    return found, [(one.row, one.column) for one in problems.problems]


def test_a_commune_need_not_have_any(tmp_path: Path, book: Rulebook) -> None:
    """No file, no fact, no fault."""
    problems = Collector()
    assert read_facts(tmp_path / "no.csv", "no.csv", book, CODES, SOURCES, problems) == []
    assert not problems.problems


@pytest.mark.parametrize("subject", ["6.2", "6", "10", "leadership", "plan"])
def test_a_fact_is_of_an_indicator_a_criterion_or_a_part(
    subject: str, tmp_path: Path, book: Rulebook
) -> None:
    """All of them may be named."""
    facts, faults = _read(tmp_path, book, f"{subject},cost,mua sách,,,1.5,billion_vnd,minutes")
    assert faults == []
    assert (facts[0].subject, facts[0].amount, facts[0].unit) == (subject, "1.5", "billion_vnd")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",event,lễ hội,,,,,report:1", "indicator"),
        ("6.9,event,lễ hội,,,,,report:1", "indicator"),
        ("7,event,lễ hội,,,,,report:1", "indicator"),
        ("Plan,event,lễ hội,,,,,report:1", "indicator"),
        ("6.2,party,lễ hội,,,,,report:1", "kind"),
        ("6.2,,lễ hội,,,,,report:1", "kind"),
        ("6.2,event,,,,,,report:1", "text"),
        ("6.2,event,lễ hội,,,2,,report:1", "unit"),
        ("6.2,event,lễ hội,,,,hectare,report:1", "amount"),
        ("6.2,event,lễ hội,,,2,acre,report:1", "unit"),
        ("6.2,event,lễ hội,,,hai,hectare,report:1", "amount"),
        ("6.2,event,lễ hội,,,,,", "source"),
        ("6.2,event,lễ hội,,,,,letter:1", "source"),
        (SOUND, "text"),
    ],
)
def test_each_fault_is_told_with_its_row_and_column(
    row: str, column: str, tmp_path: Path, book: Rulebook
) -> None:
    """One fault in the second row is one message, there."""
    _, faults = _read(tmp_path, book, SOUND, row)
    assert faults == [(3, column)]


def test_all_faults_of_all_rows_are_told_at_once(tmp_path: Path, book: Rulebook) -> None:
    """A row with four of them brings four."""
    _, faults = _read(tmp_path, book, "6.9,party,,,,2,,letter:1", SOUND)
    assert faults == [(2, name) for name in ("indicator", "kind", "text", "unit", "source")]


def test_the_same_may_be_true_of_two_years(tmp_path: Path, book: Rulebook) -> None:
    """Only within one year is it said twice."""
    header = f"{HEADER},year"
    facts, faults = _read(tmp_path, book, f"{SOUND},2024", f"{SOUND},2025", header=header)
    assert [fact.year for fact in facts] == [2024, 2025]
    assert faults == []
