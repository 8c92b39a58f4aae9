"""Problems: how they read, sort and are gathered."""

from __future__ import annotations

import pytest

from ntm_analysis.problems import Collector, DataErrors, Problem

NEAR = Problem("figures.csv", "Not a number.", "Write a number.", row=3, column="value", value="x")
FAR = Problem("figures.csv", "Not a date.", "Write a date.", row=20, column="as_of")
OTHER = Problem("commune.yaml", "Missing.", "Add it.")


def test_a_problem_reads_as_an_editor_links_it():
    assert str(NEAR) == "figures.csv:3:value: Not a number. Write a number."
    assert str(OTHER) == "commune.yaml: Missing. Add it."


def test_a_sheet_stands_between_file_and_row():
    problem = Problem("form.xlsx", "Empty.", "Fill it.", sheet="Figures", row=2, column="B")
    assert str(problem).startswith("form.xlsx:Figures:2:B: ")


def test_the_published_mapping_has_its_keys_in_order():
    assert NEAR.as_dict() == {
        "file": "figures.csv",
        "sheet": None,
        "row": 3,
        "column": "value",
        "value": "x",
        "problem": "Not a number.",
        "wanted": "Write a number.",
    }
    keys = ["file", "sheet", "row", "column", "value", "problem", "wanted"]
    assert list(NEAR.as_dict()) == keys


def test_errors_are_sorted_by_place_and_told_once():
    error = DataErrors([FAR, NEAR, OTHER, NEAR])
    assert error.problems == [OTHER, NEAR, FAR]
    assert str(error).splitlines() == [str(OTHER), str(NEAR), str(FAR)]


def test_rows_sort_as_numbers_and_missing_rows_first():
    whole = Problem("figures.csv", "Broken.", "Mend it.")
    assert DataErrors([FAR, NEAR, whole]).problems == [whole, NEAR, FAR]


def test_problems_of_one_place_keep_the_order_in_which_they_were_found():
    others = [Problem("a.csv", f"Fault {n}.", "Mend it.", row=1) for n in range(20)]
    assert DataErrors(others).problems == others


def test_a_collector_gathers_and_raises_all_at_once():
    collector = Collector()
    collector.raise_if_any()
    collector.add(NEAR)
    collector.extend(DataErrors([FAR, OTHER]))
    with pytest.raises(DataErrors) as caught:
        collector.raise_if_any()
    assert caught.value.problems == [OTHER, NEAR, FAR]
