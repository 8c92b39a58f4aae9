"""Sums of parts that do not add up (S15), as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.communes import Case
from ntm_analysis.scrutiny import Finding
from ntm_analysis.scrutiny.arithmetic import sums_differ
from ntm_analysis.scrutiny.subject import Subject

RATE = "organic_waste_rate"
RATES = ("by_products_mushroom_rate", "by_products_feed_rate", "by_products_compost_rate")
PEOPLE = {"sum_of": ("trained_workers", "certified_workers")}


def found(case: Case, figures: Mapping[str, str]) -> list[Finding]:
    case = case.with_figures(figures)
    subject = Subject(case, assess([case]))
    told = [one for one in sums_differ(subject) if len(one.figures) > 2]
    # These parts are of households besides, of which another sentence of the check speaks.
    return [one for one in told if "differs from the sum" in one.sentence.en]


def rates(total: str, *parts: str) -> dict[str, str]:
    return {RATE: total, **dict(zip(RATES, parts, strict=True))}


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (rates("90", "30", "30", "30"), False),
        (rates("91", "30", "30", "30"), False),  # within the rounding of four whole numbers
        (rates("92", "30", "30", "30"), False),
        (rates("92.1", "30", "30", "30"), True),
        (rates("87", "30", "30", "30"), True),
        (rates("90.21", "30.00", "30.00", "30.00"), True),
        (rates("90.02", "30.00", "30.00", "30.00"), False),
        (rates("90", "30", "30", ">30"), False),  # a range adds up to anything
    ],
)
def test_shares_add_up_within_their_rounding(liem_can: Case, figures, told):
    assert bool(found(liem_can, figures)) is told


@pytest.mark.parametrize(("total", "told"), [("100", False), ("101", True), ("99", True)])
def test_counts_add_up_to_the_last_one(liem_can: Case, total, told):
    book = liem_can.rules.rulebook
    workers = book.variables["workers"].model_copy(update=PEOPLE)
    book = replace(book, variables={**book.variables, "workers": workers})
    case = replace(liem_can, rules=replace(liem_can.rules, rulebook=book))
    figures = {"workers": total, "trained_workers": "60", "certified_workers": "40"}
    assert bool(found(case, figures)) is told


@pytest.mark.parametrize(("in_force", "code"), [(True, "17.4"), (False, "")])
def test_a_figure_of_an_indicator_that_is_not_in_force(liem_can: Case, in_force: bool, code: str):
    case = liem_can.with_figures(rates("50", "30", "30", "30"))
    readings = tuple(
        replace(one, indicator="17.4") if one.variable == RATE else one for one in case.readings
    )
    rules = case.rules
    if not in_force:
        rules = replace(rules, rules=tuple(r for r in rules.rules if r.code != "17.4"))
    case = replace(case, readings=readings, rules=rules)
    told = [one for one in sums_differ(Subject(case, assess([case]))) if len(one.figures) > 2]
    assert [one.indicator for one in told] == [code]
