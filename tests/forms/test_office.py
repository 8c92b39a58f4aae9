"""The sheet on what only the appraising office knows."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml

from ntm_analysis.communes import load_case
from ntm_analysis.forms import import_file
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import find, write

SHEET = "Cơ quan thẩm tra"
BASE = "appraisals.2024.office"
HOSTILE = "{{ 7*7 }} <w:p/> =1+1"


def imported(empty, tmp_path, sheets, changes):
    path = write(tmp_path / "a.xlsx", sheets, changes)
    import_file(empty, path)
    text = (empty.communes / "liem-can" / "commune.yaml").read_text(encoding="utf-8")
    held = yaml.safe_load(text)["appraisals"][2024]
    return held.get("office"), load_case(empty, "liem-can-2024").commune.appraisals[2024].office


def cell(sheets, entry, column="first"):
    return find(sheets, SHEET, f"{BASE}.{entry}", column)


def test_what_is_typed_is_what_the_documents_get(sheets, empty, tmp_path):
    typed = {
        ("place", "first"): "Thanh Liêm",
        ("meeting.begun", "first"): dt.time(8, 5),
        ("meeting.on", "first"): dt.date(2024, 11, 26),
        ("signatory", "first"): "Nguyễn Văn An",
        ("signatory", "second"): "Phó Chủ tịch",
        ("signatory", "second_en"): "Vice Chair",
        ("papers.report", "first"): 45,
        ("papers.report", "second"): "28/11/2024",
        ("team.0", "first"): "Trần Thị Bình",
        ("team.0", "third"): "Trưởng đoàn",
        ("team.3", "first"): HOSTILE,  # a row left blank before it
        ("recipients.1", "first"): "Văn phòng điều phối",
    }
    changes = {cell(sheets, *where): value for where, value in typed.items()}
    held, office = imported(empty, tmp_path, sheets, changes)
    assert [one.name for one in office.team] == ["Trần Thị Bình", HOSTILE]
    assert office.team[0].role["vi"] == "Trưởng đoàn" and office.team[0].post is None
    assert (office.signatory.post["vi"], office.signatory.post["en"]) == (
        "Phó Chủ tịch", "Vice Chair"
    )  # fmt: skip
    assert (office.papers["report"].number, office.papers["report"].date) == (
        "45", dt.date(2024, 11, 28)
    )  # fmt: skip
    assert (office.meeting.begun, office.meeting.on) == ("8 giờ 05", dt.date(2024, 11, 26))
    assert [one["vi"] for one in office.recipients] == ["Văn phòng điều phối"]
    # What the commune's files held before comes with the form.
    assert set(held) - {"recommendations"} == {key.partition(".")[0] for key, _ in typed}


def test_a_row_put_into_a_list_belongs_to_it(sheets, empty, tmp_path):
    """Who inserts a row in Excel has no hidden path in it."""
    changes = {
        cell(sheets, "team.0"): "Một",
        cell(sheets, "team.1"): "Hai",
        cell(sheets, "team.1", "path"): "",
    }
    _, office = imported(empty, tmp_path, sheets, changes)
    assert [one.name for one in office.team] == ["Một", "Hai"]


def test_all_that_is_wrong_is_told_at_its_cell(sheets, empty, tmp_path):
    changes = {
        cell(sheets, "meeting.on"): "hôm qua",
        cell(sheets, "signatory"): "Nguyễn Văn An",  # without a post
        cell(sheets, "team.1", "second"): "Trưởng phòng",  # without a name
        cell(sheets, "recipients.0", "second"): "thừa",
        cell(sheets, "place", "path"): "",
        cell(sheets, "place"): "Thanh Liêm",
    }
    with pytest.raises(DataErrors) as error:
        import_file(empty, write(tmp_path / "a.xlsx", sheets, changes))
    told = {(p.sheet, p.row, p.column) for p in error.value.problems}
    wanted = {("meeting.on", "C"), ("signatory", "D"), ("team.1", "C"), ("recipients.0", "D"),
              ("place", "C")}  # fmt: skip
    rows = {(SHEET, cell(sheets, entry)[1] + 1, column) for entry, column in wanted}
    assert rows <= told, (rows - told, told)
    assert not (empty.communes / "liem-can").exists()


def test_every_row_says_what_it_asks(sheets):
    rows = sheets[SHEET][4:]
    labels = [row[1] for row in rows]
    assert "Người ký của cơ quan thẩm tra" in labels and "Đoàn thẩm tra" in labels
    assert all(labels) and not any("_" in str(label) for label in labels)
