"""Hard errors in whole passages: how many are found, and how many accusations are right."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from ntm_analysis.audit import audit_text, examined

PASSAGES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "passages.yaml").read_text(encoding="utf-8")
)


class Score(NamedTuple):
    """How the audit fares on passages: accusations that are right, and errors that are found."""

    right: int
    accused: int
    found: int
    errors: int


def score(passages: list[dict[str, Any]]) -> Score:
    right = accused = found = errors = 0
    for passage in passages:
        rows = [row for row in audit_text(passage["text"].split("\n")) if row.wrong]
        hits = {
            (index, at)
            for index, row in enumerate(rows)
            for at, error in enumerate(passage["errors"])
            if row.line == error["line"] and error["figure"] in f"{row.stated} {row.recomputed}"
        }
        right += len({index for index, _ in hits})
        accused += len(rows)
        found += len({at for _, at in hits})
        errors += len(passage["errors"])
    return Score(right, accused, found, errors)


@pytest.mark.parametrize(
    ("part", "recall"),
    [
        ("open", 0.97),
        ("held-out", 0.85),
        ("second", 0.97),
        ("third", 0.97),
        ("fourth", 0.9),
        ("fifth", 0.97),
        ("sixth", 0.75),
    ],
)
def test_hard_errors(part: str, recall: float) -> None:
    got = score([each for each in PASSAGES if each["part"] == part])
    print(f"{part}: precision {got.right}/{got.accused}, recall {got.found}/{got.errors}")
    assert got.right >= 0.97 * got.accused
    assert got.found >= recall * got.errors


def test_most_percentages_are_recomputed() -> None:
    audits = [examined(each["text"].split("\n")) for each in PASSAGES]
    held = sum(audit.held["percentages"] for audit in audits)
    checked = sum(audit.checked["percentages"] for audit in audits)
    assert held > 300
    assert checked >= 0.6 * held
    for audit in audits:
        left = sum(audit.held.values()) - sum(audit.checked.values())
        assert len(audit.unchecked) == left
        assert {row.verdict for row in audit.unchecked} <= {"unclear"}


def test_passages_are_many() -> None:
    assert len(PASSAGES) >= 110
    assert sum(each["part"] == "held-out" for each in PASSAGES) >= 30
    assert len({each["text"] for each in PASSAGES}) == len(PASSAGES)
