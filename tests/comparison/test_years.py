"""Change between years: what was gained and lost, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ntm_analysis import comparison
from ntm_analysis.comparison import compare
from ntm_analysis.comparison.years import pairs, step_table
from tests.comparison.test_sections import rows_of, shown


@pytest.fixture(scope="module")
def programme(provinces):
    return provinces.programmes[0]


def test_only_communes_with_two_years_take_a_step(programme):
    both = pairs(programme)
    years = programme.rows.groupby("commune")["year"].nunique()
    assert set(both["commune"]) == set(years.index[years == 2])
    assert "Communes with one year only, which do not count here: 3" in comparison.years(
        compare(programme.cases, "en")
    )


def test_gained_and_lost_are_of_indicators_in_force_in_both_years(programme):
    rows = programme.rows.set_index(["commune", "year", "indicator"])["verdict"]
    good = ("met", "not_applicable")
    for row in pairs(programme).itertuples():
        old = rows.get((row.commune, row.from_year, row.indicator))
        new = rows.get((row.commune, row.to_year, row.indicator))
        assert (row.before, row.after) == (old or "", new or "")
        both = old is not None and new is not None
        assert row.gained == (both and old not in good and new in good)
        assert row.lost == (both and old in good and new not in good)


def test_another_requirement_is_marked_and_does_not_count_as_a_step_up(programme):
    both = pairs(programme)
    changed = both[both["other"]]
    assert {"13.3", "13.4"} <= set(changed["indicator"]), "amended in Hà Nam in 2024"
    for row in step_table(programme, both).itertuples():
        mine = both[(both["commune"] == row.commune) & ~both["other"]]
        assert row.net == mine["gained"].sum() - mine["lost"].sum()
        marked = {code.rstrip("†") for code in (*row.gained, *row.lost) if "†" in code}
        moved = both[(both["commune"] == row.commune) & (both["gained"] | both["lost"])]
        assert marked == set(moved.loc[moved["other"], "indicator"])


def test_what_is_now_without_data_is_told_from_what_fails(programme):
    def without_houses(case):
        gone = ("houses", "solid_houses")
        left = tuple(one for one in case.readings if one.variable not in gone)
        return replace(case, readings=left)

    cases = [without_houses(c) if c.params.year == 2024 else c for c in programme.cases]
    compared = compare(cases, "vi")
    both = pairs(compared.programmes[0])
    lost = both[both["lost"] & (both["indicator"] == "9")]
    assert set(lost["after"]) == {"no_data"} and len(lost) >= 1
    text = shown(comparison.years(compared))
    assert "9 □" in text
    (row,) = [r for r in rows_of(text, "tbl-compare-moves") if r[0].startswith("9 ")]
    assert row[2:4] == ["0", str(len(lost))]


def test_steps_skip_a_year_that_is_not_there(programme):
    first = next(c for c in programme.cases if c.params.year == 2023)
    years = {**first.commune.appraisals, 2021: first.appraisal}
    later = replace(
        first,
        params=first.params.model_copy(update={"year": 2021}),
        commune=first.commune.model_copy(update={"appraisals": years}),
    )
    same = [c for c in programme.cases if c.params.commune == first.params.commune]
    (found,) = compare([*same, later], "vi").programmes
    steps = pairs(found)[["from_year", "to_year"]].drop_duplicates()
    assert sorted(map(tuple, steps.to_numpy().tolist())) == [(2021, 2023), (2023, 2024)]


def test_many_steps_are_told_by_their_ends(programme):
    from tests.comparison.conftest import renamed

    pair = [c for c in programme.cases if c.params.commune == programme.cases[0].params.commune]
    cases = [renamed(case, number) for number in range(60) for case in pair]
    text = comparison.years(compare(cases, "en"))
    assert len(rows_of(text, "tbl-compare-years")) == 10  # all rose: what did not fall is not shown
    assert "the 0 that fell most and the 10 that rose most; there are 50 more" in text
