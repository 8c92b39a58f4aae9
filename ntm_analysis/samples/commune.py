"""A made-up commune: figures and evidence that fit the rules in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal

import numpy as np

from ntm_analysis.rulebook import Rule, RulesInForce
from ntm_analysis.samples.profile import profile
from ntm_analysis.samples.sample import Sample
from ntm_analysis.samples.sizes import Rng, Scale
from ntm_analysis.samples.values import Values, figures, value_of

WIDE: Final = 0.025
"""The least share by which a threshold is passed, well above what counts as thin."""
DISTRICTS: Final = 24
"""Three neighbours share a district; after so many districts the first is taken again."""
HARD: Final = frozenset(
    ("5.1", "10", "12.2", "13.2", "13.4", "13.6", "14.1", "17.4", "17.5", "18.1", "18.2")
)
"""What communes fail more often than the rest: income, certificates, traceability, water."""
MAY_BE_ABSENT: Final = ("17.1", "18.6", "18.8")
"""What some communes have nothing of: business zones, food processors, landfills."""
State = Literal["met", "not_met", "pending", "not_applicable"]
_DOCUMENTS: Final = {
    "A": ("Biểu tổng hợp số liệu (giả định)", "table of figures (made up)", "BC-UBND"),
    "B": ("Báo cáo điều tra, đo đạc (giả định)", "report of a survey (made up)", "BC-UBND"),
    "C": ("Văn bản xác nhận (giả định)", "confirmation (made up)", "XN-UBND"),
}


def make(
    rules: RulesInForce,
    number: int,
    rng: Rng,
    years: Iterable[int],
    *,
    perfect: bool = False,
    close: bool = False,
) -> Sample:
    """Return a made-up commune without planted faults.

    Parameters
    ----------
    rules : RulesInForce
    number : int
        Gives its name.
    rng : Generator
    years : iterable of int
        The years appraised, each with its figures.
    perfect : bool
        Whether every indicator is met; by default some are not, and it says so itself.
    close : bool
        Whether thresholds may be met by a hair; by default margins are never thin.
    """
    skill = float(rng.beta(5, 2))
    sample = Sample(
        id=f"gia-dinh-{number:04d}",
        name=f"Giả Định {number}",
        district=f"Giả Định {chr(ord('A') + max(0, number - 1) // 3 % DISTRICTS)}",
        province=rules.place,
        rules=rules,
        scale=Scale.draw(rng),
        skill=0.0 if close else skill,
        margin=0.0 if close else WIDE,
        years=sorted(years),
    )
    absent = {code for code in MAY_BE_ABSENT if rng.random() < 0.3}
    failing: dict[str, State] = {}
    for place, year in enumerate(sample.years):
        then = sample.rules_of(year)
        if not perfect:
            failing = _failing(then, rng, skill, failing if place else None)
        days = _days(year, len(then.rules), rng)
        for rule, day in zip(then.rules, days, strict=True):
            gone = rule.code in absent and rule.indicator.own.stated is not None
            state = "not_applicable" if gone else failing.get(rule.code, "met")
            _indicator(sample, rule, year, day, state, rng)
    sample.profile = profile(sample, rng)
    return sample


def _failing(
    rules: RulesInForce, rng: Rng, skill: float, before: dict[str, State] | None
) -> dict[str, State]:
    """Return what is not met in a year: at first by chance, later mostly what was not before."""
    failing: dict[str, State] = {}
    for rule in rules.rules:
        indicator = rule.indicator
        kinds = ("rate", "amount", "count", "yes_no")
        if indicator.kind not in kinds or rule.own.op == "unknown" or indicator.combine != "all":
            continue
        odds = (0.08 - 0.06 * skill) * (3 if rule.code in HARD else 1)
        if before is not None:
            odds = 0.55 if rule.code in before else odds / 4
        if rng.random() < odds:
            single = len(indicator.limbs) == 1
            pends = single and (indicator.kind == "yes_no" or indicator.own.stated is not None)
            failing[rule.code] = "pending" if pends and rng.random() < 0.25 else "not_met"
    return failing


def _days(year: int, count: int, rng: Rng) -> list[dt.date]:
    """Return working days before the appraisal, in order."""
    first = np.datetime64(f"{year}-01-15")
    days = np.busday_offset(first, np.sort(rng.integers(0, 190, count)), roll="forward")
    return [day.item() for day in days]


def _indicator(sample: Sample, rule: Rule, year: int, day: dt.date, state: State, rng: Rng) -> None:
    own = rule.indicator.own
    made: Values
    if state in ("pending", "not_applicable"):
        made = {own.stated or own.parsed.variables[0]: state}
    else:
        made = figures(sample, rule, rng, fails=state == "not_met")
    for name, value in made.items():
        sample.figure(name, value, rule.code, year=str(year))
    _evidence(sample, rule, year, day, state, made)


def _evidence(
    sample: Sample, rule: Rule, year: int, day: dt.date, state: State, made: Values
) -> None:
    kind = rule.indicator.kind
    counted = state in ("met", "not_met")
    grade = {"rate": "A", "count": "A", "amount": "B"}.get(kind, "C") if counted else "C"
    document, english, sort = _DOCUMENTS[grade]
    value = value_of(rule, made) if kind == "rate" else None
    number = 1 + sum(row["year"] == str(year) for row in sample.evidence)
    sample.evidence.append(
        {
            "indicator": rule.code,
            "claimed_value": "" if value is None else f"{value:.2f}",
            "claimed_verdict": state,
            "document": document,
            "document_en": english,
            "number": f"{number}/{sort}",
            "issuer": "UBND xã",
            "issuer_en": "commune People's Committee",
            "issued_on": day.isoformat(),
            "grade": grade,
            "year": str(year),
        }
    )


def generator(seed: int, number: int) -> Rng:
    """Return the random numbers of one commune: the same for the same seed and number."""
    return np.random.default_rng((seed, number))
