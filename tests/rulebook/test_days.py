"""Rules that are worked out once hold until their last day, that day included."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from ntm_analysis.rulebook.in_force import _days


def span(first: str, until: str | None, place: str = "Hà Nam") -> SimpleNamespace:
    last = dt.date.fromisoformat(until) if until else None
    return SimpleNamespace(from_=dt.date.fromisoformat(first), until=last, place=place)


def test_the_days_on_which_rules_change() -> None:
    spans = [span("2023-01-01", "2023-06-30"), span("2024-01-01", None)]
    elsewhere = [span("2022-05-05", "2022-06-06", "Nam Định")]
    indicator = SimpleNamespace(in_force=spans, thresholds=elsewhere, variants=[])
    book = SimpleNamespace(
        worked_out={}, sets={"x": SimpleNamespace(indicators={"1": indicator}, divisions=())}
    )
    assert [day.isoformat() for day in _days(book, "Hà Nam")] == [
        "2023-01-01",
        "2023-07-01",
        "2024-01-01",
    ]
