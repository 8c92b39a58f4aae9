"""Faults to plant in made-up communes: one for each check of the scrutiny, labelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from ntm_analysis.numbers.rounding import count_for
from ntm_analysis.samples.sample import Planted, Sample, plain
from ntm_analysis.samples.sizes import Rng


class Fault(NamedTuple):
    """A fault that can be planted.

    Attributes
    ----------
    indicator : str
        Code of the indicator that it spoils; empty where it concerns none.
    spoil : callable
        Changes a sample's figures, evidence or profile of one year.
    """

    indicator: str
    spoil: Callable[[Sample, int, Rng], None]


def wrong_rate(sample: Sample, year: int, rng: Rng) -> None:
    """Claim a rate that numerator and denominator do not give."""
    row = sample.claim(year, "9")
    row["claimed_value"] = plain(round(float(row["claimed_value"]) - 0.7, 2))


def second_value(sample: Sample, year: int, rng: Rng) -> None:
    """Report a whole a second time with a slightly smaller value."""
    row = sample.rows("piped_water_households", year, "18.1")[0]
    row["primary"] = "yes"
    value = int(row["value"]) - int(rng.integers(1, 4))
    sample.figure("piped_water_households", value, "18.1", year=str(year))


def flip(sample: Sample, year: int, rng: Rng) -> None:
    """Report a second count of poor households, with which the threshold is exceeded."""
    row = sample.rows("poor_households", year, "11")[0]
    row["primary"] = "yes"
    rule = sample.rules_of(year).by_code["11"]
    names = rule.indicator.own.parsed.variables
    counts = {name: Fraction(sample.rows(name, year, "11")[0]["value"]) for name in names}
    while rule.own.holds(rule.indicator.own.parsed.evaluate_exactly(counts)):
        counts["poor_households"] += 1
    value = int(counts["poor_households"]) + int(rng.integers(0, 3))
    sample.figure("poor_households", value, "11", year=str(year))


def no_figure(sample: Sample, year: int, rng: Rng) -> None:
    """Leave an indicator without any figure."""
    _drop(sample, year, "ocop_products")


def inequality(sample: Sample, year: int, rng: Rng) -> None:
    """Report an inequality instead of a number."""
    sample.rows("green_land_per_person", year)[0]["value"] = ">4.5"


def unattainable(sample: Sample, year: int, rng: Rng) -> None:
    """State a percentage of households that no whole number of them gives."""
    households = Fraction(sample.scale.households)
    stated = Fraction(int(rng.integers(5600, 7000)), 100)
    while count_for(stated, 2, households) is not None:
        stated += Fraction(1, 100)
    _drop(sample, year, "sorting_households")
    sample.figure("sorting_rate", f"{float(stated):.2f}", "17.5", year=str(year))
    sample.claim(year, "17.5")["claimed_value"] = ""


def part_above_whole(sample: Sample, year: int, rng: Rng) -> None:
    """Count more solid houses than another section counts households."""
    for name in ("solid_houses", "houses"):
        sample.rows(name, year)[0]["value"] = str(sample.scale.households + 30)
    sample.claim(year, "9")["claimed_value"] = "100.00"


def absent_as_met(sample: Sample, year: int, rng: Rng) -> None:
    """Claim as met what does not occur in the commune."""
    _status(sample, year, "18.6", "not_applicable")


def pending_as_met(sample: Sample, year: int, rng: Rng) -> None:
    """Claim as met what is still in preparation."""
    _status(sample, year, "18.4", "pending")


def _status(sample: Sample, year: int, code: str, word: str) -> None:
    limb = sample.rules.by_code[code].indicator.own
    assert limb.stated is not None
    _drop(sample, year, *limb.parsed.variables)
    sample.figure(limb.stated, word, code, year=str(year))
    sample.claim(year, code)["claimed_value"] = ""


def _drop(sample: Sample, year: int, *names: str) -> None:
    gone = [row for name in names for row in sample.rows(name, year)]
    sample.figures[:] = [row for row in sample.figures if all(row is not g for g in gone)]


def late_evidence(sample: Sample, year: int, rng: Rng) -> None:
    """Date a document after the appraisal."""
    day = dt.date(year, 12, int(rng.integers(2, 24)))
    sample.claim(year, "5.2")["issued_on"] = day.isoformat()


def mixed_dates(sample: Sample, year: int, rng: Rng) -> None:
    """Date numerator and denominator differently."""
    sample.rows("certified_workers", year, "12.2")[0]["as_of"] = f"{year}-06-30"
    sample.rows("workers", year, "12.2")[0]["as_of"] = f"{year - 1}-12-31"


def low_target(sample: Sample, year: int, rng: Rng) -> None:
    """Plan less than is reached already."""
    target = {
        "name": {"vi": "Chất thải được thu gom, xử lý", "en": "Waste collected and treated"},
        "indicator": "17.3",
        "requires": ">= 95",
        "unit": "percent",
        "period": str(year + 1),
        "until": year + 1,
    }
    sample.profile["appraisals"][year]["plan"]["targets"].append(target)


def no_split(sample: Sample, year: int, rng: Rng) -> None:
    """Give a rate for all, not for men and women apart."""
    _drop(sample, year, "trained_men_rate", "trained_women_rate")


def no_evidence(sample: Sample, year: int, rng: Rng) -> None:
    """Leave a condition of recognition without evidence."""
    conditions = sample.profile["appraisals"][year]["conditions"]
    conditions.pop(list(conditions)[int(rng.integers(len(conditions)))])


def outside_both(sample: Sample, year: int, rng: Rng) -> None:
    """Give men and women rates that the overall rate does not lie between."""
    own = float(sample.claim(year, "14.1")["claimed_value"])
    side = 1 if own <= 98.6 else -1
    for name, apart in (("insurance_men_rate", 1.3), ("insurance_women_rate", 0.7)):
        sample.rows(name, year)[0]["value"] = plain(round(own + side * apart, 2))


def thin(sample: Sample, year: int, rng: Rng) -> None:
    """Meet a threshold by a hair."""
    households = sample.scale.households
    count = -(-households // 2) + 1
    sample.rows("wastewater_households", year)[0]["value"] = str(count)
    sample.claim(year, "17.4")["claimed_value"] = f"{100 * count / households:.2f}"


def target_missed(sample: Sample, year: int, rng: Rng) -> None:
    """Plan for this year, too, what the result does not reach."""
    now = float(sample.rows("income_per_head", year)[0]["value"])
    plan = sample.profile["appraisals"][year]["plan"]
    rule = sample.rules_of(year).by_code["10"]
    plan["targets"].append(
        {
            "name": {"vi": rule.indicator.short.vi, "en": rule.indicator.short.en},
            "indicator": "10",
            "requires": f">= {plain(round(now) + int(rng.integers(2, 6)))}",
            "unit": rule.indicator.unit,
            "period": f"{year}–{year + 1}",
            "until": year + 1,
        }
    )


def bare_document(sample: Sample, year: int, rng: Rng) -> None:
    """Name a document without its number."""
    sample.claim(year, "5.4")["number"] = ""


def post_vacant(sample: Sample, year: int, rng: Rng) -> None:
    """Leave one of the posts of the military command vacant."""
    for name, count in (("command_posts_filled", 3), ("command_posts", 4)):
        for row in sample.rows(name, year, "19.1"):
            row["value"] = str(count)
        if not sample.rows(name, year, "19.1"):
            sample.figure(name, count, "19.1", year=str(year))


def no_paper(sample: Sample, year: int, rng: Rng) -> None:
    """Show a condition of recognition by no document."""
    conditions = sample.profile["appraisals"][year]["conditions"]
    del conditions[next(iter(conditions))]["document"]


def base_left_out(sample: Sample, year: int, rng: Rng) -> None:
    """Leave a decision that sets thresholds out of the legal bases."""
    bases = sample.profile["appraisals"][year]["legal_bases"]
    used = {rule.decision for rule in sample.rules_of(year).rules}
    bases.remove(next(key for key in bases if key in used))


def unsigned(sample: Sample, year: int, rng: Rng) -> None:
    """Rest on a paper of an office that bears neither number nor date."""
    paper = sample.profile["sources"]["so-lieu"]
    paper["issuer"] = {"vi": "Ủy ban nhân dân xã", "en": "People's Committee of the commune"}


FAULTS: Final[Mapping[str, Fault]] = {
    "S01": Fault("9", wrong_rate),
    "S02": Fault("18.1", second_value),
    "S03": Fault("11", flip),
    "S04": Fault("13.2", no_figure),
    "S05": Fault("17.11", inequality),
    "S06": Fault("17.5", unattainable),
    "S07": Fault("9", part_above_whole),
    "S08": Fault("18.6", absent_as_met),
    "S09": Fault("18.4", pending_as_met),
    "S10": Fault("5.2", late_evidence),
    "S11": Fault("12.2", mixed_dates),
    "S12": Fault("17.3", low_target),
    "S13": Fault("12.1", no_split),
    "S14": Fault("", no_evidence),
    "S15": Fault("14.1", outside_both),
    "S16": Fault("17.4", thin),
    "S17": Fault("10", target_missed),
    "S18": Fault("5.4", bare_document),
    "S19": Fault("19.1", post_vacant),
    "S20": Fault("", no_paper),
    "S21": Fault("", base_left_out),
    "S22": Fault("", unsigned),
}
"""A fault for each check of the scrutiny, by its code."""


def plant(sample: Sample, check: str, year: int, rng: Rng) -> bool:
    """Plant the fault of a check in one year and label it; return whether there was a place.

    There is none where the indicator is not in force, is not claimed as met, or is spoiled already.
    """
    fault = FAULTS[check]
    if not _place(sample, fault, year):
        return False
    fault.spoil(sample, year, rng)
    sample.planted.append(Planted(year, check, fault.indicator))
    return True


def _place(sample: Sample, fault: Fault, year: int) -> bool:
    if any(p.year == year and p.indicator == fault.indicator for p in sample.planted):
        return False
    if not fault.indicator:
        return bool(sample.profile["appraisals"][year]["conditions"])
    in_force = fault.indicator in sample.rules_of(year).by_code
    return in_force and sample.claim(year, fault.indicator)["claimed_verdict"] == "met"
