"""Questions: each matter once, to who can answer it; answers close findings and are kept."""

from __future__ import annotations

import csv

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.cli.requests import show_requests
from ntm_analysis.communes import load_case
from ntm_analysis.narrative import Report, evidence, findings
from ntm_analysis.problems import DataErrors
from ntm_analysis.register.questions import questions_of
from ntm_analysis.scrutiny import COLUMNS, findings_frame, scrutinise
from ntm_analysis.scrutiny.closing import closed_by

RUN = "liem-can-2024"
HEADER = "id,round,to,indicator,finding,asked_on,due_on,answered_on,answer,state,before"
SENT = "1.1,1,commune,11,clarify; S03; S02; S11; S16,2024-11-22,2024-11-25,"


def ask(dossier, *rows):
    (dossier.folder / "requests.csv").write_text(
        "\n".join((HEADER, *rows)) + "\n", encoding="utf-8"
    )


def questions(dossier):
    case = load_case(dossier.project, RUN)
    assessment = assess([case])
    return questions_of(case, assessment, scrutinise(case, assessment))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",1,commune,11,S03,,,,,draft,", "id"),
        ("2,x,commune,11,S03,,,,,draft,", "round"),
        ("2,0,commune,11,S03,,,,,draft,", "round"),
        ("2,1,,11,S03,,,,,draft,", "to"),
        ("2,1,nobody,11,S03,,,,,draft,", "to"),
        ("2,1,commune,12.3,S03,,,,,draft,", "indicator"),
        ("2,1,commune,99,S03,,,,,draft,", "indicator"),
        ("2,1,commune,,S03,,,,,draft,", "indicator"),
        ("2,1,commune,11,,,,,,draft,", "finding"),
        ("2,1,commune,11,S99,,,,,draft,", "finding"),
        ("2,1,commune,11,met,,,,,draft,", "finding"),
        ("2,1,commune,11,S03,,,,,sent,", "state"),
        ("2,1,commune,11,S03,,,,,,", "state"),
        ("2,1,commune,11,S03,,,,,asked,", "asked_on"),
        ("2,1,commune,11,S03,2024-11-31,,,,asked,", "asked_on"),
        ("2,1,commune,11,S03,2024-11-22,2024-11-21,,,asked,", "due_on"),
        ("2,1,commune,11,S03,2024-11-22,,2024-11-21,33,answered,", "answered_on"),
        ("2,1,commune,11,S03,2024-11-22,,,33,answered,", "answered_on"),
        ("2,1,commune,11,S03,2024-11-22,,2024-11-23,,answered,", "answer"),
        ("2,1,commune,11,S03,2024-11-22,,2024-11-23,33,asked,", "state"),
        ("2,1,commune,11,S03,,,,,withdrawn,", "answer"),
        ("1.1,1,commune,12.1,S03,,,,,draft,", "id"),
        ("2,1,commune,,S02:hosueholds,,,,,draft,", "finding"),
        ("2,1,commune,12.1,S03,,,,,draft,perhaps", "before"),
        ("2,1,commune,12.1,S03,,,,,draft,clarify (met and more)", "before"),
    ],
)
def test_what_no_request_can_be(dossier, row, column):
    ask(dossier, f"{SENT},,asked,", row)
    with pytest.raises(DataErrors) as error:
        load_case(dossier.project, RUN)
    (problem,) = error.value.problems
    assert (problem.file, problem.row, problem.column) == (
        "data/communes/liem-can/requests.csv",
        3,
        column,
    )
    assert "{" not in problem.wanted


def test_a_faulty_row_takes_an_id_too(dossier):
    ask(dossier, f"{SENT},,asked,", "1.1,1,xa,12.1,S03,,,,,draft,")
    with pytest.raises(DataErrors) as error:
        load_case(dossier.project, RUN)
    assert {(p.row, p.column) for p in error.value.problems} == {(3, "to"), (3, "id")}


def test_each_matter_is_asked_once_of_who_can_answer_it(dossier):
    found = questions(dossier)
    by = {one.matter.subject: one for one in found if one.matter and one.matter.subject}
    assert {key: by[key].to for key in ("debt", "satisfaction", "security", "11", "17.9")} == {
        "debt": "finance",
        "satisfaction": "front",
        "security": "police",
        "11": "commune",
        "17.9": "department",
    }
    assert by["17.9"].matter.to.name.vi == "Sở Xây dựng"
    refs = [ref for one in found for ref in one.matter.refs]
    assert len(refs) == len(set(refs))
    households = next(one for one in found if ("S02", "households") in one.matter.refs)
    assert {("S07", "4"), ("S07", "9")} <= set(households.matter.refs)
    own = {one.matter.findings[0].check for one in found if one.to == "nobody"}
    assert own == {"S10", "S18", "S21", "S22"}
    assert all(one.state == "own" for one in found if one.to == "nobody")
    asked = {finding for one in found for finding in one.matter.findings}
    case = load_case(dossier.project, RUN)
    assert asked == set(scrutinise(case, assess([case])))  # none is lost


def test_what_is_answered_is_closed_with_its_answer_and_not_asked_again(dossier):
    ask(dossier, f"{SENT}2024-11-24,33 hộ; CV 12/UBND,answered,clarify")
    case = load_case(dossier.project, RUN)
    found = scrutinise(case, assess([case]))
    closed = {one.check for one in found if closed_by(case, one)}
    assert closed == {"S03", "S11", "S16"}
    assert all(one.indicator == "11" for one in found if closed_by(case, one))
    (only,) = [one for one in questions(dossier) if one.matter and one.matter.subject == "11"]
    assert (only.state, only.now) == ("answered", "clarify")
    assert only.request.answer == "33 hộ; CV 12/UBND"


def test_a_face_that_nobody_was_asked_about_is_asked_in_the_next_round(dossier):
    ask(dossier, "1.1,1,commune,11,S03,2024-11-22,,2024-11-24,33 hộ,answered,clarify")
    states = [one.state for one in questions(dossier) if one.matter and one.matter.subject == "11"]
    assert states == ["new", "answered"]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("1.1,1,commune,11,S03,,,,,draft,", "draft"),
        ("1.1,1,commune,11,S03,2024-11-22,2024-11-26,,,asked,", "asked"),
        ("1.1,1,commune,11,S03,2024-11-22,2024-11-25,,,asked,", "late"),
        ("1.1,1,commune,1.1,prove,2024-11-22,2024-11-25,,,asked,prove", "settled"),
    ],
)
def test_the_state_of_a_question(dossier, row, state):
    ask(dossier, row)
    (one,) = [one for one in questions(dossier) if one.request]
    assert one.state == state


def test_what_is_written_once_is_not_written_again(dossier, monkeypatch, capsys):
    monkeypatch.setenv("NTM_PROJECT", str(dossier.project.root))
    monkeypatch.chdir(dossier.project.root)
    path = dossier.folder / "requests.csv"
    show_requests([RUN], None, None, "csv", put=True)
    first = path.read_bytes()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["state"] for row in rows} == {"draft"}
    assert len({row["id"] for row in rows}) == len(rows) > 20
    show_requests([RUN], None, None, "csv", put=True)
    assert path.read_bytes() == first


def test_the_report_shows_the_answer_beside_the_finding_and_the_questions(dossier):
    ask(dossier, f"{SENT}2024-11-24,33 hộ; CV 12/UBND,answered,clarify")
    report = Report(load_case(dossier.project, RUN), dossier.project)
    text = str(findings(report))
    answer = "*Đã khép lại: trả lời ngày 24/11/2024 (yêu cầu 1.1): 33 hộ; CV 12/UBND. "
    assert text.count(answer) == 4  # S03, S11, S16; and S02, asked about and there no more
    assert "trong đó 3 điểm đã khép lại" in text
    assert "tbl-liem-can-2024-requests" in text
    (dossier.folder / "requests.csv").unlink()
    without = str(findings(Report(load_case(dossier.project, RUN), dossier.project)))
    assert answer not in without
    assert "câu hỏi chưa gửi" in without
    assert "| 1.1 | 2.1 |" in without  # as `ntm requests --write` would number it
    assert "Sở Y tế" in str(evidence(report))


def table(dossier):
    case = load_case(dossier.project, RUN)
    assessment = assess([case])
    frame = findings_frame(case, scrutinise(case, assessment), assessment)
    assert tuple(frame.columns) == COLUMNS
    return frame


@pytest.mark.parametrize(
    ("row", "state", "shown"),
    [
        (None, "open", {"request": "", "answer": "", "now": "clarify (met, disputed)"}),
        ("1.1,1,commune,11,S03,,,,,draft,", "open", {"request": ""}),
        (
            "1.1,1,commune,11,S03,2024-11-22,2024-11-25,,,asked,clarify",
            "asked",
            {"request": "1.1", "round": 1, "due_on": "2024-11-25", "before": "clarify"},
        ),
        ("1.1,1,commune,11,clarify,2024-11-22,,,,asked,", "asked", {"answered_on": ""}),
        (
            "1.1,1,commune,11,clarify,2024-11-22,,2024-11-24,33 hộ,answered,",
            "answered",
            {"answer": "33 hộ", "answered_on": "2024-11-24"},
        ),
        (
            "1.1,1,commune,11,S03,2024-11-22,,2024-11-24,33 hộ,answered,clarify (met)",
            "closed",
            {"answer": "33 hộ", "before": "clarify (met)", "now": "clarify (met, disputed)"},
        ),
        ("1.1,1,commune,11,S03,2024-11-22,,,tính lại,withdrawn,", "closed", {"answer": "tính lại"}),
    ],
)
def test_the_state_of_a_finding_stands_in_the_table(dossier, row, state, shown):
    if row:
        ask(dossier, row)
    frame = table(dossier)
    one = frame[(frame["check"] == "S03") & (frame["indicator"] == "11")].iloc[0]
    assert one["state"] == state
    assert {name: one[name] for name in shown} == shown
    others = frame[(frame["check"] == "S03") & (frame["indicator"] != "11")]
    assert set(others["state"]) == {"open"}


def test_a_question_sent_again_is_open_again(dossier):
    answered = "1.1,1,commune,11,S03,2024-11-22,,2024-11-24,33 hộ,answered,"
    ask(dossier, answered, "2.1,2,commune,11,S03,2024-11-25,,,,asked,")
    frame = table(dossier)
    one = frame[(frame["check"] == "S03") & (frame["indicator"] == "11")].iloc[0]
    assert (one["state"], one["request"]) == ("asked", "2.1")


def test_what_an_answer_changed_is_shown_and_what_is_gone_is_not_lost(dossier):
    """The answer is a figure: it is put right in the file, and the finding is there no more."""
    ask(
        dossier,
        "1.1,1,commune,11,clarify; S03,2024-11-22,,2024-11-24,20 hộ,answered,"
        '"clarify (met, disputed)"',
    )
    path = dossier.folder / "figures.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows, columns = list(reader), list(reader.fieldnames or ())
    kept = [row for row in rows if (row["variable"], row["value"]) != ("poor_households", "34")]
    (poor,) = [row for row in kept if row["variable"] == "poor_households"]
    poor["value"] = "20"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(kept)
    frame = table(dossier)
    (one,) = frame[(frame["check"] == "S03") & (frame["indicator"] == "11")].to_dict("records")
    assert (one["state"], one["answer"], one["figures"]) == ("closed", "20 hộ", "")
    assert one["before"] == "clarify (met, disputed)"
    assert one["now"] == "met (met, firm)"
    text = str(findings(Report(load_case(dossier.project, RUN), dossier.project)))
    assert "#### Đã hỏi và không còn (1)" in text
    line = next(line for line in text.splitlines() if "20 hộ" in line)
    assert (
        "Kết luận trước: “đề nghị làm rõ số liệu” (đạt, số liệu chưa thống nhất); nay: “đạt”."
        in line
    )
