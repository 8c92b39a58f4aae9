"""A made-up commune while it is being made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ntm_analysis.rulebook import RulesInForce, rules_in_force
from ntm_analysis.samples.sizes import Rng, Scale, base

LAST_DAY: Final = (11, 8)
"""Month and day on which an appraisal ends, and whose law applies."""


class Planted(NamedTuple):
    """A planted fault.

    Attributes
    ----------
    year : int
    check : str
        Code of the check that is to find it.
    indicator : str
        Code of the indicator that it spoils; empty where it concerns none.
    """

    year: int
    check: str
    indicator: str


@dataclass
class Sample:
    """A made-up commune, before it is written.

    Attributes
    ----------
    id, name, district, province : str
    rules : RulesInForce
        Of its last year.
    scale : Scale
    skill : float
        From 0 to 1: how seldom it fails, and how far it goes beyond thresholds.
    margin : float
        The least share of what is counted by which it goes beyond a threshold.
    years : list of int
        The years appraised.
    figures, evidence : list of dict
        The rows of the two tables.
    profile : dict
        What `commune.yaml` holds.
    planted : list of Planted
        The faults that were planted.
    """

    id: str
    name: str
    district: str
    province: str
    rules: RulesInForce
    scale: Scale
    skill: float
    margin: float
    years: list[int]
    figures: list[dict[str, str]] = field(default_factory=list)
    evidence: list[dict[str, str]] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)
    wholes: dict[str, float] = field(default_factory=dict)
    excess: dict[str, float] = field(default_factory=dict)
    lines: int = 0

    def figure(self, name: str, value: float | str, code: str = "", **more: str) -> None:
        """Add a figure."""
        text = value if isinstance(value, str) else plain(value)
        unit = self.rules.rulebook.variables[name].unit
        self.lines += 1
        place = f"so-lieu:{self.lines}"
        row = {"variable": name, "value": text, "unit": unit, "indicator": code, "source": place}
        self.figures.append(row | more)

    def rows(self, name: str, year: int, code: str | None = None) -> list[dict[str, str]]:
        """Return the figures of a variable in a year, if need be of one indicator."""
        return [
            row
            for row in self.figures
            if row["variable"] == name
            and row.get("year") in (None, str(year))
            and code in (None, row["indicator"])
        ]

    def claim(self, year: int, code: str) -> dict[str, str]:
        """Return the row of evidence in which an indicator's result is claimed."""
        return next(
            row
            for row in self.evidence
            if row["indicator"] == code and row["year"] == str(year) and row["claimed_verdict"]
        )

    def whole(self, name: str, rng: Rng) -> float:
        """Return the size of something that shares are taken of: drawn once, the same each year."""
        if name not in self.wholes:
            kind = self.rules.rulebook.variables[name].kind
            self.wholes[name] = base(name, kind, self.scale, rng)
        return self.wholes[name]

    def beyond(self, key: str, rng: Rng) -> float:
        """Return which share of the room beyond a threshold is used; it moves little by year."""
        before = self.excess.get(key)
        if before is None:
            now = float(rng.beta(1 + self.skill, 3))
        else:
            now = min(1.0, max(0.0, before + float(rng.uniform(-0.05, 0.12))))
        self.excess[key] = now
        return now

    def rules_of(self, year: int) -> RulesInForce:
        """Return the same set and place on the last day of a year's appraisal."""
        on = dt.date(year, *LAST_DAY)
        return rules_in_force(self.rules.rulebook, self.rules.loaded.about.key, self.province, on)


def plain(value: float) -> str:
    """Return a number in machine form."""
    return f"{value:.10g}"
