"""Comparison of many communes: numbers, charts, the notebook in the book."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from ntm_analysis import comparison
from ntm_analysis.communes import load_case
from ntm_analysis.comparison import Programme
from ntm_analysis.comparison.charts import heat_map
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.samples import generator, make, plant
from tests.support import sample_project

SECTIONS = ("selection", "summary", "shares", "margins", "heat", "close", "years", "decision")
YEARS = (2023, 2024)


def made(repository: Path, count: int, years=YEARS):
    in_force = sample_project.rules(load_rulebook(repository / "data" / "rulebook"))
    samples = [make(in_force, n, generator(5, n), years) for n in range(1, count + 1)]
    plant(samples[0], "S04", years[-1], generator(1, 1))
    return samples


@pytest.fixture(scope="module")
def programme(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    folder = tmp_path_factory.mktemp("programme")
    cases = sample_project.cases(made(repository, 8), folder, repository)
    real = load_case(Project(repository), "liem-can-2024")
    return Programme((*cases, real), "vi")


def test_each_commune_counts_once(programme):
    assert (programme.communes, programme.made_up, programme.years) == (9, 8, [2023, 2024])
    assert set(programme.latest["year"]) == {2024}
    shares = programme.shares()
    counts = shares[["met", "not_applicable", "pending", "no_data", "not_met"]].sum(axis=1)
    assert set(counts) == {9}
    for code, row in shares.iterrows():
        rows = programme.latest[programme.latest["indicator"] == code]
        assert row["share"] == pytest.approx(rows["verdict"].isin(["met", "not_applicable"]).mean())
    assert list(shares["share"]) == sorted(shares["share"])


def test_margins_are_the_quartiles(programme):
    table = programme.margins()
    rows = programme.latest
    for code, row in table.iterrows():
        values = rows[(rows["indicator"] == code) & rows["relative_margin"].notna()]
        assert row["median"] == pytest.approx(values["relative_margin"].median())
        assert row["least"] == values["relative_margin"].min()
        assert row["count"] == len(values)


def test_what_was_gained_and_lost(programme):
    changes = programme.changes()
    assert len(changes) == 8 and "liem-can" not in set(changes["commune"])
    for _, row in changes.iterrows():
        # Indicators that were not in force before are neither gained nor lost.
        both = len(row["gained"]) - len(row["lost"])
        assert row["met_after"] - row["met_before"] >= both - 75
        assert not set(row["gained"]) & set(row["lost"])


def test_thin_results_are_met_and_sorted(programme):
    table = programme.thin(10)
    assert set(table["verdict"]) == {"met"}
    assert list(table["thinness"]) == sorted(table["thinness"])
    assert table.iloc[0]["indicator"] == "11" and table.iloc[0]["commune"] == "liem-can"


def test_what_the_decision_changed(programme):
    day = programme.decision_day()
    assert day is not None and day.isoformat() == "2024-06-19"
    changed = programme.decided(day)
    assert {"13.3", "12.3"} <= set(changed["indicator"])
    assert set(changed[changed["indicator"] == "12.3"]["after"]) == {""}


def test_summary_adds_up(programme):
    for by in ("province", "district"):
        table = programme.summary(by)
        assert table["communes"].sum() == 9 and table["synthetic"].sum() == 8


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_sections_are_tidy_and_say_what_is_made_up(programme, section, lang):
    text = getattr(comparison, section)(Programme(programme.cases, lang))
    shown = re.sub(r"data:[^)]*", "", text)
    assert text.startswith("## ") and not re.search(r"\bnan\b|None|NaN|\{\}|  \|  \|  ", shown)
    if section == "selection":
        assert "8 " in shown and "callout-important" in shown
    if lang == "en":
        assert "chỉ tiêu" not in shown and "Đạt" not in shown


def test_identifiers_are_unique(programme):
    text = "".join(getattr(comparison, section)(programme) for section in SECTIONS)
    found = re.findall(r"\{#((?:sec|tbl|fig)-[\w-]+)", text)
    assert len(found) == len(set(found)) >= 12


def wide(count: int) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return results of many communes without their files."""
    codes = [f"{n // 4 + 1}.{n % 4 + 1}" for n in range(74)]
    rows = pd.DataFrame(
        [
            (f"xa-{c}", f"Xã {c}", f"Huyện {c % 20}", code, "met" if (c + n) % 7 else "not_met")
            for c in range(count)
            for n, code in enumerate(codes)
        ],
        columns=["commune", "place", "district", "indicator", "verdict"],
    )
    return rows.assign(counted=rows["verdict"] == "met"), {code: f"Tên {code}" for code in codes}


@pytest.mark.parametrize(("count", "columns"), [(30, 30), (3000, 20)])
def test_the_heat_map_stays_readable(count, columns):
    chart = heat_map(*wide(count), "vi")
    width, height = (float(n) for n in re.findall(r'(?:width|height)="([\d.]+)pt"', chart.svg)[:2])
    assert width <= 400 and height < 1000
    assert len(chart.svg) < 3_000_000
    heads = re.findall(r">(\d+)</text>", chart.svg)
    assert str(columns) in heads
    assert ("Huyện 19" in chart.caption) == (count == 3000)


def test_one_year_and_few_communes(repository, tmp_path):
    cases = sample_project.cases(made(repository, 2, (2024,)), tmp_path, repository)
    few = Programme(tuple(cases), "vi")
    for section in SECTIONS:
        assert getattr(comparison, section)(few)
    assert "một năm" in comparison.years(few)
