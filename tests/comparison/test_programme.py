"""The numbers behind the comparison, tried against each row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ntm_analysis.communes import load_case
from ntm_analysis.comparison import Comparison, Programme, compare
from ntm_analysis.comparison.areas import by_district, by_province, rest
from ntm_analysis.comparison.close import at_risk, thin_table
from ntm_analysis.comparison.margins import margin_table
from ntm_analysis.comparison.missing import by_indicator
from ntm_analysis.comparison.shares import share_table
from ntm_analysis.comparison.words import in_runs, percent, whole_percent
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.samples import generator, make, plant
from ntm_analysis.spelling import place_of
from tests.comparison.conftest import HOME, HOUSING, OTHER, THIRD
from tests.support import sample_project

YEARS = (2023, 2024)


@pytest.fixture(scope="module")
def programme(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    folder = tmp_path_factory.mktemp("programme")
    in_force = sample_project.rules(load_rulebook(repository / "data" / "rulebook"))
    samples = [make(in_force, n, generator(5, n), YEARS) for n in range(1, 9)]
    plant(samples[0], "S04", YEARS[-1], generator(1, 1))
    cases = sample_project.cases(samples, folder, repository)
    real = load_case(Project(repository), "liem-can-2024")
    return Programme((*cases, real), "vi")


def test_each_commune_counts_once(programme):
    assert (len(programme.communes), programme.made_up, programme.years) == (9, 8, [2023, 2024])
    assert set(programme.latest["year"]) == {2024}
    for code, row in share_table(programme).iterrows():
        rows = programme.latest[programme.latest["indicator"] == code]
        assert row["communes"] == len(rows) == 9
        assert row["share"] == rows["verdict"].isin(["met", "not_applicable"]).mean()
        known = rows[~rows["verdict"].isin(["no_data", "pending"])]
        met = known["verdict"].isin(["met", "not_applicable"])
        assert np.isnan(row["known"]) if known.empty else row["known"] == met.mean()
        assert row["share"] <= row["most"] == 1 - (rows["verdict"] == "not_met").mean()


def test_the_lowest_share_comes_first(programme):
    assert list(share_table(programme)["share"]) == sorted(share_table(programme)["share"])


def test_communes_add_up(programme):
    for _, row in programme.communes.iterrows():
        rows = programme.latest[programme.latest["commune"] == row["commune"]]
        counts = rows["verdict"].value_counts()
        assert row["total"] == len(rows) == 74
        assert row[["met", "unproven", "disputed"]].sum() == counts.get("met", 0)
        weak = rows[rows["verdict"] == "met"]["standing"].value_counts()
        assert row["unproven"] == weak.get("unproven", 0)
        assert row["disputed"] == weak.get("disputed", 0)
        assert row["concluded_all"] == (row["concluded"] == 74)
        for verdict in ("not_met", "pending", "no_data", "not_applicable"):
            assert row[verdict] == counts.get(verdict, 0)
        assert row["complete"] == (row["counted"] == 74)
        assert row["open"] == (row["not_met"] == 0 and row["without"] > 0)


def test_margins_are_the_quartiles_where_a_margin_is_possible(programme):
    table, rows = margin_table(programme), programme.latest
    assert not set(table.index) & {"2.2", "4"}, "they ask for 100%"
    assert list(table["median"]) == sorted(table["median"])
    for code, row in table.iterrows():
        values = rows[(rows["indicator"] == code) & rows["relative_margin"].notna()]
        margins = values["relative_margin"]
        assert row["median"] == pytest.approx(margins.median())
        assert (row["least"], row["most"]) == (margins.min(), margins.max())
        assert (row["count"], row["communes"]) == (len(values), 9)
        assert row["thin"] == sum(values["thinness"] < 0.02)


def test_the_thinnest_comes_first_and_what_has_nothing_to_lose_before_all(programme):
    table = thin_table(programme)
    assert set(table["verdict"]) == {"met"}
    assert list(table["thinness"]) == sorted(table["thinness"])
    first = table.iloc[0]
    assert (first["indicator"], first["commune"]) == ("11", "liem-can")
    assert (first["headroom"], first["thinness"]) == (0, 0)


def test_who_is_at_risk_of_withdrawal(programme):
    table = at_risk(programme).set_index("commune")
    rows = programme.latest
    for commune, row in table.iterrows():
        mine = rows[(rows["commune"] == commune) & (rows["verdict"] == "not_met")]
        failed = set(mine["criterion"])
        assert (row["failed"], row["criteria"]) == (len(failed), 19)
        share = 100 * len(failed) / 19
        key = bool(failed & {10, 17, 18, 19})
        assert row["risk"] == (share >= 50 or (share >= 30 and key))


def test_missing_results_and_their_reasons(programme):
    table = by_indicator(programme)
    rows = programme.latest
    lacking = rows[rows["verdict"].isin(["pending", "no_data"])]
    assert table["missing"].sum() == len(lacking) > 0
    assert set(table.index) == set(lacking["indicator"])
    assert table.loc["18.2", "inequality_spans"] >= 1
    reasons = ["no_figure", "inequality_spans", "unknown_threshold", "zero_base"]
    assert (table["no_data"] == table[reasons].sum(axis=1)).all()


def test_districts_of_the_same_name_are_their_provinces_own(provinces: Comparison):
    (programme,) = provinces.programmes
    table = by_district(programme)
    assert list(table["label"]) == [
        f"không có huyện ({THIRD}) (giả định)",
        f"Kim Bảng ({THIRD}) (giả định)",
        f"Kim Bảng ({HOME}) (giả định)",
        f"Kim Bảng ({OTHER}) (giả định)",
    ]
    assert sorted(table["communes"]) == [1, 1, 2, 2]
    assert list(by_province(programme)["province"]) == [THIRD, HOME, OTHER]


def test_shares_of_an_area_weigh_communes_with_other_numbers_of_indicators(provinces):
    (programme,) = provinces.programmes
    communes = programme.communes.set_index("commune")
    assert set(communes["total"]) == {73, 74}, "17.10 is in force in one province only"
    for _, row in by_province(programme).iterrows():
        mine = communes[communes["province"] == row["province"]]
        assert row["share"] == pytest.approx((mine["counted"] / mine["total"]).mean())


def test_each_place_is_judged_by_its_own_rules(provinces):
    (programme,) = provinces.programmes
    rows = programme.latest[programme.latest["indicator"] == "9"]
    for _, row in rows.iterrows():
        assert row["requires"] == HOUSING[row["province"]]
        assert row["requires"] == programme.rules[row["id"]].by_code["9"].own.text
    assert set(programme.latest.loc[programme.latest["indicator"] == "17.10", "province"]) == {HOME}
    assert share_table(programme).loc["17.10", "communes"] == 2


def test_an_indicator_that_all_lack(provinces):
    (programme,) = provinces.programmes
    cases = []
    for case in programme.cases:
        readings = [r for r in case.readings if r.variable not in ("houses", "solid_houses")]
        cases.append(case.__class__(case.params, case.commune, case.rules, tuple(readings),
                                    case.evidence, case.files))  # fmt: skip
    empty = Programme(tuple(cases), "vi")
    row = share_table(empty).loc["9"]
    assert (row["no_data"], row["share"], row["most"]) == (6, 0, 1) and np.isnan(row["known"])
    assert "9" not in margin_table(empty).index
    assert by_indicator(empty).loc["9", "no_figure"] == 6


def test_communes_of_the_same_name_are_told_apart(provinces):
    cases = [
        case.__class__(
            case.params, case.commune.model_copy(update={"name": "An Hòa"}), case.rules,
            case.readings, case.evidence, case.files,
        )
        for case in provinces.programmes[0].cases
    ]  # fmt: skip
    (programme,) = compare(cases, "en").programmes
    labels = list(programme.communes["label"])
    assert len(set(labels)) == 6 and all(one.endswith("(made up)") for one in labels)
    assert f"An Hòa, {THIRD} (made up)" in labels


def test_each_set_by_itself_and_what_stands_alone_is_left_out(provinces):
    cases = list(provinces.programmes[0].cases)

    def under(case, key):
        params = case.params.model_copy(update={"set": key})
        return case.__class__(params, case.commune, case.rules, case.readings, case.evidence,
                              case.files)  # fmt: skip

    mixed = [*cases[:3], under(cases[3], "base"), under(cases[4], "base"), under(cases[5], "x")]
    found = compare(mixed, "vi")
    assert [len(one.cases) for one in found.programmes] == [3, 2]
    assert [case.id for case in found.alone] == [cases[5].id]


def test_rest_keeps_all(provinces):
    table = by_district(provinces.programmes[0])
    shown, others = rest(table, 2)
    assert len(shown) == 2 and len(shown) + len(others) == len(table)
    assert shown["communes"].min() >= others["communes"].max()


def test_the_alphabet():
    names = ["Đà Nẵng", "Hà Nội", "Điện Biên", "Dầu Tiếng", "An Giang", "Ấp Bắc", "Ăng"]
    order = ["An Giang", "Ăng", "Ấp Bắc", "Dầu Tiếng", "Đà Nẵng", "Điện Biên", "Hà Nội"]
    assert sorted(names, key=place_of) == order


@pytest.mark.parametrize(
    ("share", "whole", "text"),
    [
        (1.0, 100, "100%"),
        (0.9996, 99, "99.96%"),
        (0.0, 0, "0%"),
        (0.0001, 1, "0.01%"),
        (0.5, 50, "50.0%"),
    ],
)
def test_all_and_none_are_said_only_of_all_and_none(share, whole, text):
    assert whole_percent(share) == whole
    assert percent(share, "en") == text


@pytest.mark.parametrize(
    ("codes", "runs"),
    [
        (set(), []),
        ({"1.1", "1.3"}, ["1.1", "1.3"]),
        ({"1.1", "1.2"}, ["1.1", "1.2"]),
        ({"2.4", "1.3", "1.2", "1.1", "4"}, ["1.1–1.3", "2.4", "4"]),
        ({"1.2", "1.3", "2.1", "2.2", "2.4", "4", "5.1", "5.2", "5.3"},
         ["1.2", "1.3", "2.1–2.4", "4", "5.1–5.3"]),
    ],
)  # fmt: skip
def test_indicators_in_a_row_are_named_as_one(codes: set[str], runs: list[str]) -> None:
    """In a row of the set, which has no 2.3; a run ends with its criterion."""
    order = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.4", "4", "5.1", "5.2", "5.3"]
    assert in_runs(codes, order) == runs
