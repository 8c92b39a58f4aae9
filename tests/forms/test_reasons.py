"""Decisions without their reason are told with all else that is wrong in a commune's files."""

from __future__ import annotations

import shutil

import pytest

from ntm_analysis.communes import load_case
from ntm_analysis.forms.check import read_sound, without_reason
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook import load_rulebook

ID = "liem-can-2024"
HEAD = "indicator,decision,by,role,on,reason,round"
DECIDED = [
    "99.9,met,Nguyễn Văn An,,2024-11-25,x,",
    "10,not_met,Nguyễn Văn An,,2024-11-25,,",
    "9,met,Nguyễn Văn An,,2024-11-25,,",
]


@pytest.mark.parametrize(
    ("rows", "row"),
    [(DECIDED, 3), ([DECIDED[1], DECIDED[0]], 2), ([DECIDED[0], DECIDED[2]], None)],
)
def test_a_missing_reason_is_told_behind_other_faults(rows, row, repository, empty):
    shutil.copytree(repository / "data/communes/liem-can", empty.communes / "liem-can")
    empty.params.mkdir(exist_ok=True)
    shutil.copy2(repository / "params" / f"{ID}.yaml", empty.params)
    table = empty.communes / "liem-can" / "appraisal.csv"
    table.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    book = load_rulebook(empty.rulebook)
    with pytest.raises(DataErrors) as error:
        load_case(empty, ID, book)
    problems = error.value.problems
    assert [p.column for p in problems] == ["indicator"]  # the reason is not among these
    found = without_reason(empty, ID, book, problems)
    assert [(p.row, p.column) for p in found] == ([(row, "reason")] if row else [])
    cases, faulty = read_sound(empty, [ID])  # what every command reads
    assert not cases
    assert {(p.row, p.column) for p in faulty[ID].problems} >= {(p.row, p.column) for p in found}
    assert len(faulty[ID].problems) == len(problems) + len(found)
