"""A made-up commune: figures, evidence and profile that fit the rules in force."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import numpy as np

from ntm_analysis.rulebook import Limb, Requirement, Rule, RulesInForce, rules_in_force
from ntm_analysis.samples.sizes import Rng, Scale, base
from ntm_analysis.scrutiny.arithmetic import is_share

WIDE: Final = 0.06
"""The least relative margin of what is met: well above what counts as thin."""
SEXES: Final = ("men", "women")
LAST_DAY: Final = (11, 8)
"""Month and day on which an appraisal ends, and whose law applies."""


@dataclass
class Sample:
    """A made-up commune, before it is written.

    Attributes
    ----------
    id, name, district, province : str
    years : list of int
        The years appraised.
    figures, evidence : list of dict
        The rows of the two tables.
    profile : dict
        What `commune.yaml` holds.
    planted : list of (str, str)
        The faults that were planted: code of the check, code of the indicator.
    """

    id: str
    name: str
    district: str
    province: str
    rules: RulesInForce
    scale: Scale
    years: list[int]
    figures: list[dict[str, str]] = field(default_factory=list)
    evidence: list[dict[str, str]] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)
    planted: list[tuple[str, str]] = field(default_factory=list)

    def figure(self, name: str, value: float | str, code: str = "", **more: str) -> None:
        """Add a figure."""
        text = value if isinstance(value, str) else plain(value)
        unit = self.rules.rulebook.variables[name].unit
        place = f"so-lieu:{len(self.figures) + 1}"
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


def plain(value: float) -> str:
    """Return a number in machine form."""
    return f"{value:.10g}"


def make(
    rules: RulesInForce,
    number: int,
    rng: Rng,
    years: Iterable[int],
    *,
    perfect: bool = False,
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
    """
    scale = Scale.draw(rng)
    sample = Sample(
        id=f"mau-{number:04d}",
        name=f"Mẫu {number:04d}",
        district=f"Mẫu {chr(ord('A') + number % 6)}",
        province=rules.place,
        rules=rules,
        scale=scale,
        years=sorted(years),
    )
    skill = float(rng.beta(5, 2))
    for place, year in enumerate(sample.years):
        # Communes learn: what was not met is met a little more often a year later.
        then = _rules_of(rules, year)
        failing = set() if perfect else _failing(then, rng, min(0.98, 0.88 + 0.1 * skill), place)
        for rule in then.rules:
            _indicator(sample, rule, year, rng, fails=rule.code in failing)
    _share_bases(sample)
    _profile(sample, rng)
    return sample


def _rules_of(rules: RulesInForce, year: int) -> RulesInForce:
    """Return the same set and place on the last day of a year's appraisal."""
    on = dt.date(year, *LAST_DAY)
    return rules_in_force(rules.rulebook, rules.loaded.about.key, rules.place, on)


def _failing(rules: RulesInForce, rng: Rng, chance: float, place: int) -> set[str]:
    kinds = ("rate", "amount", "count", "yes_no")
    able = [
        r.code
        for r in rules.rules
        if r.indicator.kind in kinds and r.own.op != "unknown" and r.indicator.combine == "all"
    ]
    odds = (1 - chance) / (1 + place)
    return {code for code in able if rng.random() < odds}


def _indicator(sample: Sample, rule: Rule, year: int, rng: Rng, *, fails: bool) -> None:
    more = {"year": str(year)}
    done: dict[str, float] = {}
    for limb in rule.indicator.limbs:
        requirement = rule.requirements[limb.key]
        bad = fails and limb is rule.indicator.own
        if limb.key in SEXES:
            continue
        for name, value in _limb(sample, limb, requirement, rng, done, fails=bad).items():
            if name not in done:
                done[name] = value if isinstance(value, float) else 0.0
                sample.figure(name, value, rule.code, **more)
    _split_by_sex(sample, rule, done, rng, more)
    _evidence(sample, rule, year, rng, "not_met" if fails else "met", done)


def _limb(
    sample: Sample,
    limb: Limb,
    requirement: Requirement,
    rng: Rng,
    done: dict[str, float],
    *,
    fails: bool,
) -> dict[str, float | str]:
    names = limb.parsed.variables
    share = is_share(limb)
    if share:
        part, whole = share
        return _share(sample, part, whole, requirement, rng, done, fails=fails)
    if len(names) > 1:
        return _poverty(sample, limb, requirement, rng, fails=fails)
    name = names[0]
    kind = sample.rules.rulebook.variables[name].kind
    if kind == "flag":
        return {name: "no" if fails else "yes"}
    if kind == "grade":
        scale = sample.rules.rulebook.variables[name].grades
        return {name: scale[-1]}
    threshold = float(requirement.threshold or 0)
    if limb.kind == "level":
        return {name: threshold}
    if kind == "count":
        most = done.get(sample.rules.rulebook.variables[name].part_of or "", math.inf)
        count = threshold + int(rng.integers(1, 4))
        return {name: max(0.0, threshold - 1) if fails else min(count, most)}
    sign = 1 if requirement.higher_is_better else -1
    far = rng.uniform(WIDE, 0.3) * (-sign if fails else sign)
    value = threshold * (1 + far)
    return {name: round(min(value, 100.0) if kind == "percent" else value, 2)}


def _share(
    sample: Sample,
    part: str,
    whole: str,
    requirement: Requirement,
    rng: Rng,
    done: dict[str, float],
    *,
    fails: bool,
) -> dict[str, float | str]:
    variables = sample.rules.rulebook.variables
    size = done.get(whole) or base(whole, variables[whole].kind, sample.scale, rng)
    threshold = float(requirement.threshold) / 100 if requirement.threshold is not None else 1.0
    if fails:
        rate = max(0.0, threshold - rng.uniform(0.08, 0.2))
    else:
        low = threshold + max(WIDE * threshold, 0.05)
        rate = 1.0 if low >= 1 or threshold == 1 else rng.uniform(low, 1.0)
    step = variables[part].step or (1.0 if variables[part].kind == "count" else 0.1)
    # Small counts: a wide margin in per cent may be no margin in pieces, so all of them are met.
    pieces = round(size / step)
    count = pieces if not fails and pieces < 40 else math.floor(rate * pieces)
    return {part: round(count * step, 6), whole: float(size)}


def _poverty(
    sample: Sample, limb: Limb, requirement: Requirement, rng: Rng, *, fails: bool
) -> dict[str, float | str]:
    """Return counts for a formula of several variables: poor and near-poor households."""
    households = sample.scale.households
    unable, near_unable = int(rng.integers(4, 15)), int(rng.integers(0, 4))
    assert requirement.threshold is not None
    share = rng.uniform(0.2, 0.6) * float(requirement.threshold) / 100
    able = max(1, int(households * (share + 0.02 * fails) * 0.7))
    near = max(0, int(households * share * 0.3))
    values: dict[str, float | str] = {
        "households": float(households),
        "poor_households": float(unable + able),
        "poor_households_unable": float(unable),
        "near_poor_households": float(near_unable + near),
        "near_poor_households_unable": float(near_unable),
    }
    return {name: values[name] for name in limb.parsed.variables}


def _split_by_sex(
    sample: Sample, rule: Rule, done: dict[str, float], rng: Rng, more: dict[str, str]
) -> None:
    limbs = {limb.key: limb for limb in rule.indicator.limbs}
    if not set(SEXES) <= set(limbs):
        return
    exact = {name: Fraction(plain(value)) for name, value in done.items()}
    own = float(rule.indicator.own.parsed.evaluate_exactly(exact))
    required = rule.requirements["men"]
    room = abs(own - float(required.threshold or 0)) / 2
    apart = min(rng.uniform(0.2, 1.5), room, 100 - own)
    for key, sign in (("men", 1), ("women", -1)):
        name = limbs[key].parsed.variables[0]
        sample.figure(name, round(own + sign * apart, 2), rule.code, **more)


def _evidence(
    sample: Sample, rule: Rule, year: int, rng: Rng, verdict: str, done: dict[str, float]
) -> None:
    day = dt.date(year, 1, 15) + dt.timedelta(days=int(rng.integers(0, 240)))
    claimed = ""
    if rule.indicator.kind == "rate" and done:
        exact = {n: Fraction(plain(v)) for n, v in done.items()}
        try:
            value = rule.indicator.own.parsed.evaluate_exactly(exact)
            claimed = f"{float(round(value, 2)):.2f}"
        except (KeyError, ZeroDivisionError):
            claimed = ""
    sample.evidence.append(
        {
            "indicator": rule.code,
            "claimed_value": claimed,
            "claimed_verdict": verdict,
            "document": "Báo cáo kết quả chỉ tiêu (giả định)",
            "document_en": "report on the indicator (made up)",
            "number": f"{len(sample.evidence) + 1}/BC-UBND",
            "issuer": "UBND xã",
            "issuer_en": "commune People's Committee",
            "issued_on": day.isoformat(),
            "grade": "A",
            "year": str(year),
        }
    )


def _share_bases(sample: Sample) -> None:
    """Give each variable one value a year, so that no two sections disagree."""
    for year in sample.years:
        first: dict[str, str] = {}
        for row in sample.figures:
            if row.get("year") == str(year):
                row["value"] = first.setdefault(row["variable"], row["value"])


def _both(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


def _profile(sample: Sample, rng: Rng) -> None:
    sample.profile = {
        "id": sample.id,
        "name": sample.name,
        "district": sample.district,
        "province": sample.province,
        "hamlets": [f"Thôn {n + 1}" for n in range(sample.scale.hamlets)],
        "population": sample.scale.population,
        "synthetic": True,
        "note": _both(
            "Xã giả định, số liệu do máy tạo ra; không phải của xã nào có thật.",
            "A made-up commune with generated figures; not those of any real commune.",
        ),
        "sources": {
            "so-lieu": {"title": _both("Biểu số liệu giả định", "Made-up table of figures")}
        },
        "appraisals": {year: _appraisal(sample, year, rng) for year in sample.years},
    }


def _appraisal(sample: Sample, year: int, rng: Rng) -> dict[str, Any]:
    rules = _rules_of(sample.rules, year)
    last = dt.date(year, *LAST_DAY)
    decisions = rules.rulebook.decisions
    known = [(key, decisions[key].date) for key in rules.loaded.about.decisions]
    bases = [key for key, day in known if day is None or day <= last]
    proofs = {
        condition.key: {
            "status": "met",
            "claimed": "met",
            "statement": _both("Có văn bản xác nhận", "confirmed by a document"),
            "document": {
                "title": _both("Văn bản xác nhận (giả định)", "confirmation (made up)"),
                "number": f"{int(rng.integers(1, 300))}/XN-{condition.key.upper()}",
                "date": dt.date(year, 10, 1),
            },
            "grade": "A",
        }
        for condition in rules.loaded.about.conditions
    }
    missed = [
        row["indicator"]
        for row in sample.evidence
        if row["year"] == str(year) and row["claimed_verdict"] != "met"
    ]
    criteria = {code.partition(".")[0] for code in missed}
    return {
        "set": rules.loaded.about.key,
        "appraiser": _both(f"UBND huyện {sample.district}", f"{sample.district} district"),
        "period": {"from": dt.date(year, 11, 4), "until": last},
        "legal_bases": bases,
        "claim": {
            "criteria_met": len(rules.by_criterion) - len(criteria),
            "criteria_total": len(rules.by_criterion),
            "indicators_met": len(rules.rules) - len(missed),
            "indicators_total": len(rules.rules),
        },
        "conditions": proofs,
        "plan": {"year": year + 1},
    }


def generator(seed: int, number: int) -> Rng:
    """Return the random numbers of one commune: the same for the same seed and number."""
    return np.random.default_rng((seed, number))
