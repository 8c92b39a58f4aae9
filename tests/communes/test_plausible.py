"""Figures of another magnitude are asked about until somebody says that they were checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.communes.figures import COLUMNS, read_figures
from ntm_analysis.communes.plausible import is_confirmed
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import Rulebook


def doubts(tmp_path: Path, book: Rulebook, *rows: tuple[str, str, str]) -> list[Problem]:
    """Problems of a table with these variables, values and notes."""
    lines = [
        f"{name},{value},{book.variables[name].unit},,,report:{n},{'' if n else 'yes'},{note}"
        for n, (name, value, note) in enumerate(rows)
    ]
    path = tmp_path / "figures.csv"
    path.write_text("\n".join((",".join(COLUMNS), *lines, "")), encoding="utf-8")
    problems = Collector()
    read_figures(path, "figures.csv", book, (), ("report",), problems)
    return problems.problems


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("income_per_head", "68510", "68.51"), ("income_per_head", "68510000", "68.51"),
        ("income_per_head", ">61200", "61.2"), ("income_per_head", "55-60500", "60.5"),
        ("income_per_head", "5.7", ""), ("population", "1204000", ""), ("population", "12", ""),
        ("households", "4", ""), ("commune_roads", "9120", "9.12"), ("alleys", "14350", "14.35"),
        ("farmland", "4380000", "438"), ("domestic_waste", "731500", "731.5"),
        ("village_gates_cost", "850000000", "0.85"), ("schools", "240", ""),
    ],
)  # fmt: skip
def test_another_magnitude_is_asked_about(name, value, meant, tmp_path, book):
    (problem,) = doubts(tmp_path, book, (name, value, ""))
    assert (problem.row, problem.column, problem.value) == (2, "value", value)
    assert f"write {meant}." in problem.wanted or not meant
    assert book.variables[name].label.en in problem.problem
    assert not doubts(tmp_path, book, (name, value, "đã kiểm tra với thôn"))


@pytest.mark.parametrize(
    "row",
    [("income_per_head", "68.51", ""), ("income_per_head", "pending", ""),
     ("income_per_head", ">40", ""), ("field_roads", "0", ""), ("population", "41000", ""),
     ("free_wifi", "yes", ""), ("disaster_readiness", "good", "")],
)  # fmt: skip
def test_what_is_usual_is_not(row, tmp_path, book):
    assert not doubts(tmp_path, book, row)


@pytest.mark.parametrize(
    ("first", "second", "doubtful"),
    [
        (("domestic_waste", "1.318"), ("domestic_waste_collected", "1290.5"), [2]),
        (("domestic_waste", "1318"), ("domestic_waste_collected", "1.290"), [3]),
        (("farmland", "1.205"), ("farmland", "1230"), [2]),
        (("farmland", "1230"), ("farmland_irrigated", "2.750"), []),  # 2750 would be too much
        (("farmland", "1230"), ("farmland_irrigated", "1205.5"), []),
        (("commune_roads", "8.355"), ("commune_roads_concreted", "8.1"), []),
        (("commune_roads", "8.355"), ("population", "9120"), []),
    ],
)
def test_a_point_that_parts_thousands(first, second, doubtful, tmp_path, book):
    rows = [(*first, ""), (*second, "")]
    assert [p.row for p in doubts(tmp_path, book, *rows)] == doubtful
    assert not doubts(tmp_path, book, *((*row[:2], "Checked.") for row in rows))


@pytest.mark.parametrize(
    ("note", "confirmed"),
    [("đã kiểm tra", True), ("Số của điều tra; đã kiểm tra ngày 3/9", True),
     ("Checked twice", True), ("chưa kiểm tra", False), ("not checked", False),
     ("unchecked", False), ("", False), ("survey (checked)", True)],
)  # fmt: skip
def test_words_of_confirmation(note, confirmed):
    assert is_confirmed(note) is confirmed
