"""Faults to plant in made-up communes: one for each check of the scrutiny, labelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from ntm_analysis.samples.commune import Sample, plain
from ntm_analysis.samples.sizes import Rng

Plant = Callable[[Sample, int, Rng], str | None]
"""From a sample and a year to the indicator spoiled; None where the rules have no place for it."""


def _one(sample: Sample, year: int, code: str) -> dict[str, str]:
    return next(
        row
        for row in sample.evidence
        if row["indicator"] == code and row["year"] == str(year) and row["claimed_verdict"]
    )


def _has(sample: Sample, *codes: str) -> bool:
    return all(code in sample.rules.by_code for code in codes)


def wrong_rate(sample: Sample, year: int, rng: Rng) -> str | None:
    """Claim a rate that numerator and denominator do not give."""
    if not _has(sample, "9"):
        return None
    row = _one(sample, year, "9")
    row["claimed_value"] = plain(round(float(row["claimed_value"]) - 0.7, 2))
    return "9"


def second_value(sample: Sample, year: int, rng: Rng) -> str | None:
    """Report a whole a second time with a slightly larger value."""
    if not _has(sample, "18.1"):
        return None
    row = sample.rows("piped_water_households", year, "18.1")[0]
    row["primary"] = "yes"
    value = int(row["value"]) - 1
    sample.figures.append(row | {"value": str(value), "primary": ""})
    return "18.1"


def flip(sample: Sample, year: int, rng: Rng) -> str | None:
    """Report a second count of poor households, with which the threshold is exceeded."""
    if not _has(sample, "11"):
        return None
    row = sample.rows("poor_households", year, "11")[0]
    row["primary"] = "yes"
    value = int(row["value"]) + int(0.012 * sample.scale.households) + 1
    sample.figures.append(row | {"value": str(value), "primary": ""})
    return "11"


def no_figure(sample: Sample, year: int, rng: Rng) -> str | None:
    """Leave an indicator without any figure."""
    if not _has(sample, "13.2"):
        return None
    _drop(sample, year, "ocop_products")
    _one(sample, year, "13.2")["claimed_value"] = ""
    return "13.2"


def _drop(sample: Sample, year: int, *names: str) -> None:
    gone = [row for name in names for row in sample.rows(name, year)]
    sample.figures[:] = [row for row in sample.figures if all(row is not g for g in gone)]


def inequality(sample: Sample, year: int, rng: Rng) -> str | None:
    """Report an inequality instead of a number."""
    if not _has(sample, "17.11"):
        return None
    sample.rows("green_land_per_person", year)[0]["value"] = ">4.5"
    _one(sample, year, "17.11")["claimed_value"] = ""
    return "17.11"


def unattainable(sample: Sample, year: int, rng: Rng) -> str | None:
    """State a percentage of households that no whole number of them gives."""
    if not _has(sample, "17.5"):
        return None
    households = sample.scale.households
    count = int(0.8 * households)
    between = 100 * (count + 0.5) / households
    _drop(sample, year, "sorting_households")
    sample.figure("sorting_rate", f"{between:.5f}", "17.5", year=str(year))
    _one(sample, year, "17.5")["claimed_value"] = ""
    return "17.5"


def part_above_whole(sample: Sample, year: int, rng: Rng) -> str | None:
    """Count more solid houses than another section counts households."""
    if not _has(sample, "9"):
        return None
    solid, houses = (sample.rows(n, year)[0] for n in ("solid_houses", "houses"))
    houses["value"] = str(sample.scale.households + 30)
    solid["value"] = str(sample.scale.households + 30)
    _one(sample, year, "9")["claimed_value"] = "100.00"
    return "9"


def absent_as_met(sample: Sample, year: int, rng: Rng) -> str | None:
    """Claim as met what does not occur in the commune."""
    return _status(sample, year, "18.6", "not_applicable", "food_processors")


def pending_as_met(sample: Sample, year: int, rng: Rng) -> str | None:
    """Claim as met what is still in preparation."""
    return _status(sample, year, "18.4", "pending", "food_operators")


def _status(sample: Sample, year: int, code: str, word: str, whole: str) -> str | None:
    if not _has(sample, code):
        return None
    limb = sample.rules.by_code[code].indicator.own
    assert limb.stated is not None
    _drop(sample, year, *limb.parsed.variables)
    sample.figure(limb.stated, word, code, year=str(year))
    row = _one(sample, year, code)
    row["claimed_value"], row["claimed_verdict"] = "", "met"
    return code


def late_evidence(sample: Sample, year: int, rng: Rng) -> str | None:
    """Date a document after the appraisal."""
    if not _has(sample, "5.2"):
        return None
    _one(sample, year, "5.2")["issued_on"] = dt.date(year, 12, 20).isoformat()
    return "5.2"


def mixed_dates(sample: Sample, year: int, rng: Rng) -> str | None:
    """Date numerator and denominator differently."""
    if not _has(sample, "12.2"):
        return None
    sample.rows("certified_workers", year, "12.2")[0]["as_of"] = f"{year}-06-30"
    sample.rows("workers", year, "12.2")[0]["as_of"] = f"{year - 1}-12-31"
    return "12.2"


def low_target(sample: Sample, year: int, rng: Rng) -> str | None:
    """Plan less than is reached already."""
    if not _has(sample, "17.3"):
        return None
    target = {
        "name": {"vi": "Chất thải được thu gom, xử lý", "en": "Waste collected and treated"},
        "indicator": "17.3",
        "requires": ">= 60",
        "unit": "percent",
        "period": str(year + 1),
        "until": year + 1,
    }
    sample.profile["appraisals"][year]["plan"]["targets"] = [target]
    return "17.3"


def no_split(sample: Sample, year: int, rng: Rng) -> str | None:
    """Give a rate for all, not for men and women apart."""
    if not _has(sample, "12.1"):
        return None
    _drop(sample, year, "trained_men_rate", "trained_women_rate")
    return "12.1"


def no_evidence(sample: Sample, year: int, rng: Rng) -> str | None:
    """Leave a condition of recognition without evidence."""
    conditions = sample.profile["appraisals"][year]["conditions"]
    if not conditions:
        return None
    conditions.pop(next(iter(conditions)))
    return ""


def outside_both(sample: Sample, year: int, rng: Rng) -> str | None:
    """Give men and women rates that the overall rate does not lie between."""
    if not _has(sample, "14.1"):
        return None
    for name in ("insurance_men_rate", "insurance_women_rate"):
        sample.rows(name, year)[0]["value"] = "96.5"
    persons, whole = (sample.rows(n, year)[0] for n in ("insured_persons", "population"))
    persons["value"] = whole["value"]
    _one(sample, year, "14.1")["claimed_value"] = "100.00"
    return "14.1"


def thin(sample: Sample, year: int, rng: Rng) -> str | None:
    """Meet a threshold by a hair."""
    if not _has(sample, "17.4"):
        return None
    count = -(-sample.scale.households // 2)
    sample.rows("wastewater_households", year)[0]["value"] = str(count + 1)
    row = _one(sample, year, "17.4")
    row["claimed_value"] = f"{100 * (count + 1) / sample.scale.households:.2f}"
    row["claimed_verdict"] = "met"
    return "17.4"


FAULTS: Final[Mapping[str, Plant]] = {
    "S01": wrong_rate,
    "S02": second_value,
    "S03": flip,
    "S04": no_figure,
    "S05": inequality,
    "S06": unattainable,
    "S07": part_above_whole,
    "S08": absent_as_met,
    "S09": pending_as_met,
    "S10": late_evidence,
    "S11": mixed_dates,
    "S12": low_target,
    "S13": no_split,
    "S14": no_evidence,
    "S15": outside_both,
    "S16": thin,
}
"""A fault for each check of the scrutiny, by its code."""


def plant(sample: Sample, check: str, year: int, rng: Rng) -> bool:
    """Plant the fault of a check in one year and label it; return whether there was a place."""
    code = FAULTS[check](sample, year, rng)
    if code is None:
        return False
    sample.planted.append((check, code))
    return True
