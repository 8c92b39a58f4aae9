"""`appraisal.csv`: what the appraiser decided, with every fault in its place."""

from __future__ import annotations

import shutil

import pytest

from ntm_analysis.assessment import assess, condition_standings, unexplained
from ntm_analysis.communes import load_case
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors

HEADER = "indicator,decision,by,role,on,reason,round"


@pytest.fixture
def decide(repository, tmp_path):
    """`decide(*rows)`: the project with these rows in Liêm Cần's `appraisal.csv`."""
    for name in ("data", "params"):
        shutil.copytree(repository / name, tmp_path / name)
    shutil.copy2(repository / "_quarto.yml", tmp_path)
    path = tmp_path / "data" / "communes" / "liem-can" / "appraisal.csv"

    def write(*rows: str) -> Project:
        path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
        return Project(tmp_path)

    return write


def test_a_decision_is_the_conclusion_and_the_verdict_stays(decide):
    case = load_case(
        decide(
            "1.2,met,Trần B,Tổ trưởng,2024-11-25,Đã xem quy chế số 12/QC-UBND,",
            "9,met,Trần B,,2024-11-25,,",
            "debt,met,Trần B,,2024-11-25,Đã xem báo cáo của Phòng Tài chính - Kế hoạch,",
        ),
        "liem-can-2024",
    )
    rows = assess([case]).of(case)
    seen = rows.loc[["1.2", "9", "1.3"], ["verdict", "standing", "conclusion", "decided"]]
    assert seen.to_numpy().tolist() == [
        ["met", "unproven", "met", True],
        ["met", "firm", "met", True],
        ["met", "unproven", "prove", False],
    ]
    debt = {one.key: one for one in condition_standings(case)}["debt"]
    assert debt.conclusion == "met"
    assert debt.decision is not None
    assert debt.decision.by == "Trần B"


def test_the_last_round_holds(decide):
    project = decide(
        "11,clarify,Trần B,,2024-11-22,,1",
        "11,met,Trần B,,2024-11-26,Xã đã thống nhất số liệu 33 hộ,2",
    )
    case = load_case(project, "liem-can-2024")
    assert assess([case]).of(case).loc["11", "conclusion"] == "met"
    assert case.decided["11"].round == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("11,met,,,2024-11-25,x,", "by"),
        (",met,B,,2024-11-25,x,", "indicator"),
        ("11,,B,,2024-11-25,x,", "decision"),
        ("11,yes,B,,2024-11-25,x,", "decision"),
        ("11,met,B,,,x,", "on"),
        ("11,met,B,,2024-13-25,x,", "on"),
        ("11,met,B,,2024-11-20,x,", "on"),
        ("11,met,B,,2024-11-27,x,", "on"),
        ("11,met,B,,2024-11-25,x,0", "round"),
        ("11,met,B,,2024-11-25,x,hai", "round"),
        ("12.3,met,B,,2024-11-25,x,", "indicator"),  # no longer in force
        ("99.9,met,B,,2024-11-25,x,", "indicator"),
        ("no_such_condition,met,B,,2024-11-25,x,", "indicator"),
    ],
)
def test_what_no_decision_can_be(decide, row, column):
    with pytest.raises(DataErrors) as error:
        load_case(decide("9,met,B,,2024-11-25,,", row), "liem-can-2024")
    (problem,) = error.value.problems
    assert (problem.row, problem.column) == (3, column)
    assert problem.file == "data/communes/liem-can/appraisal.csv"


def test_two_decisions_in_one_round(decide):
    with pytest.raises(DataErrors) as error:
        load_case(decide("9,met,B,,2024-11-25,,", "9,met,C,,2024-11-26,,1"), "liem-can-2024")
    (problem,) = error.value.problems
    assert (problem.row, problem.column) == (3, "indicator")


@pytest.mark.parametrize(
    ("second", "wrong"),
    [
        ("9,met,,,2024-11-26,,1", {(3, "by"), (3, "indicator")}),
        ("9,yes,C,,2024-11-26,,", {(3, "decision"), (3, "indicator")}),
        ("9,met,,,2024-11-26,,2", {(3, "by")}),  # another round
        ("9,met,,,2023-11-26,,1", {(3, "by")}),  # of another appraisal, it may be
        ("9,met,C,,kia,,1", {(3, "on")}),
    ],
)
def test_a_faulty_row_is_a_second_decision_too(decide, second, wrong):
    with pytest.raises(DataErrors) as error:
        load_case(decide("9,met,B,,2024-11-25,,", second), "liem-can-2024")
    assert {(p.row, p.column) for p in error.value.problems} == wrong


@pytest.mark.parametrize(
    ("row", "asks"),
    [
        ("9,met,B,,2024-11-25,,", False),  # firm
        ("1.2,met,B,,2024-11-25,,", True),  # no document
        ("1.2,prove,B,,2024-11-25,,", False),
        ("11,met,B,,2024-11-25,,", True),  # another reading fails
        ("11,clarify,B,,2024-11-25,,", False),
        ("13.2,met,B,,2024-11-25,,", True),  # no figure
        ("9,not_met,B,,2024-11-25,,", True),  # against the verdict
        ("satisfaction,met,B,,2024-11-25,,", True),
        ("satisfaction,no_data,B,,2024-11-25,,", False),
    ],
)
def test_a_decision_beyond_the_dossier_says_why(decide, row, asks):
    case = load_case(decide(row), "liem-can-2024")
    if not asks:
        assess([case])
        assert unexplained([case]) == {}
        return
    with pytest.raises(DataErrors) as error:
        assess([case])
    (problem,) = error.value.problems
    assert (problem.row, problem.column) == (2, "reason")
    assert list(unexplained([case])) == ["liem-can-2024"]
    explained = row.removesuffix(",,") + ",vì đã xem tại chỗ,"
    assess([load_case(decide(explained), "liem-can-2024")])


def test_other_figures_are_not_what_was_decided_on(decide):
    case = load_case(decide("9,met,B,,2024-11-25,,"), "liem-can-2024")
    changed = case.with_figures({"solid_houses": "2600"})
    assert assess([changed]).of(changed).loc["9", "conclusion"] == "not_met"
