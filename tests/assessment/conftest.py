"""Liêm Cần, and cases with the readings that a test names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_analysis.communes import Case, load_case
from ntm_analysis.paths import Project

Reported = Callable[[Mapping[str, Sequence[str]]], Case]


@pytest.fixture(scope="session")
def liem_can(repository: Path) -> Case:
    return load_case(Project(repository), "liem-can-2024")


@pytest.fixture(scope="session")
def reported(liem_can: Case) -> Reported:
    """`reported({"houses": ["100", "101"]})`: with these readings, the first assessed."""

    def make(figures: Mapping[str, Sequence[str]]) -> Case:
        kept = [r for r in liem_can.readings if r.variable not in figures]
        for name, values in figures.items():
            for place, value in enumerate(values):
                found = liem_can.with_figures({name: value}).readings
                reading = next(r for r in found if r.variable == name)
                kept.append(
                    replace(reading, primary=place == 0, indicator="", source=f"report:{place}")
                )
        return replace(liem_can, readings=tuple(kept))

    return make
