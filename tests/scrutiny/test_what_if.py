"""Rows of a what-if table, and the variable that matters most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.communes import Case
from ntm_analysis.rulebook import Limb
from ntm_analysis.scrutiny import sensitivities, what_if

POOR = {
    "households": "1000", "poor_households_unable": "0", "near_poor_households": "0",
    "near_poor_households_unable": "0",
}  # fmt: skip


def houses(solid: int) -> dict[str, str]:
    return {"houses": "100", "solid_houses": str(solid)}


ROWS: list[tuple[str, Mapping[str, str], list[int]]] = [
    # two around what is reported and what turns the verdict (97 solid houses, 9 poor households)
    ("9", houses(98), [95, 96, 97, 98, 99, 100]),
    ("9", houses(97), [95, 96, 97, 98, 99]),
    ("9", houses(91), [89, 90, 91, 92, 93, 94, 95, 96, 97, 98]),
    ("9", houses(90), [88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98]),
    # too far apart: what is reported, and where it turns
    ("9", houses(89), [89, 95, 96, 97]),
    ("9", houses(50), [50, 95, 96, 97]),
    # there are never fewer than none, and none is a row
    ("11", POOR | {"poor_households": "9"}, [7, 8, 9, 10, 11]),
    ("11", POOR | {"poor_households": "3"}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ("11", POOR | {"households": "200", "poor_households": "1"}, [0, 1, 2, 3]),
    ("11", POOR | {"households": "200", "poor_households": "0"}, [0, 1, 2, 3]),
]


@pytest.mark.parametrize(("code", "figures", "rows"), ROWS)
def test_which_counts_are_shown(liem_can: Case, code, figures, rows):
    case = liem_can.with_figures(figures)
    table = what_if(case, case.rules.by_code[code])
    assert table is not None
    shown = list(map(int, table.rows))
    assert shown == [row for row in rows if row >= 0]


# a formula of a (1000) and b (4000), and which of them is named
DRIVERS = [
    ("100 * solid_houses / houses", "solid_houses"),
    ("100 / houses * solid_houses", "houses"),  # moves 99 % of what the other does
    ("100 / (houses * houses) * solid_houses", "houses"),
    ("houses + 3.7 * solid_houses", "houses"),  # 92.5 % of the other is the other's
    ("solid_houses + 0.9 * houses", "houses"),
    ("3.9 * solid_houses + houses", "solid_houses"),  # 97.5 %: as good as the same
    ("3.7 * solid_houses + houses", "houses"),
]


@pytest.mark.parametrize(("formula", "driver"), DRIVERS)
def test_the_figure_that_moves_it_most(liem_can: Case, formula: str, driver: str):
    case = liem_can.with_figures({"houses": "4000", "solid_houses": "1000"})
    rule = case.rules.by_code["9"]
    limb = Limb(kind="amount", unit="house", formula=formula)
    changed = replace(rule, indicator=rule.indicator.model_copy(update={"limbs": (limb,)}))
    case = replace(case, rules=replace(case.rules, rules=(changed,)))
    (found,) = sensitivities(case, assess([case]))
    assert found.driver == driver


def test_a_table_of_counts_is_exact(liem_can: Case):
    case = liem_can.with_figures(houses(98))
    table = what_if(case, case.rules.by_code["9"])
    assert table is not None
    assert [line[0] for line in table.values] == [Fraction(row) for row in table.rows]
    assert [line[0] for line in table.verdicts] == ["not_met"] * 2 + ["met"] * 4
